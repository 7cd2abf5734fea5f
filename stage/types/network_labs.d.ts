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

/** The best of so many trials in an order that chance has chosen: the mean, and between what 95 % of all orders lie. */
export interface NetBest {
  mean: Packed;
  low: Packed;
  high: Packed;
}

/** Trials of one way to search; all repetitions one after the other. */
export interface NetWay {
  rate: Packed;
  decay: Packed;
  /** Shares of the validation examples that are right at the end: 0 where it diverged, NaN where it is not known yet. */
  accuracy: Packed;
  /** Which diverged. */
  diverged: number[];
  /** null as long as not all are at their end. */
  best: NetBest | null;
}

type Correlation = [number, number, number];

/** What the random trials say at their end; see studies/random_search.py. */
export interface NetSearchFinding {
  rate: number;
  decay: number;
  accuracy: number;
  low: number;
  high: number;
  limit: number;
  small: number;
  small_best: number;
  ten: number;
  decay_least: number;
  decay_largest: number;
  by_rate: Correlation;
  by_decay: Correlation;
  diverged: number;
  /** The ranges of the ten best: rate, then λ. */
  narrow: [number, number, number, number];
}

/** Said while networks are trained, with how far it is, and when it is done, without. */
export interface NetSearch extends Partial<Progress> {
  /** Trials of a search, and how many searches there are. */
  budget: number;
  repeats: number;
  /** How many examples validate. */
  examples: number;
  /** From where to where: rate, then λ. */
  ranges: number[];
  /** At random, and on the grid; none where the file of the data is missing. */
  ways: NetWay[];
  finding: NetSearchFinding | null;
  missing: boolean;
}
