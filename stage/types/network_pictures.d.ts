// What the stage makes of the facts of networks (networks.d.ts): rows unpacked, as its pictures take them.

import type { NetBest, NetModeLine, NetScaleRow, NetWay } from "./network_labs.d.ts";
import type { NetBatchLane, NetBatches, NetEdgeRun, NetEigenvalues, RegularizedLane } from "./network_labs.d.ts";
import type { NetBoundary, NetExamples, NetLane, NetLayer } from "./networks.d.ts";

type Row =
  | "losses"
  | "loss_steps"
  | "measured"
  | "train_loss"
  | "validation_loss"
  | "train_accuracy"
  | "validation_accuracy"
  | "norms"
  | "dead"
  | "saturated";

/** A lane that trains, or has. */
export interface Trained extends Omit<NetLane, Row>, Record<Row, Float32Array> {}

type RegularizedRow = Row & keyof RegularizedLane;

/** A lane of the lab on regularization. */
export interface Regularized extends Omit<RegularizedLane, RegularizedRow>, Record<RegularizedRow, Float32Array> {}

type BatchRow = Exclude<keyof NetBatchLane, "id" | "diverged">;

export interface BatchLane extends Omit<NetBatchLane, BatchRow>, Record<BatchRow, Float32Array> {}

export type BatchSizes = Record<
  keyof Pick<NetBatches, "sizes" | "update" | "epoch" | "variance" | "half" | "line" | "law">,
  Float32Array
>;

type EdgeRow = "steps" | "sharpness" | "losses" | "low" | "high";

export interface EdgeRun extends Omit<NetEdgeRun, EdgeRow>, Record<EdgeRow, Float32Array> {}

type SpectrumRow = "largest" | "errors" | "smallest" | "smallest_errors" | "middles" | "counts";

export interface Spectrum extends Omit<NetEigenvalues, SpectrumRow>, Record<SpectrumRow, Float32Array> {}

/** A trainer with further seeds: from where to where they reach at each measured step. */
export interface SeedBand {
  measured: Float32Array;
  loss: [Float32Array, Float32Array];
  accuracy: [Float32Array, Float32Array];
  diverged: number;
}

export interface Boundary extends Omit<NetBoundary, "frames" | "measured" | "points" | "labels" | "validation"> {
  /** Of each measured step, row by row from y0 up. */
  frames: Uint8Array[];
  measured: Float32Array;
  points: Float32Array;
  labels: Uint8Array;
  validation: Uint8Array;
}

export interface ExampleGrid extends Omit<NetExamples, "images" | "truth" | "predicted" | "measured"> {
  images: Uint8Array[];
  truth: Uint8Array;
  /** At each measured step. */
  predicted: Uint8Array[];
  measured: Float32Array;
}

export interface Histogram {
  /** How many numbers were too large for any bin. */
  lost: number;
  edges: Float32Array;
  counts: Float32Array;
}

export interface SignalLayer extends Omit<NetLayer, "activations" | "gradients"> {
  activations: Histogram;
  gradients: Histogram;
}

/** Accuracies of the networks of all scales, scale by scale. */
export interface ScaleRow extends Omit<NetScaleRow, "train" | "validation"> {
  train: Float32Array;
  validation: Float32Array;
}

/** Shares that are right in one mode, for each size of batches. */
export interface ModeLine extends Pick<NetModeLine, "id"> {
  mean: Float32Array;
  low: Float32Array;
  high: Float32Array;
}

/** Trials of one way to search, and the best that so many of them find. */
export interface SearchWay extends Pick<NetWay, "diverged"> {
  rate: Float32Array;
  decay: Float32Array;
  accuracy: Float32Array;
  best: Record<keyof NetBest, Float32Array> | null;
}

/** A function and its derivative. */
export interface ActivationCurve {
  id: string;
  x: Float32Array;
  value: Float32Array;
  derivative: Float32Array;
}
