// Work in parts: facts that are asked for one after another, so that it can be watched and cancelled.
// Whatever takes longer than a second says how far it is.

import { el } from "../lib/dom.js";
import { fill } from "../lib/format.js";
import { whole } from "./facts.js";

/** @import { AnswerTo } from "../types/facts.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { Fail } from "../types/stage.d.ts" */
/** @import { Facts } from "./facts.js" */

const PATIENCE = 1000; // ms before the bar appears
const PAUSE = 400; // ms after the last change before work begins: a hand that turns a knob is not waited for

/** @template {string} Path the addresses that it asks for */
export class RequestQueue {
  /**
   * `receive(shown, done)` is called with each part that comes. Parts that are still to come are those of the
   * question before, if it had as many: so a table keeps its rows while a knob turns. `answers` has only
   * what is new.
   * @param {Facts} facts
   * @param {Words} words
   * @param {(shown: AnswerTo<Path>[], done: boolean) => void} receive
   * @param {Fail} fail
   */
  constructor(facts, { ui }, receive, fail) {
    this.facts = facts;
    this.ui = ui;
    this.receive = receive;
    this.fail = fail;
    this.turn = 0;
    this.part = 0;
    this.asked = false;
    this.running = false;
    /** @type {string | null} */
    this.key = null;
    /** @type {Path[]} */
    this.paths = [];
    /** @type {AnswerTo<Path>[]} */
    this.answers = [];
    /** @type {AnswerTo<Path>[]} */
    this.shown = [];
    this.bar = el("progress.os-progress", { "aria-label": ui.batch_progress });
    this.count = el("span.os-muted");
    this.button = el("button.os-quiet", { type: "button", onclick: () => (this.running ? this.cancel() : this.run()) });
    this.node = el(
      "div.os-batch",
      { hidden: true, role: "group", "aria-label": ui.batch_progress },
      this.bar,
      this.count,
      this.button,
    );
  }

  /**
   * Ask for the answers to `paths`, in place of what was asked for before; null drops that.
   * @param {Path[] | null} paths
   */
  ask(paths) {
    const key = paths?.join("\n") ?? null;
    if (key === this.key) return;
    this.stop();
    this.key = key;
    if (!paths) return;
    if (paths.length !== this.paths.length) this.shown = [];
    this.paths = paths;
    this.answers = [];
    this.fade(true);
    this.later = setTimeout(() => this.run(), this.asked ? PAUSE : 0);
    this.asked = true;
  }

  get done() {
    return this.answers.length === this.paths.length;
  }

  async run() {
    const turn = ++this.turn;
    this.running = true;
    this.part = 0;
    this.patience = setTimeout(() => this.show(), PATIENCE);
    if (!this.node.hidden) this.show();
    try {
      while (!this.done) {
        const path = this.paths[this.answers.length];
        const answer = await whole(
          this.facts,
          path,
          () => turn === this.turn,
          ({ done, parts }) => this.tell(done / parts),
        );
        if (turn !== this.turn || answer === null) return; // it was cancelled, or is about something else by now
        this.shown[this.answers.length] = answer;
        this.answers.push(answer);
        this.tell(0);
        if (this.done) this.fade(false);
        this.receive(this.shown, this.done);
      }
      this.stop();
    } catch (error) {
      if (turn !== this.turn) return;
      this.stop();
      this.fail(/** @type {Error} */ (error));
    }
  }

  /** Ask for no more parts; what has come stays. */
  cancel() {
    this.stop();
    this.show();
    this.button.focus();
  }

  stop() {
    clearTimeout(this.later);
    clearTimeout(this.patience);
    if (this.running) this.facts.drop(this.paths[this.answers.length]);
    this.turn += 1;
    this.running = false;
    this.node.hidden = true;
  }

  /**
   * What is on the card is not yet of this question.
   * @param {boolean} stale
   */
  fade(stale) {
    this.node.closest(".os-card")?.classList.toggle("os-stale", stale);
  }

  /**
   * So much of the next answer is there.
   * @param {number} part
   */
  tell(part) {
    this.part = part;
    if (!this.node.hidden) this.show();
  }

  /** Say how far it is. */
  show() {
    const { ui } = this;
    this.node.hidden = false;
    this.bar.max = this.paths.length;
    this.bar.value = this.answers.length + this.part;
    this.count.textContent = fill(ui.batch_parts, { done: this.answers.length, all: this.paths.length });
    this.button.textContent = this.running ? ui.batch_cancel : ui.batch_go_on;
  }
}
