// The loss on a plane as maps are drawn: heights, colours and contour lines by the numbers of a map.

import { contours } from "../figures/contours.js";
import { heightsOf, levelsOf, scaleOf } from "../figures/height_scale.js";
import { shaded } from "../figures/shading.js";
import { LARGEST, unpack } from "../lib/packing.js";

/** @import { HeightScale, DrawingRules } from "../types/figures.d.ts" */
/** @import { NetSlice } from "../types/network_slice.d.ts" */

/**
 * @typedef {{ a: Float32Array, b: Float32Array, losses: Float64Array, columns: number, rows: number }} Plane losses row by row, from b[0] on; NaN where none is known, Infinity where it is too large
 */

/**
 * What of a slice is known, null before its plane is.
 * @param {Pick<NetSlice, "a" | "b" | "losses">} sent
 * @returns {Plane | null}
 */
export function planeOf({ a, b, losses }) {
  if (!a || !b || !losses) return null;
  const [columns, rows] = [unpack(a), unpack(b)];
  const values = Float64Array.from(unpack(losses), (loss) => (loss > LARGEST ? Infinity : loss));
  return { a: columns, b: rows, losses: values, columns: columns.length, rows: rows.length };
}

/**
 * What is drawn of a plane: pixels, one for each place and the last row first; the pieces of the lines and of the index
 * lines; the scale, with the losses at its lines. `rules` are those of a map. Null where no loss is known.
 * @param {Plane} plane
 * @param {DrawingRules} rules
 */
export function groundOf(plane, rules) {
  if (!plane.losses.some(Number.isFinite)) return null;
  const high = /** @type {DrawingRules} */ ({ ...rules, view: "log" });
  const scale = scaleOf(plane, high);
  const levels = levelsOf(scale, null, high);
  const lines = contours(
    plane,
    scale,
    levels.map(([level]) => level),
  );
  return {
    scale,
    levels,
    pixels: shaded(plane, heightsOf(plane.losses, scale), rules.relief),
    pieces: [false, true].map((index) => lines.filter((_, k) => levels[k][1] === index).flat()),
  };
}

/**
 * Where the numbers of the scale bar stand, from 0 at its foot to 1: its ends, and of the lines between them those that
 * are `apart` from all others, index lines first.
 * @param {HeightScale} scale
 * @param {[number, boolean][]} levels
 * @param {number} apart
 */
export function barMarks(scale, levels, apart) {
  const top = scale.floor + scale.span;
  const order = [...levels].sort(([, one], [, other]) => Number(other) - Number(one));
  /** @type {{ loss: number, at: number }[]} */
  const marks = [];
  for (const loss of [scale.floor, top, ...order.map(([level]) => level)]) {
    const [at] = heightsOf(Float64Array.of(loss), scale);
    if (marks.every((each) => Math.abs(each.at - at) >= apart)) marks.push({ loss, at });
  }
  return marks.sort((one, other) => one.at - other.at);
}

/**
 * Round numbers on an axis from `low` to `high`, about `count` of them.
 * @param {number} low
 * @param {number} high
 * @param {number} count
 */
export function roundMarks(low, high, count) {
  const raw = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((n) => n * power).find((each) => each >= raw) ?? 10 * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, k) => Number(((first + k) * step).toPrecision(12)));
}
