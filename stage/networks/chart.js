// A small chart of our own: what stays put drawn once, what moves with the playhead on top.

import { Overlay } from "../figures/overlay.js";
import { PlainFigure } from "../figures/plain_figure.js";
import { typeset } from "../figures/large_type.js";
import { el } from "../lib/dom.js";

/** @import { Changes, Layout, PlotElement, Trace } from "../types/figures.d.ts" */

export class Chart {
  /** @param {string} title */
  constructor(title) {
    const lower = /** @type {HTMLDivElement & PlotElement} */ (document.createElement("div"));
    this.lower = lower;
    this.title = el("span.os-charttitle", {}, title);
    this.plot = el("div.os-sheets.os-netplot", { role: "group", "aria-label": title }, lower);
    this.node = el("div.os-netchart", {}, el("div.os-charthead", {}, this.title), this.plot);
    this.figure = new PlainFigure(lower, () => this.upper.place());
    this.upper = new Overlay(lower, () => this.figure.axes.getBoundingClientRect());
    this.plot.append(this.upper.node);
    /** @type {Changes} */
    this.moving = {};
  }

  /**
   * Draw `still` and on top of it `moving`: traces, with their coordinates by name.
   * @param {{ data: Trace[], changes: Changes }} still
   * @param {{ data: Trace[], changes: Changes }} moving
   * @param {Layout} layout
   */
  show(still, moving, layout) {
    this.figure.show({ data: still.data, layout: typeset(layout, this.lower) }, still.changes);
    this.upper.show(moving, moving.changes);
  }

  /** @param {Changes} changes */
  move(changes) {
    if (this.figure.ready) this.upper.update(changes);
  }

  close() {
    this.figure.close();
  }
}

/**
 * A line of a chart, by its role and lane.
 * @param {{ role: string, lane?: number }} meta
 * @param {{ color: string, width?: number, dash?: string }} line
 * @param {Partial<Trace>} [more]
 * @returns {Trace}
 */
export const curve = (meta, { color, width = 2, dash = "solid" }, more = {}) => ({
  ...{ mode: "lines", meta: { ...meta, still: true }, line: { color, width, dash }, x: [], y: [] },
  ...more,
});

/**
 * `values` where they are numbers, and nothing where they are not.
 * @param {ArrayLike<number>} values
 */
export const known = (values) => Array.from(values, (value) => (Math.abs(value) < 3e38 ? value : null));
