// What is drawn in the lab on batches: losses of three lanes over epochs, times and variances against the size of a batch.

import { curve, known } from "./chart.js";
import { rowAt } from "./unpacked.js";
import { decades } from "../figures/log_axis.js";

/** @import { Point } from "../types/answer.d.ts" */
/** @import { Changes, Trace } from "../types/figures.d.ts" */
/** @import { BatchLane, BatchSizes } from "../types/network_pictures.d.ts" */

/** @typedef {{ data: Trace[], changes: Changes, range: Point }} Drawn */

/** @param {ArrayLike<number>} values */
const positive = (values) => known(values).map((value) => (value !== null && value > 0 ? value : null));

/** @param {string} symbol @param {string} color */
const marked = (symbol, color) => ({
  mode: /** @type {const} */ ("lines+markers"),
  marker: { symbol, size: 7, color },
});

/** @param {Changes} changes */
const rangeOf = (changes) => decades(Object.values(changes).flatMap(({ y }) => Array.from(y)));

/**
 * Losses over epochs: of training solid, of validation dashed.
 * @param {BatchLane[]} lanes
 * @param {string[]} colors
 * @returns {Drawn}
 */
export function epochCurves(lanes, colors) {
  /** @type {Changes} */
  const changes = {};
  const data = lanes.flatMap((lane, index) => {
    const color = colors[index];
    changes[`train${index}`] = { x: lane.epochs, y: positive(lane.train_loss) };
    changes[`validation${index}`] = { x: lane.epochs, y: positive(lane.validation_loss) };
    return [
      curve({ role: "train", lane: index }, { color }),
      curve({ role: "validation", lane: index }, { color, dash: "dash" }),
    ];
  });
  return { data, changes, range: rangeOf(changes) };
}

/**
 * Where every lane stands at epoch `t`, on its curve of validation.
 * @param {Pick<BatchLane, "epochs" | "validation_loss">[]} lanes
 * @param {number} t
 */
export function standing(lanes, t) {
  const rows = lanes.map(({ epochs }) => rowAt(epochs, t));
  return {
    x: lanes.map(({ epochs }, lane) => epochs[rows[lane]] ?? null),
    y: lanes.map(({ validation_loss }, lane) => positive(validation_loss)[rows[lane]] ?? null),
  };
}

/**
 * The time of an update and of an epoch against the size of a batch, as shares of those with all examples.
 * @param {BatchSizes} sizes
 * @param {{ update: string, epoch: string }} colors
 * @returns {Drawn}
 */
export function timeCurves({ sizes, update, epoch }, colors) {
  const x = Array.from(sizes).slice(0, update.length);
  /** @type {Changes} */
  const changes = { update: { x, y: positive(update) }, epoch: { x, y: positive(epoch) } };
  const data = [
    curve({ role: "update" }, { color: colors.update }, marked("circle", colors.update)),
    curve({ role: "epoch" }, { color: colors.epoch }, marked("square", colors.epoch)),
  ];
  return { data, changes, range: rangeOf(changes) };
}

/**
 * The variance of the gradient against the size of a batch, with its intervals, on the line of the law. With all examples there is
 * none, which has no place on this axis.
 * @param {BatchSizes} sizes
 * @param {{ law: string, drawn: string }} colors
 * @returns {Drawn}
 */
export function varianceCurves({ sizes, variance, half, line, law }, colors) {
  const some = Array.from(sizes, (_, row) => row).filter((row) => variance[row] > 0);
  /** @type {Changes} */
  const changes = {
    law: { x: line, y: positive(law) },
    drawn: { x: some.map((row) => sizes[row]), y: some.map((row) => variance[row]) },
  };
  const data = [
    curve({ role: "law" }, { color: colors.law, width: 1.5, dash: "dash" }),
    ...some.map((row, lane) => {
      const low = Math.max(variance[row] - half[row], 1e-9 * variance[row]);
      changes[`interval${lane}`] = { x: [sizes[row], sizes[row]], y: [low, variance[row] + half[row]] };
      return curve({ role: "interval", lane }, { color: colors.drawn, width: 3 });
    }),
    curve(
      { role: "drawn" },
      { color: colors.drawn },
      { mode: "markers", marker: { symbol: "circle", size: 8, color: colors.drawn } },
    ),
  ];
  return { data, changes, range: rangeOf(changes) };
}
