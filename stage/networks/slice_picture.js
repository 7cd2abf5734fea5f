// The loss on a plane as a map, with its scale and the paths on it: a canvas, since a playback moves all marks in each frame.

import { barMarks, groundOf, roundMarks } from "./slice_ground.js";
import { drawMark, drawPaths } from "./slice_marks.js";
import { el, zoomOf } from "../lib/dom.js";
import { spell } from "../lib/format.js";

/** @import { SliceEnd } from "../types/network_slice.d.ts" */
/** @import { Looks } from "./networks.js" */
/** @import { Plane } from "./slice_ground.js" */
/** @import { Path, Race } from "./slice_paths.js" */

/** @typedef {{ plane: Plane, paths: Path[], races: Race[], ends: SliceEnd[], lane: number, axes: [string, string] }} Drawn what a slice shows */
/** @typedef {{ left: number, top: number, width: number, height: number, x(a: number): number, y(b: number): number }} Frame where the plane is on the picture, in px */

const AROUND = { left: 54, right: 74, top: 8, bottom: 40 };
const BAR = { gap: 14, width: 14 };
const HATCH = 7; // px between lines where a loss is too large

export class SlicePicture {
  /**
   * @param {string} label
   * @param {string} scale what the bar is called
   * @param {string} endSeed "seed {seed}"
   */
  constructor(label, scale, endSeed) {
    /** @type {HTMLCanvasElement} */
    this.canvas = el("canvas.os-netcanvas", { role: "img", "aria-label": label });
    this.readout = el("output.os-sliceread", { hidden: true });
    this.node = el("div.os-netplane.os-slice", {}, this.canvas, this.readout);
    this.words = { label, scale, endSeed };
    /** One pixel for each place. @type {HTMLCanvasElement} */
    this.small = el("canvas");
    /** @type {Drawn | null} */
    this.drawn = null;
    /** @type {ReturnType<typeof groundOf>} */
    this.ground = null;
    /** @type {Looks | null} */
    this.looks = null;
    /** @type {Frame | null} */
    this.frame = null;
    this.at = 0;
    this.resizes = new ResizeObserver(() => this.draw());
    this.resizes.observe(this.node);
    this.canvas.addEventListener("pointermove", (event) => this.read(event));
    this.canvas.addEventListener("pointerleave", () => (this.readout.hidden = true));
  }

  /**
   * @param {Drawn | null} drawn
   * @param {Looks} looks
   * @param {number} t
   */
  show(drawn, looks, t) {
    Object.assign(this, { drawn, looks, at: t });
    this.ground = drawn && groundOf(drawn.plane, looks.map.rules);
    if (drawn && this.ground) {
      const { columns, rows } = drawn.plane;
      Object.assign(this.small, { width: columns, height: rows });
      this.small.getContext("2d")?.putImageData(new ImageData(this.ground.pixels, columns, rows), 0, 0);
    }
    this.draw();
  }

  /** @param {number} t */
  move(t) {
    this.at = t;
    this.draw();
  }

  draw() {
    const { canvas, node, drawn, looks } = this;
    const { clientWidth, clientHeight } = node;
    const ratio = (window.devicePixelRatio || 1) * zoomOf(node);
    const pen = canvas.getContext("2d");
    if (!pen || !clientWidth || !clientHeight) return;
    Object.assign(canvas, { width: clientWidth * ratio, height: clientHeight * ratio });
    if (!drawn || !looks) return;
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    const style = getComputedStyle(node);
    const ink = { line: style.getPropertyValue("--os-line"), ink: style.getPropertyValue("--os-ink") };
    const muted = style.getPropertyValue("--os-muted");
    const size = Number.parseFloat(style.fontSize) || 12.5;
    pen.font = `${size}px ${style.fontFamily}`;
    const frame = frameOf(drawn.plane, clientWidth, clientHeight, size);
    this.frame = frame;
    if (this.ground) this.drawGround(pen, drawn.plane, frame, looks);
    pen.strokeStyle = ink.line;
    pen.lineWidth = 1;
    pen.strokeRect(frame.left, frame.top, frame.width, frame.height);
    this.drawAxes(pen, drawn, frame, muted, size);
    if (this.ground) this.drawBar(pen, frame, looks, muted, size);
    pen.save();
    pen.beginPath();
    pen.rect(frame.left, frame.top, frame.width, frame.height);
    pen.clip();
    drawPaths(pen, drawn, frame, looks, this.at);
    pen.restore();
    for (const { a, b, seed } of drawn.ends) {
      if (seed === null) continue;
      const said = this.words.endSeed.replace("{seed}", String(seed));
      drawMark(pen, [frame.x(a), frame.y(b)], "star", { fill: looks.paper, line: ink.ink }, said);
    }
    drawMark(pen, [frame.x(0), frame.y(0)], "cross", { fill: ink.ink, line: looks.paper }, "θ*");
  }

