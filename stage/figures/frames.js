// What each figure shows when the playhead stands at step `t`: pure functions of the lanes' data.

import { unpack } from "../lib/packing.js";

/** @import { Answer, Box, Curve, Detail, Lane, LossAxis, Message, Point, SentLane } from "../types/answer.d.ts" */
/** @import { Changes, Pixels, Project } from "../types/figures.d.ts" */

const PACKED = /** @type {const} */ (["points", "gradients", "estimates", "seen", "rates", "M", "G", "updates"]);

/**
 * A copy of an answer with typed rows where the server packed them: Streamlit may hand over the same answer twice.
 * @param {Message} answer
 * @returns {Answer}
 */
export function unpackAnswer(answer) {
  const rows = /** @type {Record<(typeof PACKED)[number], Float32Array>} */ (
    Object.fromEntries(PACKED.map((name) => [name, unpack(answer.detail[name])]))
  );
  return { ...answer, lanes: answer.lanes.map(unpackLane), detail: { ...answer.detail, ...rows } };
}

/**
 * @param {SentLane} lane
 * @returns {Lane}
 */
function unpackLane(lane) {
  const path = unpack(lane.path);
  const losses = unpack(lane.losses);
  // A path that flies off ends earlier than its losses: see `drawable` in api/tracks.py.
  const x = path.filter((_, index) => index % 2 === 0);
  const y = path.filter((_, index) => index % 2 === 1);
  const rates = lane.rates === null ? null : unpack(lane.rates); // null: the learning rate is the same at every step
  const curve = { x: [], y: [] };
  const final = lane.final ?? NaN; // of a draft, which is raced before it is shown
  return { ...lane, x, y, losses, rates, final, last: losses.length - 1, curve, leaves: false, z: null };
}

/**
 * A row of `values` between two steps.
 * @param {Float32Array} values
 * @param {number} t
 */
export function between(values, t) {
  const row = Math.min(Math.floor(t), values.length - 1);
  const next = Math.min(row + 1, values.length - 1);
  return values[row] + (t - row) * (values[next] - values[row]);
}

/**
 * `values` from the start up to `t`, ending exactly at the playhead.
 * @param {Float32Array} values
 * @param {number} t
 */
export function upTo(values, t) {
  const rows = Math.floor(t) + 1;
  if (rows >= values.length) return values;
  const part = new Float32Array(rows + (t > rows - 1 ? 1 : 0));
  part.set(values.subarray(0, rows));
  if (part.length > rows) part[rows] = between(values, t);
  return part;
}

/**
 * @param {Lane} lane
 * @param {number} t
 */
export const at = (lane, t) => Math.min(t, lane.last);

/**
 * Where a lane is at `t`.
 * @param {Lane} lane
 * @param {number} t
 * @returns {Point}
 */
export function head(lane, t) {
  const now = at(lane, t);
  return [between(lane.x, now), between(lane.y, now)];
}

/**
 * The course so far of each lane, and the marks: the start first, then each lane's head.
 * @param {Lane[]} lanes
 * @param {number} t
 * @param {Point} start
 */
export function mapFrame(lanes, t, start) {
  const marks = { x: [start[0]], y: [start[1]] };
  /** @type {Changes} */
  const paths = {};
  lanes.forEach((lane, index) => {
    const now = at(lane, t);
    paths[`path${index}`] = { x: upTo(lane.x, now), y: upTo(lane.y, now) };
    const [x, y] = head(lane, t);
    marks.x.push(x);
    marks.y.push(y);
  });
  return { marks, ...paths };
}

/**
 * The step of a lane that lies nearest to `place`, no further than `reach` pixels, null where
 * none does; the earliest of those within one pixel.
 * @param {Pick<Lane, "x" | "y">[]} lanes
 * @param {Project} project
 * @param {Pixels} place
 * @param {number} reach
 */
export function nearest(lanes, project, [u, v], reach) {
  /** @type {{ lane: number, step: number, pixels: Pixels }[]} the nearest last */
  const found = [];
  let least = reach + 1;
  lanes.forEach((at, lane) =>
    project(at).forEach((pixels, step) => {
      const apart = Math.round(Math.hypot(pixels[0] - u, pixels[1] - v));
      if (!(apart < least)) return;
      least = apart;
      found.push({ lane, step, pixels });
    }),
  );
  return found.at(-1) ?? null;
}

