// Five lanes side by side, training and validation of each with the gap between them shaded; how wide the gaps are in the
// end, and how long all weights together.

import { curve, known } from "./chart.js";
import { decades } from "../figures/log_axis.js";

/** @import { Point } from "../types/answer.d.ts" */
/** @import { Changes, Trace } from "../types/figures.d.ts" */
/** @import { Regularized } from "../types/network_pictures.d.ts" */
/** @import { RegularizedFinding } from "../types/network_labs.d.ts" */

/** @typedef {"accuracy" | "loss"} Measure */

const LATER = "var(--os-line)"; // what would have come after a stop
const ROWS = /** @type {const} */ ({
  accuracy: ["train_accuracy", "validation_accuracy"],
  loss: ["train_loss", "validation_loss"],
});

/**
 * How many measurements of a lane count: up to the one at which it stops.
 * @param {Pick<Regularized, "measured" | "stop">} lane
 */
function counted({ measured, stop }) {
  if (stop === null) return measured.length;
  return Array.from(measured).filter((step) => step <= stop).length;
}

/**
 * What is drawn of one lane: the gap as an area, training solid and validation dashed, and faintly what comes after a stop.
 * @param {Regularized} lane
 * @param {Measure} measure
 * @param {string} color
 * @returns {{ data: Trace[], changes: Changes }}
 */
export function laneCurves(lane, measure, color) {
  const x = Array.from(lane.measured);
  /** @param {ArrayLike<number>} values */
  const shown = (values) =>
    known(values).map((value) => (measure === "loss" && value !== null && value <= 0 ? null : value));
  const [train, validation] = ROWS[measure].map((name) => shown(lane[name]));
  const count = counted(lane);
  const both = x
    .slice(0, count)
    .map((_, row) => row)
    .filter((row) => train[row] !== null && validation[row] !== null);
  const back = [...both].reverse();
  /** @type {Changes} */
  const changes = {
    gap: {
      x: [...both, ...back].map((row) => x[row]),
      y: [...both.map((row) => train[row]), ...back.map((row) => validation[row])],
    },
    train: { x: x.slice(0, count), y: train.slice(0, count) },
    validation: { x: x.slice(0, count), y: validation.slice(0, count) },
  };
  const filled = { fill: "toself", fillcolor: `color-mix(in srgb, ${color} 20%, transparent)` };
  const data = [
    curve({ role: "gap" }, { color, width: 0 }, filled),
    curve({ role: "train" }, { color, width: 2 }),
    curve({ role: "validation" }, { color, width: 2, dash: "dash" }),
  ];
  if (count < x.length) {
    const from = count - 1;
    changes.train_later = { x: x.slice(from), y: train.slice(from) };
    changes.validation_later = { x: x.slice(from), y: validation.slice(from) };
    data.unshift(
      curve({ role: "train_later" }, { color: LATER, width: 1.5 }),
      curve({ role: "validation_later" }, { color: LATER, width: 1.5, dash: "dash" }),
    );
  }
  return { data, changes };
}

/**
 * The range that all lanes share: of accuracies from below the least to one, of losses in powers of ten.
 * @param {Regularized[]} lanes
 * @param {Measure} measure
 * @returns {Point}
 */
export function sharedRange(lanes, measure) {
  const values = lanes.flatMap((lane) => ROWS[measure].flatMap((name) => known(lane[name])));
  if (measure === "loss") return decades(values);
  const least = Math.min(1, ...values.map((value) => value ?? 1));
  return [Math.max(0, Math.floor(10 * least) / 10) - 0.02, 1.03];
}

/**
 * The gaps at the end, in percentage points: a row for each lane with its interval, from the top, and a line where the first is.
 * @param {RegularizedFinding | null} finding
 * @param {string[]} colors
 * @param {string[]} symbols
 * @returns {{ data: Trace[], changes: Changes, range: Point }}
 */
export function gapRows(finding, colors, symbols) {
  /** @type {Changes} */
  const changes = {};
  /** @type {Trace[]} */
  const data = [];
  const ends = finding?.lanes ?? [];
  const first = ends[0];
  if (first) {
    changes.first = { x: [100 * first.gap, 100 * first.gap], y: [0.5, ends.length + 0.5] };
    data.push(curve({ role: "first" }, { color: "var(--os-muted)", width: 1, dash: "dot" }));
  }
  ends.forEach((end, lane) => {
    if (!end) return;
    const y = ends.length - lane;
    const color = colors[lane];
    changes[`interval${lane}`] = { x: [100 * end.gap_low, 100 * end.gap_high], y: [y, y] };
    changes[`gap${lane}`] = { x: [100 * end.gap], y: [y] };
    data.push(
      curve({ role: "interval", lane }, { color, width: 3 }),
      curve({ role: "gap", lane }, { color }, { mode: "markers", marker: { symbol: symbols[lane], size: 9, color } }),
    );
  });
  const values = ends.flatMap((end) => (end ? [100 * end.gap_low, 100 * end.gap_high] : []));
  const [low, high] = [Math.min(0, ...values), Math.max(1, ...values)];
  const more = 0.06 * (high - low);
  return { data, changes, range: [low - more, high + more] };
}

/**
 * The norm of all weights over the steps, of every lane that has weights of its own, and where one stops.
 * @param {Regularized[]} lanes
 * @param {string[]} colors
 * @param {string[]} symbols
 * @returns {{ data: Trace[], changes: Changes, range: Point }}
 */
export function normCurves(lanes, colors, symbols) {
  /** @type {Changes} */
  const changes = {};
  const data = lanes.map((lane, index) => {
    const color = colors[index];
    const y = known(lane.norms);
    if (lane.stop === null) {
      changes[`norm${index}`] = { x: lane.measured, y };
      return curve({ role: "norm", lane: index }, { color });
    }
    const row = counted(lane) - 1;
    changes[`norm${index}`] = { x: [lane.measured[row]], y: [y[row]] };
    return curve(
      { role: "norm", lane: index },
      { color },
      { mode: "markers", marker: { symbol: symbols[index], size: 9, color } },
    );
  });
  const values = lanes.flatMap(({ norms }) => known(norms).filter((value) => value !== null));
  const high = Math.max(1, ...values.map(Number));
  return { data, changes, range: [0, 1.06 * high] };
}
