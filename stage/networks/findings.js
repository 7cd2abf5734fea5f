// What a lab has found, in sentences made of its numbers.

import { percentage, said } from "./said.js";
import { steepest } from "./curves.js";
import { fill, spell } from "../lib/format.js";

/** @import { ActivationCurve, SignalLayer } from "../types/network_pictures.d.ts" */
/** @import { NetFinding } from "../types/networks.d.ts" */
/** @import { Sentences, Words } from "../types/words.d.ts" */

const LAYERS = 10; // that a gradient passes
const FLAT = 0.1; // a slope that lets hardly anything through

/**
 * Which network is right most often, and whom chance alone may have put behind it.
 * @param {Pick<Words, "ui" | "tag">} words
 * @param {NetFinding | null} finding
 * @param {string[]} names
 */
export function trainingFinding({ ui, tag }, finding, names) {
  if (!finding) return [ui.net_found_nothing];
  const { lane, accuracy, low, high, examples, alike, gap } = finding;
  const found = [
    fill(ui.net_found_best, {
      lane: names[lane],
      count: examples,
      reached: percentage(accuracy),
      low: percentage(low),
      high: percentage(high),
    }),
  ];
  const others = new Intl.ListFormat(tag).format(alike.filter((index) => index !== lane).map((index) => names[index]));
  if (names.length > 1) found.push(others ? fill(ui.net_found_close, { others }) : ui.net_found_alone);
  const points = spell(Math.abs(100 * gap), 2);
  found.push(gap < 0 ? fill(ui.net_found_below, { points }) : fill(ui.net_found_above, { points }));
  return found;
}

/**
 * What becomes of signals from the first layer to the last.
 * @param {Sentences} ui
 * @param {SignalLayer[]} layers
 * @param {boolean} equal all units of a layer are the same
 */
export function signalFinding(ui, layers, equal) {
  const [first, last] = [layers[0], layers[layers.length - 1]];
  if (!first) return [];
  /** @param {"dead" | "saturated"} name */
  const mean = (name) => layers.reduce((sum, layer) => sum + (layer[name] ?? 0), 0) / layers.length;
  const [from, to, count] = [said(first.std), said(last.std), layers.length];
  return [
    last.theory === null
      ? fill(ui.net_found_spread, { layers: count, from, to })
      : fill(ui.net_found_theory, { layers: count, from, to, theory: said(last.theory) }),
    fill(ui.net_found_back, { from: said(last.gradient_std), to: said(first.gradient_std) }),
    fill(ui.net_found_units, { dead: percentage(mean("dead")), saturated: percentage(mean("saturated")) }),
    ...(equal ? [ui.net_found_equal] : []),
  ];
}

/**
 * How much of a gradient a function lets through: at best, and where hardly anything.
 * @param {Sentences} ui
 * @param {ActivationCurve | undefined} curve
 * @param {string} name
 */
export function activationFinding(ui, curve, name) {
  if (!curve) return [];
  const { x, derivative } = curve;
  const { slope, at } = steepest(curve);
  const product = spell(slope ** LAYERS, 3);
  const share = derivative.filter((value) => Math.abs(value) < FLAT).length / x.length;
  return [
    fill(ui.net_found_slope, { name, slope: spell(slope, 3), at: spell(at, 2), layers: LAYERS, product }),
    fill(ui.net_found_flat, {
      from: spell(x[0], 2),
      to: spell(x[x.length - 1], 2),
      flat: FLAT,
      share: percentage(share),
    }),
  ];
}
