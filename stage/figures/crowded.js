// Which critical points are marked on a map: all of them, or where so many minima would bury the racers only the global
// ones, until the reader has zoomed in.

/** @import { Box } from "../types/answer.d.ts" */
/** @import { Changes } from "../types/figures.d.ts" */
/** @import { CriticalPoint } from "../types/facts.d.ts" */

/** So many minima are marked at most. */
const MOST = 25;

const SAME = 1e-9; // of the range of their losses: so close minima are equally low
const POINTS = ["minimum", "saddle", "maximum", "degenerate"];

/**
 * Of `marks`, by role, those that are drawn where `view` is in sight; `points` are all critical ones that were found.
 * Published minima are no marks: they have their stars.
 * @param {Changes} marks
 * @param {CriticalPoint[]} points
 * @param {Box} view
 * @returns {Changes}
 */
export function uncrowded(marks, points, view) {
  const minima = points.filter(({ kind }) => kind === "minimum");
  if (minima.length <= MOST) return marks;
  const others = Object.fromEntries(Object.entries(marks).filter(([role]) => !POINTS.includes(role)));
  const seen = points.filter(({ point }) => within(point, view));
  const close = seen.filter(({ kind }) => kind === "minimum").length <= MOST;
  const losses = minima.map(({ loss }) => loss);
  const least = Math.min(...losses);
  const lowest = least + SAME * (Math.max(...losses) - least);
  const drawn = (close ? seen : minima.filter(({ loss }) => loss <= lowest)).filter(
    ({ kind, published }) => !published || kind !== "minimum",
  );
  for (const kind of POINTS) {
    const places = drawn.filter((each) => each.kind === kind).map(({ point }) => point);
    if (places.length) others[kind] = { x: places.map(([x]) => x), y: places.map(([, y]) => y) };
  }
  return others;
}

/** @type {(point: [number, number], box: Box) => boolean} */
const within = ([x, y], [[x0, x1], [y0, y1]]) => x >= x0 && x <= x1 && y >= y0 && y <= y1;
