// Pointing at the map: a click anywhere, or a drag. With a finger, a drag that begins away from the
// start belongs to the page's own scrolling.

import { areaOf, within } from "./chart_area.js";

/** @import { Point } from "../types/answer.d.ts" */
/** @import { PlotElement } from "../types/figures.d.ts" */
/** @import { Pointing } from "../types/stage.d.ts" */
/** @import { Area, Place } from "./chart_area.js" */

const STILL = 5; // px that a hand may tremble during a click
const GRIP = 30; // px around the start within which a finger takes hold of it
const REACH = 12; // px around a mark within which a click is meant for it
const FINGER = 22; // the same for a finger

/** @typedef {{ x: number, y: number, grip: boolean, drags: boolean, moved: boolean, reach: number }} Held */

export class MapPointer {
  /**
   * `onPlace([x, y], how)` is called while dragging and once at the end.
   * @param {HTMLElement} node
   * @param {PlotElement} sheet
   * @param {() => Point} start
   * @param {(point: Point, how: Pointing) => void} onPlace
   */
  constructor(node, sheet, start, onPlace) {
    this.node = node;
    this.sheet = sheet; // the Plotly figure that is zoomed
    this.start = start;
    this.onPlace = onPlace;
    /** @type {Held | null} */
    this.held = null;
    /** @type {[EventTarget, string, (event: any) => void, AddEventListenerOptions | undefined][]} */
    const listeners = [
      [node, "pointerdown", (event) => this.down(event), { capture: true }],
      [node, "touchstart", (event) => this.touch(event), { capture: true, passive: false }],
      [window, "pointermove", (event) => this.move(event), undefined],
      [window, "pointerup", (event) => this.up(event), undefined],
      [window, "pointercancel", () => (this.held = null), undefined],
    ];
    for (const [target, type, listener, options] of listeners) target.addEventListener(type, listener, options);
  }

  area() {
    return areaOf(this.node, this.sheet);
  }

  /**
   * The point of the surface under a pointer, rounded to what a pixel can tell apart.
   * @param {Place} event
   * @param {Area} area
   * @returns {Point}
   */
  point(event, area) {
    const { rect, x, y } = area;
    const u = (event.clientX - rect.left) / rect.width;
    const v = (event.clientY - rect.top) / rect.height;
    const pixel = this.pixel(area);
    return [round(x[0] + u * (x[1] - x[0]), pixel[0]), round(y[1] - v * (y[1] - y[0]), pixel[1])];
  }

  /**
   * The size of one, along x and y.
   * @param {Area} area
   * @returns {Point}
   */
  pixel({ rect, x, y }) {
    return [(x[1] - x[0]) / rect.width, (y[1] - y[0]) / rect.height];
  }

  /**
   * @param {Place} event
   * @param {Held} held
   */
  say(event, { grip, moved, reach }) {
    const area = this.area();
    if (area) this.onPlace(this.point(event, area), { grip, moved, reach, pixel: this.pixel(area) });
  }

  /** @param {Place & { target: EventTarget | null }} event */
  onArea(event) {
    const area = this.area();
    const aside = event.target instanceof Element && event.target.closest(".modebar");
    return area !== null && !aside && within(event, area);
  }

  /** @param {Place} event */
  nearStart(event) {
    const area = this.area();
    if (!area) return false;
    const { rect, x, y } = area;
    const [sx, sy] = this.start();
    const px = rect.left + ((sx - x[0]) / (x[1] - x[0])) * rect.width;
    const py = rect.top + ((y[1] - sy) / (y[1] - y[0])) * rect.height;
    return Math.hypot(event.clientX - px, event.clientY - py) < GRIP;
  }

  /** @param {TouchEvent} event */
  touch(event) {
    const finger = event.touches[0];
    if (
      event.touches.length === 1 &&
      this.onArea({ ...at(finger), target: event.target }) &&
      this.nearStart(at(finger))
    )
      event.preventDefault();
  }

  /** @param {PointerEvent} event */
  down(event) {
    if (event.button !== 0 || !event.isPrimary || !this.onArea(event)) return;
    const panning = this.sheet.layout.dragmode === "pan";
    const grip = this.nearStart(event);
    const drags = !panning && (event.pointerType === "mouse" || grip);
    const reach = reachOf(event);
    this.held = { x: event.clientX, y: event.clientY, grip, drags, reach, moved: false };
  }

  /** @param {PointerEvent} event */
  move(event) {
    if (!this.held || !event.isPrimary) return;
    if (Math.hypot(event.clientX - this.held.x, event.clientY - this.held.y) > STILL) this.held.moved = true;
    if (this.held.moved && this.held.drags) this.say(event, this.held);
  }

  /** @param {PointerEvent} event */
  up(event) {
    if (!this.held || !event.isPrimary) return;
    const { held } = this;
    this.held = null;
    if (held.drags || !held.moved) this.say(event, held);
  }
}

/**
 * So many pixels around a mark a pointer is on it.
 * @param {PointerEvent} event
 */
export const reachOf = ({ pointerType }) => (pointerType === "touch" ? FINGER : REACH);

/**
 * @param {Touch} finger
 * @returns {Place}
 */
const at = (finger) => ({ clientX: finger.clientX, clientY: finger.clientY });

/**
 * @param {number} value
 * @param {number} pixel
 */
function round(value, pixel) {
  const decimals = Math.max(0, Math.ceil(-Math.log10(pixel / 2)));
  return Number(value.toFixed(Math.min(decimals, 12)));
}
