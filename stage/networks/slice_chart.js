// How far each trainer is from the plane, step by step, in parts of its distance from θ*.

import { Chart, curve, known } from "./chart.js";
import { distanceCurves } from "./slice_paths.js";
import { rowAt } from "./unpacked.js";
import { few } from "../figures/few_ticks.js";

/** @import { Point } from "../types/answer.d.ts" */
/** @import { Sentences } from "../types/words.d.ts" */
/** @import { Looks } from "./networks.js" */
/** @import { Path } from "./slice_paths.js" */

const AROUND = { l: 46, r: 18, t: 6, b: 22 };
const EACH = 48; // px from one number below to the next
const RANGE = /** @type {Point} */ ([-0.02, 1.04]);

export class SliceChart {
  /** @param {Sentences} texts */
  constructor(texts) {
    this.chart = new Chart(texts.distances_title);
    this.node = this.chart.node;
    /** @type {Path[]} */
    this.paths = [];
  }

  /**
   * @param {Path[]} paths
   * @param {Looks} looks
   * @param {number} steps
   * @param {number} t
   */
  show(paths, { styles, base, line, paper }, steps, t) {
    this.paths = paths;
    const colors = styles.map(({ color }) => color);
    const shown = paths.map(({ lane }) => colors[lane]);
    const marker = { symbol: "circle", size: 7, color: shown, line: { color: paper, width: 1 } };
    const data = [curve({ role: "playhead" }, line), curve({ role: "heads" }, line, { mode: "markers", marker })];
    const nticks = Math.max(2, Math.floor(this.chart.plot.clientWidth / EACH));
    this.chart.show(
      distanceCurves(paths, colors),
      { data, changes: this.changes(t) },
      {
        ...{ ...base, margin: AROUND },
        xaxis: { ...base.xaxis, nticks, range: /** @type {Point} */ ([0, steps * 1.015]), title: { text: "" } },
        yaxis: { ...base.yaxis, type: "linear", range: RANGE, title: { text: "" }, ...few(this.chart.plot) },
      },
    );
  }

  /** @param {number} t */
  changes(t) {
    const rows = this.paths.map(({ steps }) => rowAt(steps, t));
    return {
      playhead: { x: [t, t], y: RANGE },
      heads: {
        x: this.paths.map(({ steps }, k) => steps[rows[k]] ?? null),
        y: this.paths.map(({ relative }, k) => known(relative)[rows[k]] ?? null),
      },
    };
  }

  /** @param {number} t */
  move(t) {
    this.chart.move(this.changes(t));
  }

  close() {
    this.chart.close();
  }
}
