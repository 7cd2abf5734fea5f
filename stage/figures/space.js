// Lanes and models in three dimensions: pure functions of the lanes' data and of the surface.

import { at, between, upTo } from "./frames.js";
import { numbers } from "../lib/packing.js";

/** @import { Box, Lane, Point } from "../types/answer.d.ts" */
/** @import { DefinedPoint } from "../types/facts.d.ts" */
/** @import { Changes, HeightScale, Relief, Trace } from "../types/figures.d.ts" */

/** @typedef {(point: Point) => number} HeightOn how high a surface is at a point of its box */

const HAIR = 0.012;
const PIECES = 12; // of a step that leaves the box

/**
 * Heights above the surface's floor, with the very scale that made the surface.
 * @param {Float32Array} losses
 * @param {HeightScale} scale
 */
export function heights(losses, { view, floor, span, unit }) {
  const log = view === "log";
  const top = Math.log1p(span / unit);
  return Float32Array.from(losses, (loss) => {
    const above = Math.max(loss - floor, 0);
    const height = log ? Math.log1p(above / unit) / top : above / span;
    // As high as the surface goes and no higher; a hair above it, so that the line is not swallowed.
    return Math.min(height, 1) + HAIR;
  });
}

/**
 * Whether a lane leaves the box.
 * @param {Pick<Lane, "x" | "y">} lane
 * @param {Box} box
 */
export const leaves = ({ x, y }, box) => x.some((u, row) => !within(u, y[row], box));

/**
 * @param {number} x
 * @param {number} y
 * @param {Box} box
 */
const within = (x, y, [[x0, x1], [y0, y1]]) => x >= x0 && x <= x1 && y >= y0 && y <= y1;

/**
 * The course so far of each lane on the surface, and the marks. Three dimensions have no room beyond the box: what is
 * there is left out, and a lane that comes back goes on where it does. Of a step that leaves it, whose other end has no
 * height here, what is inside lies on the surface.
 * @param {Lane[]} lanes
 * @param {number} t
 * @param {Box} box
 * @param {HeightOn} heightOn
 */
export function surfaceFrame(lanes, t, box, heightOn) {
  const [first] = lanes;
  const marks = { x: [first.x[0]], y: [first.y[0]], z: [heightsOf(first)[0]] };
  /** @type {Changes} */
  const paths = {};
  lanes.forEach((lane, index) => {
    const now = at(lane, t);
    const z = heightsOf(lane);
    const course = { x: upTo(lane.x, now), y: upTo(lane.y, now), z: upTo(z, now) };
    paths[`path${index}`] = lane.leaves ? cut(course, box, heightOn) : course;
    marks.x.push(between(lane.x, now));
    marks.y.push(between(lane.y, now));
    marks.z.push(between(z, now));
  });
  marks.x.forEach((x, index) => {
    if (!within(x, marks.y[index], box)) marks.z[index] = NaN; // a mark that is nowhere
  });
  return { marks, ...paths };
}

/**
 * A lane on the surface, NaN where it is outside of the box.
 * @param {Lane} lane
 * @param {Box} box
 */
export const inside = (lane, box) => ({
  x: lane.x,
  y: lane.y,
  z: heightsOf(lane).map((height, row) => (within(lane.x[row], lane.y[row], box) ? height : NaN)),
});

/**
 * What of a course lies in the box, its pieces parted by NaN; steps that leave it have the heights of `heightOn`, where it
 * is given and has any.
 * @param {Record<"x" | "y" | "z", Float32Array>} course
 * @param {Box} box
 * @param {HeightOn} [heightOn]
 */
function cut({ x, y, z }, box, heightOn) {
  /** @type {Record<"x" | "y" | "z", number[]>} */
  const piece = { x: [], y: [], z: [] };
  /** @param {number} row @param {number} share */
  const put = (row, share) => {
    const [u, v, straight] = [x, y, z].map((values) =>
      share ? values[row] + share * (values[row + 1] - values[row]) : values[row],
    );
    const above = heightOn && share % 1 ? heightOn([u, v]) + HAIR : NaN;
    piece.x.push(u);
    piece.y.push(v);
    piece.z.push(Number.isNaN(above) ? straight : above);
  };
  let open = false; // whether the last piece ends at this row
  for (let row = 0; row + 1 < x.length; row++) {
    const [from, to] = shares([x[row], x[row + 1]], [y[row], y[row + 1]], box);
    if (!(from <= to)) {
      open = false;
      continue;
    }
    if (!open || from > 0) {
      if (piece.x.length) for (const values of Object.values(piece)) values.push(NaN);
      put(row, from);
    }
    const pieces = heightOn && to - from < 1 ? PIECES : 1;
    for (let k = 1; k < pieces; k++) put(row, from + ((to - from) * k) / pieces);
    put(row, to);
    open = to === 1;
  }
  return piece;
}

