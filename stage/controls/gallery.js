// Which surface: a button that shows the present one, and a gallery of all that opens from it, the reader's own first.
// The pictures are one file for each theme, which styles ask for when the page is complete.

import { Chooser, opener } from "./chooser.js";
import { el, svg } from "../lib/dom.js";

/** @import { Place, Words } from "../types/words.d.ts" */

export class Gallery {
  /**
   * `choose` hears the id of a surface, or of what is the reader's own.
   * @param {Words} words
   * @param {(id: string) => void} choose
   */
  constructor(words, choose) {
    const { ui } = words;
    this.title = ui.surface;
    /** @type {Map<string, Place>} */
    this.places = new Map([...words.own, ...words.surfaces].map((place) => [place.id, place]));
    /** @type {string[]} from the top of the picture down */
    this.pictured = words.surfaces.map(({ id }) => id);
    /** @type {string | null} */
    this.shown = null;
    this.chooser = new Chooser(
      ui,
      "gallery",
      () =>
        Object.entries(words.families).map(([family, label]) => ({
          label,
          options: [...this.places.values()]
            .filter((place) => place.family === family)
            .map((place) => this.tile(place)),
        })),
      ui.find_surface,
    );
    this.picture = el("span.os-thumbplace");
    this.name = el("span.os-choicename");
    this.button = opener(
      "os-choice.os-surface",
      { id: "os-surface" },
      (from) => this.chooser.open({ from, title: [this.title], value: this.shown }, choose),
      this.picture,
      this.name,
    );
    this.node = el("div.os-picker", {}, this.button, this.chooser.node);
  }

  /** @param {Place} place */
  tile({ id, name, keywords }) {
    return { id, names: [name, id], keywords, parts: [this.thumbnail(id), el("span.os-tilename", {}, name)] };
  }

  /** @param {string} id */
  thumbnail(id) {
    const nth = this.pictured.indexOf(id);
    if (nth < 0)
      return el("span.os-thumb.os-ownthumb", { "aria-hidden": "true" }, id === "data" ? scatter() : "f(x, y)");
    const node = el("span.os-thumb.os-pictured", { "aria-hidden": "true" });
    node.style.setProperty("--at", `${(100 * nth) / (this.pictured.length - 1)}%`);
    return node;
  }

  /**
   * The scene stands on the surface `id`, on the reader's own data if they are `own`.
   * @param {string} id
   * @param {boolean} own
   */
  show(id, own) {
    const shown = own ? "data" : id;
    this.button.value = id;
    if (shown === this.shown) return;
    this.shown = shown;
    const name = this.places.get(id)?.name ?? id;
    this.name.textContent = name;
    this.button.setAttribute("aria-label", `${this.title}, ${name}`);
    this.picture.replaceChildren(this.thumbnail(shown));
  }
}

/** Data, and a line through them. */
function scatter() {
  const drawing = svg("svg", { viewBox: "0 0 32 24", class: "os-scatter" });
  const points = ["6 17", "10 15", "13 16.500", "17 11", "21 10.500", "26 6"];
  drawing.append(
    svg("path", { d: "M4 19.500 28 5" }),
    ...points.map((point) => {
      const [cx, cy] = point.split(" ");
      return svg("circle", { cx, cy, r: 1.4 });
    }),
  );
  return drawing;
}
