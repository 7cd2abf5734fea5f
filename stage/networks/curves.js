// What charts of networks draw, as traces with their coordinates: pure functions of the numbers. Of training all is solid, of
// validation dashed, and faint is the loss of each step's own batch.

import { curve, known } from "./chart.js";
import { bandAreas } from "./seed_bands.js";
import { decades } from "../figures/log_axis.js";

/** @import { Point } from "../types/answer.d.ts" */
/** @import { Changes, Trace } from "../types/figures.d.ts" */
/** @import { ActivationCurve, SeedBand, SignalLayer, Trained } from "../types/network_pictures.d.ts" */

/** @typedef {"activations" | "gradients"} Signal */

const DASH = "dash";
const BEYOND = 30; // times the largest loss at the start: what is larger flies off
const WIDTHS = { batch: 1, train: 2, validation: 2 };
const FAINT = 0.4;
const SYMBOLS = { activations: "circle", gradients: "square" };

/**
 * What is drawn of the losses of `lanes`, and the range of their axis in powers of ten.
 * @param {Trained[]} lanes
 * @param {string[]} colors
 * @param {SeedBand[]} [bands] of further seeds, below all
 */
export function lossCurves(lanes, colors, bands = []) {
  const first = Math.max(...lanes.map(({ losses }) => losses[0]).filter(Number.isFinite), Number.MIN_VALUE);
  const areas = bandAreas(bands, "loss", colors, BEYOND * first);
  const { changes } = areas;
  /** @param {ArrayLike<number>} values */
  const shown = (values) =>
    known(values).map((value) => (value !== null && value > 0 && value < BEYOND * first ? value : null));
  const curves = lanes.flatMap((lane, index) => {
    changes[`batch${index}`] = { x: lane.loss_steps, y: shown(lane.losses) };
    changes[`train${index}`] = { x: lane.measured, y: shown(lane.train_loss) };
    changes[`validation${index}`] = { x: lane.measured, y: shown(lane.validation_loss) };
    const line = { color: colors[index], width: WIDTHS.batch };
    return [curve({ role: "batch", lane: index }, line, { opacity: FAINT }), ...pair(index, colors[index])];
  });
  const values = Object.values(changes).flatMap(({ y }) => Array.from(y));
  return { data: [...areas.data, ...curves], changes, range: decades(values) };
}

/**
 * What is drawn of the accuracies of `lanes`, and the range of their axis.
 * @param {Trained[]} lanes
 * @param {string[]} colors
 * @param {SeedBand[]} [bands]
 * @returns {{ data: Trace[], changes: Changes, range: Point }}
 */
export function accuracyCurves(lanes, colors, bands = []) {
  const areas = bandAreas(bands, "accuracy", colors);
  const { changes } = areas;
  const curves = lanes.flatMap((lane, index) => {
    changes[`train${index}`] = { x: lane.measured, y: known(lane.train_accuracy) };
    changes[`validation${index}`] = { x: lane.measured, y: known(lane.validation_accuracy) };
    return pair(index, colors[index]);
  });
  const values = Object.values(changes).flatMap(({ y }) => Array.from(y).filter((value) => value !== null));
  const least = Math.min(1, ...values);
  return { data: [...areas.data, ...curves], changes, range: [Math.max(0, Math.floor(10 * least) / 10) - 0.02, 1.02] };
}

/**
 * @param {number} lane
 * @param {string} color
 */
const pair = (lane, color) => [
  curve({ role: "train", lane }, { color, width: WIDTHS.train }),
  curve({ role: "validation", lane }, { color, width: WIDTHS.validation, dash: DASH }),
];

/**
 * What is drawn of the spreads of a signal in all `layers`, and the range of their axis in powers of ten. Theory lies on
 * top, since it is hidden where it is right.
 * @param {SignalLayer[]} layers
 * @param {Signal} signal
 * @param {{ signal: string, theory: string }} colors
 */
export function spreadCurves(layers, signal, colors) {
  const x = layers.map((_, layer) => layer + 1);
  /** @param {(number | null)[]} values */
  const shown = (values) =>
    known(values.map((value) => value ?? NaN)).map((value) => (value && value > 0 ? value : null));
  const forward = signal === "activations";
  /** @type {Changes} */
  const changes = { measured: { x, y: shown(layers.map((layer) => (forward ? layer.std : layer.gradient_std))) } };
  const data = [
    curve(
      { role: "measured" },
      { color: colors.signal },
      { mode: "lines+markers", marker: { symbol: SYMBOLS[signal], size: 8, color: colors.signal } },
    ),
  ];
  if (forward) {
    changes.theory = { x, y: shown(layers.map((layer) => layer.theory)) };
    data.push(curve({ role: "theory" }, { color: colors.theory, width: 2, dash: "dash" }));
  }
  return { data, changes, range: decades(Object.values(changes).flatMap(({ y }) => Array.from(y))) };
}

/**
 * What is drawn of all `curves` where `chosen` is the one that is looked at.
 * @param {ActivationCurve[]} curves
 * @param {string} chosen
 * @param {{ value: string, derivative: string, others: string }} colors
 */
export function activationCurves(curves, chosen, colors) {
  /** @type {Changes} */
  const changes = {};
  /** @type {Trace[]} */
  const data = [];
  const others = curves.filter(({ id }) => id !== chosen);
  others.forEach(({ x, value }, lane) => {
    changes[`other${lane}`] = { x, y: value };
    data.push(curve({ role: "other", lane }, { color: colors.others, width: 1.2 }));
  });
  const one = curves.find(({ id }) => id === chosen);
  if (one) {
    changes.derivative = { x: one.x, y: one.derivative };
    changes.value = { x: one.x, y: one.value };
    data.push(
      curve({ role: "derivative" }, { color: colors.derivative, width: 2.4, dash: "dash" }),
      curve({ role: "value" }, { color: colors.value, width: 3.2 }),
    );
  }
  return { data, changes };
}

/**
 * How steep a function is at most, and where first; 0 where it is flat.
 * @param {ActivationCurve} curve
 */
export function steepest({ x, derivative }) {
  let row = 0;
  derivative.forEach((value, index) => {
    if (Math.abs(value) > Math.abs(derivative[row])) row = index;
  });
  return { at: x[row], slope: Math.abs(derivative[row]) };
}

/**
 * The path of a curve in a small picture of the values from `low` to `high`. What leaves the picture runs on and is cut by its
 * edge: held there, a ReLU would look as if it grew no more.
 * @param {ArrayLike<number>} x
 * @param {ArrayLike<number>} y
 * @param {Point} seen
 * @param {{ width: number, height: number }} size
 */
export function outlined(x, y, [low, high], { width, height }) {
  const [from, to] = [x[0], x[x.length - 1]];
  const every = Math.max(1, Math.floor(x.length / 60));
  return Array.from(x, (value, index) => {
    const u = (width * (value - from)) / (to - from);
    const v = height * (1 - (y[index] - low) / (high - low));
    return index % every ? "" : `${index ? "L" : "M"}${u.toFixed(1)} ${v.toFixed(1)}`;
  }).join("");
}
