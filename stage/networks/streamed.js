// Work that is shown while it is done: a fact is asked for again and again, what there is of it is drawn each time, and
// the reader sees how far it is and can stop it.

import { el } from "../lib/dom.js";
import { fill } from "../lib/format.js";

/** @import { Sentences } from "../types/words.d.ts" */
/** @import { Fail } from "../types/stage.d.ts" */

const PATIENCE = 400; // ms before the bar appears: what is known is there at once
const PAUSE = 250; // ms after the last change before work begins: a hand that turns a knob is not waited for

/** @typedef {{ get(path: string): Promise<any>, drop(path: string): void, forget(path: string): void }} Source */

export class Streamed {
  /**
   * `show(answer, whole)` is called with each answer, the last of which is the whole one.
   * @param {Source} facts
   * @param {Sentences} ui
   * @param {(answer: any, whole: boolean) => void} show
   * @param {Fail} fail
   */
  constructor(facts, ui, show, fail) {
    this.facts = facts;
    this.ui = ui;
    this.show = show;
    this.fail = fail;
    this.turn = 0;
    /** @type {string | null} */
    this.path = null;
    this.running = false;
    this.whole = false;
    this.asked = false;
    this.bar = el("progress.os-progress", { "aria-label": ui.net_progress, max: 1 });
    this.said = el("span.os-muted");
    this.button = el("button.os-quiet", { type: "button", onclick: () => (this.running ? this.cancel() : this.run()) });
    this.node = el(
      "div.os-batch",
      { hidden: true, role: "group", "aria-label": ui.net_progress },
      this.bar,
      this.said,
      this.button,
    );
    /** For the picture, which is empty until there is an answer, where no panel stands beside it. */
    this.waiting = el("p.os-netwaiting", { hidden: true, "aria-hidden": "true" }, ui.net_compiling);
  }

  /**
   * Ask for `path` in place of what was asked for before; null drops that.
   * @param {string | null} path
   */
  ask(path) {
    if (path === this.path) return;
    this.stop();
    this.path = path;
    this.whole = false;
    if (path === null) return;
    this.running = true;
    this.later = setTimeout(() => this.run(), this.asked ? PAUSE : 0);
    this.asked = true;
  }

  async run() {
    const { path } = this;
    if (path === null) return;
    const turn = ++this.turn;
    this.running = true;
    this.waiting.textContent = this.ui.net_compiling;
    this.patience = setTimeout(() => this.reveal(), PATIENCE);
    this.hint = setTimeout(() => (this.waiting.hidden = false), PATIENCE);
    if (!this.node.hidden) this.reveal();
    try {
      for (;;) {
        const answer = await this.facts.get(path);
        if (turn !== this.turn) return; // it was stopped, or is about something else by now
        clearTimeout(this.hint);
        this.waiting.hidden = true;
        const { done, parts } = answer;
        this.whole = parts === undefined;
        if (this.whole) {
          this.running = false; // there is nothing to take back
          this.stop();
          if (answer.missing) {
            this.waiting.textContent = this.ui.net_missing;
            this.waiting.hidden = false; // the picture stays empty
          }
          return this.show(answer, true);
        }
        this.facts.forget(path);
        this.tell(done / parts);
        this.show(answer, false);
      }
    } catch (error) {
      if (turn !== this.turn) return;
      this.stop();
      this.fail(/** @type {Error} */ (error));
    }
  }

  /** Ask for no more; what has come stays. */
  cancel() {
    this.stop();
    this.reveal();
    this.button.focus();
  }

  stop() {
    clearTimeout(this.later);
    clearTimeout(this.patience);
    clearTimeout(this.hint);
    if (this.running && this.path !== null) this.facts.drop(this.path);
    this.turn += 1;
    this.running = false;
    this.node.hidden = this.waiting.hidden = true;
  }

  /** @param {number} share */
  tell(share) {
    this.bar.value = share;
    this.said.textContent = fill(this.ui.net_part, { percent: Math.floor(100 * share) });
  }

  reveal() {
    this.node.hidden = false;
    this.button.textContent = this.running ? this.ui.batch_cancel : this.ui.batch_go_on;
  }
}
