// What is fetched by address when somebody looks at it. A test compares answers with these types.

import type { Model, Packed, Point } from "./answer.d.ts";
import type { Relief, Sheets, Terrain } from "./figures.d.ts";
import type { NetworkFacts } from "./networks.d.ts";

/** How much of a long answer is there: it is asked for again. */
export interface Progress {
  done: number;
  parts: number;
}

/** The samples of a slice through a network's loss, or why there are none. */
export interface Sampled {
  samples: Packed;
  box: number[][] | null;
  off: number | null;
  replaced: number | null;
  centre_loss: number | null;
  shares: number[] | null;
  failed: string | null;
  /** At which training diverged. */
  step: number | null;
}

export type PointKind = "minimum" | "saddle" | "maximum" | "degenerate";

export interface Marks {
  x: Packed;
  y: Packed;
}

export interface CriticalPoint {
  kind: PointKind;
  point: Point;
  loss: number;
  gradient: number;
  eigenvalues: [number, number];
  index: number | null;
  published: boolean;
}

export interface CriticalPoints {
  points: CriticalPoint[];
  counts: Record<PointKind, number>;
  sum: number | null;
  curves: number;
  flat: boolean;
  winding: number | null;
  complete: boolean;
  smooth: boolean;
  /** By the role of their trace. */
  marks: Record<string, Marks>;
}

export interface UndefinedPoint {
  point: Point;
  defined: false;
}

export interface DefinedPoint {
  point: Point;
  defined: true;
  loss: number;
  gradient: Point;
  hessian: [Point, Point];
  eigenvalues: Point;
  /** One for each eigenvalue. */
  eigenvectors: [Point, Point];
  condition: number | null;
  marks: Record<string, Marks>;
}

/** Curvature along the path of a lane. */
export interface SentMeasures {
  gradient: Packed;
  seen: Packed;
  lambda_min: Packed;
  lambda_max: Packed;
  condition: Packed;
  load: Packed;
  /** Of the load, above which steps are unstable; null where none is known. */
  limit: number | null;
  estimate: boolean;
}

export interface Measures {
  gradient: Float32Array;
  seen: Float32Array;
  lambda_min: Float32Array;
  lambda_max: Float32Array;
  condition: Float32Array;
  load: Float32Array;
  limit: number | null;
  estimate: boolean;
}

export type EscapeStart = "on" | "beside" | "along";

export interface Escape {
  radius: number;
  steps: number;
  starts: Record<EscapeStart, Point>;
  /** Steps of each lane; null where it stays. */
  lanes: Record<EscapeStart, number | null>[];
}

/** The numbers of a method's own rule, symbol by symbol as `Method` has them. */
export interface Symbols {
  lane: number;
  symbols: {
    /** How many there are for each step: one for both coordinates, one for each, or a matrix row by row. */
    size: number;
    values: Packed;
  }[];
}

export interface ReadableFormula {
  ok: true;
  text: string;
  math: string;
}

export interface UnreadableFormula {
  ok: false;
  why: string;
  position: number;
  value: string;
  suggestion: string;
}

export interface Examples {
  count: number;
  model: Model | null;
  inputs: Packed;
  targets: Packed;
}

export interface Batches {
  size: number;
  /** Bytes in base64, a row of `size` for each step; null where every step sees all. */
  members: string | null;
  /** Fills up a row. */
  nobody: number;
}

export interface LossQuantiles {
  lane: number;
  seeds: number;
  levels: number[];
  /** A row of levels for each step; null where nothing is left to chance. */
  quantiles: Packed | null;
}

/** A count with its share and the ends of its interval. */
export interface Share {
  count: number;
  share: number;
  low: number;
  high: number;
}

export interface ListedMinimum extends Share {
  point: Point;
  loss: number;
  lowest: boolean;
  more?: undefined;
}

export interface OtherMinima extends Share {
  more: number;
}

export interface NoChance {
  lane: number;
  chance: false;
}

export interface Ends {
  lane: number;
  chance: true;
  starts: "same" | "box";
  members: number;
  rows: (ListedMinimum | OtherMinima)[];
  lowest: Share;
  others: Share;
  elsewhere: Share;
  outside: Share;
  diverged: Share;
}

