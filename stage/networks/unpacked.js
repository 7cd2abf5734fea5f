// What the server says of networks, with typed rows where it packed them.

import { unpack, unpackBytes } from "../lib/packing.js";

/** @import { Arm, NetArm } from "../types/network_landscapes.d.ts" */
/** @import { ActivationCurve, BatchLane, BatchSizes, Boundary, EdgeRun, ExampleGrid, Regularized, SignalLayer, Spectrum, Trained } from "../types/network_pictures.d.ts" */
/** @import { NetBatches, NetEdgeRun, NetEigenvalues, RegularizedLane } from "../types/network_labs.d.ts" */
/** @import { NetActivation, NetBoundary, NetExamples, NetHistogram, NetLane, NetSignals } from "../types/networks.d.ts" */

const ROWS = /** @type {const} */ ([
  "losses",
  "loss_steps",
  "measured",
  "train_loss",
  "validation_loss",
  "train_accuracy",
  "validation_accuracy",
  "norms",
  "dead",
  "saturated",
]);

/**
 * `sent` with the rows of these `names` unpacked.
 * @template {string} Name
 * @template {Record<Name, string>} Sent
 * @param {Sent} sent
 * @param {readonly Name[]} names
 */
function withRows(sent, names) {
  const rows = /** @type {Record<Name, Float32Array>} */ (
    Object.fromEntries(names.map((name) => [name, unpack(sent[name])]))
  );
  return { ...sent, ...rows };
}

/**
 * A lane that trains, as far as it has come.
 * @param {NetLane} sent
 * @returns {Trained}
 */
export const trained = (sent) => withRows(sent, ROWS);

const REGULARIZED = /** @type {const} */ ([
  "measured",
  "train_loss",
  "validation_loss",
  "train_accuracy",
  "validation_accuracy",
  "norms",
]);

/**
 * A lane of the lab on regularization.
 * @param {RegularizedLane} sent
 * @returns {Regularized}
 */
export const regularized = (sent) => withRows(sent, REGULARIZED);

const ARM_ROWS = /** @type {const} */ ([
  "measured",
  "train_loss",
  "validation_loss",
  "train_accuracy",
  "validation_accuracy",
  "side",
  "slice",
  "looks",
  "loss",
  "low",
  "high",
  "change_low",
  "change_high",
  "smoothness",
]);

/**
 * A network of the lab on residual connections.
 * @param {NetArm} sent
 * @returns {Arm}
 */
export const armed = (sent) => ({ ...withRows(sent, ARM_ROWS), gradients: sent.gradients.map(unpack) });

const BATCH_ROWS = /** @type {const} */ ([
  "epochs",
  "train_loss",
  "validation_loss",
  "train_accuracy",
  "validation_accuracy",
  "updates",
  "rates",
  "batches",
]);
const SIZES = /** @type {const} */ (["sizes", "update", "epoch", "variance", "half", "line", "law"]);

/**
 * The lanes and sizes of the lab on batches.
 * @param {NetBatches} sent
 * @returns {{ lanes: BatchLane[], sizes: BatchSizes }}
 */
export function batched(sent) {
  const sizes = /** @type {BatchSizes} */ (Object.fromEntries(SIZES.map((name) => [name, unpack(sent[name])])));
  return { lanes: sent.lanes.map((lane) => withRows(lane, BATCH_ROWS)), sizes };
}

const EDGE = /** @type {const} */ (["steps", "sharpness", "losses", "low", "high"]);

/**
 * A run of the lab on the edge of stability.
 * @param {NetEdgeRun} sent
 * @returns {EdgeRun}
 */
export const edged = (sent) => withRows(sent, EDGE);

const SPECTRUM = /** @type {const} */ (["largest", "errors", "smallest", "smallest_errors", "middles", "counts"]);

/**
 * The eigenvalues of a Hessian.
 * @param {NetEigenvalues} sent
 * @returns {Spectrum}
 */
export const spectral = (sent) => withRows(sent, SPECTRUM);

/**
 * `bytes` cut into pieces of `size`.
 * @param {Uint8Array} bytes
 * @param {number} size
 */
const pieces = (bytes, size) =>
  Array.from({ length: Math.floor(bytes.length / size) }, (_, row) => bytes.subarray(row * size, (row + 1) * size));

/**
 * What a network makes of its data, step by step.
 * @param {NetBoundary | NetExamples} sent
 * @returns {Boundary | ExampleGrid}
 */
export function pictured(sent) {
  const measured = unpack(sent.measured);
  if (sent.kind === "examples") {
    const truth = unpackBytes(sent.truth);
    const images = pieces(unpackBytes(sent.images), sent.size[0] * sent.size[1]);
    return { ...sent, measured, truth, images, predicted: pieces(unpackBytes(sent.predicted), truth.length) };
  }
  return {
    ...sent,
    measured,
    frames: pieces(unpackBytes(sent.frames), sent.grid * sent.grid),
    points: unpack(sent.points),
    labels: unpackBytes(sent.labels),
    validation: unpackBytes(sent.validation),
  };
}

/**
 * @param {NetSignals} sent
 * @returns {SignalLayer[]}
 */
export function signalled(sent) {
  /** @param {NetHistogram} histogram */
  const rows = ({ edges, counts, lost }) => ({ edges: unpack(edges), counts: unpack(counts), lost });
  return sent.layers.map((layer) => ({
    ...layer,
    activations: rows(layer.activations),
    gradients: rows(layer.gradients),
  }));
}

/**
 * @param {NetActivation} sent
 * @returns {ActivationCurve}
 */
export function plotted(sent) {
  return { ...sent, x: unpack(sent.x), value: unpack(sent.value), derivative: unpack(sent.derivative) };
}

/**
 * The address of a fact about the network that `query` spells; a usual one is spelled with nothing.
 * @param {string} name
 * @param {string} query
 * @param {string[]} more what is asked of it
 */
export const factPath = (name, query, ...more) => `${name}?${[query, ...more].filter(Boolean).join("&")}`;

/**
 * The last of the `measured` steps that is not later than `t`, as its row: between two measurements nothing is known.
 * @param {ArrayLike<number>} measured
 * @param {number} t
 */
export function rowAt(measured, t) {
  let row = 0;
  while (row + 1 < measured.length && measured[row + 1] <= t) row++;
  return row;
}
