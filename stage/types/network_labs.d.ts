// Facts of labs that train many networks at once (api/networks). A test compares these types with them.

import type { Packed } from "./answer.d.ts";
import type { Progress } from "./facts.d.ts";
import type { NetLane } from "./networks.d.ts";

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

/** Which rates a network bears, seed by seed; see studies/bearable_rates.py. */
export interface NetRatesFinding {
  /** With the normalisation, and without: null of a seed with which no rate was enough. */
  own: (number | null)[];
  plain: (number | null)[];
  /** How many times as large it may be with it, and the 95 % interval; null where it is not known. */
  ratio: number | null;
  low: number | null;
  high: number | null;
  /** For how many seeds the largest of all was borne. */
  top: number;
  top_plain: number;
  /** How many times as large as the one before it each rate is. */
  apart: number;
  enough: number;
}

/** Said while it is trained, with how far it is, and when it is done, without. */
export interface NetScales extends Partial<Progress> {
  norm: string;
  /** The scales. */
  values: Packed;
  epochs: number;
  /** With the normalisation, and without one; none where the file of the data is missing. */
  rows: NetScaleRow[];
  finding: NetScalesFinding | null;
  missing: boolean;
}

/** The same of rates; rows are those of the first seed. */
export interface NetRates extends Omit<NetScales, "finding"> {
  finding: NetRatesFinding | null;
}

/** Shares of validation examples that are right, for each size of batches: NaN where nothing is known yet. */
export interface NetModeLine {
  /** "test" and "train", the two modes, or "test" alone where there is one, and "plain", without a normalisation. */
  id: string;
  mean: Packed;
  /** The least and the largest of the seeds. */
  low: Packed;
  high: Packed;
}

/** By how much a mean is larger than another, and its 95 % interval. */
interface Difference {
  value: number;
  low: number;
  high: number;
}

/** At one size of batches; see studies/small_batches.py. */
export interface NetAtSize {
  size: number;
  test: number;
  train: number | null;
  plain: number;
  gain: Difference;
  apart: Difference | null;
}

export interface NetModesFinding {
  /** How many examples validate. */
  validated: number;
  /** The smallest and the largest size. */
  ends: NetAtSize[];
  /** Where the two modes are furthest apart, where there are two. */
  furthest: number | null;
}

