// The ground while a hand turns its surface: relief and contour lines of what the browser has sampled, drawn over the
// ground below, its minima and labels included, which are true of another surface. It is taken away when that of the
// server lies there. The surface in three dimensions waits for that: to draw it takes longer than a frame.

import { contours } from "./contours.js";
import { heightsOf, levelsOf, scaleOf } from "./height_scale.js";
import { shaded } from "./shading.js";
import { el } from "../lib/dom.js";

/** @import { Ground } from "../types/answer.d.ts" */
/** @import { Samples } from "../types/engine.d.ts" */
/** @import { DrawingRules, Line, MapFigure } from "../types/figures.d.ts" */
/** @import { Overlay } from "./overlay.js" */

const SHARPEST = 2; // pixels of the picture for one of the page

export class GroundCover {
  /**
   * `overlay` lies on the same figure and knows where its axes are.
   * @param {Overlay} overlay
   */
  constructor(overlay) {
    this.overlay = overlay;
    /** @type {HTMLCanvasElement} */
    this.node = el("canvas.os-cover", { "aria-hidden": "true", hidden: true });
    /** One pixel for each sample. @type {HTMLCanvasElement} */
    this.relief = document.createElement("canvas");
    this.sharp = 1;
    /** @type {(() => void) | null} what is drawn, for when the axes move */
    this.drawing = null;
  }

  get shown() {
    return this.drawing !== null;
  }

  /**
   * Draw a ground that has been sampled, with the rules and pens of a map.
   * @param {Ground & { terrain: Samples }} ground
   * @param {MapFigure} map
   */
  draw({ terrain, least, box }, { layout: { meta }, data }) {
    const scale = scaleOf(terrain, meta);
    const levels = levelsOf(scale, least, meta);
    const lines = contours(
      terrain,
      scale,
      levels.map(([level]) => level),
    );
    const pens = data.filter(({ meta: { role } }) => role === "contours").map(({ line }) => line);
    const pieces = pens.map((_, index) => lines.filter((_, k) => levels[k][1] === index > 0).flat());
    const { columns, rows, losses } = terrain;
    Object.assign(this.relief, { width: columns, height: rows });
    const pixels = shaded(terrain, heightsOf(losses, scale), meta.relief);
    this.relief.getContext("2d")?.putImageData(new ImageData(pixels, columns, rows), 0, 0);
    const { shown } = this;
    this.drawing = () => this.paint(terrain, box, meta, pens, pieces);
    if (shown) this.drawing();
    else this.place();
  }

  /** The axes are elsewhere, or have another size. */
  place() {
    this.node.hidden = !this.shown;
    if (!this.drawing) return;
    this.sharp = Math.min(SHARPEST, window.devicePixelRatio);
    this.node.width = this.node.clientWidth * this.sharp;
    this.node.height = this.node.clientHeight * this.sharp;
    this.drawing();
  }

  clear() {
    if (!this.shown) return;
    this.drawing = null;
    this.place();
  }

  /**
   * @param {Samples} terrain
   * @param {Ground["box"]} box
   * @param {DrawingRules} rules
   * @param {Line[]} pens
   * @param {number[][]} pieces
   */
  paint({ columns, rows }, [[x0, x1], [y0, y1]], { paper }, pens, pieces) {
    const { project, clip } = this.overlay;
    const pen = this.node.getContext("2d");
    if (!project || !pen) return;
    const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => Number(clip.getAttribute(name)));
    pen.reset();
    pen.scale(this.sharp, this.sharp);
    pen.beginPath();
    pen.rect(x, y, width, height);
    pen.clip();
    pen.translate(x, y);
    const [[left, top], [right, bottom]] = project({ x: [x0, x1], y: [y1, y0] });
    pen.fillStyle = paper; // plain where there is no loss: to hatch it would take as long as all the rest
    pen.fillRect(left, top, right - left, bottom - top);
    pen.drawImage(this.relief, left, top, right - left, bottom - top);
    const [across, up] = [(right - left) / (columns - 1), (top - bottom) / (rows - 1)];
    pens.forEach(({ color, width: wide }, index) => {
      const line = pieces[index];
      pen.strokeStyle = color;
      pen.lineWidth = wide;
      pen.beginPath();
      for (let at = 0; at < line.length; at += 4) {
        pen.moveTo(left + across * line[at], bottom + up * line[at + 1]);
        pen.lineTo(left + across * line[at + 2], bottom + up * line[at + 3]);
      }
      pen.stroke();
    });
  }
}
