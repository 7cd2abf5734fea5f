// What every lane gets alike: a control for each setting, in the order in which they come.

import { row, segments } from "./controls.js";
import { el } from "../lib/dom.js";
import { fill } from "../lib/format.js";

/** @import { Answer, Value } from "../types/answer.d.ts" */
/** @import { Setting, Words } from "../types/words.d.ts" */
/** @import { Control, KnobRow, Push } from "../types/stage.d.ts" */

export class Budget {
  /**
   * `push` sends changes. A saved page has only what the browser can work out by itself.
   * @param {Words} words
   * @param {Push} push
   * @param {boolean} saved
   */
  constructor(words, push, saved) {
    this.saved = saved;
    this.ui = words.ui;
    this.push = push;
    this.settings = words.budget;
    this.seed = 0;
    /** @type {string} */
    this.rule = "own";
    this.waiting = el("p.os-waiting", { role: "status", hidden: true }, this.ui.fair_waiting);
    this.most = 0;
    /** @type {Map<string, Control>} */
    this.rows = new Map(words.budget.map((setting) => [setting.id, this.control(setting)]));
    const nodes = [...this.rows.values()].map(({ node }) => node);
    this.node = el("div.os-group", {}, el("h2.os-head", {}, this.ui.budget), ...nodes);
  }

  /**
   * The control of a setting. The best rates have to be waited for, and the seed has a button for the next one.
   * @param {Setting} setting
   * @returns {Control}
   */
  control(setting) {
    if (setting.id === "rule") {
      const made = segments(setting, (to) => {
        this.waiting.hidden = to !== "best" || this.rule === "best";
        this.turn(setting, to);
      });
      made.node.append(this.waiting);
      return made;
    }
    const made = row(setting, (to) => this.turn(setting, to));
    if (setting.id === "seed") {
      const next = () => this.next(setting);
      made.control.append(el("button.os-quiet.os-next", { type: "button", onclick: next }, this.ui.next_seed));
    }
    return made;
  }

  /**
   * @param {Setting} setting
   * @param {Value} to
   */
  turn({ id, change }, to) {
    this.push({ do: change, knob: id, to });
  }

  /**
   * Other noise. What was clicked a moment ago may not have been answered yet.
   * @param {Setting} setting
   */
  next(setting) {
    this.seed = this.seed < setting.high ? this.seed + 1 : setting.low;
    this.rows.get("seed")?.set(this.seed);
    this.turn(setting, this.seed);
  }

  /**
   * How large a mini-batch may be depends on the surface.
   * @param {Answer["ground"]} ground
   */
  limitBatch({ batch: most, examples }) {
    if (this.most === most) return;
    this.most = most;
    const setting = /** @type {Setting} */ (this.settings.find(({ id }) => id === "batch"));
    const made = /** @type {KnobRow} */ (this.control({ ...setting, high: most }));
    made.hint(examples ? fill(this.ui.batch_of, { count: examples.count }) : this.ui.batch_noise);
    this.rows.get("batch")?.node.replaceWith(made.node);
    this.rows.set("batch", made);
  }

  /**
   * `settled`: no change of ours is on its way.
   * @param {Answer} data
   * @param {boolean} settled
   */
  update({ ground, budget }, settled) {
    const { examples } = ground;
    this.limitBatch(ground);
    if (settled) this.seed = budget.seed;
    if (budget.rule !== this.rule) this.waiting.hidden = true;
    this.rule = budget.rule;
    const shown = {
      always: true,
      by_chance: budget.noise > 0 || examples !== null,
      with_examples: examples !== null,
    };
    for (const setting of this.settings) {
      const { id } = setting;
      const part = /** @type {Control} */ (this.rows.get(id));
      part.set(id === "seed" ? this.seed : (budget[id] ?? ground.knobs[id]));
      const works = id === "l2" || (id === "noise" && budget.noise > 0);
      part.node.hidden = !shown[setting.shown] || (this.saved && !works);
    }
  }
}
