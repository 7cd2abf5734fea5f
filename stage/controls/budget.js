// What every lane gets alike: steps, penalty, the rule of the rates, and all that is left to chance.

import { row, segments } from "./controls.js";
import { el } from "../lib/dom.js";
import { fill } from "../lib/format.js";

/** @import { Answer, ChangeName } from "../types/answer.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { KnobRow, Look, Push } from "../types/stage.d.ts" */

export class Budget {
  /**
   * `push` sends changes; `look` shows another page.
   * @param {Words} words
   * @param {Push} push
   * @param {Look} look
   */
  constructor(words, push, look) {
    this.ui = words.ui;
    this.push = push;
    this.knobs = Object.fromEntries(words.budget.map((knob) => [knob.id, knob]));
    /** @param {string} to */
    const rule = (to) => (to === "best" ? look({ page: "fair" }) : push({ do: "rule", to }));
    this.seed = 0;
    this.most = 0;
    /** @type {KnobRow | null} its range is that of the surface */
    this.batchRow = null;
    this.rows = {
      steps: this.row("steps"),
      l2: row(this.knobs.l2, (to) => push({ do: "surface_knob", knob: "l2", to })),
      rule: segments(this.knobs.rule, rule),
      noise: this.row("noise"),
      seed: this.row("seed"),
      luck: this.row("luck"),
      sampling: this.row("sampling"),
    };
    this.rows.seed.control.append(
      el("button.os-quiet.os-next", { type: "button", onclick: () => this.next() }, this.ui.next_seed),
    );
    this.batch = el("div");
    const { rows } = this;
    this.node = el(
      "div.os-group",
      {},
      el("h2.os-head", {}, this.ui.budget),
      ...[rows.steps, rows.l2, rows.rule, rows.noise, rows.seed].map(({ node }) => node),
      // What is not always there comes last, so that nothing moves under the hand.
      this.batch,
      this.rows.luck.node,
      this.rows.sampling.node,
    );
  }

  /** @param {ChangeName} id */
  row(id) {
    return row(this.knobs[id], (to) => this.push({ do: id, to }));
  }

  /** Other noise. What was clicked a moment ago may not have been answered yet. */
  next() {
    this.seed = this.seed < this.knobs.seed.high ? this.seed + 1 : this.knobs.seed.low;
    this.rows.seed.set(this.seed);
    this.push({ do: "seed", to: this.seed });
  }

  /**
   * `settled`: no change of ours is on its way.
   * @param {Answer} data
   * @param {boolean} settled
   */
  update({ ground, budget }, settled) {
    const { examples } = ground;
    if (this.most !== ground.batch) {
      this.most = ground.batch;
      this.batchRow = row({ ...this.knobs.batch, high: ground.batch }, (to) => this.push({ do: "batch", to }));
      this.batch.replaceChildren(this.batchRow.node);
    }
    if (settled) this.seed = budget.seed;
    const { l2, seed, ...others } = this.rows;
    l2.set(ground.knobs.l2);
    seed.set(this.seed);
    for (const name of /** @type {(keyof typeof others)[]} */ (Object.keys(others))) others[name].set(budget[name]);
    this.batchRow?.set(budget.batch);
    this.batchRow?.hint(examples ? fill(this.ui.batch_of, { count: examples.count }) : this.ui.batch_noise);
    this.batch.hidden = this.rows.luck.node.hidden = !(budget.noise > 0 || examples);
    this.rows.sampling.node.hidden = !examples;
  }
}
