// The chart under the losses: one measure of the path, per step, with the playhead of the losses.

import { few, ticksFor } from "./few_ticks.js";
import { Sheets } from "./figure.js";
import { lossFrame } from "./frames.js";
import { LARGEST, unpack } from "../lib/packing.js";

/** @import { Curve, Lane, LossAxis, MeasureName, Point } from "../types/answer.d.ts" */
/** @import { Changes, Terrain } from "../types/figures.d.ts" */
/** @import { Measures, SentMeasures } from "../types/facts.d.ts" */

/** @typedef {Partial<Measures> & { rate?: Float32Array }} Rows rows of a lane, one for each measure that is known */

const ROWS = /** @type {const} */ (["gradient", "seen", "lambda_min", "lambda_max", "condition", "load"]);
const LOGARITHMIC = new Set(["gradient", "seen", "condition"]);
const DECADES = 2; // between the highest rates of two lanes: beyond, no linear axis shows both

/**
 * The server's measures.json, unpacked.
 * @param {{ lanes: SentMeasures[] }} answer
 * @returns {Measures[]}
 */
export function unpackMeasures({ lanes }) {
  return lanes.map((lane) => {
    const rows = ROWS.map((name) => [name, unpack(lane[name])]);
    return { ...lane, .../** @type {Record<(typeof ROWS)[number], Float32Array>} */ (Object.fromEntries(rows)) };
  });
}

/**
 * The learning rates of every lane, as a measure: they come with each answer.
 * @param {Lane[]} lanes
 * @returns {Rows[]}
 */
export function ratesOf(lanes) {
  return lanes.map(({ rates, knobs, last }) => ({ rate: rates ?? new Float32Array(last).fill(knobs.learning_rate) }));
}

export class MeasureChart {
  /** @param {HTMLElement} node */
  constructor(node) {
    this.sheets = new Sheets(node);
    this.drawn = false;
    /** @type {Curve[]} */
    this.curves = [];
    /** @type {{ curve: Curve, last: number }[]} */
    this.lanes = [];
    this.range = [0, 1];
  }

  /**
   * Draw `measure` of every lane, on the sheets of the losses.
   * @param {Terrain} terrain
   * @param {Rows[]} lanes
   * @param {MeasureName} measure
   * @param {number} steps
   * @param {number} at
   * @param {string} stepAxis
   */
  async show(terrain, lanes, measure, steps, at, stepAxis) {
    const drawn = lanes.map((lane) => values(lane, measure));
    const kind = axisKind(measure, drawn);
    this.curves = drawn.map((rows) => ({
      x: Array.from(rows, (_, row) => row),
      y: Array.from(rows, (value) => usable(value, kind)),
    }));
    this.lanes = lanes.map((lane, index) => ({ curve: this.curves[index], last: this.curves[index].y.length - 1 }));
    const range = span(this.curves, kind, measure);
    this.range = kind === "log" ? range.map((power) => 10 ** power) : range;
    const { xaxis, yaxis } = terrain.losses.layout;
    const end = steps * 1.015;
    /** @type {Changes} */
    const curves = Object.fromEntries(this.curves.map((curve, index) => [`curve${index}`, curve]));
    if (measure === "stability") curves.limit = { x: [0, end], y: [1, 1] };
    if (measure === "lambda_min" && kind === "linear") curves.limit = { x: [0, end], y: [0, 0] };
    const { node } = this.sheets;
    const decades =
      kind === "log" && range[1] - range[0] > 1.5
        ? { dtick: Math.ceil((range[1] - range[0]) / ticksFor(node)) }
        : few(node);
    await this.sheets.show(
      { figure: terrain.losses, changes: curves },
      { figure: terrain.playhead, changes: this.frame(at) },
      {
        xaxis: { ...xaxis, range: [0, end], title: { text: stepAxis, standoff: 4 } },
        yaxis: {
          ...yaxis,
          ...decades,
          type: kind,
          range,
          exponentformat: "power",
          tickfont: { ...yaxis?.tickfont, size: kind === "log" ? 9 : 11 },
        },
      },
    );
    this.drawn = true;
  }

  /** @param {number} at */
  frame(at) {
    return lossFrame(this.lanes, at, this.range);
  }

  /** @param {number} at */
  move(at) {
    if (this.drawn) this.sheets.update(this.frame(at));
  }
}

/**
 * @param {Rows} lane
 * @param {MeasureName} measure
 * @returns {Float32Array}
 */
function values(lane, measure) {
  const none = new Float32Array(0);
  if (measure === "auto" || measure === "none") return none;
  if (measure !== "stability") return lane[measure] ?? none;
  const { load = none, limit = null } = lane;
  return limit === null ? none : load.map((value) => value / limit);
}

/** @param {number} value */
const exists = (value) => Number.isFinite(value) && Math.abs(value) < LARGEST;
/**
 * @param {number} value
 * @param {LossAxis} kind
 */
const usable = (value, kind) => (exists(value) && (kind === "linear" || value > 0) ? value : null);

/**
 * Logarithmic where numbers run over decades and none of them is negative.
 * @param {MeasureName} measure
 * @param {Float32Array[]} rows
 * @returns {LossAxis}
 */
function axisKind(measure, rows) {
  if (LOGARITHMIC.has(measure)) return "log";
  if (measure === "rate") {
    // Many schedules end at nearly nothing; what counts is whether the lanes are decades apart.
    const peaks = rows.map((values) => Math.max(...values)).filter((peak) => peak > 0);
    return Math.max(...peaks) > 10 ** DECADES * Math.min(...peaks) ? "log" : "linear";
  }
  if (measure !== "lambda_max") return "linear";
  const all = rows.flatMap((values) => Array.from(values)).filter(exists);
  return all.length && Math.min(...all) > 0 && Math.max(...all) > 50 * Math.min(...all) ? "log" : "linear";
}

/**
 * The range that shows the curves; a few that run away do not flatten the others.
 * @param {Curve[]} curves
 * @param {LossAxis} kind
 * @param {MeasureName} measure
 * @returns {Point}
 */
function span(curves, kind, measure) {
  const gauge = measure === "stability";
  const all = curves
    .flatMap(({ y }) => y)
    .filter((value) => value !== null)
    .sort((a, b) => a - b);
  if (!all.length) return kind === "log" ? [-1, 1] : [0, gauge ? 1.5 : 1];
  if (kind === "log") {
    const [low, high] = [Math.log10(all[0]), Math.log10(all[all.length - 1])];
    return [Math.max(low, high - 17) - 0.3, high + 0.3];
  }
  if (measure === "rate") return [0, 1.08 * (all[all.length - 1] || 1)];
  /** @param {number} share */
  const of = (share) => all[Math.round(share * (all.length - 1))];
  const [low, high] = gauge ? [Math.min(0, of(0.02)), Math.min(Math.max(1.5, of(0.98)), 4)] : [of(0.02), of(0.98)];
  const room = 0.12 * (high - low) || Math.abs(high) * 0.2 || 1;
  return gauge ? [low, high + room / 2] : [low - room, high + room];
}
