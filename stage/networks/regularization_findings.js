// What the lab on regularization has found, in sentences made of its numbers.

import { fill, fixed } from "../lib/format.js";

/** @import { RegularizedEnd, RegularizedFinding } from "../types/network_labs.d.ts" */

/** @param {number} share */
const points = (share) => fixed(100 * share, 1);

/**
 * How wide the gap is, which others are smaller beyond chance, and how dropout comes by its own: sentences.
 * @param {Record<string, string>} texts of the lab
 * @param {Intl.ListFormat} list
 * @param {RegularizedFinding} finding
 * @param {string[]} names of the lanes
 */
export function regularizationFinding(texts, list, { examples, lanes, smaller, dropout }, names) {
  const [first, early] = [lanes[0], lanes[lanes.length - 1]];
  const lost = lanes.flatMap((end, lane) => (end ? [] : [names[lane]]));
  const close = smaller.map((lane) => spread(texts.found_gap, lanes[lane], { lane: names[lane] }));
  return [
    spread(texts.found_gaps, first, { count: examples }),
    lost.length ? fill(texts.diverged, { lanes: list.format(lost) }) : "",
    first && (close.length ? fill(texts.found_smaller, { lanes: list.format(close) }) : texts.found_alike),
    dropout && said(texts, dropout),
    dropout && texts[verdict(dropout)],
    early && fill(texts.found_stop, { step: early.step }),
  ].flatMap((sentence) => sentence || []);
}

/**
 * A gap and its interval in a sentence; nothing of a lane that diverged.
 * @param {string} sentence
 * @param {RegularizedEnd | null} end
 * @param {Record<string, string | number>} more
 */
const spread = (sentence, end, more) =>
  end ? fill(sentence, { gap: points(end.gap), low: points(end.gap_low), high: points(end.gap_high), ...more }) : "";

/**
 * @param {Record<string, string>} texts
 * @param {NonNullable<RegularizedFinding["dropout"]>} dropout
 */
const said = (texts, { closed, training, validation, low, high }) =>
  fill(texts.found_dropout, {
    ...{ gap: points(-closed), training: points(-training) },
    ...{ validation: points(validation), low: points(low), high: points(high) },
  });

/**
 * How dropout closes the gap, if it does: chance has a part in what validation says, not in how well the training data are
 * known.
 * @param {NonNullable<RegularizedFinding["dropout"]>} dropout
 */
function verdict({ closed, training, low, high }) {
  if (closed <= 0) return "found_open";
  if (low > 0) return training > 0 ? "found_both" : "found_better";
  if (high < 0) return "found_worse";
  return "found_unsure";
}
