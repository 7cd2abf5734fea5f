// How far the axis of the losses goes.

/** @import { Lane, Point } from "../types/answer.d.ts" */

const HIGHER = 2; // decades above the highest start, or
const TIMES = 9; // times its loss, or the descent from it, above it: as far a lane is followed that rises

/**
 * The range of the loss axis: where the curves are, but not all the way of one that diverges.
 * @param {Lane[]} lanes
 * @param {boolean} log
 * @returns {Point}
 */
export function lossRange(lanes, log) {
  const values = lanes.flatMap(({ curve: { y } }) => y).filter((value) => value !== null);
  if (!values.length) return log ? [-1, 1] : [0, 1];
  const starts = lanes.map(({ curve: { y } }) => y[0]).filter((value) => value !== null);
  const low = values.reduce((a, b) => Math.min(a, b));
  const top = starts.length ? Math.max(...starts) : values[0];
  const highest = values.reduce((a, b) => Math.max(a, b));
  if (log) {
    const high = Math.log10(top) + Math.max(0.6, Math.min(Math.log10(highest / top) + 0.3, HIGHER));
    return [Math.max(Math.log10(low), high - 17) - 0.3, high];
  }
  // A lane that falls for ever (a saddle) would flatten all others: show what the others do as well.
  const ends = lanes.map(({ curve: { y } }) => Math.min(...y.filter((value) => value !== null)));
  const [fair = low] = ends.filter((end) => end < top).sort((a, b) => b - a);
  const span = Math.max(top - Math.max(low, top - 20 * (top - fair)), Math.abs(top) * 1e-6, 1e-12);
  const peak = Math.min(highest, top + TIMES * Math.max(span, Math.abs(top)));
  const room = 0.06 * (span + peak - top);
  return [top - span - room, peak + 2 * room];
}
