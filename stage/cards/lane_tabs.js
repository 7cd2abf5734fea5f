// Which lane a card is about: a button for each.

import { swatch } from "../figures/marks.js";
import { el } from "../lib/dom.js";
import { laneNames } from "../lib/lane_names.js";

/** @import { Answer } from "../types/answer.d.ts" */
/** @import { Style } from "../types/figures.d.ts" */
/** @import { Push } from "../types/stage.d.ts" */
/** @import { Words } from "../types/words.d.ts" */

/**
 * A button for each lane of `data`, drawn in `styles`, with its name; `push` hears which is picked.
 * @param {Words} words
 * @param {Answer} data
 * @param {Style[]} styles
 * @param {Push} push
 */
export const laneTabs = (words, { lanes, detail }, styles, push) =>
  laneNames(words, lanes).map((name, lane) =>
    el(
      "button.os-tab",
      { type: "button", "aria-pressed": String(lane === detail.lane), onclick: () => push({ do: "pick", lane }) },
      swatch(styles[lane]),
      name,
    ),
  );
