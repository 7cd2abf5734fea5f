// The names of methods at the ends of their paths, where there is room for them.

import { LARGE, typeOf } from "./large_type.js";
import { places } from "./name_places.js";
import { svg } from "../lib/dom.js";

/** @import { Point } from "../types/answer.d.ts" */
/** @import { FigureText, MapLayout, Pixels } from "../types/figures.d.ts" */
/** @import { Sheets } from "./figure.js" */
/** @import { Rect } from "./name_places.js" */

/** @typedef {{ text: string, color: string, x: Float32Array, y: Float32Array }} Named a name, its colour and its path */

const SIZE = 11.5; // pixels of the letters
const HALOS = 8; // shadows that are as good as the stroke on the screen
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
    /** @type {(Named & { rect: Rect, size: number })[]} those that there was room for */
    this.placed = [];
  }

  /** @param {Named[]} names */
  show(names) {
    this.names = names;
    this.place();
  }

  /** The axes are elsewhere, or have another size. */
  place() {
    const { project, clip } = this.sheets.upper;
    this.placed = [];
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
      this.placed.push({ ...this.names[index], rect, size });
    });
  }

  /**
   * The names as they stand, for the picture that is saved.
   * @returns {FigureText[]}
   */
  texts() {
    const { clip } = this.sheets.upper;
    const { xaxis, yaxis } = /** @type {MapLayout} */ (this.sheets.node.layout);
    const [left, top, width, height] = ["x", "y", "width", "height"].map((name) => Number(clip.getAttribute(name)));
    const paper = getComputedStyle(this.node).getPropertyValue("--os-paper");
    const shadow = Array(HALOS).fill(`0 0 2px ${paper}`).join(", ");
    /** @param {Point} range @param {number} share */
    const value = ([low, high], share) => low + share * (high - low);
    return this.placed.map(({ text, color, rect, size }) => ({
      x: value(xaxis.range, ((rect.left + rect.right) / 2 - left) / width),
      y: value(yaxis.range, 1 - ((rect.top + rect.bottom) / 2 - top) / height),
      text,
      showarrow: false,
      font: { size, color, shadow, weight: 600 },
    }));
  }
}
