// The best that so many trials find, at random and on the grid: its mean, and between what 95 % of all searches lie.

import { Chart, curve } from "./chart.js";
import { few } from "../figures/few_ticks.js";

/** @import { Point } from "../types/answer.d.ts" */
/** @import { Changes, Layout } from "../types/figures.d.ts" */
/** @import { SearchWay } from "../types/network_pictures.d.ts" */

const AROUND = { l: 40, r: 10, t: 6, b: 24 };
const NONE = { data: [], changes: {} };
const DASHES = ["solid", "dash"];

/**
 * What is drawn of the ways whose best is known.
 * @param {SearchWay[]} ways
 * @param {string[]} colors
 */
export function bestCurves(ways, colors) {
  /** @type {Changes} */
  const changes = {};
  const data = ways.flatMap(({ best }, lane) => {
    if (!best) return [];
    const x = Array.from(best.mean, (_, trial) => trial + 1);
    return /** @type {const} */ (["low", "high", "mean"]).map((name) => {
      changes[`${name}${lane}`] = { x, y: Array.from(best[name]) };
      const line = name === "mean" ? { width: 2.6, dash: DASHES[lane] } : { width: 1, dash: "dot" };
      return curve({ role: name, lane }, { color: colors[lane], ...line });
    });
  });
  return { data, changes };
}

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
