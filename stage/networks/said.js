// Numbers of networks as a person says them.

import { fixed, spell } from "../lib/format.js";

const LEAST = 0.001; // a smaller share is not told exactly

/**
 * A share as a whole number of percent; where that would hide that it is not none or all, with a decimal.
 * @param {number} share
 */
export function percentage(share) {
  const whole = Math.round(100 * share);
  const hidden = (whole === 0 && share > 0) || (whole === 100 && share < 1);
  if (!hidden) return `${whole}%`;
  return share < LEAST ? `< ${100 * LEAST}%` : `${fixed(Math.min(100 * share, 99.9), 1)}%`;
}

/**
 * A standard deviation in words; none where numbers went beyond all bounds.
 * @param {number | null} value
 */
export const said = (value) => (value === null ? "∞" : spell(value, 2));
