// The names of methods at the ends of their paths, where there is room for them.

import { LARGE, typeOf } from "./large_type.js";
import { places } from "./name_places.js";
import { svg } from "../lib/dom.js";

/** @import { Pixels } from "../types/figures.d.ts" */
/** @import { Sheets } from "./figure.js" */

/** @typedef {{ text: string, color: string, x: Float32Array, y: Float32Array }} Named a name, its colour and its path */

const SIZE = 11.5; // pixels of the letters
const LINE = 1.3; // sizes of the letters from one name to the next

export class EndNames {
  /** @param {Sheets} sheets */
  constructor(sheets) {
    this.sheets = sheets;
    this.node = svg("svg", { class: "os-names", "aria-hidden": "true" });
    sheets.upper.node.after(this.node);
    sheets.layers.push(this); // after the one whose places it takes
    /** @type {Named[]} */
    this.names = [];
  }

  /** @param {Named[]} names */
  show(names) {
    this.names = names;
    this.place();
  }

  /** The axes are elsewhere, or have another size. */
  place() {
    const { project, clip } = this.sheets.upper;
    if (!project || !this.names.length) return this.node.replaceChildren();
    const size = typeOf(this.node) === "usual" ? SIZE : LARGE;
    const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => Number(clip.getAttribute(name)));
    const area = { left: x + 2, top: y + 2, right: x + width - 2, bottom: y + height - 2 };
    const paths = this.names.map((path) => project(path).map(([u, v]) => /** @type {Pixels} */ ([u + x, v + y])));
    const texts = this.names.map(({ text, color }) => {
      const node = svg("text", { fill: color, "font-size": size });
      node.textContent = text;
      return node;
    });
    this.node.replaceChildren(...texts);
    const widths = texts.map((node) => node.getComputedTextLength()); // all, before one is moved
    places(paths, widths, area, size * LINE).forEach((rect, index) => {
      if (!rect) return texts[index].remove();
      texts[index].setAttribute("x", rect.left.toFixed(1));
      texts[index].setAttribute("y", (rect.bottom - 0.3 * size).toFixed(1));
    });
  }
}
