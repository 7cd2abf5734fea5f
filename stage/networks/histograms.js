// Histograms layer by layer: how activations spread on their way up, and gradients on their way down. All of a column
// have one axis, so that what shrinks is seen to shrink; each is as high as its own fullest bin.

import { percentage, said } from "./said.js";
import { el, svg } from "../lib/dom.js";
import { fill, spell } from "../lib/format.js";

/** @import { Point } from "../types/answer.d.ts" */
/** @import { Histogram, SignalLayer } from "../types/network_pictures.d.ts" */
/** @import { Sentences } from "../types/words.d.ts" */

const WIDE = 300; // units of a picture of a histogram
const HIGH = 40;
const NARROWEST = 1.5; // units that a bin has at least: all values in one place are seen as a line
const FEW = 0.005; // share of a layer that is no trouble yet
const MANY = 9; // layers whose rows have one line of text
const HEAVY = 0.005; // share of a layer's values that counts when a common axis is chosen

/**
 * The axis that holds all `histograms`, but for a few values far out.
 * @param {Histogram[]} histograms
 * @returns {Point}
 */
export function commonAxis(histograms) {
  const ends = histograms.map(inner);
  const low = Math.min(...ends.map(([from]) => from));
  const high = Math.max(...ends.map(([, to]) => to));
  if (!(high > low)) return Number.isFinite(low) ? [low - 1, low + 1] : [-1, 1];
  return [low, high];
}

/**
 * Where a histogram begins and ends, without bins at its ends that are nearly empty.
 * @param {Histogram} histogram
 * @returns {Point}
 */
function inner({ edges, counts }) {
  const all = counts.reduce((sum, count) => sum + count, 0);
  let [from, to] = [0, counts.length - 1];
  while (from < to && counts[from] <= HEAVY * all) from++;
  while (to > from && counts[to] <= HEAVY * all) to--;
  // Values that are all the same have a bin somewhere in the middle, whose width says nothing.
  if (from === to) return [edges[0], edges[counts.length]];
  return [edges[from], edges[to + 1]];
}

/**
 * The outline of a histogram in a picture of WIDE × HIGH over `axis`; empty where there is nothing to count.
 * @param {Histogram} histogram
 * @param {Point} axis
 */
export function bars({ edges, counts }, [low, high]) {
  const most = Math.max(...counts);
  if (!(most > 0)) return "";
  /** @param {number} value */
  const across = (value) => (WIDE * (value - low)) / (high - low);
  return Array.from(counts, (count, bin) => {
    const [from, to] = [across(edges[bin]), across(edges[bin + 1])];
    if (!count || to < 0 || from > WIDE || !Number.isFinite(from + to)) return "";
    const width = Math.max(to - from, NARROWEST);
    const left = Math.min(from - (width - (to - from)) / 2, WIDE - NARROWEST);
    const height = (HIGH * count) / most;
    return `M${left.toFixed(1)} ${HIGH}v${(-height).toFixed(1)}h${width.toFixed(1)}V${HIGH}z`;
  }).join("");
}

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
