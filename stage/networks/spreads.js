// How large signals are, layer by layer: standard deviations of activations against what theory says, and of gradients.

import { Chart } from "./chart.js";
import { spreadCurves } from "./curves.js";
import { logAxis } from "./training_charts.js";

/** @import { Point } from "../types/answer.d.ts" */
/** @import { Layout } from "../types/figures.d.ts" */
/** @import { SignalLayer } from "../types/network_pictures.d.ts" */
/** @import { Signal } from "./curves.js" */
/** @import { Sentences } from "../types/words.d.ts" */

const AROUND = { l: 52, r: 10, t: 8, b: 24 };
const NONE = { data: [], changes: {} };

export class SpreadChart {
  /**
   * @param {Sentences} ui
   * @param {Signal} signal
   */
  constructor(ui, signal) {
    this.signal = signal;
    this.chart = new Chart(signal === "activations" ? ui.net_spread_activations : ui.net_spread_gradients);
    this.node = this.chart.node;
  }

  /**
   * @param {SignalLayer[]} layers
   * @param {{ base: Layout, colors: { signal: string, theory: string } }} how
   */
  show(layers, { base, colors }) {
    const drawn = spreadCurves(layers, this.signal, colors);
    const count = layers.length;
    const every = Math.ceil(count / 10);
    const ticks = Array.from({ length: count }, (_, layer) => layer + 1).filter((layer) => (layer - 1) % every === 0);
    this.chart.show(drawn, NONE, {
      ...base,
      margin: AROUND,
      xaxis: {
        ...base.xaxis,
        range: /** @type {Point} */ ([0.7, count + 0.3]),
        title: { text: "" },
        tickvals: ticks,
        ticktext: ticks.map(String),
      },
      yaxis: { ...base.yaxis, title: { text: "" }, ...logAxis(drawn.range, this.chart.plot) },
    });
  }

  close() {
    this.chart.close();
  }
}
