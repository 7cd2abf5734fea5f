// What the lab on saddles has found, in sentences made of its numbers.

import { percentage } from "./said.js";
import { fill, fixed, spell } from "../lib/format.js";

/** @import { NetLeft, NetRelation, NetSaddles } from "../types/network_paths.d.ts" */

/**
 * How the index follows the loss for each network, what random matrices would give, and what was not found.
 * @param {Record<string, string>} texts of the lab
 * @param {Pick<NetSaddles, "bound" | "tolerance" | "aside" | "left">} told
 * @param {(NetRelation | null)[]} finding
 */
export function saddlesFinding(texts, { bound, tolerance, aside, left }, finding) {
  const known = finding.filter((each) => each !== null);
  const last = known[known.length - 1];
  if (!last) return [texts.found_nothing];
  const each = known.map((one) =>
    one.distinct < 4
      ? fill(texts.found_few, { parameters: one.parameters, distinct: one.distinct })
      : fill(texts.found_rho, {
          ...{ parameters: one.parameters, distinct: one.distinct },
          ...{ rho: fixed(one.rho[0], 2), low: fixed(one.rho[1], 2), high: fixed(one.rho[2], 2) },
          ...{ least: percentage(one.least), largest: percentage(one.largest) },
        }),
  );
  const sure = known.filter(({ distinct, rho }) => distinct >= 4 && rho[1] > 0).length;
  const rises = fill(sure === known.length ? texts.found_rises : texts.found_some, { sure, all: known.length });
  const wigner = fill(texts.found_wigner, {
    ...{ parameters: last.parameters, predicted: percentage(last.predicted), found: percentage(last.found) },
  });
  const sum = (/** @type {(one: NetRelation) => number} */ of) => known.reduce((all, one) => all + of(one), 0);
  const accepted = fill(texts.found_accepted, {
    ...{ bound: spell(bound, 2), searches: sum(({ searches }) => searches), failed: sum(({ failed }) => failed) },
    ...{ distinct: sum(({ distinct }) => distinct), minima: sum(({ minima }) => minima) },
  });
  const flat = fill(texts.found_flat, {
    ...{ tolerance: spell(tolerance, 2), flat: percentage(Math.max(...known.map(({ flat }) => flat))) },
  });
  return [rises, ...each, wigner, ...way(texts, left, aside), accepted, flat];
}

/**
 * How the saddle is left.
 * @param {Record<string, string>} texts
 * @param {NetLeft | null} left
 * @param {number} aside
 */
function way(texts, left, aside) {
  if (!left) return [texts.found_no_way];
  const [one, other] = left.ends.map((end) => spell(end ?? left.loss, 3));
  const values = { loss: spell(left.loss, 3), negative: left.negative, all: left.parameters, aside, one, other };
  return [fill(texts.found_way, { ...values, smallest: spell(left.smallest, 2) })];
}
