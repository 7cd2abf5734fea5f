// The lanes by name, each with its loss where the playhead stands: what can be read from the back row.

import { swatch } from "../figures/marks.js";
import { el } from "../lib/dom.js";
import { spell } from "../lib/format.js";

/** @import { Lane } from "../types/answer.d.ts" */
/** @import { Style } from "../types/figures.d.ts" */
/** @import { Words } from "../types/words.d.ts" */

export class Board {
  /** @param {Words} words */
  constructor({ ui }) {
    this.node = el("ul.os-legend", { "aria-label": ui.lanes });
    /** @type {Lane[]} */
    this.lanes = [];
    /** @type {HTMLElement[]} */
    this.losses = [];
  }

  /**
   * @param {Lane[]} lanes
   * @param {Style[]} styles
   * @param {string[]} names
   * @param {number} at
   */
  update(lanes, styles, names, at) {
    this.lanes = lanes;
    this.losses = lanes.map(() => el("span.os-lossnow"));
    this.node.replaceChildren(
      ...names.map((name, index) =>
        el("li", {}, swatch(styles[index]), el("span.os-lanename", {}, name), el("span.os-spring"), this.losses[index]),
      ),
    );
    this.show(at);
  }

  /**
   * Other paths of the same lanes.
   * @param {Lane[]} lanes
   * @param {number} at
   */
  follow(lanes, at) {
    this.lanes = lanes;
    this.show(at);
  }

  /** @param {number} at */
  show(at) {
    this.lanes.forEach(({ losses, last }, index) => {
      const node = this.losses[index];
      const text = spell(losses[Math.min(Math.floor(at), last)], 3);
      if (node && node.textContent !== text) node.textContent = text;
    });
  }
}
