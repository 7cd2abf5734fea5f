// Where the axes of a figure are on the screen, and what they show.

/** @import { Point } from "../types/answer.d.ts" */
/** @import { MapLayout, PlotElement } from "../types/figures.d.ts" */

/** @typedef {{ clientX: number, clientY: number }} Place */
/** @typedef {{ rect: DOMRect, x: Point, y: Point }} Area */

/**
 * The drawing area of the figure `sheet` in `node`, and the ranges it shows; null before the first drawing.
 * @param {HTMLElement} node
 * @param {PlotElement} sheet
 * @returns {Area | null}
 */
export function areaOf(node, sheet) {
  const rect = node.querySelector(".nsewdrag")?.getBoundingClientRect();
  const { xaxis, yaxis } = /** @type {Partial<MapLayout>} */ (sheet.layout ?? {});
  return rect && xaxis && yaxis ? { rect, x: xaxis.range, y: yaxis.range } : null;
}

/**
 * Whether a pointer is there.
 * @param {Place} place
 * @param {Area} area
 */
export function within({ clientX, clientY }, { rect }) {
  return clientX >= rect.left && clientX <= rect.right && clientY >= rect.top && clientY <= rect.bottom;
}
