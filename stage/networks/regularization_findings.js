// What the lab on regularization has found, in sentences made of its numbers.

import { fill, fixed } from "../lib/format.js";

/** @import { RegularizedFinding } from "../types/networks.d.ts" */
/** @import { Sentences } from "../types/words.d.ts" */

/** @param {number} share */
export const points = (share) => fixed(100 * share, 1);

/**
 * How wide the gaps are, which of them are smaller than the first beyond chance, and how dropout comes by its own.
 * @param {Record<string, string>} texts of the lab
 * @param {Sentences} ui
 * @param {RegularizedFinding} finding
 * @param {string[]} names of the lanes
 */
export function regularizationFinding(texts, ui, { examples, lanes, smaller, dropout }, names) {
  const gaps = lanes.flatMap((end, lane) =>
    end
      ? [
          fill(texts.found_gap, {
            lane: names[lane],
            gap: points(end.gap),
            low: points(end.gap_low),
            high: points(end.gap_high),
          }),
        ]
      : [],
  );
  /** @param {number[]} which */
  const list = (which) => which.map((lane) => names[lane]).join(ui.net_comma);
  const lost = lanes.flatMap((end, lane) => (end ? [] : [lane]));
  const early = lanes[lanes.length - 1];
  return [
    gaps.length ? fill(texts.found_gaps, { count: examples, gaps: gaps.join(ui.net_comma) }) : "",
    lost.length ? fill(texts.diverged, { lanes: list(lost) }) : "",
    smaller.length ? fill(texts.found_smaller, { lanes: list(smaller) }) : lanes[0] ? texts.found_alike : "",
    dropout ? `${said(texts, dropout)}${ui.net_space}${texts[verdict(dropout)]}` : "",
    early ? fill(texts.found_stop, { step: early.step }) : "",
  ]
    .filter(Boolean)
    .join(ui.net_space);
}

/**
 * @param {Record<string, string>} texts
 * @param {NonNullable<RegularizedFinding["dropout"]>} dropout
 */
const said = (texts, { closed, training, validation, low, high }) =>
  fill(texts.found_dropout, {
    ...{ closed: points(closed), training: points(training) },
    ...{ validation: points(validation), low: points(low), high: points(high) },
  });

/**
 * How dropout closes the gap, if it does: chance has a part in what validation says, not in how well the training data are
 * known.
 * @param {NonNullable<RegularizedFinding["dropout"]>} dropout
 */
export function verdict({ closed, training, low, high }) {
  if (closed <= 0) return "found_open";
  if (low > 0) return training > 0 ? "found_both" : "found_better";
  if (high < 0) return "found_worse";
  return "found_unsure";
}
