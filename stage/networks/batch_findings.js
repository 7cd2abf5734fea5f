// What the lab on batches has found, in sentences made of its numbers.

import { percentage } from "./said.js";
import { fill, fixed, spell } from "../lib/format.js";

/** @import { BatchFinding } from "../types/network_labs.d.ts" */

/**
 * What a small batch costs in time, how well the law of the variance holds, and where the three lanes end.
 * @param {Record<string, string>} texts of the lab
 * @param {BatchFinding} finding
 * @param {number} count of all examples
 * @param {string[]} names of the lanes
 */
export function batchFinding(texts, finding, count, names) {
  const { update, epoch, held, sizes, draws, lanes, validated } = finding;
  const ends = lanes.map((end, lane) =>
    end
      ? fill(texts.found_lane, {
          ...{ lane: names[lane], loss: spell(end.loss, 2), updates: end.updates, count: validated },
          ...{ validation: percentage(end.validation), low: share(end.low), high: share(end.high) },
        })
      : fill(texts.found_diverged, { lane: names[lane] }),
  );
  const [, decayed, grown] = lanes;
  const apart = decayed && grown && (decayed.low > grown.high || grown.low > decayed.high);
  return [
    ...ends,
    decayed && grown ? (apart ? texts.found_apart : texts.found_alike) : "",
    fill(texts.found_law, { held, sizes, draws }),
    fill(texts.found_time, { update: `${spell(100 * update, 2)}%`, count, epoch: spell(epoch, 2) }),
  ].filter(Boolean);
}

/** @param {number} value */
const share = (value) => `${fixed(100 * value, 1)}%`;
