// What a change makes of an answer, worked out here: the same race, before the server has said so.

import { WIDTH, descend } from "./race.js";

/** @import { Answer, Change, Detail, Ground, Lane, Point } from "../types/answer.d.ts" */
/** @import { Descent, Parts } from "../types/engine.d.ts" */
/** @import { Surface } from "./terrain.js" */

const REACH = 1e3; // how far a path is drawn, in diagonals of the box, as api/tracks.py does
const LARGEST = 3.4028234663852886e38; // of a float32
const RATE = "learning_rate";

/**
 * The answer with what `change` turns, not raced yet; null where only the server can tell what that means.
 * @param {Answer} answer
 * @param {Change} change
 * @returns {Answer | null}
 */
export function changed(answer, { do: kind, to, lane = -1, knob = "" }) {
  const { ground, lanes, budget } = answer;
  if (kind === "start" && Array.isArray(to)) {
    const start = /** @type {Point} */ (to.map((value, axis) => clamp(value, ground.box[axis])));
    return start.every(Number.isFinite) ? { ...answer, ground: { ...ground, start } } : null;
  }
  if (kind === "pick" && lanes[lane]) return { ...answer, detail: { ...answer.detail, lane } };
  if (typeof to !== "number" || !Number.isFinite(to)) return null;
  if (kind === "surface_knob" && typeof ground.knobs[knob] === "number")
    return { ...answer, ground: { ...ground, knobs: { ...ground.knobs, [knob]: to }, terrain: null } };
  if (kind === "lane_knob") {
    const { [lane]: turned } = lanes;
    if (turned && typeof turned.knobs[knob] === "number") {
      const all = knob === RATE && budget.rule === "same";
      const turn = (/** @type {Lane} */ each) => ({ ...each, knobs: { ...each.knobs, [knob]: to } });
      return { ...answer, lanes: lanes.map((each, index) => (all || index === lane ? turn(each) : each)) };
    }
    if (turned && knob === "clip_at") {
      const turn = { ...turned, extras: { ...turned.extras, clip_at: to } };
      return { ...answer, lanes: lanes.map((each, index) => (index === lane ? turn : each)) };
    }
  }
  // Without noise before, its numbers are not there yet.
  if (kind === "setting" && knob === "noise" && budget.noise > 0)
    return { ...answer, budget: { ...budget, noise: to } };
  return null;
}

/**
 * The answer with its lanes raced anew; null where one of them cannot begin. What only the server says (how a run
 * ended, how far it is from a minimum) stays as it was.
 * @param {Answer} answer
 * @param {Parts} parts
 * @returns {Answer | null}
 */
export function raced(answer, parts) {
  const runs = answer.lanes.map((lane, index) => run(answer, lane, parts, index));
  if (runs.some(({ last }) => last < 0)) return null;
  const lanes = answer.lanes.map((lane, index) => ({ ...lane, ...courseOf(runs[index], answer.ground.box) }));
  const ground = answer.ground.terrain === null ? sampled(answer.ground, parts.surface) : answer.ground;
  return { ...answer, ground, lanes, detail: { ...answer.detail, ...detailOf(runs[answer.detail.lane]) } };
}

/**
 * A draft, raced here; null where a lane cannot begin. What is known of the ground on the screen is true of it as well,
 * and of another its losses and the least of them are looked for.
 * @param {Answer} draft
 * @param {Parts} parts
 * @param {Ground | undefined} shown
 * @returns {Answer | null}
 */
export function completed(draft, parts, shown) {
  const { ground } = draft;
  const { least, terrain } = shown?.query === ground.query ? shown : { least: 0, terrain: null };
  return raced({ ...draft, ground: { ...ground, least, terrain } }, parts);
}

/**
 * A ground with its losses, and the least of them as far as can be seen here: where none was known, none is.
 * @param {Ground} ground
 * @param {Surface} surface
 * @returns {Ground}
 */
function sampled(ground, surface) {
  const { knobs, box } = ground;
  const terrain = surface.sample(knobs, box);
  const least = ground.least === null ? null : surface.least(knobs, box, terrain);
  return { ...ground, terrain, least };
}

/**
 * The rows of a lane, and the last step with finite numbers.
 * @param {Answer} answer
 * @param {Lane} lane
 * @param {Parts} parts
 * @param {number} index
 */