/**
 * Between which shares of it a segment is in the box (Liang and Barsky, 1984); from more than to where it never is.
 * @param {Point} x
 * @param {Point} y
 * @param {Box} box
 * @returns {Point}
 */
function shares(x, y, box) {
  let [from, to] = [0, 1];
  [x, y].forEach(([a, b], axis) => {
    const [low, high] = box[axis];
    if (a === b && (a < low || a > high)) to = -1;
    if (a === b) return;
    const ends = [(low - a) / (b - a), (high - a) / (b - a)];
    from = Math.max(from, Math.min(...ends));
    to = Math.min(to, Math.max(...ends));
  });
  return Number.isNaN(x[1] + y[1]) ? [1, 0] : [from, to];
}

/**
 * The shadow of each lane on the base of the room, at height `base`, by the name of its trace.
 * @param {Lane[]} lanes
 * @param {Box} box
 * @param {number} base
 * @returns {Changes}
 */
export const shadows = (lanes, box, base) =>
  Object.fromEntries(
    lanes.map(({ x, y }, index) => [
      `shadow${index}`,
      plain(cut({ x, y, z: new Float32Array(x.length).fill(base) }, box)),
    ]),
  );

/**
 * As Plotly takes it: a gap is null.
 * @param {Record<"x" | "y" | "z", number[]>} piece
 */
const plain = ({ x, y, z }) => {
  /** @param {number[]} values */
  const gaps = (values) => values.map((value) => (Number.isNaN(value) ? null : value));
  return { x: gaps(x), y: gaps(y), z: gaps(z) };
};

/**
 * The height of a surface at points of its box, between the samples around them.
 * @param {Trace} ground
 * @returns {HeightOn}
 */
export function heightsOn({ x, y, z }) {
  const [columns, rows] = [numbers(x), numbers(y)];
  const heights = numbers(/** @type {import("../types/figures.d.ts").Numbers} */ (z));
  const [n, m] = [columns.length, rows.length];
  return ([u, v]) => {
    const [s, t] = [
      ((n - 1) * (u - columns[0])) / (columns[n - 1] - columns[0]),
      ((m - 1) * (v - rows[0])) / (rows[m - 1] - rows[0]),
    ];
    const [i, j] = [Math.min(Math.max(Math.floor(s), 0), n - 2), Math.min(Math.max(Math.floor(t), 0), m - 2)];
    /** @param {number} row */
    const along = (row) => (1 - s + i) * heights[row * n + i] + (s - i) * heights[row * n + i + 1];
    return (1 - t + j) * along(j) + (t - j) * along(j + 1);
  };
}

/**
 * The heights of a lane, once the surface is drawn.
 * @param {Lane} lane
 */
const heightsOf = ({ z }) => z ?? new Float32Array(1);

const WIRES = 10; // across the box, along each axis

/**
 * The quadratic { point, loss, gradient, hessian } as a wire frame over the surface, at its heights; only where there is
 * room for it.
 * @param {DefinedPoint} model
 * @param {Relief} surface
 */
export function wireFrame({ point, loss, gradient, hessian }, { data, layout }) {
  const [ground] = data.filter(({ meta }) => meta.role === "ground");
  const [x, y] = [ground.x, ground.y].map(numbers);
  const { view, floor, span, unit } = layout.meta;
  const top = Math.log1p(span / unit);
  const [low, high] = layout.scene.zaxis.range;
  /** @param {number} u @param {number} v */
  const heightOf = (u, v) => {
    const [du, dv] = [u - point[0], v - point[1]];
    const model =
      loss +
      gradient[0] * du +
      gradient[1] * dv +
      (hessian[0][0] * du * du + 2 * hessian[0][1] * du * dv + hessian[1][1] * dv * dv) / 2;
    const above = model - floor;
    // Below the floor the scale goes on as it does above it.
    const height = view === "log" ? (Math.sign(above) * Math.log1p(Math.abs(above) / unit)) / top : above / span;
    return height >= low && height <= high ? height : null;
  };
  /** @type {Record<"x" | "y" | "z", (number | null)[]>} */
  const wires = { x: [], y: [], z: [] };
  /** @param {number | null} u @param {number | null} v */
  const put = (u, v) => {
    const height = u === null || v === null ? null : heightOf(u, v);
    wires.x.push(height === null ? null : u);
    wires.y.push(height === null ? null : v);
    wires.z.push(height);
  };
  const [across, up] = [x, y].map((values) => Array.from(values, Number));
  for (const u of some(across)) [...up.map((v) => [u, v]), [null, null]].forEach(([a, b]) => put(a, b));
  for (const v of some(up)) [...across.map((u) => [u, v]), [null, null]].forEach(([a, b]) => put(a, b));
  return wires;
}

/**
 * Some of `values`, evenly spread, its ends among them.
 * @param {number[]} values
 */
function some(values) {
  const count = Math.min(WIRES, values.length - 1);
  return Array.from({ length: count + 1 }, (_, k) => values[Math.round((k * (values.length - 1)) / count)]);
}
