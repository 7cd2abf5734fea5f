// Trials of a search as points over the rate and λ, coloured by what they reach. Nothing is drawn between them.

import { percentage } from "./said.js";
import { along, marked, powers } from "./trial_marks.js";
import { el } from "../lib/dom.js";
import { fill, spell } from "../lib/format.js";

/** @import { SearchWay } from "../types/network_pictures.d.ts" */

export class Trials {
  /**
   * `shape`: "circle" or "square".
   * @param {string} shape
   * @param {Record<string, string>} texts
   */
  constructor(shape, texts) {
    this.texts = texts;
    this.field = el("div.os-nettrials", { role: "img" });
    this.field.dataset.shape = shape;
    this.across = el("div.os-netacross");
    this.up = el("div.os-netup");
    this.title = el("span.os-charttitle", {}, texts[shape]);
    this.node = el("div.os-netsearched", {}, this.title, this.up, this.field, this.across);
    this.plan = "";
  }

  /**
   * @param {SearchWay} way
   * @param {number[]} ranges
   */
  show(way, ranges) {
    const { texts } = this;
    const plan = JSON.stringify([ranges, Array.from(way.rate), Array.from(way.decay)]);
    if (plan !== this.plan) {
      this.plan = plan;
      this.field.replaceChildren(...Array.from(way.rate, () => el("span.os-nettrial")));
      this.axes(ranges);
    }
    let known = 0;
    Array.from(this.field.children).forEach((node, trial) => {
      const { left, up, share, state } = marked(way, trial, ranges);
      const mark = /** @type {HTMLElement} */ (node);
      mark.style.left = `${100 * left}%`;
      mark.style.bottom = `${100 * up}%`;
      mark.style.setProperty("--os-share", `${Math.round(100 * share)}%`);
      mark.dataset.state = state;
      if (state !== "waiting") known += 1;
      const place = { rate: spell(way.rate[trial], 2), decay: spell(way.decay[trial], 2) };
      mark.title = fill(state === "diverged" ? texts.gone : state === "done" ? texts.one : texts.waiting, {
        ...place,
        reached: percentage(share),
      });
    });
    this.field.setAttribute(
      "aria-label",
      fill(texts.trials, { way: this.title.textContent ?? "", known, all: way.rate.length }),
    );
  }

  /** @param {number[]} ranges */
  axes([r0, r1, d0, d1]) {
    /** @param {number} power @param {number} at @param {"left" | "bottom"} side */
    const tick = (power, at, side) => {
      const node = el("span", {}, "10", el("sup", {}, String(power).replace("-", "−")));
      node.style[side] = `${100 * at}%`;
      return node;
    };
    this.across.replaceChildren(
      ...powers(r0, r1, 5).map((power) => tick(power, along(10 ** power, r0, r1), "left")),
      el("i", {}, this.texts.axis_rate),
    );
    this.up.replaceChildren(
      ...powers(d0, d1, 5).map((power) => tick(power, along(10 ** power, d0, d1), "bottom")),
      el("i", {}, "λ"),
    );
  }
}
