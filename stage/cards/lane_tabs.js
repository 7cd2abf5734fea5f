// Which lane a card is about: a button for each.

import { swatch } from "../figures/marks.js";
import { el } from "../lib/dom.js";

/** @import { Answer } from "../types/answer.d.ts" */
/** @import { Style } from "../types/figures.d.ts" */
/** @import { Push } from "../types/stage.d.ts" */

/**
 * A button for each lane of `data`, drawn in `styles`, with the name of its method; `push` hears which is picked.
 * @param {Answer} data
 * @param {Style[]} styles
 * @param {(id: string) => string | undefined} nameOf
 * @param {Push} push
 */
export const laneTabs = ({ lanes, detail }, styles, nameOf, push) =>
  lanes.map(({ id }, lane) =>
    el(
      "button.os-tab",
      { type: "button", "aria-pressed": String(lane === detail.lane), onclick: () => push({ do: "pick", lane }) },
      swatch(styles[lane]),
      nameOf(id),
    ),
  );
