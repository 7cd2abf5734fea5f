// What is said of the book's experiments, all of it made of their numbers.

import { fill, spell } from "../lib/format.js";

/** @import { BookExperiment, BookRanking, BookRow, BookWords } from "../types/network_book.d.ts" */

const DIGITS = 4; // as many as the book prints

/** @param {number | null | undefined} value */
export const number = (value) => spell(value ?? NaN, DIGITS);

/** @param {number} share in percentage points */
const points = (share) => spell(100 * share, 2);

/**
 * Where a printed number stands.
 * @param {BookWords} words
 * @param {BookExperiment} experiment
 * @param {BookRow} row
 */
export function place(words, { axis }, { lane, curve, outcome, x }) {
  if (outcome) return words.outcomes[outcome];
  return fill(words.at[axis], { lane: words.lanes[lane], curve: words.curves[curve], x: number(x) });
}

/**
 * Why ours is another; empty where it is not.
 * @param {BookWords} words
 * @param {BookExperiment} experiment
 * @param {BookRow} row
 */
export function why({ why: sentences }, { rows, within, seeds, answer }, { why: id, seen }) {
  if (!id) return "";
  const { median_epsilon, low_epsilon, high_epsilon } = answer ?? {};
  return fill(sentences[id], {
    ...{ ours: spell(seen?.ours ?? NaN, 2), book: spell(seen?.book ?? NaN, 2) },
    ...{ median: number(median_epsilon), low: number(low_epsilon), high: number(high_epsilon) },
    ...{ seeds, count: rows.length, expected: spell(rows.length * (1 - within), 2) },
  });
}

/**
 * How many printed numbers lie in our band, and what a band is worth.
 * @param {BookWords} words
 * @param {BookExperiment} experiment
 */
export function bookFinding({ texts }, { rows, band, seeds, within }) {
  const agree = rows.filter((row) => row.agree).length;
  return [
    fill(texts.found, { agree, count: rows.length, band, seeds }),
    fill(texts.found_next, { seeds, within: `${Math.round(100 * within)}%` }),
  ];
}

/**
 * The settings of an experiment in a sentence.
 * @param {BookWords} words
 * @param {BookExperiment} experiment
 */
export const settings = ({ about, texts }, { id, settings, section }) => [
  fill(texts.section, { section }),
  fill(about[id], settings),
];

/**
 * What is asked beside a figure, and answered by numbers.
 * @param {BookWords} words
 * @param {BookExperiment} experiment
 * @param {BookRanking} ranking
 * @returns {{ question: string, answer: string }[]}
 */
export function bookQuestions({ texts, lanes }, { id, answer }, ranking) {
  const told = [];
  if (answer) {
    const said = Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, number(value)]));
    const which = id === "dropout" ? "factor" : "lost";
    told.push({ question: fill(texts[`q_${which}`], said), answer: fill(texts[`a_${which}`], said) });
  }
  if (id === "dropout" || id === "weight_decay") {
    const { count, error, difference, z, needed, best, worst } = ranking;
    const said = {
      ...{ count, needed, best: lanes[best], worst: lanes[worst] },
      ...{ error: points(error), difference: points(difference), z: spell(z, 2) },
    };
    told.push({ question: fill(texts.q_ranking, said), answer: fill(texts.a_ranking, said) });
  }
  return told;
}
