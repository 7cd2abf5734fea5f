// The names of methods at the ends of their paths, where there is room for them.

import { svg } from "../lib/dom.js";

/** @import { Pixels } from "../types/figures.d.ts" */
/** @import { Sheets } from "./figure.js" */

/** @typedef {{ text: string, color: string, x: Float32Array, y: Float32Array }} Named a name, its colour and its path */
/** @typedef {{ left: number, top: number, right: number, bottom: number }} Rect */

const SIZE = 11.5; // pixels of the letters
const LINE = 15; // from one name to the next
const BESIDE = 12; // from the end of a path to its name
const MARK = 8; // half of what a mark takes up
const ROWS = [0, -1, 1, -2, 2, -3, 3, -4, 4];
const NEAR = 0.8; // what a row further away counts, in points of paths below a name

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
    const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => Number(clip.getAttribute(name)));
    const area = { left: x + 2, top: y + 2, right: x + width - 2, bottom: y + height - 2 };
    const paths = this.names.map((path) => project(path).map(([u, v]) => /** @type {Pixels} */ ([u + x, v + y])));
    const texts = this.names.map(({ text, color }) => {
      const node = svg("text", { fill: color, "font-size": SIZE });
      node.textContent = text;
      return node;
    });
    this.node.replaceChildren(...texts);
    const widths = texts.map((node) => node.getComputedTextLength()); // all, before one is moved
    places(paths, widths, area).forEach((rect, index) => {
      if (!rect) return texts[index].remove();
      texts[index].setAttribute("x", rect.left.toFixed(1));
      texts[index].setAttribute("y", (rect.bottom - 3.5).toFixed(1));
    });
  }
}

/**
 * Where names of so many pixels stand: within `area`, apart from one another and from the marks at the start and the ends
 * of the paths, and over as few points of paths as may be; null for one that has no place.
 * @param {Pixels[][]} paths
 * @param {number[]} widths
 * @param {Rect} area
 * @returns {(Rect | null)[]}
 */
export function places(paths, widths, area) {
  /** @type {(point: Pixels) => Rect} */
  const mark = ([u, v]) => ({ left: u - MARK, top: v - MARK, right: u + MARK, bottom: v + MARK });
  const ends = paths.map((path) => path[path.length - 1]);
  const taken = [...ends, ...paths.slice(0, 1).map(([start]) => start)].filter(Boolean).map(mark);
  const points = paths.flat();
  return ends.map((end, index) => {
    if (!end || !within(mark(end), area, MARK)) return null;
    const [found] = around(end, widths[index])
      .map((rect, turn) => ({ rect, cost: below(rect, points) + NEAR * turn }))
      .filter(({ rect }) => within(rect, area, 0) && !taken.some((other) => overlap(rect, other)))
      .sort((a, b) => a.cost - b.cost);
    if (!found) return null;
    taken.push(found.rect);
    return found.rect;
  });
}

/**
 * The places beside a point, nearer ones first.
 * @param {Pixels} point
 * @param {number} width
 * @returns {Rect[]}
 */
const around = ([u, v], width) =>
  ROWS.flatMap((row) =>
    [u + BESIDE, u - BESIDE - width].map((left) => {
      const top = v + (row - 0.5) * LINE;
      return { left, top, right: left + width, bottom: top + LINE };
    }),
  );

/** @type {(rect: Rect, area: Rect, more: number) => boolean} */
const within = (rect, area, more) =>
  rect.left >= area.left - more &&
  rect.right <= area.right + more &&
  rect.top >= area.top - more &&
  rect.bottom <= area.bottom + more;

/** @type {(a: Rect, b: Rect) => boolean} */
const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/**
 * How many points lie below a name.
 * @type {(rect: Rect, points: Pixels[]) => number}
 */
const below = ({ left, top, right, bottom }, points) =>
  points.reduce((count, [u, v]) => count + Number(u > left && u < right && v > top && v < bottom), 0);
