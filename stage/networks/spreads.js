// How large signals are, layer by layer: standard deviations of activations against what theory says, and of gradients.

import { Chart, curve, known } from "./chart.js";
import { logAxis } from "./training_charts.js";
import { decades } from "../figures/log_axis.js";

/** @import { Point } from "../types/answer.d.ts" */
/** @import { Changes, Layout } from "../types/figures.d.ts" */
/** @import { SignalLayer } from "../types/network_pictures.d.ts" */
/** @import { Sentences } from "../types/words.d.ts" */

const AROUND = { l: 52, r: 10, t: 8, b: 24 };
const NONE = { data: [], changes: {} };

/**
 * What is drawn of the spreads of `layers`, and the range of their axis in powers of ten.
 * @param {SignalLayer[]} layers
 * @param {{ activations: string, gradients: string, theory: string }} colors
 */
export function spreadCurves(layers, { activations, gradients, theory }) {
  const x = layers.map((_, layer) => layer + 1);
  /** @param {(number | null)[]} values */
  const shown = (values) =>
    known(values.map((value) => value ?? NaN)).map((value) => (value && value > 0 ? value : null));
  /** @type {Changes} */
  const changes = {
    theory: { x, y: shown(layers.map((layer) => layer.theory)) },
    activations: { x, y: shown(layers.map((layer) => layer.std)) },
    gradients: { x, y: shown(layers.map((layer) => layer.gradient_std)) },
  };
  /** @param {string} color @param {string} symbol */
  const marked = (color, symbol) => ({
    mode: /** @type {const} */ ("lines+markers"),
    marker: { symbol, size: 7, color },
  });
  const data = [
    curve({ role: "theory" }, { color: theory, width: 2, dash: "dash" }),
    curve({ role: "activations" }, { color: activations }, marked(activations, "circle")),
    curve({ role: "gradients" }, { color: gradients }, marked(gradients, "square")),
  ];
  return { data, changes, range: decades(Object.values(changes).flatMap(({ y }) => Array.from(y))) };
}

export class SpreadChart {
  /** @param {Sentences} ui */
  constructor(ui) {
    this.chart = new Chart(ui.net_spreads);
    this.node = this.chart.node;
  }

  /**
   * @param {SignalLayer[]} layers
   * @param {{ base: Layout, colors: { activations: string, gradients: string, theory: string } }} how
   */
  show(layers, { base, colors }) {
    const drawn = spreadCurves(layers, colors);
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
