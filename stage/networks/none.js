// In the place of the labs on a page that was saved, where none can be opened: nobody would train there. Such a page carries
// this and nothing else of this folder.

import { el } from "../lib/dom.js";

/** @import { Networks as Labs } from "./networks.js" */

/** @implements {Pick<Labs, "build" | "show" | "move">} */
export class Networks {
  build() {
    return { stage: el("div", { hidden: true }), panel: el("section", { hidden: true }) };
  }
  show() {}
  move() {}
}
