// Small helpers for building elements. Nothing here keeps state.

import { mendFormulas } from "./without_font.js";

/** @import { Attributes, Children, ElementOf } from "../types/dom.d.ts" */

/**
 * Make an element: el("button.os-icon", { title: "Play", onclick }, child, …).
 * @template {string} Spec
 * @param {Spec} spec
 * @param {Attributes} [attributes]
 * @param {...Children} children
 * @returns {ElementOf<Spec>}
 */
export function el(spec, attributes = {}, ...children) {
  const [tag, ...classes] = spec.split(".");
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === "function") node.addEventListener(name.slice(2), /** @type {EventListener} */ (value));
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...flat(children));
  return /** @type {ElementOf<Spec>} */ (node);
}

/**
 * @param {Children[]} children
 * @returns {(Node | string)[]}
 */
function flat(children) {
  return children.flatMap((child) => (Array.isArray(child) ? flat(child) : (child ?? [])));
}

/**
 * The head of a table: a row with the name of each column.
 * @param {...string} names
 */
export function heading(...names) {
  const cells = names.map((name) => el("th", { scope: "col" }, name));
  return el("thead", {}, el("tr", {}, cells));
}

/**
 * Make an SVG element.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number>} [attributes]
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function svg(tag, attributes = {}) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  return node;
}

/** Our own icons, drawn on a 16-pixel grid. */
const ICONS = {
  play: "M4 2.5v11l9-5.5z",
  pause: "M4 2.5h3v11H4zM9 2.5h3v11H9z",
  back: "M12.5 3v10L6 8zM3.5 3h2v10h-2z",
  forward: "M3.5 3v10L10 8zM10.5 3h2v10h-2z",
  loop: "M3 7a5 5 0 0 1 8.5-2.5L13 3v4H9l1.5-1.5A3.3 3.3 0 0 0 4.700 7zM13 9a5 5 0 0 1-8.5 2.500L3 13V9h4l-1.500 1.500A3.300 3.300 0 0 0 11.300 9z",
  plus: "M7 3h2v4h4v2H9v4H7V9H3V7h4z",
  close: "M4.200 3 8 6.800 11.800 3 13 4.200 9.200 8 13 11.800 11.800 13 8 9.200 4.200 13 3 11.800 6.800 8 3 4.200z",
  more: "M3 6.500h2.500v3H3zM6.750 6.500h2.500v3h-2.500zM10.500 6.500H13v3h-2.500z",
  link: "M6.500 9.500a2.500 2.500 0 0 0 3.500 0l2.500-2.500A2.500 2.500 0 0 0 9 3.500L8 4.500 M9.500 6.500a2.500 2.500 0 0 0-3.500 0L3.500 9A2.500 2.500 0 0 0 7 12.500L8 11.500",
  code: "M5.500 4 2 8l3.500 4 M10.500 4 14 8l-3.500 4",
  save: "M8 2.500v7 M5 6.500l3 3 3-3 M3 11v2.500h10V11",
  enlarge: "M9 3h4v4 M13 3 9 7 M7 13H3V9 M3 13l4-4",
  undo: "M6 3 3 6l3 3 M3 6h6a3.500 3.500 0 0 1 0 7H6",
  redo: "M10 3l3 3-3 3 M13 6H7a3.500 3.500 0 0 0 0 7h3",
  moon: "M13 9.500A5.500 5.500 0 0 1 6.500 3 5.500 5.500 0 1 0 13 9.500z",
};
const STROKED = new Set(["link", "code", "save", "enlarge", "undo", "redo"]);

/** @param {keyof typeof ICONS} name */
export function icon(name) {
  const style = STROKED.has(name) ? "os-svg os-stroked" : "os-svg";
  const drawing = svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true", class: style });
  drawing.append(svg("path", { d: ICONS[name] }));
  return drawing;
}

/**
 * MathML that our own server made from LaTeX.
 * @param {string} markup
 */
export function math(markup, block = false) {
  const span = el(block ? "div.os-math" : "span.os-math");
  span.innerHTML = markup;
  mendFormulas(span);
  return span;
}

/**
 * Let the keyboard scroll `node` where it is wider than its place; elsewhere it is no stop on the way.
 * @param {Element | null} node
 */
export function reachable(node) {
  if (!node) return;
  requestAnimationFrame(() => {
    if (node.scrollWidth > node.clientWidth) node.setAttribute("tabindex", "0");
    else node.removeAttribute("tabindex");
  });
}

/**
 * Close a dialog when what lies around it is pressed.
 * @param {MouseEvent} event
 */
export function outside({ target, currentTarget, clientX, clientY }) {
  if (target !== currentTarget || !(target instanceof HTMLDialogElement)) return;
  const { left, right, top, bottom } = target.getBoundingClientRect();
  if (clientX < left || clientX > right || clientY < top || clientY > bottom) target.close();
}

/**
 * By how much larger an element is drawn than its own pixels are, as a presentation does.
 * @param {Element} node
 */
export const zoomOf = (node) => /** @type {{ currentCSSZoom?: number }} */ (node).currentCSSZoom || 1; // 0 where it is not drawn
