// The plane of a data set's two inputs, coloured by what a network says of every place, and the examples on it: a
// canvas, since every frame of a playback colours all of it anew.

import { colorOf, pixels, ramp, wrong } from "./shades.js";
import { rowAt } from "./unpacked.js";
import { contours } from "../figures/contours.js";
import { outline } from "../figures/marks.js";
import { el, zoomOf } from "../lib/dom.js";

/** @import { Boundary } from "../types/network_pictures.d.ts" */

/** The colours of the classes, as stage.css has them, and their shapes: those of examples beside a map. */
const COLORS = ["--os-down", "--os-up", "--os-good", "--os-touch", "--os-warn", "--os-accent", "--os-muted"];
export const SHAPES = ["circle", "triangle-up", "square", "diamond", "pentagon", "triangle-down", "star"];
const HALF = 127.5;
const DRAWN_OUT = 1.7;
const POINT = 0.62; // of a mark of ten pixels, on a large picture
const SMALL = 340; // px of a picture on which marks are smaller
const RING = 6.6; // px from an example that is said wrongly to the ring around it

export class BoundaryPicture {
  /** @param {string} label */
  constructor(label) {
    /** @type {HTMLCanvasElement} */
    this.canvas = el("canvas.os-netcanvas", { role: "img", "aria-label": label });
    this.node = el("div.os-netplane", {}, this.canvas);
    /** A frame before it is made as large as the picture. @type {HTMLCanvasElement} */
    this.small = el("canvas");
    /** @type {Boundary | null} */
    this.picture = null;
    /** @type {number | null} the measured step that is drawn */
    this.row = null;
    this.resizes = new ResizeObserver(() => this.draw());
    this.resizes.observe(this.node);
  }

  /**
   * @param {Boundary | null} picture
   * @param {number} t where the playhead stands
   */
  show(picture, t) {
    this.picture = picture;
    this.row = null;
    this.move(t);
  }

  /**
   * Draw the step at which the network was measured last; nothing where that is drawn.
   * @param {number} t
   */
  move(t) {
    const row = this.picture ? Math.min(rowAt(this.picture.measured, t), this.picture.frames.length - 1) : null;
    if (row !== null && row === this.row) return;
    this.row = row;
    this.draw();
  }

  /** All of it, in the size that it has and the colours of the theme. */
  draw() {
    const { canvas, node, picture, row } = this;
    const { clientWidth, clientHeight } = node;
    const ratio = (window.devicePixelRatio || 1) * zoomOf(node);
    const context = canvas.getContext("2d");
    if (!context || !clientWidth || !clientHeight) return;
    Object.assign(canvas, { width: clientWidth * ratio, height: clientHeight * ratio });
    if (!picture || row === null) return;
    const [x0, x1, y0, y1] = picture.box;
    // Two inputs are no lengths: the picture may be drawn out along one of them to fill its place, but not much.
    const room = [clientWidth / (x1 - x0), clientHeight / (y1 - y0)];
    const [unitX, unitY] = room.map((unit) => Math.min(unit, DRAWN_OUT * Math.min(...room)));
    const [width, height] = [unitX * (x1 - x0), unitY * (y1 - y0)];
    context.setTransform(
      ratio,
      0,
      0,
      ratio,
      (ratio * (clientWidth - width)) / 2,
      (ratio * (clientHeight - height)) / 2,
    );
    context.beginPath();
    context.rect(0, 0, width, height);
    context.clip();
    const style = getComputedStyle(node);
    const color = (/** @type {string} */ name) => style.getPropertyValue(name);
    const colors = COLORS.slice(0, Math.max(2, picture.classes)).map(color);
    const frame = picture.frames[row];
    this.drawGround(context, picture, frame, ramp(colors.map(colorOf), colorOf(color("--os-paper"))), [width, height]);
    if (picture.classes === 2) drawLine(context, frame, picture.grid, [width, height], color("--os-ink"));
    /** @param {number} index */
    const place = (index) => [(picture.points[2 * index] - x0) * unitX, (y1 - picture.points[2 * index + 1]) * unitY];
    const size = POINT * (width < SMALL ? 0.7 : 1);
    const paths = SHAPES.map((shape) => new Path2D(outline(shape)));
    picture.labels.forEach((label, index) => {
      const [u, v] = place(index);
      const hollow = Boolean(picture.validation[index]);
      context.save();
      context.translate(u, v);
      context.scale(size, size);
      context.lineWidth = hollow ? 2.4 : 1.2;
      context.fillStyle = hollow ? color("--os-paper") : colors[label % colors.length];
      context.strokeStyle = hollow ? colors[label % colors.length] : color("--os-paper");
      context.stroke(paths[label % paths.length]);
      context.fill(paths[label % paths.length]);
      context.restore();
    });
    context.strokeStyle = color("--os-ink");
    context.lineWidth = 1.5;
    for (const index of wrong(picture, frame)) {
      const [u, v] = place(index);
      context.beginPath();
      context.arc(u, v, RING * (size / POINT), 0, 2 * Math.PI);
      context.stroke();
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Boundary} picture
   * @param {Uint8Array} frame
   * @param {ReturnType<typeof ramp>} colors
   * @param {[number, number]} size
   */
  drawGround(context, { grid, classes }, frame, colors, [width, height]) {
    Object.assign(this.small, { width: grid, height: grid });
    const image = pixels(frame, grid, colors);
    this.small.getContext("2d")?.putImageData(new ImageData(image, grid, grid), 0, 0);
    context.imageSmoothingEnabled = classes === 2; // between two of three classes there is no third
    context.imageSmoothingQuality = "high";
    // The places of the grid are the middles of its pixels, and the outermost stand at the edges of the box.
    const [w, h] = [width / (grid - 1), height / (grid - 1)];
    context.drawImage(this.small, -w / 2, -h / 2, width + w, height + h);
  }

  close() {
    this.resizes.disconnect();
  }
}

/**
 * Where both classes are equally likely.
 * @param {CanvasRenderingContext2D} context
 * @param {Uint8Array} frame
 * @param {number} grid
 * @param {[number, number]} size
 * @param {string} color
 */
function drawLine(context, frame, grid, [width, height], color) {
  const samples = { columns: grid, rows: grid, losses: Float64Array.from(frame) };
  const scale = /** @type {const} */ ({ view: "linear", floor: 0, span: 255, unit: 1 });
  const [line] = contours(samples, scale, [HALF]);
  context.beginPath();
  for (let at = 0; at < line.length; at += 4) {
    for (const [part, step] of /** @type {const} */ ([
      [at, "moveTo"],
      [at + 2, "lineTo"],
    ]))
      context[step]((line[part] / (grid - 1)) * width, (1 - line[part + 1] / (grid - 1)) * height);
  }
  context.strokeStyle = color;
  context.lineWidth = 1.6;
  context.stroke();
}
