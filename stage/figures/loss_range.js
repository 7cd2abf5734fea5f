// How far the axis of the losses goes.

/** @import { Lane, Point } from "../types/answer.d.ts" */

const RISE = 3; // decades above the highest start

/**
 * The range of the loss axis: where the curves are, but not where one ends that diverges by more than a thousand times.
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
  if (log) {
    const most = Math.log10(values.reduce((a, b) => Math.max(a, b)));
    const start = Math.log10(top);
    const high = Math.max(start + 0.6, Math.min(most + 0.15, start + RISE));
    return [Math.max(Math.log10(low), high - 17) - 0.3, high];
  }
  // A lane that falls for ever (a saddle) would flatten all others: show what the others do as well.
  const ends = lanes.map(({ curve: { y } }) => Math.min(...y.filter((value) => value !== null)));
  const fair = ends.sort((a, b) => b - a)[0];
  const span = Math.max(top - Math.max(low, top - 20 * (top - fair)), Math.abs(top) * 1e-6, 1e-12);
  return [top - 1.06 * span, top + 0.12 * span];
}
