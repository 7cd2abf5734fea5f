// Losses and accuracies over the steps, in the colours of the methods: of all training data solid, of validation dashed, and
// faint the loss of each step's own batch.

import { Chart, curve, known } from "./chart.js";
import { accuracyCurves, lossCurves } from "./curves.js";
import { rowAt } from "./unpacked.js";
import { few, ticksFor } from "../figures/few_ticks.js";
import { marks } from "../figures/log_axis.js";
import { el } from "../lib/dom.js";

/** @import { Point } from "../types/answer.d.ts" */
/** @import { Layout, Trace } from "../types/figures.d.ts" */
/** @import { SeedBand, Trained } from "../types/network_pictures.d.ts" */
/** @import { Sentences } from "../types/words.d.ts" */

const EACH = 48; // px from one number below to the next
const AROUND = { l: 46, r: 18, t: 6, b: 22 };

/**
 * Where every lane stands at `t`, of one number: on its curve of validation.
 * @param {Trained[]} lanes
 * @param {"validation_loss" | "validation_accuracy"} name
 * @param {number} t
 */
function heads(lanes, name, t) {
  const rows = lanes.map(({ measured }) => rowAt(measured, t));
  return {
    x: lanes.map(({ measured }, lane) => measured[rows[lane]] ?? null),
    y: lanes.map((each, lane) => known(each[name])[rows[lane]] ?? null),
  };
}

export class TrainingCharts {
  /** @param {Sentences} ui */
  constructor(ui) {
    this.band = el("li", { hidden: true }, el("span.os-netbandkey"), ui.net_key_band);
    this.losses = new Chart(ui.net_losses);
    this.accuracies = new Chart(ui.net_accuracies);
    this.losses.title.after(
      el("span.os-spring"),
      el(
        "ul.os-keys.os-netlines",
        {},
        el("li", {}, el("span.os-netkey"), ui.net_key_training),
        el("li", {}, el("span.os-netkey.os-netdashed"), ui.net_key_validation),
        this.band,
      ),
    );
    this.nodes = [this.losses.node, this.accuracies.node];
    /** @type {Trained[]} */
    this.lanes = [];
    /** @type {{ losses: Point, accuracies: Point }} between which values the playhead is drawn */
    this.ranges = { losses: [1, 1], accuracies: [0, 1] };
  }

  /**
   * Draw `lanes` in `colors` on axes that look like those of `base`; `line` is the playhead.
   * @param {Trained[]} lanes
   * @param {{ colors: string[], base: Layout, line: Trace["line"], paper: string, steps: number, bands?: SeedBand[] }} how
   * @param {number} t
   */
  show(lanes, { colors, base, line, paper, steps, bands }, t) {
    this.lanes = lanes;
    this.band.hidden = !bands?.length;
    const [losses, accuracies] = [lossCurves(lanes, colors, bands), accuracyCurves(lanes, colors, bands)];
    const [low, high] = losses.range;
    this.ranges = { losses: [10 ** low, 10 ** high], accuracies: accuracies.range };
    const nticks = Math.max(2, Math.floor(this.losses.plot.clientWidth / EACH));
    const xaxis = { ...base.xaxis, nticks, range: /** @type {Point} */ ([0, steps * 1.015]), title: { text: "" } };
    const common = { ...base, margin: AROUND };
    const y = { ...base.yaxis, title: { text: "" } };
    const moving = this.changes(t);
    const data = marksOf(colors, line, paper);
    this.losses.show(
      losses,
      { data, changes: moving.losses },
      {
        ...{ ...common, xaxis },
        yaxis: { ...y, ...logAxis(losses.range, this.losses.plot) },
      },
    );
    this.accuracies.show(
      accuracies,
      { data, changes: moving.accuracies },
      {
        ...{ ...common, xaxis },
        yaxis: { ...y, type: "linear", range: accuracies.range, ...few(this.accuracies.plot) },
      },
    );
  }

  /** @param {number} t */
  changes(t) {
    /** @param {Point} range @param {"validation_loss" | "validation_accuracy"} name */
    const of = (range, name) => ({ playhead: { x: [t, t], y: range }, heads: heads(this.lanes, name, t) });
    return {
      losses: of(this.ranges.losses, "validation_loss"),
      accuracies: of(this.ranges.accuracies, "validation_accuracy"),
    };
  }

  /** @param {number} t */
  move(t) {
    const { losses, accuracies } = this.changes(t);
    this.losses.move(losses);
    this.accuracies.move(accuracies);
  }

  close() {
    for (const chart of [this.losses, this.accuracies]) chart.close();
  }
}

/**
 * The playhead and the marks of all lanes on it.
 * @param {string[]} colors
 * @param {Trace["line"]} line
 * @param {string} paper
 * @returns {Trace[]}
 */
const marksOf = (colors, line, paper) => [
  curve({ role: "playhead" }, line),
  curve({ role: "heads" }, line, {
    mode: "markers",
    marker: { symbol: "circle", size: 7, color: colors, line: { color: paper, width: 1 } },
  }),
];

/**
 * A logarithmic axis over such a range of powers of ten, with as many numbers as `node` has room for.
 * @param {Point} range
 * @param {HTMLElement} node
 */
export const logAxis = (range, node) => ({
  ...{ type: /** @type {const} */ ("log"), range },
  ...marks(range, ticksFor(node)),
});