/**
 * Loss curves: `least` is subtracted on the logarithmic axis, where only what is above zero exists.
 * @param {Lane} lane
 * @param {LossAxis} axis
 * @param {number} least
 * @returns {Curve}
 */
export function curve(lane, axis, least) {
  const steps = Array.from(lane.losses, (_, row) => row);
  const values = Array.from(lane.losses, (loss) => {
    const shown = axis === "log" ? loss - least : loss;
    return Number.isFinite(shown) && (axis !== "log" || shown > 0) ? shown : null;
  });
  return { x: steps, y: values };
}

/**
 * The playhead, and each lane's head on its curve.
 * @param {Pick<Lane, "curve" | "last">[]} lanes
 * @param {number} t
 * @param {number[]} range
 */
export function lossFrame(lanes, t, [low, high]) {
  /** @type {Curve} */
  const heads = { x: [], y: [] };
  for (const lane of lanes) {
    const now = Math.min(t, lane.last);
    const value = lane.curve.y[Math.floor(now)];
    heads.x.push(value === null ? null : now);
    heads.y.push(value === null ? null : blend(lane.curve.y, now));
  }
  return { playhead: { x: [t, t], y: [low, high] }, heads };
}

/**
 * @param {(number | null)[]} values
 * @param {number} t
 */
function blend(values, t) {
  const row = Math.floor(t);
  const next = values[Math.min(row + 1, values.length - 1)];
  const value = values[row];
  if (value === null || next === null) return value;
  const part = t - row;
  const both = value > 0 && next > 0;
  // On the logarithmic axis a straight line between two points is a geometric mean.
  return both ? value ** (1 - part) * next ** part : value + part * (next - value);
}

const SAME = 1e-5; // of the larger one: what float32 and another order of adding up may leave between equal gradients

/**
 * Whether two gradients are the same at step `row`.
 * @param {Float32Array} a
 * @param {Float32Array} b
 * @param {number} row
 */
export function agree(a, b, row) {
  const [u, v] = [2 * row, 2 * row + 1];
  return Math.hypot(a[u] - b[u], a[v] - b[v]) <= SAME * Math.max(Math.hypot(a[u], a[v]), Math.hypot(b[u], b[v]));
}

const LONGEST = 2.5; // times the arrow of the true gradient

/**
 * Arrows at step `row` of the inspected lane: −gradient and momentum as directions, the step to scale,
 * and where the method saw another gradient than the true one, that one at the scale of the true one.
 * @param {Lane} lane
 * @param {Detail} detail
 * @param {number} row
 * @param {Box} box
 * @returns {Changes}
 */
export function arrows(lane, detail, row, [[x0, x1], [y0, y1]]) {
  /** @type {Curve} */
  const none = { x: [], y: [] };
  if (row >= detail.rates.length || row + 1 >= lane.x.length)
    return { gradient: none, seen: none, momentum: none, step: none };
  const length = 0.11 * Math.hypot(x1 - x0, y1 - y0);
  const from = [lane.x[row], lane.y[row]];
  /** @param {Float32Array} values */
  const size = (values) => Math.hypot(values[2 * row], values[2 * row + 1]);
  /** @param {Float32Array} values */
  const direction = (values, far = 1) => {
    const [u, v, whole] = [-values[2 * row], -values[2 * row + 1], size(values)];
    if (!(whole > 1e-30)) return none;
    return { x: [from[0], from[0] + (u / whole) * far * length], y: [from[1], from[1] + (v / whole) * far * length] };
  };
  const { gradients, seen } = detail;
  return {
    gradient: direction(gradients),
    seen: agree(gradients, seen, row) ? none : direction(seen, Math.min(size(seen) / size(gradients), LONGEST)),
    momentum: direction(detail.M),
    step: { x: [from[0], lane.x[row + 1]], y: [from[1], lane.y[row + 1]] },
  };
}
