// A slice through a loss: coloured by height, with contour lines, on a canvas; the network that was trained is in the middle.

import { colorOf } from "./shades.js";
import { shadesOf, slicePixels } from "./slice_scale.js";
import { contours } from "../figures/contours.js";
import { el, zoomOf } from "../lib/dom.js";
import { spell } from "../lib/format.js";

/** @import { Arm, SliceScale } from "../types/network_landscapes.d.ts" */

const CROSS = 6; // px from the middle to the ends of its mark
const LINE = 0.55; // opacity of contour lines

export class SliceMap {
  constructor() {
    /** @type {HTMLCanvasElement} */
    this.canvas = el("canvas.os-netcanvas", { role: "img" });
    this.head = el("span.os-charttitle");
    this.field = el("div.os-netslicefield", {}, this.canvas);
    this.ticks = el("div.os-netsliceticks", { "aria-hidden": "true" });
    this.said = el("span.os-netslicesaid");
    this.node = el("li.os-netslicemap", {}, this.head, this.field, this.ticks, this.said);
    /** One pixel for each loss. @type {HTMLCanvasElement} */
    this.small = el("canvas");
    /** @type {{ arm: Arm, scale: SliceScale, ramp: string[] } | null} */
    this.shown = null;
    this.resizes = new ResizeObserver(() => this.draw());
    this.resizes.observe(this.field);
  }

  /**
   * `scale` is that of both maps; without one nothing is known yet. `words` are for whoever cannot see it.
   * @param {Arm} arm
   * @param {SliceScale | null} scale
   * @param {string[]} ramp
   * @param {{ head: string, said: string, words: string }} texts
   */
  show(arm, scale, ramp, { head, said, words }) {
    this.shown = scale && { arm, scale, ramp };
    this.head.textContent = head;
    this.said.textContent = said;
    this.canvas.setAttribute("aria-label", words);
    const extent = arm.side[arm.side.length - 1] ?? 1;
    this.ticks.replaceChildren(...[-extent, 0, extent].map((value) => el("span", {}, spell(value, 2))));
    this.draw();
  }

  /** All of it, in the size that it has and the colours of the theme. */
  draw() {
    const { canvas, field, shown } = this;
    const ratio = (window.devicePixelRatio || 1) * zoomOf(field);
    const [width, height] = [field.clientWidth, field.clientHeight];
    const pen = canvas.getContext("2d");
    if (!pen || !width || !height) return;
    Object.assign(canvas, { width: width * ratio, height: height * ratio });
    if (!shown) return;
    const { arm, scale, ramp } = shown;
    const side = arm.side.length;
    Object.assign(this.small, { width: side, height: side });
    const pixels = slicePixels(arm.slice, side, scale, shadesOf(ramp));
    this.small.getContext("2d")?.putImageData(new ImageData(pixels, side, side), 0, 0);
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    // The places of the grid are the middles of its pixels, and the outermost stand at the edges.
    const [w, h] = [width / (side - 1), height / (side - 1)];
    pen.imageSmoothingQuality = "high";
    pen.drawImage(this.small, -w / 2, -h / 2, width + w, height + h);
    const style = getComputedStyle(field);
    const ink = style.getPropertyValue("--os-ink");
    const samples = { columns: side, rows: side, losses: Float64Array.from(arm.slice) };
    const range = /** @type {const} */ ({ view: "linear", floor: 0, span: scale.high, unit: 1 });
    pen.beginPath();
    for (const line of contours(samples, range, scale.levels))
      for (let at = 0; at < line.length; at += 4) {
        pen.moveTo(w * line[at], height - h * line[at + 1]);
        pen.lineTo(w * line[at + 2], height - h * line[at + 3]);
      }
    const [r, g, b] = colorOf(ink);
    pen.strokeStyle = `rgba(${r}, ${g}, ${b}, ${LINE})`;
    pen.lineWidth = 1;
    pen.stroke();
    for (const [color, wide] of /** @type {[string, number][]} */ ([
      [style.getPropertyValue("--os-paper"), 5],
      [ink, 2],
    ])) {
      pen.beginPath();
      pen.moveTo(width / 2 - CROSS, height / 2);
      pen.lineTo(width / 2 + CROSS, height / 2);
      pen.moveTo(width / 2, height / 2 - CROSS);
      pen.lineTo(width / 2, height / 2 + CROSS);
      pen.strokeStyle = color;
      pen.lineWidth = wide;
      pen.stroke();
    }
  }

  close() {
    this.resizes.disconnect();
  }
}
