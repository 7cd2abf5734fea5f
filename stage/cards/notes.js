// What had to be repaired in a link or an input, said once until the reader dismisses it.

import { sayTable } from "../controls/table.js";
import { el, icon } from "../lib/dom.js";
import { fill } from "../lib/format.js";

/** @import { Repair } from "../types/answer.d.ts" */
/** @import { Words } from "../types/words.d.ts" */

export class Notes {
  /** @param {Words} words */
  constructor(words) {
    this.words = words;
    /** @type {string | undefined} what the reader has read */
    this.dismissed = undefined;
    this.repairs = el("div");
    this.busy = el("div");
    this.node = el("div.os-notes", { role: "status" }, this.repairs, this.busy);
  }

  /**
   * So many questions have been put off by the server.
   * @param {number} count
   */
  postponed(count) {
    this.busy.replaceChildren(...(count ? [el("p.os-note", {}, this.words.ui.server_busy)] : []));
  }

  /** @param {Repair[]} repairs */
  show(repairs) {
    const { ui, repairs: sentences, formulas, tables } = this.words;
    const key = JSON.stringify(repairs);
    if (key === this.dismissed || !repairs.length) return this.repairs.replaceChildren();
    const dismiss = () => {
      this.dismissed = key;
      this.repairs.replaceChildren();
    };
    /** @param {Repair} repair */
    const say = (repair) => {
      if (repair.parameter === "data" && repair.why in tables) return sayTable(this.words, repair);
      if (repair.why in sentences) return fill(sentences[repair.why], { ...repair });
      const hint = repair.used ? fill(formulas.suggestion, { suggestion: repair.used }) : "";
      return `${fill(formulas[repair.why], { ...repair })} ${hint}`;
    };
    this.repairs.replaceChildren(
      el(
        "div.os-note",
        {},
        el(
          "ul",
          {},
          repairs.map((repair) => el("li", {}, say(repair))),
        ),
        el(
          "button.os-icon",
          { type: "button", title: ui.dismiss, "aria-label": ui.dismiss, onclick: dismiss },
          icon("close"),
        ),
      ),
    );
  }
}
