// Rows of numbers as the server packs them into JSON: little-endian, in base64.

/** Whole numbers from 0 to 255. */
export function unpackBytes(text) {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** Whole numbers from 0 to 65535. */
export function unpackShorts(text) {
  return new Uint16Array(unpackBytes(text).buffer);
}

/** Float32 numbers. */
export function unpack(text) {
  return new Float32Array(unpackBytes(text).buffer);
}

/** An array as plotly.py sends it: { dtype, bdata } in base64, or plain. */
export function numbers(values) {
  if (!values.bdata) return values;
  const { buffer } = unpackBytes(values.bdata);
  return values.dtype === "f4" ? new Float32Array(buffer) : new Float64Array(buffer);
}
