// What the lab on linear paths has found, in sentences made of its numbers.

import { percentage } from "./said.js";
import { fill, spell } from "../lib/format.js";

/** @import { NetLinesFinding, PairMean } from "../types/network_paths.d.ts" */

const ROUNDING = 1e-6; // of a loss in single precision: less is 0

/** @param {number} value */
const height = (value) => (Math.abs(value) < ROUNDING ? "0" : spell(value, 2));

/** @param {PairMean} mean */
const interval = ({ value, low, high }) => ({ mean: height(value), low: height(low), high: height(high) });

/**
 * Barriers with their intervals, what matching takes from them, and what the line from the start does.
 * @param {Record<string, string>} texts of the lab
 * @param {NetLinesFinding | null} finding
 * @param {string} second what the second solution of a pair is
 */
export function linesFinding(texts, finding, second) {
  if (!finding) return [texts.found_nothing];
  const { pairs, gone, barriers, removed, lower, accuracy, falling } = finding;
  const ends = fill(texts.found_ends, { loss: spell(finding.end_loss, 2), right: percentage(finding.end_accuracy) });
  const lost = gone ? [fill(texts.found_gone, { gone })] : [];
  const start = fill(texts.found_start, { falling, pairs });
  if (!barriers || !removed) return [ends, texts.found_few, start, ...lost];
  const straight = fill(texts.found_straight, {
    ...{ pairs, ...interval(barriers.straight), right: percentage(accuracy.straight) },
  });
  const { matched, bent } = barriers;
  const zero = Math.max(...finding.each.matched.map(Number)) < ROUNDING;
  const after = fill(texts[zero ? "found_zero" : "found_matched"], {
    ...{ pairs, lower, ...interval(matched), right: percentage(accuracy.matched) },
  });
  const by = interval(removed);
  const text = removed.low > 0 ? texts.found_removed : texts.found_unsure;
  const less = fill(text, { removed: by.mean, low: by.low, high: by.high });
  const along = fill(texts.found_bent, { ...interval(bent), right: percentage(accuracy.bent) });
  const twins = second === "permuted" && zero ? [texts.found_twins] : [];
  return [straight, after, ...(zero ? [] : [less]), ...twins, along, start, ends, ...lost];
}
