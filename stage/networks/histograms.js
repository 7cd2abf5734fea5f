// Histograms layer by layer: how activations spread on their way up, and gradients on their way down. All of a column
// have one axis, so that what shrinks is seen to shrink; each is as high as its own fullest bin.

import { HIGH, WIDE, bars, commonAxis } from "./bins.js";
import { percentage, said } from "./said.js";
import { el, svg } from "../lib/dom.js";
import { fill, spell } from "../lib/format.js";

/** @import { Point } from "../types/answer.d.ts" */
/** @import { Histogram, SignalLayer } from "../types/network_pictures.d.ts" */
/** @import { Sentences } from "../types/words.d.ts" */

const FEW = 0.005; // share of a layer that is no trouble yet
const MANY = 9; // layers whose rows have one line of text

export class HistogramRows {
  /** @param {Sentences} ui */
  constructor(ui) {
    this.ui = ui;
    this.node = el("div.os-nethistograms");
  }

  /** @param {SignalLayer[]} layers */
  show(layers) {
    const { ui } = this;
    const columns = /** @type {const} */ (["activations", "gradients"]).map((name) => ({
      name,
      axis: commonAxis(layers.map((layer) => layer[name])),
    }));
    const rows = layers.map((layer, index) => [
      el("span.os-netlayer", {}, fill(ui.net_layer, { layer: index + 1 })),
      ...columns.map(({ name, axis }) => picture(layer[name], axis, name, fill(ui.net_layer, { layer: index + 1 }))),
      el(
        "span.os-netspread",
        {},
        el("span", {}, `σ ${said(layer.std)}`),
        ...troubles(ui, layer).map((text) => el("span.os-warn", {}, text)),
      ),
    ]);
    this.node.replaceChildren(
      el("span.os-netlayer"),
      ...columns.map(({ name, axis: [low, high] }) =>
        el(
          "span.os-netaxis",
          {},
          el("span", {}, spell(low, 2)),
          el("b", {}, name === "activations" ? ui.net_activations : ui.net_gradients),
          el("span", {}, spell(high, 2)),
        ),
      ),
      el("span.os-netspread"),
      ...rows.flat(),
    );
    this.node.style.setProperty("--os-layers", String(layers.length));
    this.node.dataset.many = String(layers.length > MANY);
  }
}

/**
 * What is wrong with a layer, in a few words each.
 * @param {Sentences} ui
 * @param {SignalLayer} layer
 */
function troubles(ui, { dead, saturated, activations, gradients }) {
  const count = activations.lost + gradients.lost;
  return [
    dead && dead > FEW ? fill(ui.net_dead, { share: percentage(dead) }) : "",
    saturated && saturated > FEW ? fill(ui.net_saturated, { share: percentage(saturated) }) : "",
    count ? fill(ui.net_lost, { count }) : "",
  ].filter(Boolean);
}

/**
 * @param {Histogram} histogram
 * @param {Point} axis
 * @param {string} name
 * @param {string} layer
 */
function picture(histogram, axis, name, layer) {
  const drawing = svg("svg", {
    ...{ viewBox: `0 0 ${WIDE} ${HIGH}`, preserveAspectRatio: "none" },
    ...{ class: `os-nethistogram os-net${name}`, role: "img", "aria-label": layer },
  });
  const zero = (WIDE * -axis[0]) / (axis[1] - axis[0]);
  if (zero > 0 && zero < WIDE) drawing.append(svg("path", { class: "os-netzero", d: `M${zero.toFixed(1)} 0V${HIGH}` }));
  drawing.append(svg("path", { d: bars(histogram, axis) }));
  return drawing;
}
