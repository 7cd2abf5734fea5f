// What the lab on normalisation says in words: numbers of the fact, filled in.

import { percentage } from "./said.js";
import { fill, spell } from "../lib/format.js";

/** @import { NetScalesFinding } from "../types/network_labs.d.ts" */

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
