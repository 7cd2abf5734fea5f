// Which method: a list of all with what each does, for every lane and for another one. Who races already has its line there.

import { Chooser, opener } from "./chooser.js";
import { swatch } from "../figures/marks.js";
import { el } from "../lib/dom.js";
import { fill } from "../lib/format.js";

/** @import { Lane } from "../types/answer.d.ts" */
/** @import { Style } from "../types/figures.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { Push } from "../types/stage.d.ts" */

const LETTER = /^\p{L}$/u;

export class MethodList {
  /**
   * `push` sends changes; `name` tells this list from others on the page.
   * @param {Words} words
   * @param {Push} push
   * @param {string} [name]
   */
  constructor(words, push, name = "methodlist") {
    this.words = words;
    this.push = push;
    /** @type {Set<string>} the methods that race */
    this.racing = new Set();
    /** @type {Map<string, HTMLElement>} where the lines of those stand that race with a method */
    this.lines = new Map(words.methods.map(({ id }) => [id, el("span.os-racing")]));
    const options = words.methods.map(({ id, name, gist }) => ({
      id,
      names: [name, id],
      keywords: "",
      parts: [
        el("span.os-methodname", {}, name),
        el("span.os-gist.os-muted", {}, gist),
        /** @type {HTMLElement} */ (this.lines.get(id)),
      ],
    }));
    this.chooser = new Chooser(words.ui, name, () => [{ label: null, options }]);
    this.chooser.node.classList.add("os-methodlist"); // of whichever name, it looks the same
    this.node = this.chooser.node;
  }

  /**
   * Who races, in which styles.
   * @param {Lane[]} lanes
   * @param {Style[]} styles
   */
  show(lanes, styles) {
    this.racing = new Set(lanes.map(({ id }) => id));
    for (const [id, place] of this.lines)
      place.replaceChildren(...styles.filter((_, index) => lanes[index]?.id === id).map(swatch));
  }

  /**
   * The button of the lane `index`, which races with the method `id` in `style`.
   * @param {number} index
   * @param {string} id
   * @param {Style} style
   */
  button(index, id, style) {
    const { ui, methods } = this.words;
    const title = fill(ui.lane_method, { lane: index + 1 });
    const name = methods.find((method) => method.id === id)?.name ?? id;
    const open = (/** @type {HTMLElement} */ from) =>
      this.chooser.open({ from, title: [swatch(style), title], value: id }, (to) => {
        if (to !== id) this.push({ do: "lane_method", lane: index, to });
      });
    const button = opener(
      "os-choice.os-method",
      { "aria-label": `${title}, ${name}`, value: id },
      open,
      swatch(style),
      el("span.os-choicename", {}, name),
    );
    button.addEventListener("keydown", (event) => {
      if (!LETTER.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
      open(button);
      this.chooser.type(event);
    });
    return button;
  }

  /**
   * A button that adds a lane: the arrows begin at the first method that does not race yet.
   * @param {...Node | string} label
   */
  adding(...label) {
    const { ui, methods } = this.words;
    return opener(
      "os-quiet.os-add",
      {},
      (from) => {
        const first = methods.find(({ id }) => !this.racing.has(id))?.id;
        this.chooser.open({ from, title: [ui.lane_new], value: null, first }, (to) =>
          this.push({ do: "lane_add", to }),
        );
      },
      ...label,
    );
  }
}
