// What of the page is shown: the same parts as `hide` in a link leaves out.

import { el } from "../lib/dom.js";

/** @import { View } from "../types/answer.d.ts" */
/** @import { Words } from "../types/words.d.ts" */

const PARTS = /** @type {const} */ (["surface", "losses", "controls", "story", "points"]);

export class Shown {
  /**
   * `hide(name, hidden)` hides a part, or shows it again.
   * @param {Words} words
   * @param {(name: string, hidden: boolean) => void} hide
   */
  constructor({ ui }, hide) {
    this.boxes = new Map(
      PARTS.map((name) => {
        /** @type {HTMLInputElement} */
        const box = el("input", { type: "checkbox", onchange: () => hide(name, !box.checked) });
        return [name, box];
      }),
    );
    const rows = [...this.boxes].map(([name, box]) => el("label.os-tool", {}, box, ui[`shown_${name}`]));
    this.node = el("details.os-shown", {}, el("summary", {}, ui.shown), el("div", {}, ...rows));
    // Whoever goes elsewhere is done with it.
    this.node.addEventListener("focusout", ({ relatedTarget }) => {
      if (!this.node.contains(/** @type {Node | null} */ (relatedTarget))) this.node.open = false;
    });
  }

  /** @param {View} view */
  show({ hide }) {
    for (const [name, box] of this.boxes) box.checked = !hide.has(name);
  }
}
