// How large signals are, layer by layer: standard deviations of activations against what theory says, and of gradients.

import { Chart, curve, known } from "./chart.js";
import { logAxis } from "./training_charts.js";
import { decades } from "../figures/log_axis.js";

/** @import { Point } from "../types/answer.d.ts" */
/** @import { Changes, Layout } from "../types/figures.d.ts" */
/** @import { SignalLayer } from "../types/network_pictures.d.ts" */
/** @import { Sentences } from "../types/words.d.ts" */

/** @typedef {"activations" | "gradients"} Signal */

const AROUND = { l: 52, r: 10, t: 8, b: 24 };
const NONE = { data: [], changes: {} };
const SYMBOLS = { activations: "circle", gradients: "square" };

/**
 * What is drawn of the spreads of a signal in all `layers`, and the range of their axis in powers of ten. Theory lies on
 * top, since it is hidden where it is right.
 * @param {SignalLayer[]} layers
 * @param {Signal} signal
 * @param {{ signal: string, theory: string }} colors
 */
export function spreadCurves(layers, signal, colors) {
  const x = layers.map((_, layer) => layer + 1);
  /** @param {(number | null)[]} values */
  const shown = (values) =>
    known(values.map((value) => value ?? NaN)).map((value) => (value && value > 0 ? value : null));
  const forward = signal === "activations";
  /** @type {Changes} */
  const changes = { measured: { x, y: shown(layers.map((layer) => (forward ? layer.std : layer.gradient_std))) } };
  const data = [
    curve(
      { role: "measured" },
      { color: colors.signal },
      { mode: "lines+markers", marker: { symbol: SYMBOLS[signal], size: 8, color: colors.signal } },
    ),
  ];
  if (forward) {
    changes.theory = { x, y: shown(layers.map((layer) => layer.theory)) };
    data.push(curve({ role: "theory" }, { color: colors.theory, width: 2, dash: "dash" }));
  }
  return { data, changes, range: decades(Object.values(changes).flatMap(({ y }) => Array.from(y))) };
}

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
