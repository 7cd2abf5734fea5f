// A hand at work. What it turns is raced here and drawn in the next frame; the server hears of it when the hand rests.

import { changed, completed, raced } from "./predict.js";
import { partings } from "./rounding.js";

/** @import { Answer, Change } from "../types/answer.d.ts" */
/** @import { Engine } from "./engine.js" */

const REST = 150; // ms without a turn
const HELD = 1000; // the same while a button of the pointer is down

export class Live {
  /**
   * `show(answer)` draws what is worked out here, `push(change)` tells the server.
   * @param {Engine} engine
   * @param {{ show: (answer: Answer) => void, push: (change: Change) => void }} on
   */
  constructor(engine, { show, push }) {
    this.engine = engine;
    this.show = show;
    this.push = push;
    /** @type {Map<string, Change>} what the server has not been told */
    this.pending = new Map();
    /** @type {Answer | null} what the next frame shows, not raced yet */
    this.next = null;
    /** @type {number | undefined} */
    this.timer = undefined;
    this.frame = 0;
    this.held = false;
    window.addEventListener("pointerdown", () => (this.held = true), true);
    for (const event of ["pointerup", "pointercancel"]) window.addEventListener(event, () => this.released(), true);
  }

  /** Whoever hears of it after us may still turn something. */
  released() {
    this.held = false;
    if (this.busy) setTimeout(() => this.rest());
  }

  get busy() {
    return this.pending.size > 0;
  }

  /**
   * Take a change of what is on the screen over; false where it is the server's, which then has been told all before it.
   * @param {Change} change
   * @param {Answer | undefined} answer
   */
  turn(change, answer) {
    const now = answer && (this.next ?? answer);
    const next = now && this.engine.partsOf(now) && changed(now, change);
    if (!next) {
      this.rest();
      return false;
    }
    const key = `${change.do} ${change.lane} ${change.knob}`;
    this.pending.delete(key);
    this.pending.set(key, change);
    this.next = next;
    this.frame ||= requestAnimationFrame(() => this.draw());
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.rest(), this.held ? HELD : REST);
    return true;
  }

  draw() {
    this.frame = 0;
    const { next } = this;
    this.next = null;
    const parts = next && this.engine.partsOf(next);
    const began = performance.now();
    const answer = parts && raced(next, parts);
    if (!answer) return this.rest(); // the server says why it cannot begin there
    this.show(answer);
    if (answer.ground.terrain) parts.surface.spent(performance.now() - began);
  }

  /** The hand rests: now the server is told. */
  rest() {
    clearTimeout(this.timer);
    const changes = [...this.pending.values()];
    this.pending.clear();
    for (const change of changes) this.push(change);
  }

  /**
   * Fetch what the lanes of `answer` need. Without it the server answers each turn, and drafts are not drawn.
   * @param {Answer} answer
   */
  async prepare(answer) {
    await this.engine.prepare(answer).catch((error) => console.warn(error));
  }

  /**
   * At which step each lane of an answer parts from what a hand would be shown; null where it does not.
   * @param {Answer} answer
   */
  async partings(answer) {
    await this.prepare(answer);
    const parts = this.engine.partsOf(answer);
    return parts ? partings(answer, parts) : answer.lanes.map(() => null);
  }

  /**
   * An answer that can be drawn: a draft is raced here, once all is there that this takes; null where it cannot be.
   * @param {Answer} answer
   * @param {Answer["ground"] | undefined} shown the ground on the screen
   */
  async drawable(answer, shown) {
    if (!answer.draft) return answer;
    await this.prepare(answer);
    const parts = this.engine.partsOf(answer);
    return parts && completed(answer, parts, shown);
  }

  /**
   * An answer to less than was turned: the same with all that it does not know yet.
   * @param {Answer} answer
   * @param {Change[]} unanswered
   */
  over(answer, unanswered) {
    let now = answer;
    for (const change of [...unanswered, ...this.pending.values()]) {
      const next = changed(now, change);
      if (!next) return answer;
      now = next;
    }
    const parts = this.engine.partsOf(now);
    return (now !== answer && parts && raced(now, parts)) || answer;
  }
}
