// What is drawn in the lab on outputs, row by row, and what a view says of it.

import { changes, gradients, losses, sigmoids, softmax } from "./outputs.js";
import { RAISE, signed } from "./output_findings.js";
import { fixed, spell } from "../lib/format.js";

/** @import { View } from "../types/answer.d.ts" */
/** @import { OutputClass, OutputLoss } from "../types/networks.d.ts" */

/** @typedef {{ scores: number[], truth: number, raised: number }} Chosen classes counted from 0 */
/** @typedef {"softmax" | "sigmoids" | OutputLoss} RowName */
/** @typedef {{ from: number, to: number, ghost: number | null, text: string }} Bar in shares of the height of a cell, from below */

const PROBABILITIES = /** @type {const} */ (["softmax", "sigmoids"]);
const GRADIENTS = /** @type {const} */ (["cross", "binary", "squared"]);
export const ROWS = /** @type {const} */ ([...PROBABILITIES, ...GRADIENTS]);
export const WIDE = 100;
export const HIGH = 100;
const MIDDLE = 0.5; // where gradients, from −1 to 1, are 0
const LEAST = 0.012; // of a bar that is not quite nothing

/**
 * A probability, which is never told as 0 or 1.
 * @param {number} share
 */
const probability = (share) => (share < 0.005 || share > 0.995 ? spell(share, share < 0.005 ? 1 : 4) : fixed(share, 2));

/**
 * What is drawn in each row, column by column, and the number that is told of the whole row.
 * @param {Chosen} chosen
 * @returns {Record<RowName, { bars: Bar[], whole: number }>}
 */
export function outputRows({ scores, truth, raised }) {
  const moved = changes(scores, raised, RAISE);
  const lost = losses(scores, truth);
  const slopes = gradients(scores, truth);
  /** @param {number[]} shares @param {number[]} by */
  const shown = (shares, by) => ({
    whole: shares.reduce((sum, share) => sum + share, 0),
    bars: shares.map((share, k) => ({
      ...{ from: 0, to: share, text: probability(share) },
      ghost: by[k] ? share + by[k] : null,
    })),
  });
  /** @param {OutputLoss} loss */
  const sloped = (loss) => ({
    whole: lost[loss],
    bars: slopes[loss].map((slope) => ({
      ...{ from: MIDDLE, to: MIDDLE * (1 + slope), ghost: null, text: signed(slope) },
    })),
  });
  return {
    softmax: shown(softmax(scores), moved.softmax),
    sigmoids: shown(sigmoids(scores), moved.sigmoids),
    cross: sloped("cross"),
    binary: sloped("binary"),
    squared: sloped("squared"),
  };
}

/**
 * The outline of a bar in a picture of 100 × 100: a sliver at least.
 * @param {Bar} bar
 */
export function outlineOf({ from, to }) {
  const size = Math.max(Math.abs(to - from), LEAST);
  const [low, high] = to < from ? [from - size, from] : [from, from + size];
  return `M0 ${place(low)}V${place(high)}H${WIDE}V${place(low)}z`;
}

/** @param {number} share */
export const place = (share) => (HIGH * (1 - share)).toFixed(2);

export const CLASSES = /** @type {OutputClass[]} */ (["a", "b", "c", "d"]);

/**
 * What a view says of the lab, classes counted from 0.
 * @param {View} view
 */
export const chosenOf = (view) => ({
  scores: CLASSES.map((each) => view[/** @type {const} */ (`score${each}`)]),
  truth: CLASSES.indexOf(view.truth),
  raised: CLASSES.indexOf(view.raised),
});
