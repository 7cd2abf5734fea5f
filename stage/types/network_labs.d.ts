// Facts of labs that train many networks at once (api/networks). A test compares these types with them.

import type { Packed } from "./answer.d.ts";
import type { Progress } from "./facts.d.ts";

/** The networks of all scales: accuracies before the first and after each epoch so far, scale by scale. */
export interface NetScaleRow {
  /** How many there are of each scale. */
  looks: number;
  /** Float32, scales × looks: NaN where a run is not as far, or has diverged. */
  train: Packed;
  validation: Packed;
  /** At which step each has; −1 where it has not. */
  diverged: number[];
}

/** What a normalisation does at the end, scale by scale; see studies/starting_scales.py. */
export interface NetScalesFinding {
  better: number;
  worse: number;
  low: number;
  high: number;
  held: number;
  learned: number;
  learned_without: number;
  /** Who has this share of the training examples right has learned them. */
  enough: number;
  /** Number of the scale, share with the normalisation, share without. */
  against: [number, number, number][];
}

/** Said while it is trained, with how far it is, and when it is done, without. */
export interface NetScales extends Partial<Progress> {
  norm: string;
  scales: Packed;
  epochs: number;
  /** With the normalisation, and without one; none where the file of the data is missing. */
  rows: NetScaleRow[];
  finding: NetScalesFinding | null;
  missing: boolean;
}
