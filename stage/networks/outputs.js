// What becomes of a network's scores at its end: probabilities, losses, and what these losses say to each score.

/** @import { OutputLoss } from "../types/networks.d.ts" */

/**
 * The probabilities exp z_k / Σ exp z_j: of exactly one class.
 * @param {number[]} scores
 */
export function softmax(scores) {
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const sum = powers.reduce((all, power) => all + power, 0);
  return powers.map((power) => power / sum);
}

/**
 * The probabilities 1 / (1 + exp −z_k): of each class by itself.
 * @param {number[]} scores
 */
export const sigmoids = (scores) => scores.map((score) => 1 / (1 + Math.exp(-score)));

/** ln(1 + exp z), for large z too. @param {number} score */
const softplus = (score) => Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score)));

/**
 * The losses where class `truth`, counted from 0, is the true one: −ln p_y of softmax; and of sigmoids the sum of the
 * binary cross entropies −ln σ_y − Σ ln(1 − σ_k), and the squared error ½ Σ (σ_k − y_k)².
 * @param {number[]} scores
 * @param {number} truth
 * @returns {Record<OutputLoss, number>}
 */
export function losses(scores, truth) {
  const most = Math.max(...scores);
  const sum = scores.reduce((all, score) => all + Math.exp(score - most), 0);
  return {
    cross: most + Math.log(sum) - scores[truth],
    binary: scores.reduce((all, score, k) => all + softplus(k === truth ? -score : score), 0),
    squared: sigmoids(scores).reduce((all, share, k) => all + (share - Number(k === truth)) ** 2 / 2, 0),
  };
}

/**
 * The derivatives of these losses in each score: p − y, σ − y, and (σ − y) σ (1 − σ).
 * @param {number[]} scores
 * @param {number} truth
 * @returns {Record<OutputLoss, number[]>}
 */
export function gradients(scores, truth) {
  /** @param {number[]} shares */
  const wrong = (shares) => shares.map((share, k) => share - Number(k === truth));
  const shares = sigmoids(scores);
  const binary = wrong(shares);
  return {
    cross: wrong(softmax(scores)),
    binary,
    squared: binary.map((each, k) => each * shares[k] * (1 - shares[k])),
  };
}

/**
 * `scores` with that of class `k` raised.
 * @param {number[]} scores
 * @param {number} k
 * @param {number} by
 */
const raised = (scores, k, by) => scores.map((score, j) => (j === k ? score + by : score));

/**
 * By how much both kinds of probabilities change if the score of class `k` rises.
 * @param {number[]} scores
 * @param {number} k
 * @param {number} by
 */
export function changes(scores, k, by) {
  const after = raised(scores, k, by);
  /** @param {(scores: number[]) => number[]} output */
  const difference = (output) => {
    const before = output(scores);
    return output(after).map((share, j) => share - before[j]);
  };
  return { softmax: difference(softmax), sigmoids: difference(sigmoids) };
}

/**
 * The class whose sigmoid is the most saturated, and σ (1 − σ) there: the squared error's gradient over that of the cross
 * entropy. Null where all scores are 0: no sigmoid is saturated then.
 * @param {number[]} scores
 */
export function saturated(scores) {
  const far = scores.map(Math.abs);
  const most = Math.max(...far);
  if (most === 0) return null;
  const k = far.indexOf(most);
  const share = sigmoids(scores)[k];
  return { k, share, ratio: share * (1 - share) };
}
