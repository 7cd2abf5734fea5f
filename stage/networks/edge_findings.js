// What the lab on the edge of stability has found, in sentences made of its numbers.

import { percentage, said } from "./said.js";
import { fill, fixed, spell } from "../lib/format.js";

/** @import { EdgeSettled, NetEdge } from "../types/network_labs.d.ts" */

const RIGHT = 0.05; // so far from its bound λ is still at it

/**
 * Where λ of each rate settles, whether the loss fell steadily, and what the bound assumes.
 * @param {Record<string, string>} texts of the lab
 * @param {NetEdge} answer
 */
export function edgeFinding(texts, { runs, finding, limit, frozen, classes }) {
  if (!finding) return [];
  const each = finding.map((found, lane) => whereSettled(texts, found, spell(runs[lane].rate, 3)));
  const whole = finding.map((found, lane) => ({ ...found, rate: runs[lane].rate })).filter(({ last }) => last !== null);
  const most = whole.reduce((a, b) => (b.rises > a.rises ? b : a), whole[0]);
  return [
    fill(texts.found_limit, { limit: spell(limit, 4) }),
    ...each,
    most &&
      fill(texts.found_loss, {
        ...{ rate: spell(most.rate, 3), rises: percentage(most.rises) },
        ...{ first: said(most.first), last: said(most.last) },
      }),
    frozen && texts.found_frozen,
    classes > 0 && texts.found_classes,
  ].flatMap((sentence) => sentence || []);
}

/**
 * @param {Record<string, string>} texts
 * @param {EdgeSettled} found
 * @param {string} rate
 */
function whereSettled(texts, { bound, median, low, high, reached, diverged }, rate) {
  if (diverged >= 0) return fill(texts.found_gone, { rate, step: diverged });
  if (median === null || low === null || high === null) return fill(texts.found_short, { rate });
  const [middle, from, to] = [median, low, high].map((ratio) => fixed(ratio, 3));
  const told = { rate, bound: spell(bound, 4), median: middle, low: from, high: to };
  const [least, most] = [1 - RIGHT, 1 + RIGHT];
  if (median < least)
    return fill(reached === null ? texts.found_below : texts.found_left, { ...told, step: reached ?? 0 });
  return fill(median > most ? texts.found_above : texts.found_at, { ...told, step: reached ?? 0 });
}
