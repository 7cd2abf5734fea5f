// Type that is read from the last row of a room: how figures are written while the page is a presentation.

import { marks } from "./log_axis.js";

/** @import { Axis, FigureText, Font, Layout, MapLayout, RangedAxis, Scene } from "../types/figures.d.ts" */

/** Pixels of the letters of a presentation, of which each is 1.6 on the screen (stage/layout.css): 28. */
export const LARGE = 17.5;

const TITLE = 1.2; // Plotly's titles against the type of the figure
const ACROSS = 3.6; // sizes of the type from one number below to the next
const UP = 1.9; // and from one beside to the next
const SMALL = 220; // px of a picture that has no room for numbers
const SPARE = 6; // px around it then
const APART = 0.22; // of the height of a scene: from one number at it to the next
const IN_SPACE = 14.5; // numbers in space that are at least as large: plotly.js draws them larger than titles of their size
const USUAL = 4; // letters of a number
const LETTER = 0.6; // of the size of the type: how wide a letter is
/** Pixels around a scene, for its numbers. */
const AROUND = { left: 52, right: 40, top: 8, bottom: 46 };
const CLOSE = { left: SPARE, right: SPARE, top: SPARE, bottom: SPARE };

/** @typedef {"usual" | "large" | "none"} Type how a figure is written */

/**
 * How what is drawn in `node` is written; a picture that is an inset of a presentation has no numbers.
 * @param {Element} node
 * @returns {Type}
 */
export function typeOf(node) {
  if (!node.closest('[data-present="on"]:not([data-embed="true"])')) return "usual";
  return node.clientHeight < SMALL ? "none" : "large";
}

/**
 * `layout` as it is written in `node`.
 * @param {Layout} layout
 * @param {Element} node
 * @returns {Layout}
 */
export function typeset(layout, node) {
  const type = typeOf(node);
  if (type === "usual" || layout.scene || !layout.xaxis || !layout.yaxis) return layout;
  const map = layout.yaxis.scaleanchor !== undefined;
  return map && type === "none" ? bare(layout) : lettered(layout, node);
}

/**
 * Without a letter.
 * @param {Layout} layout
 * @returns {Layout}
 */
function bare(layout) {
  const none = { tickvals: [], ticktext: [], title: { text: "" } };
  const margin = { l: SPARE, r: SPARE, t: SPARE, b: SPARE };
  return {
    ...layout,
    margin,
    xaxis: { ...layout.xaxis, ...none },
    yaxis: { ...layout.yaxis, ...none },
    annotations: [],
  };
}

/**
 * With fewer numbers, and larger ones.
 * @param {Layout} layout
 * @param {Element} node
 * @returns {Layout}
 */
function lettered({ font, margin, xaxis, yaxis, yaxis2, annotations, ...layout }, node) {
  /** @param {Axis | undefined} axis */
  const titled = (axis) => (axis?.title?.text ? LARGE + 8 : 0);
  const { l = 0, r = 0, t = 0, b = 0 } = margin ?? {};
  const around = {
    r: Math.max(r, LARGE),
    t: Math.max(t, LARGE / 2),
    b: Math.max(Math.min(b, LARGE), 2 * LARGE + titled(xaxis)),
  };
  const high = node.clientHeight - around.t - around.b;
  /** @param {Axis | undefined} axis @param {number} most */
  const large = (axis, most) =>
    axis && { ...axis, ...numbers(axis, Math.max(2, Math.floor(most))), tickfont: sized(axis.tickfont) };
  const beside = large(yaxis, high / (UP * LARGE));
  const left = Math.max(l, longest(beside) * LETTER * LARGE + titled(yaxis) + 12);
  const wide = node.clientWidth - left - around.r;
  const written = {
    xaxis: large(xaxis, wide / (ACROSS * LARGE)),
    yaxis: beside,
    ...(yaxis2 && { yaxis2: large(yaxis2, high / (UP * LARGE)) }),
  };
  const whole = /** @type {MapLayout} */ ({ ...layout, ...written });
  return {
    ...whole,
    font: { family: "", ...font, size: LARGE / TITLE },
    margin: { ...around, l: left },
    annotations: apart(annotations ?? [], whole, [wide, high]).map((text) => ({ ...text, font: sized(text.font) })),
  };
}

