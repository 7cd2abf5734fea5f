// Validation accuracy against the size of batches: both modes of batch normalisation, and without one, with bands over seeds.

import { Chart, curve, known } from "./chart.js";
import { bandAreas } from "./seed_bands.js";
import { few } from "../figures/few_ticks.js";
import { decades } from "../figures/log_axis.js";
import { spell } from "../lib/format.js";

/** @import { Point } from "../types/answer.d.ts" */
/** @import { Changes, Layout, Trace } from "../types/figures.d.ts" */
/** @import { ModeLine } from "../types/network_pictures.d.ts" */

const AROUND = { l: 40, r: 14, t: 8, b: 22 };
const NONE = { data: [], changes: {} };

/** How each line is drawn. @type {Record<string, { color: string, dash: string, symbol: string }>} */
const LOOKS = {
  test: { color: "var(--os-accent)", dash: "solid", symbol: "circle" },
  train: { color: "var(--os-ink)", dash: "dot", symbol: "square" },
  plain: { color: "var(--os-warn)", dash: "dash", symbol: "diamond" },
};

/**
 * What is drawn of the `lines`, as far as they are known.
 * @param {ArrayLike<number>} sizes
 * @param {ModeLine[]} lines
 * @returns {{ data: Trace[], changes: Changes }}
 */
export function modeCurves(sizes, lines) {
  const x = Float32Array.from(sizes);
  const bands = lines.map(({ low, high }) => ({ accuracy: /** @type {[Float32Array, Float32Array]} */ ([low, high]) }));
  const areas = bandAreas(
    bands.map((band) => ({ ...band, measured: x, loss: band.accuracy, diverged: 0 })),
    "accuracy",
    lines.map(({ id }) => LOOKS[id].color),
  );
  const { changes } = areas;
  const curves = lines.map(({ id, mean }, lane) => {
    const { color, dash, symbol } = LOOKS[id];
    changes[`${id}${lane}`] = { x, y: known(mean) };
    return curve(
      { role: id, lane },
      { color, dash, width: 2.4 },
      { mode: "lines+markers", marker: { symbol, size: 8, color } },
    );
  });
  return { data: [...areas.data, ...curves], changes };
}

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
