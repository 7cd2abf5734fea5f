// Critical points over their losses, the spectrum of one, and the ways down from it. No element is touched here.

import { curve } from "./chart.js";

/** @import { Point } from "../types/answer.d.ts" */
/** @import { Changes, Trace } from "../types/figures.d.ts" */
/** @import { LeftSaddle, Points } from "../types/network_paths.d.ts" */

/** @typedef {{ data: Trace[], changes: Changes, x: Point, y: Point }} Drawn */

/** How the networks are drawn, from the fewest parameters to the most. */
export const LOOKS = [
  { color: "var(--os-warn)", symbol: "triangle-up" },
  { color: "var(--os-ink)", symbol: "square" },
  { color: "var(--os-accent)", symbol: "circle" },
];
const ROOM = 0.06; // around all points
const LEAST = 1e-9;
const CIRCLE = 80; // pieces of a semicircle

/**
 * A range that holds all `values`, with a little room.
 * @param {number[]} values
 * @returns {Point}
 */
function around(values) {
  const known = values.filter(Number.isFinite);
  if (!known.length) return [0, 1];
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const room = Math.max(ROOM * (high - low), LEAST, 1e-3 * Math.abs(high));
  return [low - room, high + room];
}

/**
 * Each point over its loss: its share of negative eigenvalues as a filled mark, what a semicircle would have as a hollow
 * one. A ring is around the one that is left.
 * @param {Points[]} networks
 * @param {LeftSaddle | null} left
 * @returns {Drawn}
 */
export function pointMarks(networks, left) {
  /** @type {Changes} */
  const changes = {};
  /** @type {Trace[]} */
  const data = [];
  networks.forEach(({ loss, negative, predicted }, lane) => {
    const { color, symbol } = LOOKS[lane];
    const x = Array.from(loss);
    changes[`predicted${lane}`] = { x, y: Array.from(predicted) };
    changes[`found${lane}`] = { x, y: Array.from(negative) };
    const hollow = { symbol: "cross", size: 5, color };
    data.push(curve({ role: "predicted", lane }, { color }, { mode: "markers", marker: hollow, opacity: 0.55 }));
    data.push(curve({ role: "found", lane }, { color }, { mode: "markers", marker: { symbol, size: 9, color } }));
  });
  const last = networks[networks.length - 1];
  if (left && last) {
    const color = "var(--os-ink)";
    changes.left = { x: [last.loss[left.number]], y: [last.negative[left.number]] };
    const ring = { symbol: "circle-open", size: 18, color, line: { color, width: 2 } };
    data.push(curve({ role: "left" }, { color }, { mode: "markers", marker: ring }));
  }
  const x = around(networks.flatMap(({ loss }) => Array.from(loss)));
  return { data, changes, x, y: [-0.02, 0.52] };
}

/**
 * The density of a point's eigenvalues as steps, and the semicircle of the same mean and variance.
 * @param {LeftSaddle | null} left
 * @returns {Drawn}
 */
export function spectrum(left) {
  if (!left) return { data: [], changes: {}, x: [-1, 1], y: [0, 1] };
  const { edges, counts, centre, radius } = left;
  const total = counts.reduce((sum, count) => sum + count, 0) || 1;
  const width = edges[1] - edges[0] || 1;
  const height = (/** @type {number} */ count) => Math.log10(1 + count / total / width);
  const x = Array.from(counts).flatMap((_, bin) => [edges[bin], edges[bin + 1]]);
  const y = Array.from(counts).flatMap((count) => [height(count), height(count)]);
  const round = Array.from({ length: CIRCLE + 1 }, (_, k) => centre - radius * Math.cos((Math.PI * k) / CIRCLE));
  const density = round.map((at) => {
    const inside = Math.max(radius * radius - (at - centre) ** 2, 0);
    return Math.log10(1 + (2 / (Math.PI * radius * radius)) * Math.sqrt(inside));
  });
  const top = 1.08 * Math.max(...y, ...density);
  /** @type {Changes} */
  const changes = {
    histogram: { x: [x[0], ...x, x[x.length - 1]], y: [0, ...y, 0] },
    semicircle: { x: round, y: density },
    zero: { x: [0, 0], y: [0, top] },
  };
  const data = [
    curve({ role: "zero" }, { color: "var(--os-muted)", width: 1 }),
    curve({ role: "histogram" }, { color: "var(--os-accent)", width: 2 }),
    curve({ role: "semicircle" }, { color: "var(--os-ink)", width: 2, dash: "dash" }),
  ];
  return { data, changes, x: around([...x, ...round]), y: [0, top] };
}

/**
 * The loss along the direction of descent, and of gradient descent from both sides of the point.
 * @param {LeftSaddle | null} left
 * @returns {Drawn}
 */
export function waysDown(left) {
  if (!left) return { data: [], changes: {}, x: [-1, 1], y: [0, 1] };
  const { line, ways, loss } = left;
  /** @type {Changes} */
  const changes = { line: { x: Array.from(line.at), y: Array.from(line.loss) }, point: { x: [0], y: [loss] } };
  const data = [curve({ role: "line" }, { color: "var(--os-warn)", width: 2, dash: "dash" })];
  ways.forEach(({ at, loss: losses }, lane) => {
    changes[`way${lane}`] = { x: [0, ...at], y: [loss, ...losses] };
    data.push(curve({ role: "way", lane }, { color: "var(--os-accent)", width: 2.6 }));
  });
  const color = "var(--os-ink)";
  data.push(curve({ role: "point" }, { color }, { mode: "markers", marker: { symbol: "circle", size: 9, color } }));
  const down = ways.flatMap((way) => Array.from(way.loss));
  const far = ways.flatMap(({ at }) => Array.from(at));
  // How far the line rises beyond is of no interest: what falls is to be seen.
  const low = Math.min(loss, ...down);
  return { data, changes, x: around([0, ...far]), y: [low - 0.08 * (loss - low), loss + 0.5 * (loss - low) + LEAST] };
}
