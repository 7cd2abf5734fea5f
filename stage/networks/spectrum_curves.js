// What is drawn in the lab on the spectrum of the Hessian: a histogram of its eigenvalues, the largest as points, and how sharp
// the ends of runs with two sizes of batches are. No element is touched here.

import { curve } from "./chart.js";
import { decades } from "../figures/log_axis.js";

/** @import { Point } from "../types/answer.d.ts" */
/** @import { Changes, Trace } from "../types/figures.d.ts" */
/** @import { Spectrum } from "../types/network_pictures.d.ts" */
/** @import { NetSharpness, NetSharpRuns } from "../types/network_labs.d.ts" */

/** @typedef {{ data: Trace[], changes: Changes, range: Point, across: Point }} Drawn */

const FLOOR = 0.5; // of an eigenvalue: a bin with fewer has none
const ROOM = 0.02;

/**
 * How many eigenvalues there are of each size, and as points the largest: those before the widest gap in another colour.
 * @param {Spectrum} spectrum
 * @param {{ bulk: string, out: string }} colors
 * @returns {Drawn}
 */
export function spectrumCurves({ middles, counts, largest, outliers }, colors) {
  const half = (middles[1] - middles[0]) / 2;
  /** @type {number[]} */
  const x = [];
  /** @type {number[]} */
  const y = [];
  middles.forEach((middle, bin) => {
    const count = Math.max(counts[bin], FLOOR);
    x.push(middle - half, middle + half);
    y.push(count, count);
  });
  const [first, last] = [x[0], x[x.length - 1]];
  const most = Math.max(...counts);
  const before = outliers?.count ?? 0;
  const marked = Array.from(largest).slice(0, 2 * (outliers?.classes ?? 10));
  /** @type {Changes} */
  const changes = {
    counts: { x: [first, ...x, last], y: [FLOOR, ...y, FLOOR] },
    others: { x: marked.slice(before), y: marked.slice(before).map(() => 0.75) },
    outliers: { x: marked.slice(0, before), y: marked.slice(0, before).map(() => 0.75) },
  };
  /** @param {string} role @param {string} symbol @param {string} color */
  const points = (role, symbol, color) =>
    curve({ role }, { color }, { mode: "markers", marker: { symbol, size: 7, color } });
  const data = [
    curve(
      { role: "counts" },
      { color: colors.bulk, width: 1.5 },
      { fill: "toself", fillcolor: colors.bulk, opacity: 0.55 },
    ),
    points("others", "circle", colors.bulk),
    points("outliers", "diamond", colors.out),
  ];
  const room = ROOM * (last - first);
  return { data, changes, range: decades([FLOOR, most]), across: [first - room, last + room] };
}

/**
 * λ of every seed at both sizes of batches, pairs of equal seeds joined, and the means with their intervals.
 * @param {NetSharpRuns[]} runs
 * @param {NetSharpness | null} found
 * @param {{ seed: string, mean: string }} colors
 * @returns {Drawn}
 */
export function sharpnessPairs(runs, found, colors) {
  /** @type {Changes} */
  const changes = {};
  const sizes = runs.map(({ batch }) => batch);
  const seeds = Array.from(runs[0].sharpness, (_, seed) => seed);
  const data = seeds.map((seed) => {
    const values = runs.map(({ sharpness }) => sharpness[seed]);
    const shown = sizes.map((_, side) => side).filter((side) => values[side] !== null);
    changes[`seed${seed}`] = { x: shown.map((side) => sizes[side]), y: shown.map((side) => values[side]) };
    return curve(
      { role: "seed", lane: seed },
      { color: colors.seed, width: 1 },
      { mode: "lines+markers", marker: { symbol: "circle", size: 6, color: colors.seed } },
    );
  });
  const means = found ? [found.small, found.large] : [];
  means.forEach(({ value, low, high }, side) => {
    changes[`interval${side}`] = { x: [sizes[side], sizes[side]], y: [Math.max(low, value / 10), high] };
    data.push(curve({ role: "interval", lane: side }, { color: colors.mean, width: 3 }));
  });
  if (found) {
    changes.mean = { x: sizes, y: means.map(({ value }) => value) };
    const marker = { symbol: "diamond", size: 10, color: colors.mean };
    data.push(curve({ role: "mean" }, { color: colors.mean, width: 2 }, { mode: "lines+markers", marker }));
  }
  const values = Object.values(changes).flatMap(({ y }) => Array.from(y));
  return { data, changes, range: decades(values), across: decades(sizes, 0.15) };
}
