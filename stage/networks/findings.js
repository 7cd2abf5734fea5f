// What a lab has found, in a sentence made of its numbers.

import { steepest } from "./activation_curves.js";
import { percentage, said } from "./said.js";
import { fill, spell } from "../lib/format.js";

/** @import { ActivationCurve, SignalLayer } from "../types/network_pictures.d.ts" */
/** @import { NetFinding } from "../types/networks.d.ts" */
/** @import { Sentences } from "../types/words.d.ts" */

/**
 * Which network is right most often, and whom chance alone may have put behind it.
 * @param {Sentences} ui
 * @param {NetFinding | null} finding
 * @param {string[]} names
 */
export function trainingFinding(ui, finding, names) {
  if (!finding) return ui.net_found_nothing;
  const { lane, accuracy, low, high, examples, alike, gap } = finding;
  const best = fill(ui.net_found_best, {
    lane: names[lane],
    count: examples,
    reached: percentage(accuracy),
    low: percentage(low),
    high: percentage(high),
  });
  const others = alike.filter((index) => index !== lane).map((index) => names[index]);
  const close = others.length ? fill(ui.net_found_close, { others: others.join(ui.net_comma) }) : ui.net_found_alone;
  const points = spell(Math.abs(100 * gap), 2);
  const apart = gap < 0 ? fill(ui.net_found_below, { points }) : fill(ui.net_found_above, { points });
  return [best, names.length > 1 ? close : "", apart].filter(Boolean).join(ui.net_space);
}

/**
 * What becomes of signals from the first layer to the last.
 * @param {Sentences} ui
 * @param {SignalLayer[]} layers
 * @param {boolean} equal all units of a layer are the same
 */
export function signalFinding(ui, layers, equal) {
  const [first, last] = [layers[0], layers[layers.length - 1]];
  if (!first) return "";
  /** @param {"dead" | "saturated"} name */
  const mean = (name) => layers.reduce((sum, layer) => sum + (layer[name] ?? 0), 0) / layers.length;
  const up = { layers: layers.length, from: said(first.std), to: said(last.std) };
  return [
    last.theory === null
      ? fill(ui.net_found_spread, up)
      : fill(ui.net_found_theory, { ...up, theory: said(last.theory) }),
    fill(ui.net_found_back, { from: said(last.gradient_std), to: said(first.gradient_std) }),
    fill(ui.net_found_units, { dead: percentage(mean("dead")), saturated: percentage(mean("saturated")) }),
    equal ? ui.net_found_equal : "",
  ]
    .filter(Boolean)
    .join(ui.net_space);
}

const LAYERS = 10; // that a gradient passes
const FLAT = 0.1; // a slope that lets hardly anything through

/**
 * How much of a gradient a function lets through: at best, and where hardly anything.
 * @param {Sentences} ui
 * @param {ActivationCurve | undefined} curve
 * @param {string} name
 */
export function activationFinding(ui, curve, name) {
  if (!curve) return "";
  const { x, derivative } = curve;
  const { slope, at } = steepest(curve);
  const most = { name, slope: spell(slope, 3), at: spell(at, 2), layers: LAYERS, product: spell(slope ** LAYERS, 3) };
  const flat = derivative.filter((value) => Math.abs(value) < FLAT).length / x.length;
  const ends = { from: spell(x[0], 2), to: spell(x[x.length - 1], 2), flat: FLAT, share: percentage(flat) };
  return [fill(ui.net_found_slope, most), fill(ui.net_found_flat, ends)].join(ui.net_space);
}
