// Validation accuracy against the size of batches: both modes of batch normalisation, and without one, with bands over seeds.

import { Chart } from "./chart.js";
import { modeCurves } from "./mode_curves.js";
import { few } from "../figures/few_ticks.js";
import { decades } from "../figures/log_axis.js";
import { spell } from "../lib/format.js";

/** @import { Point } from "../types/answer.d.ts" */
/** @import { Layout } from "../types/figures.d.ts" */
/** @import { ModeLine } from "../types/network_pictures.d.ts" */

const AROUND = { l: 40, r: 14, t: 8, b: 22 };
const NONE = { data: [], changes: {} };

export class ModesChart {
  /** @param {Record<string, string>} texts */
  constructor(texts) {
    this.chart = new Chart(texts.batches);
    this.node = this.chart.node;
    /** @type {{ sizes: Float32Array, lines: ModeLine[] } | null} */
    this.known = null;
  }

  /** @param {Layout} base how axes look */
  show(base) {
    if (!this.known) return;
    const { sizes, lines } = this.known;
    const tickvals = Array.from(sizes);
    this.chart.show(modeCurves(sizes, lines), NONE, {
      ...base,
      margin: AROUND,
      xaxis: {
        ...{ ...base.xaxis, type: "log", range: decades(tickvals), title: { text: "" } },
        ...{ tickvals, ticktext: tickvals.map((size) => spell(size, 3)) },
      },
      yaxis: {
        ...{ ...base.yaxis, type: "linear", range: /** @type {Point} */ ([0, 1.02]), title: { text: "" } },
        ...few(this.chart.plot),
      },
    });
  }

  close() {
    this.chart.close();
  }
}
