// Trainers beside a slice: how far each is from the plane where the playhead stands, as a bar, what loss the plane has there and
// which it really has. The one that is pressed is that whose end is in the middle.

import { percentage } from "./said.js";
import { standing } from "./slice_paths.js";
import { swatch } from "../figures/marks.js";
import { el } from "../lib/dom.js";
import { spell } from "../lib/format.js";

/** @import { Style } from "../types/figures.d.ts" */
/** @import { Sentences } from "../types/words.d.ts" */
/** @import { Path } from "./slice_paths.js" */

export class SliceList {
  /**
   * `pick(lane)` slices around the end of another one.
   * @param {Sentences} texts
   * @param {(lane: number) => void} pick
   */
  constructor(texts, pick) {
    this.texts = texts;
    this.pick = pick;
    this.head = el(
      "p.os-slicehead",
      { "aria-hidden": "true" },
      ...[texts.head, texts.head_shown, texts.head_true].map((text) => el("span", {}, text)),
    );
    this.node = el("ul.os-netlanes.os-slicelanes", { "aria-label": texts.lanes });
    /** @type {Path[]} */
    this.paths = [];
    /** @type {{ button: HTMLElement, bar: HTMLElement, said: HTMLElement, shown: HTMLElement, true: HTMLElement }[]} */
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
      const { texts } = this;
      /** @param {string} label */
      const number = (label) => el("span.os-slicenumber", { title: label });
      this.rows = names.map((name, lane) => {
        const bar = el("span.os-slicefill");
        const [said, shown, loss] = [texts.head, texts.head_shown, texts.head_true].map(number);
        const button = el(
          "button.os-netlane",
          { type: "button", onclick: () => this.pick(lane), title: texts.pick },
          swatch(styles[lane]),
          el("span.os-lanename", {}, name),
          el("span.os-slicebar", { "aria-hidden": "true" }, bar),
          ...[said, shown, loss],
        );
        bar.style.background = styles[lane].color;
        return { button, bar, said, shown, true: loss };
      });
      this.node.replaceChildren(...this.rows.map(({ button }) => el("li", {}, button)));
    }
    this.rows.forEach(({ button }, lane) => button.setAttribute("aria-pressed", String(lane === picked)));
  }

  /**
   * @param {Path[]} paths
   * @param {number} t
   */
  show(paths, t) {
    this.paths = paths;
    this.move(t);
  }

  /** @param {number} t */
  move(t) {
    this.rows.forEach((row, lane) => {
      const path = this.paths.find((each) => each.lane === lane);
      const at = path && standing(path, t);
      const share = !at ? 0 : Number.isFinite(at.relative) ? at.relative : 0;
      row.bar.style.width = `${100 * share}%`;
      const texts = at ? [percentage(share), spell(at.shown, 3), spell(at.true, 3)] : ["…", "", ""];
      [row.said, row.shown, row.true].forEach((node, k) => {
        if (node.textContent !== texts[k]) node.textContent = texts[k];
      });
    });
  }
}
