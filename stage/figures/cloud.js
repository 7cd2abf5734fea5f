// What experiments draw on the map, below the lanes: an ensemble of dots that moves with the playhead, and the
// contour lines of the test loss. Canvases: six hundred nodes of SVG would not keep up with a playback.

import { LARGEST_SHORT, numbers, unpackShorts } from "../lib/packing.js";

/** @import { Box, Point } from "../types/answer.d.ts" */
/** @import { Figure, Line, Marker, Pixels, TraceChange } from "../types/figures.d.ts" */
/** @import { Cloud, SentCloud } from "../types/facts.d.ts" */
/** @import { Sheets } from "./figure.js" */

/** @typedef {(pen: CanvasRenderingContext2D, project: (points: TraceChange) => Pixels[]) => void} Paint */

/**
 * Rows of 16-bit numbers as the server packs them, in the coordinates of `box`.
 * @param {SentCloud} cloud
 * @param {Box} box
 * @returns {Cloud}
 */
export function unpackCloud({ steps, members, margin, points }, box) {
  const rows = unpackShorts(points);
  const axes = box.map(([low, high], axis) => {
    const [from, length] = [low - margin * (high - low), (1 + 2 * margin) * (high - low)];
    return Float32Array.from(
      { length: rows.length / 2 },
      (_, index) => from + (rows[2 * index + axis] / LARGEST_SHORT) * length,
    );
  });
  return { steps, members, x: axes[0], y: axes[1] };
}

/**
 * Where the members are at step `t`: between two looks, on the straight line from one to the next.
 * @param {Cloud} cloud
 * @param {number} t
 */
function cloudAt({ steps, members, x, y }, t) {
  let row = steps.findIndex((step) => step > t) - 1;
  if (row < 0) row = t < steps[0] ? 0 : steps.length - 1;
  const next = Math.min(row + 1, steps.length - 1);
  const part = next === row ? 0 : Math.max(0, (t - steps[row]) / (steps[next] - steps[row]));
  /** @param {Float32Array} values */
  const blend = (values) => {
    const now = new Float32Array(members);
    for (let m = 0; m < members; m++)
      now[m] = (1 - part) * values[row * members + m] + part * values[next * members + m];
    return now;
  };
  return { x: blend(x), y: blend(y) };
}

class Canvas {
  /** @param {Sheets} map */
  constructor(map) {
    this.map = map;
    /** @type {Paint | null} */
    this.paint = null;
    this.node = document.createElement("canvas");
    this.node.className = "os-mapcanvas";
    this.node.setAttribute("aria-hidden", "true");
  }

  /**
   * Draw with `paint(pen, project)`: `project({ x, y })` gives pixels; null for what the map cannot show yet.
   * @param {Paint | null} paint
   */
  draw(paint) {
    const { upper, layers, node: plot } = this.map;
    const { project } = upper;
    if (!project) return;
    if (!this.node.parentNode) {
      plot.parentNode?.insertBefore(this.node, upper.node);
      layers.push(this); // after the one whose places it takes
    }
    this.paint = paint;
    const { clientWidth: width, clientHeight: height } = plot;
    const sharp = Math.min(2, window.devicePixelRatio || 1);
    if (this.node.width !== Math.round(width * sharp)) this.node.width = Math.round(width * sharp);
    if (this.node.height !== Math.round(height * sharp)) this.node.height = Math.round(height * sharp);
    // Kept in the main memory: it is drawn anew on every frame.
    const pen = this.node.getContext("2d", { willReadFrequently: true });
    if (!pen) return;
    const [x, y, w, h] = ["x", "y", "width", "height"].map((name) => Number(upper.clip.getAttribute(name)));
    pen.setTransform(sharp, 0, 0, sharp, 0, 0);
    pen.clearRect(0, 0, width, height);
    if (!paint) return;
    pen.save();
    pen.beginPath();
    pen.rect(x, y, w, h);
    pen.clip();
    pen.translate(x, y);
    paint(pen, project);
    pen.restore();
  }

  place() {
    if (this.paint) this.draw(this.paint);
  }

  clear() {
    if (this.paint) this.draw(null);
    this.paint = null;
  }
}

export class Dots extends Canvas {
  /** @type {Cloud | null} */
  cloud = null;
  pen = { size: 0, opacity: 1, color: "" };

  /**
   * The ensemble `cloud` in `color`, at step `t`.
   * @param {Cloud} cloud
   * @param {Marker} marker
   * @param {string} color
   * @param {number} t
   */
  show(cloud, { size, opacity = 1 }, color, t) {
    this.cloud = cloud;
    this.pen = { size: Number(size), opacity, color };
    this.move(t);
  }

  /** @param {number} t */
  move(t) {
    if (!this.cloud) return;
    const now = cloudAt(this.cloud, t);
    const { size, opacity, color } = this.pen;
    const half = size / 2;
    this.draw((pen, project) => {
      pen.globalAlpha = opacity;
      pen.fillStyle = color;
      // Squares: at this size nobody sees a corner, and they are drawn in a tenth of the time of discs.
      for (const [u, v] of project(now)) pen.fillRect(u - half, v - half, size, size);
    });
  }

  clear() {
    this.cloud = null;
    super.clear();
  }
}

export class Shifted extends Canvas {
  /**
   * The contour lines of the map's figure, moved by `by`, with the pen of `line`.
   * @param {Figure} figure
   * @param {Point} by
   * @param {Line} line
   */
  show(figure, by, line) {
    const lines = figure.data
      .filter(({ meta }) => meta.role === "contours")
      .map(({ x, y }) => ({
        x: Float64Array.from(numbers(x), (value) => value + by[0]),
        y: Float64Array.from(numbers(y), (value) => value + by[1]),
      }));
    this.draw((pen, project) => {
      pen.strokeStyle = line.color;
      pen.lineWidth = line.width;
      pen.setLineDash([5, 4]);
      pen.beginPath();
      for (const each of lines) {
        let drawn = false;
        for (const [u, v] of project(each)) {
          const exists = Number.isFinite(u) && Number.isFinite(v);
          if (exists) pen[drawn ? "lineTo" : "moveTo"](u, v);
          drawn = exists;
        }
      }
      pen.stroke();
    });
  }
}
