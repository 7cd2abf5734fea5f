// What the lab on normalisation says of sizes of batches, and of the two modes of batch normalisation.

import { percentage } from "./said.js";
import { fill, fixed } from "../lib/format.js";

/** @import { NetModesFinding } from "../types/network_labs.d.ts" */

/** @param {number} share */
const points = (share) => fixed(100 * share, 1);

/**
 * What small batches do with a normalisation and without, and how far the two modes are apart.
 * @param {Record<string, string>} texts of the lab
 * @param {NetModesFinding} finding
 * @param {number} seeds
 * @param {string} name of the normalisation
 */
export function modesFinding(texts, { validated, ends, furthest }, seeds, name) {
  const [small, large] = ends;
  const went = fill(texts.found_sizes, {
    ...{ name, seeds, count: validated, small: small.size, large: large.size },
    ...{ own_large: percentage(large.test), own_small: percentage(small.test) },
    ...{ plain_large: percentage(large.plain), plain_small: percentage(small.plain) },
  });
  const gains = ends.map(({ size, gain: { value, low, high } }) =>
    fill(texts.found_gain, { size, name, gain: points(value), low: points(low), high: points(high) }),
  );
  const modes = ends.flatMap(({ size, test, train, apart }) => {
    if (train === null || !apart) return [];
    const shares = { test: percentage(test), train: percentage(train) };
    const by = { apart: points(apart.value), low: points(apart.low), high: points(apart.high) };
    return [fill(texts.found_modes, { size, ...shares, ...by })];
  });
  return [went, ...gains, ...modes, ...(furthest === null ? [] : [fill(texts.found_furthest, { size: furthest })])];
}
