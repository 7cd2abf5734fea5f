// Facts of labs on the loss as a function of all parameters (api/networks). A test compares these types with them.

import type { Packed } from "./answer.d.ts";
import type { Progress } from "./facts.d.ts";

/** "straight", "matched" and "bent" lead from one solution to the other, "start" from the first weights to the first. */
export type PathName = "straight" | "matched" | "bent";

/** Float32, a number for each place: NaN where nothing is known. */
export interface NetPath {
  id: string;
  loss: Packed;
  accuracy: Packed;
}

export interface NetPair {
  /** Of the runs whose ends it is: one where the other end is its permuted twin. */
  seeds: number[];
  diverged: boolean;
  paths: NetPath[];
}

/** A mean, and its 95 % interval. */
export interface PairMean {
  value: number;
  low: number;
  high: number;
}

/** What all pairs say; see studies/mode_connectivity.py. */
export interface NetLinesFinding {
  pairs: number;
  /** Pairs without an answer: a run diverged, or a loss went beyond all bounds. */
  gone: number;
  /** Barriers, and how much less there is after matching; null with fewer than two pairs. */
  barriers: Record<PathName, PairMean> | null;
  removed: PairMean | null;
  /** Pair by pair; null where it is not known. */
  each: Record<PathName, (number | null)[]>;
  /** In how many pairs matching lowers the barrier. */
  lower: number;
  /** The least share of training examples that are right on each path, its mean over pairs. */
  accuracy: Record<PathName, number>;
  end_loss: number;
  end_accuracy: number;
  /** On how many lines from the start the loss never rises. */
  falling: number;
}

/** Said while pairs are trained and paths bent, with how far it is, and when it is done, without. */
export interface NetLines extends Partial<Progress> {
  /** t, from −0.5 to 1.5. */
  places: Packed;
  /** "seed" or "permuted": what the second solution of a pair is. */
  second: string;
  pairs: NetPair[];
  finding: NetLinesFinding | null;
  missing: boolean;
}

/** A pair with its rows unpacked, by the names of its paths. */
export interface PairPaths {
  loss: Record<string, Float32Array>;
  accuracy: Record<string, Float32Array>;
}
