// What a search has found, in sentences made of its numbers.

import { percentage } from "./said.js";
import { fill, spell } from "../lib/format.js";

/** @import { SearchWay } from "../types/network_pictures.d.ts" */
/** @import { NetSearchFinding } from "../types/network_labs.d.ts" */

/**
 * Its sentences.
 * @param {Record<string, string>} texts of the lab
 * @param {NetSearchFinding} finding
 * @param {SearchWay[]} ways
 * @param {number} examples that validate
 */
export function searchFinding(texts, finding, ways, examples) {
  const { rate, decay, accuracy, low, high, limit, small, small_best, ten, decay_least, decay_largest } = finding;
  const { by_rate, by_decay, diverged } = finding;
  const best = fill(texts.found_best, {
    ...{ rate: spell(rate, 2), decay: spell(decay, 2), reached: percentage(accuracy), count: examples },
    ...{ low: percentage(low), high: percentage(high) },
  });
  const below = fill(texts.found_small, { small, limit: spell(limit, 2), reached: percentage(small_best) });
  /** @param {number[]} values */
  const rho = ([value, least, largest]) =>
    fill(texts.found_rho, { value: spell(value, 2), low: spell(least, 2), high: spell(largest, 2) });
  const matters = fill(texts.found_decay, {
    ...{ ten, least: spell(decay_least, 2), largest: spell(decay_largest, 2) },
    ...{ rate: rho(by_rate), decay: rho(by_decay) },
  });
  const ends = ways.map(
    ({ best: found }) => found && [found.mean, found.low, found.high].map((row) => row[row.length - 1]),
  );
  const [own, grid] = ends;
  const means =
    own && grid
      ? fill(texts.found_mean, {
          n: ways[0].best?.mean.length ?? 0,
          ...{ mean: percentage(own[0]), low: percentage(own[1]), high: percentage(own[2]) },
          ...{ grid: percentage(grid[0]), grid_low: percentage(grid[1]), grid_high: percentage(grid[2]) },
        })
      : "";
  const lost = diverged ? fill(texts.found_diverged, { diverged }) : "";
  return [best, small ? below : "", matters, means, lost].filter(Boolean);
}
