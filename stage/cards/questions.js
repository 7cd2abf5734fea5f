// The questions of a course, and the one that is open: what to notice, what to do, and why it is so, on demand.

import { el } from "../lib/dom.js";
import { questionLink, questionSteps, replaceAround } from "./question_steps.js";

/** @import { Travel } from "../types/stage.d.ts" */
/** @import { Words } from "../types/words.d.ts" */

export class Questions {
  /**
   * `leave()` closes the question that is open; `unfolded` is whether the list stands open where none is.
   * @param {Words} words
   * @param {{ travel: Travel, leave: () => void, unfolded: boolean }} on
   */
  constructor(words, { travel, leave, unfolded }) {
    const { ui, questions } = words;
    this.words = words;
    this.travel = travel;
    this.leave = leave;
    /** @type {string | undefined} */
    this.shown = undefined;
    this.items = questions.map((question) => el("li", {}, questionLink(question, travel, {}, question.title)));
    this.open = el("div.os-question", { hidden: true });
    this.all = el("summary.os-summary", {}, ui.questions_all);
    this.list = el("details.os-questionlist", { open: true }, this.all, el("ol", {}, ...this.items));
    this.head = el("summary.os-head", {}, ui.questions);
    this.node = el("details.os-questions", { open: unfolded }, this.head, this.open, this.list);
  }

  /** @param {string} id of the question that is open, "none" where none is */
  show(id) {
    if (this.shown === id) return;
    const first = this.shown === undefined;
    this.shown = id;
    const held = this.node.contains(document.activeElement) ? document.activeElement : null;
    const index = this.words.questions.findIndex((question) => question.id === id);
    this.open.hidden = index < 0;
    this.all.hidden = index < 0;
    this.list.open = index < 0;
    if (index >= 0 || !first) this.node.open = true;
    this.items.forEach((item, place) => {
      const link = /** @type {HTMLElement} */ (item.children[0]);
      if (place === index) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    const said = index < 0 ? [] : this.opened(index);
    replaceAround(this.open, ...said);
    // What the reader was on is gone: a link of the list that has folded, or the button that leaves.
    if (held && !this.open.contains(document.activeElement) && held !== this.head) (said[0] ?? this.head).focus();
  }

  /**
   * All that is said of the question at `index`.
   * @param {number} index
   */
  opened(index) {
    const { ui, questions } = this.words;
    const question = questions[index];
    return [
      el("h2.os-questiontitle", { tabindex: -1 }, `${index + 1}. ${question.title}`),
      el("p.os-again", {}, el("strong", {}, ui.question_notice), " ", question.notice),
      el("p", {}, el("strong", {}, ui.question_do), " ", question.do),
      el("details.os-answer", {}, el("summary.os-summary", {}, ui.question_answer), el("p", {}, question.answer)),
      el(
        "div.os-questionfoot",
        {},
        questionSteps(this.words, this.travel, index),
        el("span.os-spring"),
        el("button.os-quiet", { type: "button", onclick: this.leave }, ui.question_leave),
      ),
    ];
  }
}
