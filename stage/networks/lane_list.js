// Who trains, by name, with what each has reached where the playhead stands. Of one the picture shows what it says.

import { percentage } from "./said.js";
import { rowAt } from "./unpacked.js";
import { swatch } from "../figures/marks.js";
import { el } from "../lib/dom.js";
import { fill } from "../lib/format.js";

/** @import { Style } from "../types/figures.d.ts" */
/** @import { Trained } from "../types/network_pictures.d.ts" */
/** @import { Sentences } from "../types/words.d.ts" */

export class LaneList {
  /**
   * `pick(lane)` shows another one.
   * @param {Sentences} ui
   * @param {(lane: number) => void} pick
   */
  constructor(ui, pick) {
    this.ui = ui;
    this.pick = pick;
    /** Of what the shares are; the list is called so for whoever does not see it. */
    this.head = el("p.os-netlanehead", { "aria-hidden": "true" }, ui.net_lanes_head);
    this.node = el("ul.os-netlanes", { "aria-label": ui.net_lanes });
    /** @type {Trained[]} */
    this.lanes = [];
    /** @type {{ button: HTMLElement, reached: HTMLElement, ending: HTMLElement }[]} */
    this.rows = [];
    this.plan = "";
  }

  /**
   * @param {string[]} names
   * @param {Style[]} styles
   * @param {number} picked
   */
  name(names, styles, picked) {
    const plan = JSON.stringify([names, styles]);
    if (plan !== this.plan) {
      this.plan = plan;
      this.rows = names.map((name, lane) => {
        const reached = el("span.os-lossnow");
        const ending = el("span.os-netending");
        const onclick = () => this.pick(lane);
        const button = el(
          "button.os-netlane",
          { type: "button", onclick, title: this.ui.net_pick },
          swatch(styles[lane]),
          el("span.os-lanename", {}, name),
          el("span.os-spring"),
          ending,
          reached,
        );
        return { button, reached, ending };
      });
      this.node.replaceChildren(...this.rows.map(({ button }) => el("li", {}, button)));
    }
    this.rows.forEach(({ button }, lane) => button.setAttribute("aria-pressed", String(lane === picked)));
  }

  /**
   * @param {Trained[]} lanes
   * @param {number} t
   */
  show(lanes, t) {
    this.lanes = lanes;
    this.rows.forEach(({ ending }, lane) => {
      const { kind = "running", step = 0 } = lanes[lane]?.ending ?? {};
      ending.textContent = endingOf(this.ui, kind, step);
    });
    this.move(t);
  }

  /** @param {number} t */
  move(t) {
    this.rows.forEach(({ reached }, lane) => {
      const text = reachedAt(this.lanes[lane], t);
      if (reached.textContent !== text) reached.textContent = text;
    });
  }
}

/**
 * How a training ended; nothing where it just came to its last step.
 * @param {Sentences} ui
 * @param {string} kind
 * @param {number} step
 */
function endingOf(ui, kind, step) {
  if (kind === "diverged") return fill(ui.net_diverged, { step });
  return kind === "dead" ? fill(ui.net_died, { step }) : "";
}

/**
 * The share of the validation examples that a lane has right at `t`.
 * @param {Trained | undefined} lane
 * @param {number} t
 */
export function reachedAt(lane, t) {
  const accuracy = lane?.validation_accuracy[rowAt(lane.measured, t)];
  return accuracy === undefined || !Number.isFinite(accuracy) ? "…" : percentage(accuracy);
}