function run({ ground, budget }, { knobs, extras }, { columns, count, lanes }, index) {
  const { modules, shares, noise, weights } = lanes[index];
  const rate = knobs[RATE];
  const descent = descend(modules, {
    ground: /** @type {Record<string, number>} */ (ground.knobs),
    method: /** @type {Record<string, number>} */ (knobs),
    treatment: {
      decoupled: Number(extras.penalty === "decoupled"),
      clip_value: extras.clip === "value" ? extras.clip_at : Infinity,
      clip_norm: extras.clip === "norm" ? extras.clip_at : Infinity,
      noise_scale: budget.noise / Math.sqrt(budget.batch),
    },
    start: ground.start,
    steps: budget.steps,
    rates: shares ? shares.map((share) => rate * share) : new Float64Array(budget.steps + 1).fill(rate),
    noise: noise ?? new Float64Array(2),
    weights: weights ?? new Float64Array(count).fill(1 / count),
    data: columns,
    count,
  });
  const { rows, count: written } = descent;
  const arrived = rows.subarray((written - 1) * WIDTH, (written - 1) * WIDTH + 7).every(Number.isFinite);
  return { ...descent, last: arrived ? written - 1 : written - 2 };
}

/** @typedef {Descent & { last: number }} Run */

/**
 * Columns of rows `first` to `end`, row by row, as float32.
 * @param {Run} run
 * @param {number} column
 * @param {number} size
 * @param {number} first
 * @param {number} end
 */
function columnsOf({ rows }, column, size, first, end) {
  const values = new Float32Array((end - first) * size);
  for (let row = first; row < end; row++)
    for (let part = 0; part < size; part++)
      values[(row - first) * size + part] = clamp(rows[row * WIDTH + column + part], [-LARGEST, LARGEST]);
  return values;
}

/**
 * What is drawn of a run.
 * @param {Run} run
 * @param {[Point, Point]} box
 */
function courseOf(run, box) {
  const { last } = run;
  const path = drawable(run, box);
  return {
    x: path.filter((_, index) => index % 2 === 0),
    y: path.filter((_, index) => index % 2 === 1),
    losses: columnsOf(run, 4, 1, 0, last + 1),
    last,
    final: run.rows[last * WIDTH + 4],
    curve: { x: [], y: [] },
    leaves: false,
    z: null,
  };
}

/**
 * The points up to where they go out of reach for good; the last of them stands on its way there.
 * @param {Run} run
 * @param {[Point, Point]} box
 */
function drawable(run, box) {
  const { rows, last } = run;
  const [cx, cy] = box.map(([low, high]) => (low + high) / 2);
  const reach = REACH * Math.hypot(...box.map(([low, high]) => high - low));
  const [px, py] = [2, 3];
  let end = last;
  while (end >= 0 && !(Math.hypot(rows[end * WIDTH + px] - cx, rows[end * WIDTH + py] - cy) <= reach)) end--;
  const points = columnsOf(run, px, 2, 0, end < last && end >= 0 ? end + 2 : last + 1);
  if (end === last || end < 0) return points;
  const from = end * WIDTH;
  const [dx, dy] = [rows[from + WIDTH + px] - rows[from + px], rows[from + WIDTH + py] - rows[from + py]];
  const part = Math.min(1, reach / Math.hypot(dx, dy));
  points.set([rows[from + px] + part * dx, rows[from + py] + part * dy], 2 * (end + 1));
  return points;
}

/**
 * What the inspector and the arrows show of a run.
 * @param {Run} run
 * @returns {Omit<Detail, "lane">}
 */
function detailOf(run) {
  const { last } = run;
  return {
    points: columnsOf(run, 2, 2, 0, last + 1),
    gradients: columnsOf(run, 5, 2, 0, last + 1),
    estimates: columnsOf(run, 7, 2, 0, last),
    seen: columnsOf(run, 9, 2, 0, last),
    rates: columnsOf(run, 11, 1, 0, last),
    M: columnsOf(run, 12, 2, 0, last),
    G: columnsOf(run, 14, 2, 0, last),
    updates: columnsOf(run, 0, 2, 1, last + 1),
  };
}

/**
 * @param {number} value
 * @param {Point} range
 */
const clamp = (value, [low, high]) => Math.min(Math.max(value, low), high);
