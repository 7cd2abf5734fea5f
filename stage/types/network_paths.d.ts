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

/** Critical points of one network; a number for each that is distinct. */
export interface NetPoints {
  parameters: number;
  /** How many searches are at their end, and how many of these ended nowhere. */
  searches: number;
  failed: number;
  loss: Packed;
  /** Shares of the eigenvalues: negative, counted as 0, and below 0 of a semicircle of their mean and variance. */
  negative: Packed;
  flat: Packed;
  predicted: Packed;
}

/** Places and losses, a number for each. */
export interface NetWayDown {
  at: Packed;
  loss: Packed;
}

/** The saddle that is left along its direction of descent. */
export interface NetLeft {
  /** Its number among the points of the last network. */
  number: number;
  loss: number;
  /** How many eigenvalues are negative, and count as 0, of so many. */
  negative: number;
  flat: number;
  parameters: number;
  smallest: number;
  largest: number;
  /** A histogram of the eigenvalues: edges, one more than counts. */
  edges: Packed;
  counts: Packed;
  /** The semicircle of the same mean and variance. */
  centre: number;
  radius: number;
  /** Along the direction; empty before gradient descent is at its end. */
  line: NetWayDown;
  /** Of gradient descent, on the side of −v and of v; the last loss of each. */
  ways: NetWayDown[];
  ends: (number | null)[];
}

/** What the points of one network say; see studies/saddle_points.py. */
export interface NetRelation {
  parameters: number;
  searches: number;
  failed: number;
  distinct: number;
  saddles: number;
  minima: number;
  /** Spearman's rank correlation of loss and share of negative eigenvalues, with its 95 % interval. */
  rho: [number, number, number];
  least: number;
  largest: number;
  flat: number;
  predicted: number;
  found: number;
}

/** Said while it is searched, with how far it is, and when all is done, without. */
export interface NetSaddles extends Partial<Progress> {
  /** A gradient that is no longer than this counts as 0. */
  bound: number;
  /** An eigenvalue counts as 0 up to this part of the largest. */
  tolerance: number;
  /** How far beside the point gradient descent begins. */
  aside: number;
  /** Of rising numbers of parameters. */
  networks: NetPoints[];
  left: NetLeft | null;
  /** Null for a network of which no point is found; null as long as there is more to do. */
  finding: (NetRelation | null)[] | null;
}

/** Points with their rows unpacked. */
export interface Points extends Omit<NetPoints, "loss" | "negative" | "flat" | "predicted"> {
  loss: Float32Array;
  negative: Float32Array;
  flat: Float32Array;
  predicted: Float32Array;
}

interface WayDown {
  at: Float32Array;
  loss: Float32Array;
}

export interface LeftSaddle extends Omit<NetLeft, "edges" | "counts" | "line" | "ways"> {
  edges: Float32Array;
  counts: Float32Array;
  line: WayDown;
  ways: WayDown[];
}
