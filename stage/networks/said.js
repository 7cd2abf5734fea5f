// Numbers of networks as a person says them.

import { fixed, spell } from "../lib/format.js";

/**
 * A share as a whole number of percent; where that would hide that it is not none or all, with a decimal.
 * @param {number} share
 */
export function percentage(share) {
  const whole = Math.round(100 * share);
  const hidden = (whole === 0 && share > 0) || (whole === 100 && share < 1);
  return `${hidden ? fixed(100 * share, 1) : whole} %`;
}

/**
 * A standard deviation in words; none where numbers went beyond all bounds.
 * @param {number | null} value
 */
export const said = (value) => (value === null ? "∞" : spell(value, 2));
