// The paths on a slice, unpacked, where each trainer stands when the playhead is somewhere, and how far from the plane it is.

import { curve, known } from "./chart.js";
import { rowAt } from "./unpacked.js";
import { LARGEST, unpack } from "../lib/packing.js";

/** @import { Changes } from "../types/figures.d.ts" */
/** @import { SlicePath, SliceRace } from "../types/network_slice.d.ts" */

/** @import { Frame } from "./slice_picture.js" */

const INSIDE = 7; // px from the edge at which a mark stands that is beyond it

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
const bounded = (loss) => (loss > LARGEST ? Infinity : loss);

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

/**
 * The lines of `paths`, by lane.
 * @param {Path[]} paths
 * @param {string[]} colors
 */
export function distanceCurves(paths, colors) {
  /** @type {Changes} */
  const changes = {};
  const data = paths.map(({ lane, steps, relative }) => {
    changes[`distance${lane}`] = { x: steps, y: known(relative) };
    return curve({ role: "distance", lane }, { color: colors[lane] });
  });
  return { data, changes };
}

/**
 * Where a mark stands: at the edge, where its place is beyond it.
 * @param {Frame} frame
 * @param {number} a
 * @param {number} b
 * @returns {[number, number]}
 */
export function held({ left, top, width, height, x, y }, a, b) {
  const within = (/** @type {number} */ value, /** @type {number} */ low, /** @type {number} */ size) =>
    Math.min(Math.max(value, low + INSIDE), low + size - INSIDE);
  return [within(x(a), left, width), within(y(b), top, height)];
}
