// Rows of numbers as the server packs them into JSON: little-endian, in base64.

/** @import { Packed } from "../types/answer.d.ts" */
/** @import { Numbers } from "../types/figures.d.ts" */

/**
 * Whole numbers from 0 to 255.
 * @param {string} text
 */
export function unpackBytes(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** Beyond this, a float32 is what the server writes for infinity. */
export const LARGEST = 3e38;
export const LARGEST_SHORT = 65535;

/**
 * Whole numbers from 0 to LARGEST_SHORT.
 * @param {string} text
 */
export function unpackShorts(text) {
  return new Uint16Array(unpackBytes(text).buffer);
}

/**
 * Float32 numbers.
 * @param {Packed} text
 */
export function unpack(text) {
  return new Float32Array(unpackBytes(text).buffer);
}

/**
 * An array as plotly.py sends it: { dtype, bdata } in base64, or plain.
 * @param {Numbers} values
 * @returns {number[] | Float32Array | Float64Array}
 */
export function numbers(values) {
  if (Array.isArray(values)) return values;
  const { buffer } = unpackBytes(values.bdata);
  return values.dtype === "f4" ? new Float32Array(buffer) : new Float64Array(buffer);
}
