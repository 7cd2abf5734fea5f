// The best that so many trials find, at random and on the grid: its mean, and between what 95 % of all searches lie.

import { bestCurves } from "./best_curves.js";
import { Chart } from "./chart.js";
import { few } from "../figures/few_ticks.js";

/** @import { Point } from "../types/answer.d.ts" */
/** @import { Layout } from "../types/figures.d.ts" */
/** @import { SearchWay } from "../types/network_pictures.d.ts" */

const AROUND = { l: 40, r: 10, t: 6, b: 24 };
const NONE = { data: [], changes: {} };
export class BestChart {
  /** @param {string} title */
  constructor(title) {
    this.chart = new Chart(title);
    this.node = this.chart.node;
  }

  /**
   * @param {SearchWay[]} ways
   * @param {number} budget
   * @param {{ base: Layout, colors: string[] }} how
   */
  show(ways, budget, { base, colors }) {
    const range = /** @type {Point} */ ([0.5, budget + 0.5]);
    this.chart.show(bestCurves(ways, colors), NONE, {
      ...base,
      margin: AROUND,
      xaxis: { ...base.xaxis, range, title: { text: "" } },
      yaxis: {
        ...base.yaxis,
        type: "linear",
        range: /** @type {Point} */ ([0, 1]),
        title: { text: "" },
        ...few(this.chart.plot),
      },
    });
  }

  close() {
    this.chart.close();
  }
}
