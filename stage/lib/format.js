// Numbers and sentences as a person writes them.

/**
 * Replace {names} in a sentence.
 * @param {string | undefined} sentence
 * @param {Record<string, unknown>} [values]
 */
export function fill(sentence, values = {}) {
  return (sentence ?? "").replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/**
 * A number as a person writes it: `digits` significant digits, a real minus sign, 10ⁿ when it must.
 * @param {number} value
 */
export function spell(value, digits = 4) {
  if (!Number.isFinite(value)) return "∞";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e5 || size < 1e-4) {
    const [mantissa, power] = value.toExponential(Math.max(0, digits - 2)).split("e");
    const shown = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
    const factor = /^-?1$/.test(shown) ? shown.replace("1", "") : `${shown}·`;
    return `${factor}10${superscript(Number(power))}`.replace("-", "−");
  }
  return String(Number(value.toPrecision(digits))).replace("-", "−");
}

/** @param {number} power */
function superscript(power) {
  return String(power).replace(/[-0-9]/g, (c) => (c === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(c)]));
}

/**
 * Fixed decimals with a real minus sign, and no minus before a zero.
 * @param {number} value
 * @param {number} decimals
 */
export function fixed(value, decimals) {
  const text = value.toFixed(decimals);
  return (Number(text) === 0 ? text.replace("-", "") : text).replace("-", "−");
}
