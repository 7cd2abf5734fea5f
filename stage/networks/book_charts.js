// What is drawn of the book's experiments: bands of our seeds, their medians, and what is printed on top.

import { curve, known } from "./chart.js";
import { decades } from "../figures/log_axis.js";
import { unpack } from "../lib/packing.js";

/** @import { Point } from "../types/answer.d.ts" */
/** @import { Changes, Trace } from "../types/figures.d.ts" */
/** @import { BookExperiment } from "../types/network_book.d.ts" */

/** @typedef {{ data: Trace[], changes: Changes, x: Point, y: Point, logX: boolean, logY: boolean }} BookDrawing */

const LOGARITHMIC = ["loss", "std"];
const OTHERS = ["sgd", "momentum", "adam", "rmsprop"]; // whose colours are told apart
const MARK = { symbol: "diamond", size: 11 };

/**
 * Of which method each lane has the colour: of its own, where it is one.
 * @param {BookExperiment} experiment
 */
export const inks = ({ id, lanes }) =>
  lanes.map((lane, index) => ({ id: id === "optimizers" ? lane.id : OTHERS[index % OTHERS.length] }));

/**
 * The names of the curves of an experiment.
 * @param {BookExperiment} experiment
 */
export const curvesOf = ({ lanes }) => lanes[0]?.curves.map(({ id }) => id) ?? ["outcome"];

/**
 * One curve of all lanes. A lane of which nothing but what is printed would be told apart has no part in it.
 * @param {BookExperiment} experiment
 * @param {string} name
 * @param {string[]} colors
 * @returns {BookDrawing}
 */
export function bookCurves(experiment, name, colors) {
  const { lanes, rows, axis } = experiment;
  const x = Array.from(unpack(experiment.x));
  const logY = LOGARITHMIC.includes(name);
  /** @param {ArrayLike<number>} values */
  const shown = (values) => known(values).map((value) => (logY && value !== null && value <= 0 ? null : value));
  /** @type {Changes} */
  const changes = {};
  /** @type {Trace[][]} bands below, then lines, then marks */
  const data = [[], [], []];
  lanes.forEach((lane, index) => {
    const sent = lane.curves.find(({ id }) => id === name);
    if (!sent) return;
    const color = colors[index];
    const [median, low, high] = [sent.median, sent.low, sent.high].map((values) => shown(unpack(values)));
    const there = x.map((_, k) => k).filter((k) => low[k] !== null && high[k] !== null);
    const back = [...there].reverse();
    changes[`band${index}`] = {
      x: [...there, ...back].map((k) => x[k]),
      y: [...there.map((k) => low[k]), ...back.map((k) => high[k])],
    };
    changes[`median${index}`] = { x, y: median };
    const filled = { fill: "toself", fillcolor: `color-mix(in srgb, ${color} 22%, transparent)` };
    data[0].push(curve({ role: "band", lane: index }, { color, width: 0 }, filled));
    data[1].push(curve({ role: "median", lane: index }, { color, width: 2.2 }));
    const marks = rows.filter((row) => row.lane === lane.id && row.curve === name);
    if (!marks.length) return;
    changes[`printed${index}`] = { x: marks.map((row) => row.x), y: marks.map(({ printed }) => printed) };
    const marker = { ...MARK, color, line: { color: "var(--os-ink)", width: 1.5 } };
    data[2].push(curve({ role: "printed", lane: index }, { color }, { mode: "markers", marker }));
  });
  const values = Object.values(changes).flatMap(({ y }) => Array.from(y));
  const logX = axis === "scale";
  return {
    ...{ data: data.flat(), changes, logX, logY },
    x: logX ? decades(x, 0.03) : inside(x),
    y: logY ? decades(values) : [-0.02, 1.04],
  };
}

/**
 * The trials of one search: the share that is right against the rate, and what the book prints of its best.
 * @param {BookExperiment} experiment
 * @param {string} color
 * @returns {BookDrawing | null}
 */
export function trialMarks({ trials, rows }, color) {
  if (!trials) return null;
  const [rates, found] = [trials.rates, trials.found].map((values) => Array.from(unpack(values)));
  /** @param {string} outcome */
  const printed = (outcome) => rows.find((row) => row.outcome === outcome)?.printed ?? null;
  const marker = { symbol: "circle", size: 7, color };
  const book = { ...MARK, color: "var(--os-warn)", line: { color: "var(--os-ink)", width: 1.5 } };
  return {
    data: [
      curve({ role: "trials" }, { color }, { mode: "markers", marker, opacity: 0.7 }),
      curve({ role: "printed" }, { color }, { mode: "markers", marker: book }),
    ],
    changes: {
      trials: { x: rates, y: found },
      printed: { x: [printed("rate_of_best")], y: [printed("best")] },
    },
    ...{ x: decades(rates, 0.03), y: [-0.02, 1.04], logX: true, logY: false },
  };
}

/**
 * A range around `values`, in order, with a little room.
 * @param {number[]} values
 * @returns {Point}
 */
function inside(values) {
  const [low, high] = [values[0], values[values.length - 1]];
  const room = 0.03 * (high - low);
  return [low - room, high + room];
}
