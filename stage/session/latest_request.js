// A question of which only the latest wording counts: a hand that turns a knob asks many.

import { whole } from "./facts.js";

/** @import { AnswerTo } from "../types/facts.d.ts" */
/** @import { Fail } from "../types/stage.d.ts" */
/** @import { Facts } from "./facts.js" */

const PATIENCE = 1000; // ms that a question may still take although another is wanted by now

/**
 * `ask(path)` shows the answer, unless another was asked meanwhile.
 * @template {string} Path the addresses that it asks for
 */
export class LatestRequest {
  /**
   * `show(answer, path)` is called with each answer that is still wanted, `fail(error)` where there is none.
   * @param {Facts} facts
   * @param {(answer: AnswerTo<Path>, path: Path) => void} show
   * @param {Fail} fail
   */
  constructor(facts, show, fail) {
    this.facts = facts;
    this.show = show;
    this.fail = fail;
    /** @type {Path | null} */
    this.wanted = null;
    /** @type {Path | null} */
    this.shown = null;
    /** @type {Path | null} */
    this.asked = null;
    this.since = 0;
  }

  /** Show the answer again even if the same is asked. */
  forget() {
    this.shown = null;
  }

  /**
   * null: nothing is wanted any more.
   * @param {Path | null} path
   */
  async ask(path) {
    this.wanted = path;
    if (path === null) this.shown = null;
    if (this.asked !== null) return this.dropOutdated();
    // One question at a time: a hand that moves on asks about where it is, not about all its way.
    try {
      while (this.wanted !== null && this.shown !== this.wanted) {
        const asked = (this.asked = this.wanted);
        this.since = performance.now();
        const answer = await whole(this.facts, asked, () => this.wanted === asked).catch((error) => {
          if (this.wanted === asked && error.name !== "AbortError") throw error;
          return null;
        });
        if (this.wanted === null) break;
        if (answer === null) continue; // another is wanted by now
        this.shown = asked;
        this.show(answer, asked);
      }
    } catch (error) {
      this.shown = null;
      this.fail(/** @type {Error} */ (error));
    } finally {
      this.asked = null;
    }
  }

  /** Take back a question that is no longer the one, unless its answer must be near. */
  dropOutdated() {
    if (this.asked === null || this.wanted === this.asked) return;
    if (this.wanted === null || performance.now() - this.since > PATIENCE) this.facts.drop(this.asked);
  }
}
