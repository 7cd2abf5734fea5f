// What the lab on normalisation says in words of scales and rates: numbers of the fact, filled in.

import { percentage } from "./said.js";
import { fill, spell } from "../lib/format.js";

/** @import { NetRatesFinding, NetScalesFinding } from "../types/network_labs.d.ts" */

/**
 * Its sentences.
 * @param {Intl.ListFormat} list
 * @param {Record<string, string>} texts of the lab
 * @param {NetScalesFinding} finding
 * @param {ArrayLike<number>} scales
 * @param {string} name of the normalisation
 */
export function scalesFinding(list, texts, finding, scales, name) {
  const { better, worse, low, high, held, learned, learned_without, enough, against } = finding;
  const all = scales.length;
  const first = fill(texts.found, {
    ...{ name, better, all, worse, held },
    ...{ low: percentage(low), high: percentage(high) },
  });
  const which = against.map(([scale, own, plain]) =>
    fill(texts.found_against, { sigma: spell(scales[scale], 2), own: percentage(own), plain: percentage(plain) }),
  );
  return [
    first,
    ...(which.length ? [fill(texts.found_worse, { which: list.format(which) })] : []),
    fill(texts.found_learned, { learned, without: learned_without, enough: percentage(enough) }),
  ];
}

/**
 * Up to which rates a network learned, with the normalisation and without.
 * @param {Record<string, string>} texts of the lab
 * @param {NetRatesFinding} finding
 * @param {string} name of the normalisation
 */
export function ratesFinding(texts, { own, plain, ratio, low, high, top, top_plain, apart, enough }, name) {
  const seeds = own.length;
  const rows = /** @type {const} */ ([
    [name, own, top],
    [texts.found_plain, plain, top_plain],
  ]);
  const each = rows.flatMap(([which, found, beyond]) => {
    const known = found.filter((rate) => rate !== null);
    const count = known.length;
    if (!count) return [fill(texts.found_no_rate, { which, seeds, enough: percentage(enough) })];
    const [least, most] = [Math.min(...known), Math.max(...known)].map((rate) => spell(rate, 2));
    const upto = least === most ? least : fill(texts.found_from_to, { least, most });
    const bound = fill(texts.found_rate, { which, count, seeds, upto, enough: percentage(enough) });
    return beyond ? [bound, fill(texts.found_beyond, { which, beyond, seeds })] : [bound];
  });
  if (ratio === null || low === null || high === null) return [...each, texts.found_no_ratio];
  const numbers = { ratio: spell(ratio, 2), low: spell(low, 2), high: spell(high, 2), apart: spell(apart, 2) };
  return [...each, fill(texts.found_ratio, numbers)];
}
