// The picture of the tensor: a hand turns it, a click or the arrow keys choose one of its numbers.

import { APART, cellAt, cells, faces, moved, projection, RADIUS, SHAPE, sharing } from "./tensor.js";
import { colorOf } from "./shades.js";
import { el, zoomOf } from "../lib/dom.js";
import { fill } from "../lib/format.js";

/** @import { Cell, Face } from "./tensor.js" */

const FIRST = { yaw: -0.55, pitch: 0.5, cell: /** @type {Cell} */ ([0, 2, 3]) };
const TURN = 0.008; // radians for a pixel
const STEP = 0.12; // radians for a key
const STEEPEST = 1.45;
const STILL = 4; // px that a hand may move and still have clicked
const ROOM = { side: 1, above: 0.78 };

/** Where an arrow goes: along which axis, and which way. @type {Record<string, [number, number]>} */
const ALONG = {
  ArrowRight: [1, 1],
  ArrowLeft: [1, -1],
  ArrowUp: [2, 1],
  ArrowDown: [2, -1],
  PageUp: [0, 1],
  PageDown: [0, -1],
};

/** What an arrow turns, with Shift: yaw, pitch. @type {Record<string, [number, number]>} */
const TURNED = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class TensorPicture {
  /** @param {Record<string, string>} texts */
  constructor(texts) {
    this.texts = texts;
    this.yaw = FIRST.yaw;
    this.pitch = FIRST.pitch;
    this.cell = FIRST.cell;
    this.norm = "batch";
    this.cells = cells();
    /** @type {Face[]} */
    this.seen = [];
    this.unit = 1;
    this.canvas = /** @type {HTMLCanvasElement} */ (el("canvas.os-netcanvas", { "aria-hidden": true }));
    this.plane = el(
      "div.os-netplane.os-nettensor",
      { tabindex: 0, role: "application", "aria-label": texts.tensor, title: texts.turn },
      this.canvas,
    );
    this.said = el("p.os-netcaption", { role: "status" });
    this.node = el("div.os-nettensorbox", {}, this.plane, this.said);
    this.plane.addEventListener("keydown", (event) => this.key(event));
    this.plane.addEventListener("pointerdown", (event) => this.grasp(event));
    this.resizes = new ResizeObserver(() => this.draw());
    this.resizes.observe(this.plane);
  }

  /** @param {string} norm */
  show(norm) {
    this.norm = norm;
    this.draw();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const table = event.shiftKey ? TURNED : ALONG;
    const way = table[event.key];
    if (!way) return;
    event.preventDefault();
    event.stopPropagation(); // arrows move the playhead elsewhere
    if (event.shiftKey) return this.turn(way[0] * STEP, way[1] * STEP);
    this.cell = moved(this.cell, way[0], way[1]);
    this.draw();
  }

  /** @param {PointerEvent} event */
  grasp(event) {
    if (event.button !== 0) return;
    const { plane } = this;
    const from = { x: event.clientX, y: event.clientY };
    let last = from;
    let gone = 0;
    plane.setPointerCapture(event.pointerId);
    /** @param {PointerEvent} to */
    const move = (to) => {
      gone = Math.max(gone, Math.hypot(to.clientX - from.x, to.clientY - from.y));
      if (gone > STILL) this.turn((to.clientX - last.x) * TURN, (to.clientY - last.y) * TURN);
      last = { x: to.clientX, y: to.clientY };
    };
    const leave = new AbortController();
    const { signal } = leave;
    plane.addEventListener("pointermove", move, { signal });
    plane.addEventListener("pointercancel", () => leave.abort(), { signal });
    plane.addEventListener(
      "pointerup",
      (to) => {
        leave.abort();
        if (gone <= STILL) this.choose(to);
      },
      { signal },
    );
  }

  /** @param {PointerEvent} event */
  choose(event) {
    const box = this.plane.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2];
    const scale = (this.unit * box.width) / (this.plane.clientWidth || 1);
    const hit = cellAt(this.seen, x / scale, y / scale);
    if (hit === null) return;
    this.cell = this.cells[hit];
    this.draw();
  }

  /** @param {number} yaw @param {number} pitch */
  turn(yaw, pitch) {
    this.yaw -= yaw;
    this.pitch = Math.min(Math.max(this.pitch + pitch, -STEEPEST), STEEPEST);
    this.draw();
  }

  draw() {
    const { plane, canvas, cell, norm, texts, yaw, pitch } = this;
    const shared = sharing(norm, cell);
    const [example, channel, position] = cell.map((index) => index + 1);
    const how = texts[`shares_${norm}`] ?? "";
    this.said.textContent = fill(how, { example, channel, position, count: shared.length, all: this.cells.length });
    const { clientWidth, clientHeight } = plane;
    const ratio = (window.devicePixelRatio || 1) * zoomOf(plane);
    const context = canvas.getContext("2d");
    if (!context || !clientWidth || !clientHeight) return;
    Object.assign(canvas, { width: clientWidth * ratio, height: clientHeight * ratio });
    this.seen = faces(yaw, pitch);
    this.unit = Math.min(clientWidth / (2 * RADIUS * ROOM.side), clientHeight / (2 * RADIUS * ROOM.above));
    const unit = this.unit * ratio;
    context.setTransform(unit, 0, 0, unit, (clientWidth * ratio) / 2, (clientHeight * ratio) / 2);
    const style = getComputedStyle(plane);
    /** @param {string} name */
    const color = (name) => colorOf(style.getPropertyValue(name));
    const inks = { plain: color("--os-soft"), shared: color("--os-accent"), chosen: color("--os-warn") };
    const [line, shade] = [style.getPropertyValue("--os-muted"), [0, 0, 0]];
    const among = new Set(shared.map(String));
    context.lineWidth = 0.7 / this.unit;
    context.lineJoin = "round";
    context.strokeStyle = line;
    for (const face of this.seen) {
      const own = this.cells[face.cell];
      const ink = String(own) === String(cell) ? inks.chosen : among.has(String(own)) ? inks.shared : inks.plain;
      context.fillStyle = `rgb(${ink.map((part, index) => Math.round(part + face.shade * (shade[index] - part))).join(" ")})`;
      context.beginPath();
      for (const { x, y } of face.corners) context.lineTo(x, y);
      context.closePath();
      context.fill();
      context.stroke();
    }
    this.name(context, style.getPropertyValue("--os-ink"), parseFloat(style.fontSize));
  }

  /**
   * Write along three edges which way examples, channels and positions go.
   * @param {CanvasRenderingContext2D} context
   * @param {string} color
   * @param {number} size px of letters
   */
  name(context, color, size) {
    const project = projection(this.yaw, this.pitch);
    const [n, c, p] = [SHAPE[0] * APART, SHAPE[1], SHAPE[2]].map((length) => length / 2 + 0.5);
    // Those edges of the box that lie in front and below, so that no word stands on a cell.
    const front = project([0, 0, -1]).depth < 0 ? -1 : 1;
    const side = project([1, 0, 0]).depth < 0 ? 1 : -1;
    /** @type {[string, [number, number, number]][]} */
    const places = [
      [this.texts.axis_channels, [0, -p, front * n]],
      [this.texts.axis_examples, [side * c, -p, 0]],
    ];
    context.fillStyle = color;
    context.font = `${size / this.unit}px system-ui, sans-serif`;
    context.textBaseline = "middle";
    const [wide, high] = [this.plane.clientWidth, this.plane.clientHeight].map((length) => length / this.unit / 2);
    const letter = size / this.unit;
    context.textAlign = "center";
    for (const [text, at] of places) {
      const { x, y } = project(at);
      const half = context.measureText(text).width / 2;
      // Beside the edge, but never out of the picture.
      const beside = x + (Math.abs(x) < 1 ? 0 : Math.sign(x) * half);
      context.fillText(text, clamped(beside, wide - half), clamped(y + 0.3, high - letter));
    }
    // Positions go up along the edge that is furthest to the left.
    const left = [-1, 1]
      .flatMap((x) => [-1, 1].map((z) => project([x * c, 0, z * n])))
      .reduce((a, b) => (b.x < a.x ? b : a));
    context.translate(clamped(left.x, wide - letter), left.y);
    context.rotate(-Math.PI / 2);
    context.fillText(this.texts.axis_positions, 0, 0);
  }

  close() {
    this.resizes.disconnect();
  }
}

/** @param {number} value @param {number} most */
const clamped = (value, most) => Math.min(Math.max(value, -most), most);