export interface SentCloud {
  lane: number;
  chance: true;
  steps: number[];
  members: number;
  /** How far beyond the box points are told apart, in its sides. */
  margin: number;
  /** Whole numbers in base64, see figures/cloud.js. */
  points: string;
}

export interface Cloud {
  steps: number[];
  members: number;
  x: Float32Array;
  y: Float32Array;
}

export type Reach =
  { lane: number; known: false } | ({ lane: number; known: true; members: number; steps: number } & Share);

export interface Minimum {
  point: Point;
  loss: number;
  largest: number | null;
  worst: number | null;
  sharpness: number | null;
  test: number | null;
  flattest: boolean;
  sharpest: boolean;
}

export interface Minima {
  way: Point;
  moved: Point;
  count: number;
  differ: boolean;
  minima: Minimum[];
  slice: { at: Packed; train: Packed; test: Packed; marks: { at: number[]; train: number[] } } | null;
  lanes: { train: number | null; test: number | null }[];
}

export interface NoShares {
  lane: number;
  minima: number;
  noisy: boolean;
  ready: false;
}

export interface Shares {
  lane: number;
  minima: number;
  noisy: boolean;
  ready: true;
  size: number;
  starts: "same" | "box";
  runs: number;
  rates: number[];
  target: Point;
  equal: boolean;
  rows: Share[];
}

export interface Sweep {
  lane: number;
  starts: "same" | "box";
  members: number;
  count: number;
  steps: number;
  gradients: number;
  used: number;
  linear: boolean;
  axis: Point;
  rates: number[];
  median: (number | null)[];
  low: (number | null)[];
  high: (number | null)[];
  best: { rate: number; low: number; high: number; decades: number; median: number | null } | null;
  now: { rate: number; median: number | null; low: number | null; high: number | null };
}

export interface NotReady {
  ready: false;
}

export interface Spread {
  mean: (number | null)[];
  low: (number | null)[];
  high: (number | null)[];
  formula: (number | null)[];
  missed: number;
}

export interface Variance {
  ready: true;
  point: Point;
  probe: boolean;
  examples: number;
  draws: number;
  sizes: number[];
  sigma2: number | null;
  without: Spread;
  with: Spread;
}

export interface Scaling {
  ready: true;
  times: number;
  batch: number;
  rate: number;
  runs: number;
  above: boolean;
  epochs: number[];
  median: (number | null)[];
}

export interface Layer {
  image: string;
  bar: { colors: string[]; ticks: { at: number; label: string }[] };
}

/** The answers by the name under which they are asked for. */
/** Little-endian float64 in base64. */
export interface Doubles {
  values: string;
}

export interface Facts extends NetworkFacts {
  "critical.json": CriticalPoints;
  "point.json": UndefinedPoint | DefinedPoint;
  "measures.json": { lanes: SentMeasures[] };
  "escape.json": Escape;
  "formula.json": ReadableFormula | UnreadableFormula;
  "symbols.json": Symbols;
  "data.json": Examples;
  "batches.json": Batches;
  "band.json": LossQuantiles;
  "sampled.json": Sampled;
  "columns.json": Doubles;
  "rates.json": Doubles;
  "noise.json": Doubles;
  "weights.json": Doubles;
  "crowd.json": NoChance | Ends;
  "cloud.json": NoChance | SentCloud;
  "reach.json": Reach;
  "minima.json": Minima;
  "shares.json": NoShares | Shares;
  "sweep.json": Sweep;
  "variance.json": NotReady | Variance;
  "scaling.json": NotReady | Scaling;
}

export type FactName = keyof Facts;
export type FactPath<Name extends FactName> = `${Name}?${string}`;

/** The answer to an address. */
export type AnswerTo<Path extends string> = Path extends `${infer Name extends FactName}?${string}`
  ? Facts[Name]
  : Path extends `layer-${string}`
    ? Layer
    : Path extends `terrain-${string}` | `outline-${string}`
      ? Omit<Terrain, "path" | "methods">
      : Path extends `relief-${string}`
        ? Omit<Relief, "path">
        : Path extends `experiments-${string}`
          ? Sheets
          : unknown;
