// The range of a logarithmic axis and its marks, as numbers are written.

import { spell } from "../lib/format.js";

/** @import { Point } from "../types/answer.d.ts" */

const lg = Math.log10;
const FINE = [1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6, 7, 8, 9];
const EDGE = 1e-9; // of a decade: rounding

/**
 * The range of a logarithmic axis that holds all of `values` that are positive, with a little room.
 * @param {(number | null)[]} values
 * @returns {Point}
 */
export function decades(values, room = 0.06) {
  const shown = values
    .filter((value) => value !== null && value > 0 && Number.isFinite(value))
    .map((value) => lg(Number(value)));
  if (!shown.length) return [-1, 1];
  const low = shown.reduce((a, b) => Math.min(a, b));
  const high = shown.reduce((a, b) => Math.max(a, b));
  const more = Math.max((high - low) * room, 0.1);
  return [low - more, high + more];
}

/**
 * Marks of a logarithmic axis over such a range (in powers of ten), as many as fit, as numbers are written.
 * @param {Point} range
 */
export function marks([low, high], most = 7) {
  const wide = high - low > 2.5;
  const every = wide ? Math.ceil((high - low) / most) : 1;
  const steps = wide ? [1] : high - low > 1.2 ? [1, 3] : [1, 2, 5];
  let tickvals = within([low, high], every, steps);
  // One number does not say how far a decade is.
  if (tickvals.length < 2) {
    const finer = within([low, high], 1, wide ? [1] : FINE);
    tickvals = finer.filter((_, index) => index % Math.ceil(finer.length / most) === 0);
  }
  return { tickvals, ticktext: tickvals.map((value) => spell(value, 2)) };
}

/**
 * Which multiples `steps` of every `every`th power of ten lie between those two powers.
 * @param {Point} range
 * @param {number} every
 * @param {number[]} steps
 */
function within([low, high], every, steps) {
  /** @type {number[]} */
  const found = [];
  for (let power = Math.floor(low); power <= high; power++) {
    if (power % every === 0) found.push(...steps.map((step) => step * 10 ** power));
  }
  return found.filter((value) => lg(value) >= low - EDGE && lg(value) <= high + EDGE);
}