/**
 * How many letters the longest number at an axis may have.
 * @param {Axis | undefined} axis
 */
function longest(axis) {
  const { ticktext, range = [0, 1] } = axis ?? {};
  if (ticktext) return Math.max(0, ...ticktext.map((text) => text.length));
  const size = Math.max(...range.map(Math.abs));
  return size < 1000 && range[1] - range[0] > 0.1 ? USUAL : USUAL + 2;
}

/** @param {Font | undefined} font */
const sized = (font) => ({ ...font, size: LARGE });

/**
 * At most so many numbers at an axis; powers of ten are of one size, as other numbers.
 * @param {Axis} axis
 * @param {number} most
 * @returns {Partial<Axis>}
 */
function numbers({ type, range, nticks }, most) {
  if (type !== "log" || !range) return { nticks: Math.min(nticks ?? most, most), dtick: undefined };
  const { tickvals, ticktext } = marks(range, most);
  const every = Math.ceil(tickvals.length / most);
  const some = tickvals.filter((_, index) => index % every === 0);
  return { tickvals: some, ticktext: ticktext.filter((_, index) => index % every === 0), dtick: undefined };
}

/**
 * Texts on a map that do not stand on one another.
 * @param {FigureText[]} texts
 * @param {MapLayout} layout
 * @param {number[]} room
 */
function apart(texts, { xaxis, yaxis }, room) {
  /** @param {RangedAxis} axis */
  const span = ({ range }) => range[1] - range[0];
  const pixel = Math.min(room[0] / span(xaxis), room[1] / span(yaxis));
  /** @type {FigureText[]} */
  const kept = [];
  for (const text of texts) {
    const wide = (/** @type {FigureText} */ other) => (LETTER * LARGE * (text.text.length + other.text.length + 2)) / 2;
    const free = kept.every(
      (other) => Math.hypot(text.x - other.x, text.y - other.y) * pixel > Math.max(wide(other), 2 * LARGE),
    );
    if (free) kept.push(text);
  }
  return kept;
}

/**
 * A scene as it is written in `node`, and the pixels around it that its numbers take; none where they take as many as usual.
 * @param {Scene} scene
 * @param {Element} node
 * @returns {{ scene: Scene, around: typeof AROUND | undefined }}
 */
export function typesetScene(scene, node) {
  const type = typeOf(node);
  if (type === "usual") return { scene, around: undefined };
  const none = { showticklabels: false, title: { text: "" } };
  const title = { font: { size: LARGE } };
  /**
   * @template {Axis} Any
   * @param {Any} axis
   * @returns {Any}
   */
  const written = ({ title: usual, ...axis }) =>
    /** @type {any} */ ({
      ...axis,
      ...(type === "none"
        ? none
        : { ...parted(axis), tickfont: { ...axis.tickfont, size: IN_SPACE }, title: { ...usual, ...title } }),
    });
  const { xaxis, yaxis, zaxis } = scene;
  return {
    scene: { ...scene, xaxis: written(xaxis), yaxis: written(yaxis), zaxis: written(zaxis) },
    around: type === "none" ? CLOSE : AROUND,
  };
}

/**
 * Of the marks that an axis has those that are far enough from one another.
 * @param {Axis} axis
 * @returns {Partial<Axis>}
 */
function parted({ tickvals, ticktext = [], range }) {
  if (!tickvals || !range) return {};
  const apart = APART * (range[1] - range[0]);
  /** @type {number[]} the last of them first: the highest loss is said */
  const kept = [];
  for (const [index, value] of [...tickvals.entries()].reverse())
    if (!kept.length || tickvals[kept[0]] - value >= apart) kept.unshift(index);
  return { tickvals: kept.map((index) => tickvals[index]), ticktext: kept.map((index) => ticktext[index]) };
}
