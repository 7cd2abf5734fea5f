// Accuracies over the epochs from one size of the starting weights: as a path, and in words. No element is touched here.

import { percentage } from "./said.js";

/** @import { ScaleRow } from "../types/network_pictures.d.ts" */

export const WIDE = 100; // units of a picture
export const HIGH = 60;
const CROSS = 3; // from the middle of a cross to its ends

/**
 * The path of the accuracies of one scale, as far as they are known, in a picture of WIDE × HIGH.
 * @param {ArrayLike<number>} values of the looks so far: NaN where it has diverged
 * @param {number} epochs
 */
export function path(values, epochs) {
  let pen = "M";
  return Array.from(values, (value, look) => {
    if (!Number.isFinite(value)) return "";
    const place = `${pen}${((WIDE * look) / epochs).toFixed(1)} ${(HIGH * (1 - value)).toFixed(1)}`;
    pen = "L";
    return place;
  }).join("");
}

/**
 * Where a run that diverged is crossed out: at the last place that is known of it.
 * @param {ArrayLike<number>} values
 * @param {number} epochs
 */
export function cross(values, epochs) {
  const known = Array.from(values).filter(Number.isFinite);
  const look = Math.max(known.length - 1, 0);
  const [x, y] = [(WIDE * look) / epochs, HIGH * (1 - (known[look] ?? 0))];
  const [left, top] = [Math.min(Math.max(x, CROSS), WIDE - CROSS), Math.min(Math.max(y, CROSS), HIGH - CROSS)];
  return `M${left - CROSS} ${top - CROSS}l${2 * CROSS} ${2 * CROSS}m0 ${-2 * CROSS}l${-2 * CROSS} ${2 * CROSS}`;
}

/**
 * What was measured last, in words; "diverged" where it has.
 * @param {Record<string, string>} texts
 * @param {ScaleRow | undefined} row
 * @param {number} scale
 */
export function reached(texts, row, scale) {
  if (!row || !row.looks) return "…";
  if (row.diverged[scale] >= 0) return texts.diverged;
  const last = row.train.subarray(scale * row.looks, (scale + 1) * row.looks).findLast(Number.isFinite);
  return last === undefined ? "…" : percentage(last);
}
