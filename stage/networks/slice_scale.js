// The one scale of two slices: which colour a loss has, and where contour lines run. No element is touched here.

import { colorOf } from "./shades.js";

/** @import { SliceScale } from "../types/network_landscapes.d.ts" */
/** @import { Color } from "./shades.js" */

const DEEPEST = 1e4; // times the least loss that has a colour of its own is the largest
const SMALLEST = 1e-12; // a loss of 0 has no logarithm
const MOST_LEVELS = 13;
const NICE = [1, 2, 5];
const EDGE = 1e-6; // of a decade: a line that close to an end is none
const SHADES = 256;

/**
 * The scale of losses between these `ends`: logarithmic, since slices rise from a hundredth to a hundred.
 * @param {number[]} ends
 * @returns {SliceScale}
 */
export function sliceScale([least, most]) {
  const high = Math.max(most, SMALLEST);
  const low = Math.min(Math.max(least, high / DEEPEST), high);
  const [from, to] = [Math.log10(low) + EDGE, Math.log10(high) - EDGE];
  /** @param {number[]} steps @param {number} every */
  const within = (steps, every) => {
    /** @type {number[]} */
    const found = [];
    for (let power = Math.floor(from); power <= to; power++)
      if (power % every === 0) found.push(...steps.map((step) => Number(`${step}e${power}`)));
    return found.filter((level) => Math.log10(level) > from && Math.log10(level) < to);
  };
  const tried = [
    within([1, 1.5, 2, 3, 4, 5, 7], 1),
    within(NICE, 1),
    within([1, 3], 1),
    within([1], 1),
    within([1], 2),
  ];
  return { low, high, levels: tried.find((levels) => levels.length <= MOST_LEVELS) ?? [] };
}

/**
 * Where on its scale a loss stands, from 0 to 1.
 * @param {SliceScale} scale
 * @param {number} loss
 */
export function heightOf({ low, high }, loss) {
  if (high <= low) return 0;
  return Math.min(Math.max(Math.log(Math.max(loss, low) / low) / Math.log(high / low), 0), 1);
}

/**
 * Colours from the lowest to the highest, evenly through `stops`.
 * @param {string[]} stops
 * @returns {Color[]}
 */
export function shadesOf(stops) {
  const colors = stops.map(colorOf);
  return Array.from({ length: SHADES }, (_, index) => {
    const at = (index / (SHADES - 1)) * (colors.length - 1);
    const stop = Math.min(Math.floor(at), colors.length - 2);
    const [r, g, b] = colors[stop].map((value, part) =>
      Math.round(value + (at - stop) * (colors[stop + 1][part] - value)),
    );
    return /** @type {Color} */ ([r, g, b]);
  });
}

/**
 * A slice as an image has it, its upper edge first: four bytes a place, none of them where no loss is known.
 * @param {Float32Array} losses row by row from below
 * @param {number} side
 * @param {SliceScale} scale
 * @param {Color[]} shades
 */
export function slicePixels(losses, side, scale, shades) {
  const image = new Uint8ClampedArray(4 * losses.length);
  losses.forEach((loss, place) => {
    if (Number.isNaN(loss)) return;
    const [row, column] = [Math.floor(place / side), place % side];
    const color = shades[Math.round(heightOf(scale, loss) * (shades.length - 1))];
    image.set([...color, 255], 4 * ((side - 1 - row) * side + column));
  });
  return image;
}
