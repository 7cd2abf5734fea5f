// Where trials of a search stand over the rate and λ, and how each ended. No element is touched here.

/** @import { SearchWay } from "../types/network_pictures.d.ts" */

/**
 * Where `value` stands between two ends, on a logarithmic axis; in the middle where both are the same.
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
export function along(value, low, high) {
  if (!(high > low)) return 0.5;
  return Math.log(value / low) / Math.log(high / low);
}

/**
 * The powers of ten between two ends, and no more than `most` of them.
 * @param {number} low
 * @param {number} high
 * @param {number} most
 */
export function powers(low, high, most) {
  const [first, last] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const every = Math.max(1, Math.ceil((last - first + 1) / most));
  const found = [];
  for (let power = first; power <= last; power += every) found.push(power);
  return found;
}

/**
 * What is told of a trial in its mark: where it stands, how far it came of the best, and whether it came to an end.
 * @param {SearchWay} way
 * @param {number} trial
 * @param {number[]} ranges
 */
export function marked({ rate, decay, accuracy, diverged }, trial, [r0, r1, d0, d1]) {
  const state = diverged.includes(trial) ? "diverged" : Number.isFinite(accuracy[trial]) ? "done" : "waiting";
  return {
    left: along(rate[trial], r0, r1),
    up: along(decay[trial], d0, d1),
    share: state === "done" ? accuracy[trial] : 0,
    state,
  };
}