/** Networks that were trained with batches of all sizes; said meanwhile as well, with how far it is. */
export interface NetModes extends Partial<Progress> {
  norm: string;
  /** The sizes. */
  values: Packed;
  seeds: number;
  lines: NetModeLine[];
  finding: NetModesFinding | null;
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

/** One of five lanes: "none", "l2", "decoupled", "dropout", "early". Rows are as those of NetLane. */
export interface RegularizedLane extends Pick<
  NetLane,
  | "steps"
  | "of"
  | "measured"
  | "train_loss"
  | "validation_loss"
  | "train_accuracy"
  | "validation_accuracy"
  | "norms"
  | "ending"
> {
  id: string;
  /** The step at which it stops, where that is not its last. */
  stop: number | null;
}

/** Where a lane stands at its end: shares that are right, and 95 % intervals of validation and of the gap. */
export interface RegularizedEnd {
  step: number;
  train: number;
  validation: number;
  low: number;
  high: number;
  norm: number;
  train_loss: number;
  validation_loss: number;
  gap: number;
  gap_low: number;
  gap_high: number;
}

export interface RegularizedFinding {
  /** How many examples validate. */
  examples: number;
  /** null where a lane diverged. */
  lanes: (RegularizedEnd | null)[];
  /** The lanes whose gap is smaller than that of the first by more than chance. */
  smaller: number[];
  /** By how much the gap of each later lane is less than that of the first, with a 95 % interval. */
  less: ({ less: number; low: number; high: number } | null)[];
  /** What dropout takes from the gap: training + validation, the latter with its interval. */
  dropout: { closed: number; training: number; validation: number; low: number; high: number } | null;
}

export interface NetRegularization extends Partial<Progress> {
  lanes: RegularizedLane[];
  finding: RegularizedFinding | null;
  missing: boolean;
}

/** One of three lanes: "constant", "decayed", "grown". Rows have a number for each epoch so far, the first before training. */
export interface NetBatchLane {
  id: string;
  epochs: Packed;
  train_loss: Packed;
  validation_loss: Packed;
  train_accuracy: Packed;
  validation_accuracy: Packed;
  /** How many updates until then. */
  updates: Packed;
  /** The rate and the batch of each epoch: one number less. */
  rates: Packed;
  batches: Packed;
  diverged: boolean;
}

export interface BatchEnd {
  loss: number;
  /** The share of validation examples that are right, and its 95 % interval. */
  validation: number;
  low: number;
  high: number;
  updates: number;
}

export interface BatchFinding {
  draws: number;
  /** Of so many sizes below all examples, for so many the law lies within the interval of what was drawn. */
  sizes: number;
  held: number;
  /** Of single examples: the time of an update and of an epoch as shares of those with all examples. */
  update: number;
  epoch: number;
  /** How many examples validate. */
  validated: number;
  /** null where a lane diverged. */
  lanes: (BatchEnd | null)[];
}

/** Rows have a number for each size that is measured, those of time none before all are. */
export interface NetBatches extends Partial<Progress> {
  examples: number;
  sizes: Packed;
  update: Packed;
  epoch: Packed;
  variance: Packed;
  /** Half of the 95 % interval. */
  half: Packed;
  /** The law at sizes below all examples. */
  line: Packed;
  law: Packed;
  lanes: NetBatchLane[];
  finding: BatchFinding | null;
  missing: boolean;
}

/** One run at one rate; K looks so far. */
export interface NetEdgeRun {
  rate: number;
  /** Up to which λ the method is stable on a quadratic. */
  bound: number;
  /** Null where nothing is known yet, or it was too large. */
  first_loss: number | null;
  /** The step at which the loss went beyond all bounds; −1 where it never did. */
  diverged: number;
  /** After which steps the rest was measured. */
  steps: Packed;
  /** The largest eigenvalue of the preconditioned Hessian. */
  sharpness: Packed;
  losses: Packed;
  /** The least and the largest loss since the look before. */
  low: Packed;
  high: Packed;
}

/** What a whole run says; ratios are of λ to its bound. See studies/edge_of_stability.py. */
export interface EdgeSettled {
  bound: number;
  /** Of the second half; null where it diverged before. */
  median: number | null;
  low: number | null;
  high: number | null;
  /** The step after which λ was first at its bound, to one part in twenty. */
  reached: number | null;
  /** The share of steps in which the loss rose. */
  rises: number;
  first: number;
  last: number | null;
  diverged: number;
}

export interface NetEdge extends Partial<Progress> {
  method: string;
  /** Up to which α·λ the method is stable. */
  limit: number;
  /** Whether λ is of a Hessian that is preconditioned, by what moves with the gradients. */
  frozen: boolean;
  /** 0 of a regression. */
  classes: number;
  /** The smallest rate first. */
  runs: NetEdgeRun[];
  finding: EdgeSettled[] | null;
}

/** Runs with one size of batches, by seed: null where λ is not known yet, or the run diverged. */
export interface NetSharpRuns {
  batch: number;
  sharpness: (number | null)[];
}

/** How sharp the ends with small and large batches are; see studies/hessian_spectrum.py. */
export interface NetSharpness {
  small: Difference;
  large: Difference;
  /** The geometric mean of large over small, in pairs of equal seeds. */
  ratio: Difference;
  small_loss: number;
  large_loss: number;
  small_right: number;
  large_right: number;
  /** Seeds that are left out. */
  lost: number;
}

export interface NetEigenvalues {
  /** Falling; and within how much of each there is an eigenvalue. */
  largest: Packed;
  errors: Packed;
  smallest: Packed;
  smallest_errors: Packed;
  /** A histogram of all, or their density times how many there are. */
  middles: Packed;
  counts: Packed;
  /** The share that is negative beyond rounding, and the mean of all. */
  negative: Difference;
  mean: Difference;
  /** After how many of the largest the widest gap is. */
  outliers: { count: number; ratio: number; classes: number } | null;
}

export interface NetSpectrum extends Partial<Progress> {
  parameters: number;
  classes: number;
  /** Where the weights are from; null before training is at its end. */
  step: number | null;
  /** Whether all eigenvalues are worked out. */
  exact: boolean;
  spectrum: NetEigenvalues | null;
  /** With small batches, and with large ones. */
  runs: NetSharpRuns[];
  sharpness: NetSharpness | null;
  /** Too many runs diverged for a comparison. */
  diverged: boolean;
  missing: boolean;
}
