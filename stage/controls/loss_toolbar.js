// The head of the loss curves: what they show, the spread over other seeds, and the kind of their axis.

import { el } from "../lib/dom.js";
import { fill } from "../lib/format.js";

/** @import { LossAxis } from "../types/answer.d.ts" */
/** @import { Words } from "../types/words.d.ts" */

export class LossToolbar {
  /**
   * `on` has spread() and axis().
   * @param {Words} words
   * @param {{ spread: () => void, axis: () => void }} on
   */
  constructor({ ui }, on) {
    this.ui = ui;
    this.title = el("span.os-charttitle");
    this.spread = el("button.os-quiet.os-axisbutton.os-spread", {
      type: "button",
      title: ui.band_story,
      onclick: () => on.spread(),
    });
    this.axis = el("button.os-quiet.os-axisbutton", { type: "button", onclick: () => on.axis() });
    this.nodes = [this.title, el("span.os-spring"), this.spread, this.axis];
    this.progress(0, 0);
  }

  /**
   * `kind` is that of the axis; `least` whether the least loss is known; `chance` whether seeds matter.
   * @param {{ kind: LossAxis, least: boolean, chance: boolean, spread: boolean }} what
   */
  show({ kind, least, chance, spread }) {
    const { ui } = this;
    const log = kind === "log";
    this.title.textContent = log ? ui.losses_title_log : ui.losses_title;
    this.title.title = this.title.textContent; // where there is no room for all of it
    this.axis.textContent = log ? ui.axis_linear : ui.axis_log;
    this.axis.hidden = !least;
    this.spread.hidden = !chance;
    this.spread.setAttribute("aria-pressed", String(spread));
  }

  /**
   * So many of all lanes have their spread.
   * @param {number} done
   * @param {number} all
   */
  progress(done, all) {
    const busy = done < all;
    this.spread.textContent = busy ? fill(this.ui.band_busy, { done, all }) : this.ui.band;
    this.spread.setAttribute("aria-busy", String(busy));
  }
}
