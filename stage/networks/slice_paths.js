// The paths on a slice, unpacked, and where each trainer stands when the playhead is somewhere.

import { rowAt } from "./unpacked.js";
import { LARGEST, unpack } from "../lib/packing.js";

/** @import { SlicePath, SliceRace } from "../types/network_slice.d.ts" */

/** @typedef {{ lane: number, steps: Float32Array, a: Float32Array, b: Float32Array, relative: Float32Array, shown: Float32Array, true: Float32Array }} Path */
/** @typedef {{ lane: number, steps: Float32Array, a: Float32Array, b: Float32Array, losses: Float32Array, diverged: number }} Race */

/**
 * @param {SlicePath} sent
 * @returns {Path}
 */
export const pathOf = (sent) => ({
  lane: sent.lane,
  steps: unpack(sent.steps),
  a: unpack(sent.a),
  b: unpack(sent.b),
  relative: unpack(sent.relative),
  shown: unpack(sent.shown),
  true: unpack(sent.true),
});

/**
 * @param {SliceRace} sent
 * @returns {Race}
 */
export const raceOf = ({ lane, steps, a, b, losses, diverged }) => ({
  ...{ lane, diverged },
  ...{ steps: unpack(steps), a: unpack(a), b: unpack(b), losses: unpack(losses) },
});

/** A loss as the server tells it: beyond all bounds it is the largest number. @param {number} loss */
export const bounded = (loss) => (loss > LARGEST ? Infinity : loss);

/**
 * Where a path is at step `t`: the last kept step that is not later.
 * @param {Path} path
 * @param {number} t
 */
export function standing(path, t) {
  const row = rowAt(path.steps, t);
  return {
    step: path.steps[row],
    relative: path.relative[row],
    shown: bounded(path.shown[row]),
    true: bounded(path.true[row]),
  };
}

/**
 * The loss at the end of a path or race.
 * @param {Float32Array} losses
 */
export const lastOf = (losses) => bounded(losses[losses.length - 1] ?? NaN);
