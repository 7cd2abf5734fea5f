// What is drawn in the lab on the edge of stability: λ of each rate on the line of its bound, and losses with all that they
// were between two looks. No element is touched here.

import { curve, known } from "./chart.js";
import { bandAreas } from "./seed_bands.js";
import { rowAt } from "./unpacked.js";
import { decades } from "../figures/log_axis.js";

/** @import { Point } from "../types/answer.d.ts" */
/** @import { Changes, Trace } from "../types/figures.d.ts" */
/** @import { EdgeRun } from "../types/network_pictures.d.ts" */

/** @typedef {{ data: Trace[], changes: Changes, range: Point }} Drawn */

const BEYOND = 30; // times the largest loss at the start: what is larger flies off
const FAR = 4; // times the largest bound, or part of the least: further λ is not drawn

/** @param {ArrayLike<number>} values */
const positive = (values) => known(values).map((value) => (value !== null && value > 0 ? value : null));

/** @param {EdgeRun} run what of λ is drawn */
const shownOf = ({ sharpness, bound }) =>
  positive(sharpness).map((value) => (value !== null && value < FAR * bound ? value : null));

/**
 * λ over the steps, and as a dashed line the bound of each rate.
 * @param {EdgeRun[]} runs
 * @param {string[]} colors
 * @param {number} steps
 * @returns {Drawn}
 */
export function sharpnessCurves(runs, colors, steps) {
  /** @type {Changes} */
  const changes = {};
  const bounds = runs.map(({ bound }, lane) => {
    changes[`bound${lane}`] = { x: [0, steps], y: [bound, bound] };
    return curve({ role: "bound", lane }, { color: colors[lane], width: 1.5, dash: "dash" });
  });
  const lines = runs.map((run, lane) => {
    changes[`sharpness${lane}`] = { x: run.steps, y: shownOf(run) };
    return curve({ role: "sharpness", lane }, { color: colors[lane] });
  });
  const least = Math.min(...runs.map(({ bound }) => bound)) / 100;
  const values = Object.values(changes).flatMap(({ y }) => Array.from(y));
  return { data: [...bounds, ...lines], changes, range: decades(values.filter((value) => value && value > least)) };
}

/**
 * Losses over the steps, in a band of all that they were since the look before.
 * @param {EdgeRun[]} runs
 * @param {string[]} colors
 * @returns {Drawn}
 */
export function edgeLosses(runs, colors) {
  const first = Math.max(...runs.map(({ first_loss }) => first_loss ?? 0), Number.MIN_VALUE);
  const bands = runs.map(({ steps, low, high, diverged }) => ({
    ...{ measured: steps, loss: pairOf(low, high), accuracy: pairOf(low, high), diverged },
  }));
  const areas = bandAreas(bands, "loss", colors, BEYOND * first);
  const { changes } = areas;
  const lines = runs.map(({ steps, losses }, lane) => {
    changes[`loss${lane}`] = {
      x: steps,
      y: positive(losses).map((value) => (value !== null && value < BEYOND * first ? value : null)),
    };
    return curve({ role: "loss", lane }, { color: colors[lane], width: 1.5 });
  });
  const values = Object.values(changes).flatMap(({ y }) => Array.from(y));
  return { data: [...areas.data, ...lines], changes, range: decades(values) };
}

/** @param {Float32Array} low @param {Float32Array} high @returns {[Float32Array, Float32Array]} */
const pairOf = (low, high) => [low, high];

/**
 * Where every run stands at step `t`, in one of its rows.
 * @param {EdgeRun[]} runs
 * @param {"sharpness" | "losses"} name
 * @param {number} t
 */
export function standingAt(runs, name, t) {
  const rows = runs.map(({ steps }) => rowAt(steps, t));
  return {
    x: runs.map(({ steps }, lane) => steps[rows[lane]] ?? null),
    y: runs.map((run, lane) => (name === "sharpness" ? shownOf(run) : positive(run.losses))[rows[lane]] ?? null),
  };
}