  /**
   * Relief and contour lines; hatched where a loss is too large.
   * @param {CanvasRenderingContext2D} pen
   * @param {Plane} plane
   * @param {Frame} frame
   * @param {Looks} looks
   */
  drawGround(pen, { columns, rows, losses }, frame, { map: { pens } }) {
    const { ground } = this;
    if (!ground) return;
    const [across, up] = [frame.width / (columns - 1), frame.height / (rows - 1)];
    pen.save();
    pen.beginPath();
    pen.rect(frame.left, frame.top, frame.width, frame.height);
    pen.clip();
    pen.imageSmoothingQuality = "high";
    // Places are the middles of pixels, and the outermost stand at the edges.
    const [left, top] = [frame.left - across / 2, frame.top - up / 2];
    pen.drawImage(this.small, left, top, frame.width + across, frame.height + up);
    const bottom = frame.top + frame.height;
    pens.forEach(({ color, width }, index) => {
      const pieces = ground.pieces[index] ?? [];
      pen.strokeStyle = color;
      pen.lineWidth = width;
      pen.beginPath();
      for (let k = 0; k < pieces.length; k += 4) {
        pen.moveTo(frame.left + across * pieces[k], bottom - up * pieces[k + 1]);
        pen.lineTo(frame.left + across * pieces[k + 2], bottom - up * pieces[k + 3]);
      }
      pen.stroke();
    });
    pen.beginPath();
    losses.forEach((loss, place) => {
      if (loss !== Infinity) return;
      const x = frame.left + across * ((place % columns) - 0.5);
      const y = bottom - up * (Math.floor(place / columns) - 0.5);
      for (let k = 0; k < across; k += HATCH) {
        pen.moveTo(x + k, y);
        pen.lineTo(x + k + Math.min(up, across), y - up);
      }
    });
    pen.stroke();
    pen.restore();
  }

  /**
   * @param {CanvasRenderingContext2D} pen
   * @param {Drawn} drawn
   * @param {Frame} frame
   * @param {string} color
   * @param {number} size of letters
   */
  drawAxes(pen, { plane: { a, b }, axes }, frame, color, size) {
    pen.fillStyle = pen.strokeStyle = color;
    const bottom = frame.top + frame.height;
    pen.textAlign = "center";
    pen.textBaseline = "top";
    for (const value of roundMarks(a[0], a[a.length - 1], frame.width / 80)) {
      pen.fillText(spell(value, 3), frame.x(value), bottom + 5);
      pen.fillRect(frame.x(value) - 0.5, bottom, 1, 4);
    }
    pen.fillText(axes[0], frame.left + frame.width / 2, bottom + 8 + size, frame.width);
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    for (const value of roundMarks(b[0], b[b.length - 1], frame.height / 50)) {
      pen.fillText(spell(value, 3), frame.left - 6, frame.y(value));
      pen.fillRect(frame.left - 4, frame.y(value) - 0.5, 4, 1);
    }
    pen.save();
    pen.translate(size * 0.75, frame.top + frame.height / 2);
    pen.rotate(-Math.PI / 2);
    pen.textAlign = "center";
    pen.fillText(axes[1], 0, 0, frame.height);
    pen.restore();
  }

  /**
   * The scale bar: the colours of all heights, and the losses at some of the lines.
   * @param {CanvasRenderingContext2D} pen
   * @param {Frame} frame
   * @param {Looks} looks
   * @param {string} color
   * @param {number} size
   */
  drawBar(pen, frame, { map: { rules } }, color, size) {
    const { ground } = this;
    if (!ground) return;
    const left = frame.left + frame.width + BAR.gap;
    const top = frame.top + size + 8;
    const height = frame.height - size - 8;
    const paint = pen.createLinearGradient(0, top + height, 0, top);
    const { ramp } = rules.relief;
    ramp.forEach((stop, k) => paint.addColorStop(k / (ramp.length - 1), stop));
    pen.fillStyle = paint;
    pen.fillRect(left, top, BAR.width, height);
    pen.fillStyle = color;
    pen.textAlign = "left";
    pen.textBaseline = "middle";
    pen.fillText(this.words.scale, left, frame.top + size / 2);
    for (const { loss, at } of barMarks(ground.scale, ground.levels, (1.5 * size) / height)) {
      const y = top + height * (1 - at);
      pen.fillRect(left + BAR.width, y - 0.5, 4, 1);
      pen.fillText(
        spell(loss, 2),
        left + BAR.width + 7,
        Math.min(Math.max(y, top + size / 2), top + height - size / 2),
      );
    }
  }

  /**
   * What the plane has where the pointer is.
   * @param {PointerEvent} event
   */
  read({ offsetX, offsetY }) {
    const { frame, drawn } = this;
    if (!frame || !drawn) return;
    const { a, b, losses, columns, rows } = drawn.plane;
    const column = Math.round(((offsetX - frame.left) / frame.width) * (columns - 1));
    const row = Math.round((1 - (offsetY - frame.top) / frame.height) * (rows - 1));
    const inside = column >= 0 && column < columns && row >= 0 && row < rows;
    const loss = inside ? losses[row * columns + column] : NaN;
    this.readout.hidden = Number.isNaN(loss);
    this.readout.textContent = `a ${spell(a[column], 3)} · b ${spell(b[row], 3)} · L ${spell(loss, 3)}`;
    this.readout.style.left = `${Math.min(offsetX + 12, this.node.clientWidth - 190)}px`;
    this.readout.style.top = `${Math.max(offsetY - 30, 0)}px`;
  }

  close() {
    this.resizes.disconnect();
  }
}

/**
 * @param {Plane} plane
 * @param {number} wide
 * @param {number} high
 * @param {number} size of letters
 * @returns {Frame}
 */
function frameOf({ a, b }, wide, high, size) {
  const more = Math.max(0, size - 12.5);
  const left = AROUND.left + 3 * more;
  const { top } = AROUND;
  const width = Math.max(40, wide - left - AROUND.right - 3 * more);
  const height = Math.max(40, high - top - AROUND.bottom - 2 * more);
  return {
    ...{ left, top, width, height },
    x: (value) => left + (width * (value - a[0])) / (a[a.length - 1] - a[0]),
    y: (value) => top + height * (1 - (value - b[0]) / (b[b.length - 1] - b[0])),
  };
}
