// What the lab on outputs has found, in sentences made of its numbers.

import { changes, saturated } from "./outputs.js";
import { fill, fixed, spell } from "../lib/format.js";

/** @import { Sentences } from "../types/words.d.ts" */

export const RAISE = 1; // by which a score rises, to see what else moves

/**
 * A change with its sign; one that would be told as none keeps its size.
 * @param {number} value
 */
export function signed(value) {
  if (value === 0) return "0";
  const text = Math.abs(value) < 0.005 ? spell(value, 1) : fixed(value, 2);
  return value > 0 ? `+${text}` : text;
}

/**
 * What a raised score does to other probabilities, and what saturation does to a gradient.
 * @param {{ texts: Sentences, tag: string }} words
 * @param {string[]} letters of the classes
 * @param {{ scores: number[], truth: number, raised: number }} chosen
 */
export function outputFinding({ texts, tag }, letters, { scores, truth, raised }) {
  const moved = changes(scores, raised, RAISE);
  const others = letters.map((_, k) => k).filter((k) => k !== raised);
  const list = new Intl.ListFormat(tag);
  const named = { letter: letters[raised], by: RAISE, others: list.format(others.map((k) => letters[k])) };
  const none = [...new Set(others.map((k) => signed(moved.sigmoids[k])))];
  const least = saturated(scores);
  const found = [
    fill(texts.found_softmax, {
      ...named,
      own: signed(moved.softmax[raised]),
      changes: list.format(others.map((j) => signed(moved.softmax[j]))),
    }),
    fill(texts.found_sigmoids, { ...named, own: signed(moved.sigmoids[raised]), none: list.format(none) }),
  ];
  if (!least) return found;
  const { k, share, ratio } = least;
  found.push(fill(texts.found_squared, { letter: letters[k], sigmoid: spell(share, 3), ratio: spell(ratio, 2) }));
  return (k === truth) === share < 0.5 ? [...found, texts.found_wrong] : found;
}
