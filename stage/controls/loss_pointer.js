// Pointing at a chart over the steps: a click takes the playhead there, a drag takes it along. A finger that moves up or
// down scrolls the page.

import { areaOf, within } from "./chart_area.js";

/** @import { PlotElement } from "../types/figures.d.ts" */
/** @import { Area, Place } from "./chart_area.js" */

export class LossPointer {
  /**
   * `last()` is the last step, `seek(step)` hears where the playhead is to stand.
   * @param {HTMLElement} node
   * @param {PlotElement} sheet
   * @param {() => number} last
   * @param {(step: number) => void} seek
   */
  constructor(node, sheet, last, seek) {
    this.node = node;
    this.sheet = sheet;
    this.last = last;
    this.seek = seek;
    this.held = false;
    node.addEventListener("pointerdown", (event) => this.down(event), { capture: true });
    window.addEventListener("pointermove", (event) => this.move(event));
    for (const type of ["pointerup", "pointercancel"]) window.addEventListener(type, () => (this.held = false));
  }

  area() {
    return areaOf(this.node, this.sheet);
  }

  /**
   * The step under a pointer.
   * @param {Place} place
   * @param {Area} area
   */
  step({ clientX }, { rect, x }) {
    const at = x[0] + ((clientX - rect.left) / rect.width) * (x[1] - x[0]);
    return Math.min(Math.max(Math.round(at), 0), this.last());
  }

  /** @param {PointerEvent} event */
  down(event) {
    const area = this.area();
    if (event.button !== 0 || !event.isPrimary || !area || !within(event, area)) return;
    this.held = true;
    this.seek(this.step(event, area));
  }

  /** @param {PointerEvent} event */
  move(event) {
    const area = this.held && event.isPrimary ? this.area() : null;
    if (area) this.seek(this.step(event, area));
  }
}
