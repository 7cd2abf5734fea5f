// The terrain as a picture: tinted by height, and shaded as if lit from one side, as charts/relief.py does it.

import { quantile } from "./height_scale.js";

/** @import { Samples } from "../types/engine.d.ts" */
/** @import { DrawingRules } from "../types/figures.d.ts" */

/**
 * Red, green, blue and opacity of each sample, the last row first; where there is no height all of them are 0.
 * @param {Pick<Samples, "columns" | "rows">} grid
 * @param {Float64Array} heights
 * @param {DrawingRules["relief"]} rules
 */
export function shaded({ columns, rows }, heights, { ramp, shade, sun, steep }) {
  const stops = ramp.map(rgb);
  const [slopeX, slopeY] = [slopes(heights, columns, 1), slopes(heights, columns, columns)];
  const known = new Float64Array(heights.length);
  let count = 0;
  for (let place = 0; place < heights.length; place++)
    if (!Number.isNaN(heights[place])) known[count++] = Math.sqrt(slopeX[place] ** 2 + slopeY[place] ** 2);
  const usual = (count ? quantile(known.subarray(0, count), steep) : 0) + 1e-12; // level ground lies in no shade
  const pixels = new Uint8ClampedArray(4 * heights.length);
  for (let row = 0, place = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, place++) {
      if (Number.isNaN(heights[place])) continue;
      const at = heights[place] * (stops.length - 1);
      const stop = Math.min(Math.floor(at), stops.length - 2);
      const light = 1 + shade * Math.tanh(-(slopeX[place] * sun[0] + slopeY[place] * sun[1]) / usual);
      const pixel = 4 * ((rows - 1 - row) * columns + column);
      const lower = stops[stop];
      const upper = stops[stop + 1];
      for (let part = 0; part < 3; part++)
        pixels[pixel + part] = (lower[part] + (at - stop) * (upper[part] - lower[part])) * light;
      pixels[pixel + 3] = 255;
    }
  return pixels;
}

/**
 * Slopes along rows (`stride` 1) or columns (`stride` a row's length): of both neighbours, or of one and the sample
 * itself where there is no other.
 * @param {Float64Array} heights
 * @param {number} columns
 * @param {number} stride
 */
function slopes(heights, columns, stride) {
  const slope = new Float64Array(heights.length);
  for (let place = 0; place < heights.length; place++) {
    const first = stride === 1 ? place % columns === 0 : place < columns;
    const last = stride === 1 ? (place + 1) % columns === 0 : place + columns >= heights.length;
    const before = first ? NaN : heights[place - stride];
    const after = last ? NaN : heights[place + stride];
    if (!Number.isNaN(before) && !Number.isNaN(after)) slope[place] = (after - before) / 2;
    else if (!Number.isNaN(after)) slope[place] = after - heights[place];
    else if (!Number.isNaN(before)) slope[place] = heights[place] - before;
  }
  return slope;
}

/**
 * The parts of "#rrggbb", from 0 to 255.
 * @param {string} color
 */
const rgb = (color) => [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
