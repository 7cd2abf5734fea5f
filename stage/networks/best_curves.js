// The best that so many trials find, as curves: the mean, and the ends between which 95 % of all searches lie.

import { curve } from "./chart.js";

/** @import { Changes } from "../types/figures.d.ts" */
/** @import { SearchWay } from "../types/network_pictures.d.ts" */

const DASHES = ["solid", "dash"];

/**
 * What is drawn of the ways whose best is known.
 * @param {SearchWay[]} ways
 * @param {string[]} colors
 */
export function bestCurves(ways, colors) {
  /** @type {Changes} */
  const changes = {};
  const data = ways.flatMap(({ best }, lane) => {
    if (!best) return [];
    const x = Array.from(best.mean, (_, trial) => trial + 1);
    return /** @type {const} */ (["low", "high", "mean"]).map((name) => {
      changes[`${name}${lane}`] = { x, y: Array.from(best[name]) };
      const line = name === "mean" ? { width: 2.6, dash: DASHES[lane] } : { width: 1, dash: "dot" };
      return curve({ role: name, lane }, { color: colors[lane], ...line });
    });
  });
  return { data, changes };
}
