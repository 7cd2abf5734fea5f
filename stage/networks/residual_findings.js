// What the lab on residual connections has found, in sentences made of its numbers, and how sure these are.

import { percentage } from "./said.js";
import { fill, fixed, spell } from "../lib/format.js";

/** @import { Interval, NetCompared, NetResidual, NetResidualFinding } from "../types/network_landscapes.d.ts" */

/** @typedef {Record<string, string>} Texts of the lab */

/**
 * A share in percentage points, with one decimal.
 * @param {number} share
 */
const points = (share) => fixed(100 * share, 1);
/** @param {number} share */
const percent = (share) => `${points(share)}%`;
/** @param {number} value */
const short = (value) => spell(value, 3);

/**
 * Its sentences.
 * @param {Texts} texts
 * @param {NetResidual} answer
 * @param {string} name of what is compared
 */
export function residualFinding(texts, { compare, finding, seeds }, name) {
  if (!finding) return [];
  const { nonconvex, variation, range, change, smoothness, diverged } = finding;
  const along =
    compare === "normalization"
      ? [
          times(texts, texts.found_range, range, name),
          times(texts, texts.found_change, change, name),
          times(texts, texts.found_smoothness, smoothness, name),
        ]
      : [faded(texts, finding, name)];
  const gone = /** @type {const} */ ([
    [fill(texts.with, { name }), diverged[0]],
    [fill(texts.without, { name }), diverged[1]],
  ]);
  return [
    learned(texts, finding, name, seeds),
    ...along,
    rough(texts, texts.found_nonconvex, nonconvex, name, percent, points),
    rough(texts, texts.found_variation, variation, name, short, short),
    smoothness && smoothness.high < 1 && nonconvex.apart && nonconvex.apart.low > 0 ? texts.found_two : "",
    ...gone.filter(([, count]) => count).map(([which, count]) => fill(texts.found_diverged, { which, count, seeds })),
  ].filter(Boolean);
}

/**
 * What both reach.
 * @param {Texts} texts
 * @param {NetResidualFinding} finding
 * @param {string} name
 * @param {number} seeds
 */
function learned(texts, { loss, accuracy, validated }, name, seeds) {
  if (!loss.own || !loss.plain || !accuracy.own || !accuracy.plain || !accuracy.apart) return "";
  return fill(texts.found_learned, {
    ...{ name, seeds, validated, own: short(loss.own.value), plain: short(loss.plain.value) },
    ...{ right: percentage(accuracy.own.value), right_plain: percentage(accuracy.plain.value) },
    ...told(accuracy.apart, points),
  });
}

/**
 * What becomes of gradients on their way back, before training.
 * @param {Texts} texts
 * @param {NetResidualFinding} finding
 * @param {string} name
 */
function faded(texts, { fading: [own, plain] }, name) {
  if (own === null || plain === null) return "";
  return fill(texts.found_fading, { name, own: spell(own, 2), plain: spell(plain, 2) });
}

/**
 * How rough the slices are, and whether chance could have made the difference.
 * @param {Texts} texts
 * @param {string} sentence
 * @param {NetCompared} found
 * @param {string} name
 * @param {(value: number) => string} written
 * @param {(value: number) => string} between how a difference is written
 */
function rough(texts, sentence, { own, plain, apart }, name, written, between) {
  if (!own || !plain || !apart) return "";
  const verdict = apart.low > 0 ? texts.found_rougher : apart.high < 0 ? texts.found_smoother : texts.found_alike;
  const numbers = { name, own: interval(texts, own, written), plain: interval(texts, plain, written) };
  return fill(sentence, { ...numbers, ...told(apart, between), verdict: fill(verdict, { name }) });
}

/**
 * How many times as large something is with it.
 * @param {Texts} texts
 * @param {string} sentence
 * @param {Interval | null} found
 * @param {string} name
 */
function times(texts, sentence, found, name) {
  if (!found) return "";
  const verdict = found.low > 1 ? texts.found_more : found.high < 1 ? texts.found_less : texts.found_alike;
  return fill(sentence, { name, ...told(found, short), verdict });
}

/**
 * @param {Interval} found
 * @param {(value: number) => string} written
 */
const told = ({ value, low, high }, written) => ({ value: written(value), low: written(low), high: written(high) });

/**
 * @param {Texts} texts
 * @param {Interval} found
 * @param {(value: number) => string} written
 */
const interval = (texts, found, written) => fill(texts.interval, told(found, written));
