// Facts of the lab on residual connections (api/networks/residual.py), and what its pictures make of them. A test compares
// these types with what the server says.

import type { Packed } from "./answer.d.ts";
import type { Progress } from "./facts.d.ts";
import type { NetEnding } from "./networks.d.ts";

export interface Roughness {
  /** The share of a slice that is not convex, and the mean of total variation over range; see networks/geometry/roughness.py. */
  nonconvex: number | null;
  variation: number | null;
}

/** One of the two networks, with what is compared and without, of the first seed. */
export interface NetArm {
  /** How many steps it has. */
  of: number;
  /** At which steps what follows was measured. */
  measured: Packed;
  train_loss: Packed;
  validation_loss: Packed;
  train_accuracy: Packed;
  validation_accuracy: Packed;
  ending: NetEnding;
  /** Root mean squares of gradients in each layer: before training and at its end; none before the end. */
  gradients: Packed[];
  /** The coordinates of a side of the slice. */
  side: Packed;
  /** Losses, row by row from below: NaN where nothing is known yet. */
  slice: Packed;
  rough: Roughness | null;
  /** At which steps of training steps along the gradient were tried, and what these met. */
  looks: Packed;
  loss: Packed;
  low: Packed;
  high: Packed;
  change_low: Packed;
  change_high: Packed;
  smoothness: Packed;
}

/** A mean, or what one is multiplied by, and its 95 % interval. */
export interface Interval {
  value: number;
  low: number;
  high: number;
}

/** With and without, and the difference seed by seed; null where fewer than two seeds know it. */
export interface NetCompared {
  own: Interval | null;
  plain: Interval | null;
  apart: Interval | null;
}

/** What all seeds say; see studies/compared_landscapes.py. */
export interface NetResidualFinding {
  nonconvex: NetCompared;
  variation: NetCompared;
  accuracy: NetCompared;
  loss: NetCompared;
  /** The gradient in the first hidden layer before training, divided by that in the last. */
  fading: (number | null)[];
  range: Interval | null;
  change: Interval | null;
  smoothness: Interval | null;
  /** How many runs diverged. */
  diverged: number[];
  /** How many examples validate. */
  validated: number;
}

/** Said while networks are trained and slices cut, with how far it is, and when it is done, without. */
export interface NetResidual extends Partial<Progress> {
  compare: string;
  norm: string;
  steps: number;
  seeds: number;
  /** With, and without; none where the file of the data is missing. */
  arms: NetArm[];
  /** The least and the largest loss of both slices: the ends of their one scale. */
  ends: number[] | null;
  /** How rough the slices of both are, seed by seed. */
  roughness: { nonconvex: (number | null)[]; variation: (number | null)[] }[];
  finding: NetResidualFinding | null;
  missing: boolean;
}

type ArmRow =
  | "measured"
  | "train_loss"
  | "validation_loss"
  | "train_accuracy"
  | "validation_accuracy"
  | "side"
  | "slice"
  | "looks"
  | "loss"
  | "low"
  | "high"
  | "change_low"
  | "change_high"
  | "smoothness";

/** One of the two networks with its rows unpacked. */
export interface Arm extends Omit<NetArm, ArmRow | "gradients">, Record<ArmRow, Float32Array> {
  gradients: Float32Array[];
}

/** From which colour to which losses go, and where contour lines run. */
export interface SliceScale {
  low: number;
  high: number;
  levels: number[];
}
