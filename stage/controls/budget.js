// What every lane gets alike: steps, penalty, the rule of the rates, and all that is left to chance.

import { row, segments } from "./controls.js";
import { el } from "../lib/dom.js";
import { fill } from "../lib/format.js";

export class Budget {
  /** `push` sends changes; `look` shows another page. */
  constructor(words, push, look) {
    this.ui = words.ui;
    this.push = push;
    this.knobs = Object.fromEntries(words.budget.map((knob) => [knob.id, knob]));
    const rule = (to) => (to === "best" ? look({ page: "fair" }) : push({ do: "rule", to }));
    this.rows = {
      steps: this.row("steps"),
      l2: row(this.knobs.l2, (to) => push({ do: "surface_knob", knob: "l2", to })),
      rule: segments(this.knobs.rule, rule),
      noise: this.row("noise"),
      seed: this.row("seed"),
      luck: this.row("luck"),
      sampling: this.row("sampling"),
    };
    this.rows.seed.control.append(el("button.os-quiet.os-next", { type: "button", onclick: () => this.next() }, this.ui.next_seed));
    this.batch = el("div");
    this.node = el(
      "div.os-group",
      {},
      el("h2.os-head", {}, this.ui.budget),
      ...["steps", "l2", "rule", "noise", "seed"].map((name) => this.rows[name].node),
      // What is not always there comes last, so that nothing moves under the hand.
      this.batch,
      this.rows.luck.node,
      this.rows.sampling.node,
    );
  }

  row(id) {
    return row(this.knobs[id], (to) => this.push({ do: id, to }));
  }

  /** Other noise. What was clicked a moment ago may not have been answered yet. */
  next() {
    this.seed = this.seed < this.knobs.seed.high ? this.seed + 1 : this.knobs.seed.low;
    this.rows.seed.set(this.seed);
    this.push({ do: "seed", to: this.seed });
  }

  /** `settled`: no change of ours is on its way. */
  update({ ground, budget }, settled) {
    const { examples } = ground;
    if (this.most !== ground.batch) {
      this.most = ground.batch;
      this.rows.batch = row({ ...this.knobs.batch, high: ground.batch }, (to) => this.push({ do: "batch", to }));
      this.batch.replaceChildren(this.rows.batch.node);
    }
    if (settled) this.seed = budget.seed;
    for (const [id, made] of Object.entries(this.rows)) made.set(id === "l2" ? ground.knobs.l2 : id === "seed" ? this.seed : budget[id]);
    this.rows.batch.hint(examples ? fill(this.ui.batch_of, { count: examples.count }) : this.ui.batch_noise);
    this.batch.hidden = this.rows.luck.node.hidden = !(budget.noise > 0 || examples);
    this.rows.sampling.node.hidden = !examples;
  }
}
