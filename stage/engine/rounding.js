// Where rounding decides: the race here and the server's do the same steps, but a sine, say, is rounded otherwise in its
// last place, and a run that magnifies whatever is small goes elsewhere after a while.

import { raced } from "./predict.js";

/** @import { Answer } from "../types/answer.d.ts" */
/** @import { Parts } from "../types/engine.d.ts" */

const SEEN = 0.005; // of the diagonal of the map: some two pixels

/**
 * For each lane of an answer of the server's the first step at which it is seen to be elsewhere than here, or null.
 * @param {Answer} answer
 * @param {Parts} parts
 * @returns {(number | null)[]}
 */
export function partings(answer, parts) {
  const here = raced(answer, parts)?.lanes;
  const seen = SEEN * Math.hypot(...answer.ground.box.map(([low, high]) => high - low));
  return answer.lanes.map(({ x, y }, index) => {
    const other = here?.[index];
    const step = other ? x.findIndex((at, t) => Math.hypot(at - other.x[t], y[t] - other.y[t]) > seen) : -1;
    return step < 0 ? null : step;
  });
}
