// A figure with two axes, drawn without plotly.js as Plotly would draw it: the first picture of a page, and the whole of
// one that does without. It takes the same traces and layouts; nothing in it is zoomed.

import { plotlyDashes } from "./marks.js";
import { Overlay } from "./overlay.js";
import { axes, axesBox, grid, labels, projection } from "./plain_axes.js";
import { TraceFigure, nameOf } from "./trace_figure.js";
import { svg, zoomOf } from "../lib/dom.js";
import { numbers } from "../lib/packing.js";

/** @import { Changes, Filled, Layout, MapLayout, PlotElement, Trace } from "../types/figures.d.ts" */
/** @import { Box } from "./plain_axes.js" */

export class PlainFigure extends TraceFigure {
  /**
   * @param {HTMLElement & PlotElement} node
   * @param {() => void} placed
   */
  constructor(node, placed) {
    super(node, placed);
    this.drawing = svg("svg", { class: "os-plain" });
    this.ground = svg("g");
    this.traces = new Overlay(node, () => this.axes.getBoundingClientRect(), "os-traces", plotlyDashes);
    this.around = svg("g");
    // Plotly's name for the rectangle of the axes: whoever asks where they are need not know who drew them.
    this.axes = svg("rect", { class: "nsewdrag", fill: "none", "pointer-events": "all" });
    this.drawing.append(this.ground, this.traces.node, this.around, this.axes);
  }

  /**
   * Draw `figure` with `changes` applied, as `Figure` does.
   * @param {Filled["figure"]} figure
   * @param {Changes} changes
   * @param {Layout} [layout]
   */
  async show(figure, changes, layout = {}) {
    const traces = this.chosen(figure, changes);
    const data = traces.map((trace) => ({ ...trace, .../** @type {Partial<Trace>} */ (changes[nameOf(trace)]) }));
    /** @type {Changes} by number: of traces that stay put several have one role */
    const drawn = Object.fromEntries(
      traces.map((trace, index) => [index, changes[nameOf(trace)] ?? { x: numbers(trace.x), y: numbers(trace.y) }]),
    );
    Object.assign(this.node, { data, layout: { ...figure.layout, ...layout } });
    this.node.append(this.drawing);
    this.stands();
    this.drawAxes();
    this.traces.show({ data: data.map((trace, index) => ({ ...trace, meta: { role: String(index) } })) }, drawn);
    this.placed();
  }

  /**
   * Change traces by name.
   * @param {Changes} changes
   */
  update(changes) {
    /** @type {Changes} */
    const numbered = {};
    for (const [name, change] of Object.entries(changes)) {
      const index = this.named.get(name);
      if (index === undefined) continue;
      Object.assign(this.node.data?.[index] ?? {}, change);
      numbered[index] = change;
    }
    this.traces.update(numbered);
  }

  /**
   * The element of a trace, null where it has none.
   * @param {string} name
   * @returns {SVGElement | null}
   */
  drawnTrace(name) {
    return this.traces.items.get(String(this.named.get(name)))?.node ?? null;
  }

  resize() {
    if (!this.ready || !this.visible) return;
    this.drawAxes();
    this.traces.place();
    this.placed();
  }

  drawAxes() {
    const layout = /** @type {MapLayout} */ (this.node.layout);
    const frame = this.node.getBoundingClientRect();
    const zoom = zoomOf(this.node);
    const box = axesBox(layout, new DOMRect(0, 0, frame.width / zoom, frame.height / zoom));
    this.ground.replaceChildren();
    this.around.replaceChildren();
    if (!box) return;
    for (const [name, value] of Object.entries(box)) this.axes.setAttribute(name, String(value));
    this.drawing.style.fontFamily = layout.font?.family ?? "";
    this.ground.append(...(layout.images ?? []).map((image) => picture(image, layout, box)), ...grid(layout, box));
    axes(this.around, layout, box, frame);
    labels(this.around, layout.annotations ?? [], layout, box);
  }

  close() {
    this.resizes.disconnect();
    this.drawing.remove();
  }
}

/**
 * An image between coordinates, cut at the axes.
 * @param {MapLayout["images"][number]} image
 * @param {MapLayout} layout
 * @param {Box} box
 */
function picture({ source, x, y, sizex, sizey }, layout, box) {
  const frame = svg("svg", { ...box, overflow: "hidden" });
  const to = projection(layout, { ...box, x: 0, y: 0 });
  const [left, top] = [to.x(x), to.y(y)];
  const size = { width: to.x(x + sizex) - left, height: to.y(y - sizey) - top };
  frame.append(svg("image", { x: left, y: top, ...size, href: source, preserveAspectRatio: "none" }));
  return frame;
}
