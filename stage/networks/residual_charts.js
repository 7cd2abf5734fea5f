// What the lab on residual connections draws of two networks, as traces with their coordinates. No element is touched here.

import { curve, known } from "./chart.js";
import { bandAreas } from "./seed_bands.js";
import { decades } from "../figures/log_axis.js";

/** @import { Point } from "../types/answer.d.ts" */
/** @import { Changes, Trace } from "../types/figures.d.ts" */
/** @import { Arm, NetCompared, Roughness } from "../types/network_landscapes.d.ts" */

/** @typedef {{ data: Trace[], changes: Changes, range: Point }} Drawn */

/** With, and without: told apart by colour and by symbol. */
export const ARMS = /** @type {const} */ ([
  { color: "var(--os-accent)", symbol: "circle" },
  { color: "var(--os-warn)", symbol: "diamond" },
]);
const FAINT = 0.45;

/**
 * `values` as a logarithmic axis shows them.
 * @param {ArrayLike<number>} values
 */
const positive = (values) => known(values).map((value) => (value !== null && value > 0 ? value : null));

/**
 * All numbers that are drawn.
 * @param {Changes} changes
 */
const drawn = (changes) => Object.values(changes).flatMap(({ y }) => Array.from(y));

/**
 * Losses over the steps: of training solid, of validation dashed.
 * @param {Arm[]} arms
 * @returns {Drawn}
 */
export function armLosses(arms) {
  /** @type {Changes} */
  const changes = {};
  const data = arms.flatMap(({ measured, train_loss, validation_loss }, lane) => {
    const { color } = ARMS[lane];
    changes[`train${lane}`] = { x: measured, y: positive(train_loss) };
    changes[`validation${lane}`] = { x: measured, y: positive(validation_loss) };
    return [
      curve({ role: "validation", lane }, { color, width: 1.6, dash: "dash" }),
      curve({ role: "train", lane }, { color, width: 2.2 }),
    ];
  });
  return { data, changes, range: decades(drawn(changes)) };
}

/**
 * Gradients layer by layer: before training dashed, at its end solid with marks.
 * @param {Arm[]} arms
 * @returns {Drawn & { layers: number }}
 */
export function armGradients(arms) {
  /** @type {Changes} */
  const changes = {};
  const data = arms.flatMap(({ gradients }, lane) => {
    const { color, symbol } = ARMS[lane];
    return gradients.map((row, end) => {
      const role = end ? "last" : "first";
      changes[`${role}${lane}`] = { x: Array.from(row, (_, layer) => layer + 1), y: positive(row) };
      if (!end) return curve({ role, lane }, { color, width: 1.8, dash: "dash" });
      const marker = { symbol, size: row.length > 24 ? 4 : 6, color };
      return curve({ role, lane }, { color, width: 2.2 }, { mode: "lines+markers", marker });
    });
  });
  const layers = Math.max(1, ...arms.flatMap(({ gradients }) => gradients.map((row) => row.length)));
  return { data, changes, range: decades(drawn(changes)), layers };
}

/** What steps along the gradient meet. @typedef {"range" | "change" | "smoothness"} Met */

/**
 * Over the steps of training, what trial steps against the gradient meet there: a band from the least to the largest loss, or
 * change of the gradient, and for losses the loss itself; or the effective smoothness as a line.
 * @param {Arm[]} arms
 * @param {Met} what
 * @returns {Drawn}
 */
export function armBands(arms, what) {
  if (what === "smoothness") {
    /** @type {Changes} */
    const changes = {};
    const data = arms.map(({ looks, smoothness }, lane) => {
      changes[`smoothness${lane}`] = { x: looks, y: positive(smoothness) };
      return curve({ role: "smoothness", lane }, { color: ARMS[lane].color, width: 2.2 });
    });
    return { data, changes, range: decades(drawn(changes)) };
  }
  const [low, high] =
    what === "range" ? /** @type {const} */ (["low", "high"]) : /** @type {const} */ (["change_low", "change_high"]);
  const bands = arms.map((arm) => ({
    measured: arm.looks,
    loss: /** @type {[Float32Array, Float32Array]} */ ([arm[low], arm[high].map((value) => Math.min(value, 3e37))]),
    accuracy: /** @type {[Float32Array, Float32Array]} */ ([new Float32Array(), new Float32Array()]),
    diverged: 0,
  }));
  const areas = bandAreas(
    bands,
    "loss",
    arms.map((_, lane) => ARMS[lane].color),
  );
  const { changes } = areas;
  const lines = arms.map((arm, lane) => {
    const { color } = ARMS[lane];
    changes[`line${lane}`] = { x: arm.looks, y: positive(what === "range" ? arm.loss : arm[high]) };
    return curve({ role: "line", lane }, { color, width: what === "range" ? 2.2 : 1.4 });
  });
  return { data: [...areas.data, ...lines], changes, range: decades(drawn(changes)) };
}

/**
 * How rough the slices of all seeds are: a row for each network, from the top, with a faint mark for each seed and, once it is
 * known, the mean with its interval.
 * @param {Record<keyof Roughness, (number | null)[]>[]} roughness
 * @param {keyof Roughness} which
 * @param {NetCompared | null} found
 * @param {Point} around the least that the axis holds
 * @returns {Drawn}
 */
export function roughRows(roughness, which, found, [least, most]) {
  const unit = which === "nonconvex" ? 100 : 1;
  /** @type {Changes} */
  const changes = {};
  /** @type {Trace[]} */
  const data = [];
  roughness.forEach((arm, lane) => {
    const { color, symbol } = ARMS[lane];
    const y = roughness.length - lane;
    const seeds = arm[which].flatMap((value) => (value === null ? [] : [unit * value]));
    changes[`seeds${lane}`] = { x: seeds, y: seeds.map(() => y - 0.22) };
    const marker = { symbol, size: 6, color };
    data.push(curve({ role: "seeds", lane }, { color }, { mode: "markers", marker, opacity: FAINT }));
    const mean = found && (lane ? found.plain : found.own);
    if (!mean) return;
    changes[`interval${lane}`] = { x: [unit * mean.low, unit * mean.high], y: [y + 0.12, y + 0.12] };
    changes[`mean${lane}`] = { x: [unit * mean.value], y: [y + 0.12] };
    data.push(
      curve({ role: "interval", lane }, { color, width: 3 }),
      curve({ role: "mean", lane }, { color }, { mode: "markers", marker: { ...marker, size: 10 } }),
    );
  });
  const values = Object.values(changes).flatMap(({ x }) => Array.from(x, Number));
  const [low, high] = [Math.min(unit * least, ...values), Math.max(unit * most, ...values)];
  const more = 0.05 * (high - low);
  return { data, changes, range: [low - more, high + more] };
}
