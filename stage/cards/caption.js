// What there is to notice in the scene of the question that is open, above the figures.

import { el } from "../lib/dom.js";
import { questionSteps, replaceAround } from "./question_steps.js";

/** @import { Travel } from "../types/stage.d.ts" */
/** @import { Words } from "../types/words.d.ts" */

export class Caption {
  /**
   * @param {Words} words
   * @param {Travel} travel
   */
  constructor(words, travel) {
    this.words = words;
    this.travel = travel;
    /** @type {string | undefined} */
    this.shown = undefined;
    this.node = el("p.os-caption", { hidden: true, "aria-live": "polite" });
  }

  /** @param {string} id of the question that is open, "none" where none is */
  show(id) {
    const { ui, questions } = this.words;
    const index = questions.findIndex((question) => question.id === id);
    this.node.hidden = index < 0;
    if (this.shown === id) return;
    this.shown = id;
    if (index < 0) return this.node.replaceChildren();
    replaceAround(
      this.node,
      el("span.os-notice", {}, el("strong", {}, ui.question_notice), " ", questions[index].notice),
      questionSteps(this.words, this.travel, index),
    );
  }
}
