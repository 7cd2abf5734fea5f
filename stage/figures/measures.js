// The chart under the losses: one measure of the path, per step, with the playhead of the losses.

import { Sheets } from "./figure.js";
import { lossFrame } from "./frames.js";
import { unpack } from "../lib/packing.js";

const ROWS = ["gradient", "seen", "lambda_min", "lambda_max", "condition", "load"];
const LOGARITHMIC = new Set(["gradient", "seen", "condition"]);
const DECADES = 2; // between the highest rates of two lanes: beyond, no linear axis shows both
const LARGEST = 3e38; // what the server writes where float32 ends

/** The server's measures.json, unpacked. */
export function unpackMeasures({ lanes }) {
  return lanes.map((lane) => ({ ...lane, ...Object.fromEntries(ROWS.map((name) => [name, unpack(lane[name])])) }));
}

/** The learning rates of every lane, as a measure: they come with each answer. */
export function ratesOf(lanes) {
  return lanes.map(({ rates, knobs, last }) => ({ rate: rates ?? new Float32Array(last).fill(knobs.learning_rate) }));
}

export class MeasureChart {
  constructor(node) {
    this.sheets = new Sheets(node);
  }

  /** Draw `measure` of every lane, on the sheets of the losses. */
  async show(terrain, lanes, measure, steps, at, stepAxis) {
    const drawn = lanes.map((lane) => values(lane, measure));
    const kind = axisKind(measure, drawn);
    this.curves = drawn.map((rows) => ({ x: Array.from(rows, (_, row) => row), y: Array.from(rows, (value) => usable(value, kind)) }));
    this.lanes = lanes.map((lane, index) => ({ curve: this.curves[index], last: this.curves[index].y.length - 1 }));
    const range = span(this.curves, kind, measure);
    this.range = kind === "log" ? range.map((power) => 10 ** power) : range;
    const { xaxis, yaxis } = terrain.losses.layout;
    const end = steps * 1.015;
    const curves = Object.fromEntries(this.curves.map((curve, index) => [`curve${index}`, curve]));
    if (measure === "stability") curves.limit = { x: [0, end], y: [1, 1] };
    if (measure === "lambda_min" && kind === "linear") curves.limit = { x: [0, end], y: [0, 0] };
    const decades = kind === "log" && range[1] - range[0] > 1.5 ? { dtick: Math.ceil((range[1] - range[0]) / 5) } : {};
    await this.sheets.show(
      { figure: terrain.losses, changes: curves },
      { figure: terrain.playhead, changes: this.frame(at) },
      {
        xaxis: { ...xaxis, range: [0, end], title: { text: stepAxis, standoff: 4 } },
        yaxis: { ...yaxis, ...decades, type: kind, range, exponentformat: "power", tickfont: { ...yaxis.tickfont, size: kind === "log" ? 9 : 11 } },
      },
    );
    this.drawn = true;
  }

  frame(at) {
    return lossFrame(this.lanes, at, this.range);
  }

  move(at) {
    if (this.drawn) this.sheets.update(this.frame(at));
  }

  close() {
    this.sheets.close();
  }
}

function values(lane, measure) {
  if (measure !== "stability") return lane[measure];
  return lane.limit === null ? new Float32Array(0) : lane.load.map((value) => value / lane.limit);
}

const exists = (value) => Number.isFinite(value) && Math.abs(value) < LARGEST;
const usable = (value, kind) => (exists(value) && (kind === "linear" || value > 0) ? value : null);

/** Logarithmic where numbers run over decades and none of them is negative. */
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

/** The range that shows the curves; a few that run away do not flatten the others. */
function span(curves, kind, measure) {
  const gauge = measure === "stability";
  const all = curves.flatMap(({ y }) => y).filter((value) => value !== null).sort((a, b) => a - b);
  if (!all.length) return kind === "log" ? [-1, 1] : [0, gauge ? 1.5 : 1];
  if (kind === "log") {
    const [low, high] = [Math.log10(all[0]), Math.log10(all.at(-1))];
    return [Math.max(low, high - 17) - 0.3, high + 0.3];
  }
  if (measure === "rate") return [0, 1.08 * (all.at(-1) || 1)];
  const of = (share) => all[Math.round(share * (all.length - 1))];
  const [low, high] = gauge ? [Math.min(0, of(0.02)), Math.min(Math.max(1.5, of(0.98)), 4)] : [of(0.02), of(0.98)];
  const room = 0.12 * (high - low) || Math.abs(high) * 0.2 || 1;
  return gauge ? [low, high + room / 2] : [low - room, high + room];
}
