// What the pointer is over: it is read out at once, by what the browser has of the surface and the race, and a hand that
// presses moves the start or the playhead.

import { within } from "./controls/chart_area.js";
import { LossPointer } from "./controls/loss_pointer.js";
import { MapPointer, reachOf } from "./controls/map_pointer.js";
import { Readout } from "./controls/readout.js";
import { nearest } from "./figures/frames.js";
import { swatch } from "./figures/marks.js";
import { inside } from "./figures/space.js";
import { el, zoomOf } from "./lib/dom.js";
import { fill, fixed, spell } from "./lib/format.js";
import { lossAxisOf } from "./session/view.js";

/** @import { Sign } from "./controls/readout.js" */
/** @import { Page } from "./page.js" */
/** @import { Stage } from "./stage.js" */
/** @import { Answer } from "./types/answer.d.ts" */
/** @import { Pixels } from "./types/figures.d.ts" */

/** @typedef {{ data: Answer, page: Page }} Shown */
/** @typedef {{ rows: HTMLElement[], sign: Sign | null }} Found */

const MOST_DECIMALS = 6;

export class Pointers {
  /**
   * On the figures of `stage`, which are drawn.
   * @param {Stage} stage
   */
  constructor(stage) {
    const { screen, actions, player } = stage;
    const { nodes, figures } = screen;
    this.stage = stage;
    this.map = new MapPointer(
      nodes.map,
      figures.map.node,
      () => stage.data?.ground.start ?? [NaN, NaN],
      (point, how) => actions.pointed(point, how),
    );
    this.losses = new LossPointer(
      nodes.losses,
      figures.losses.node,
      () => player.last,
      (step) => player.seek(step),
    );
    this.readout = new Readout(stage.root);
    /** @type {PointerEvent | null} where the pointer was last */
    this.last = null;
    /** @type {Answer | undefined} what was read out */
    this.read = undefined;
    for (const type of /** @type {const} */ (["pointermove", "pointerdown"]))
      window.addEventListener(type, (event) => this.point(event));
    for (const type of /** @type {const} */ (["pointerup", "pointercancel"]))
      window.addEventListener(type, ({ pointerType }) => pointerType !== "mouse" && this.leave());
    document.documentElement.addEventListener("pointerleave", () => this.leave());
    stage.root.addEventListener("optiscape", () => {
      if (this.readout.shown && this.last && this.read !== stage.data) this.point(this.last);
    });
  }

  leave() {
    this.last = null;
    this.readout.hide();
  }

  /** @param {PointerEvent} event */
  point(event) {
    const { data, page } = this.stage;
    if (!event.isPrimary) return;
    const touch = event.pointerType === "touch";
    const found = data && page && (!touch || event.buttons) ? this.find(event, { data, page }) : null;
    this.last = found && event;
    this.read = data;
    if (found) this.readout.show(event, found.rows, found.sign);
    else this.readout.hide();
  }

  /**
   * @param {PointerEvent} event
   * @param {Shown} shown
   * @returns {Found | null}
   */
  find(event, shown) {
    const { nodes } = this.stage.screen;
    /** @param {HTMLElement} node */
    const over = (node) => event.target instanceof Node && node.contains(event.target);
    if (this.losses.held || (over(nodes.losses) && !this.map.held)) return this.onLosses(event, shown);
    if (this.map.held || over(nodes.map)) return this.onMap(event, shown);
    return over(nodes.surface) && !event.buttons ? this.onSurface(event, shown) : null;
  }

  /**
   * @param {PointerEvent} event
   * @param {Shown} shown
   * @returns {Found | null}
   */
  onMap(event, { data, page }) {
    const { map, stage } = this;
    const area = map.area();
    if (!area || !within(event, area)) return null;
    const { ui } = page.words;
    const point = map.point(event, area);
    const pixel = map.pixel(area);
    const reach = reachOf(event);
    stage.screen.nodes.map.dataset.over = stage.actions.laneAt(point, { pixel, reach }) === null ? "ground" : "lane";
    const { ground } = data;
    const surface = stage.live.engine.partsOf(data)?.surface;
    const loss = surface && surface.at(ground.knobs)(...point);
    const axes = point.map((value, axis) =>
      el("span", {}, el("i", {}, ground.axes[axis]), el("b", {}, fixed(value, decimals(pixel[axis])))),
    );
    const rows = [el("p", {}, ...axes)];
    if (loss !== undefined) rows.push(row([ui.fact_loss], number(loss)));
    const { left, top } = area.rect;
    const project = stage.screen.figures.map.upper.project;
    const zoom = zoomOf(stage.screen.figures.map.node);
    const place = /** @type {Pixels} */ ([(event.clientX - left) / zoom, (event.clientY - top) / zoom]);
    const near = project && nearest(data.lanes, project, place, reach);
    if (!near) return { rows, sign: null };
    rows.push(this.ofLane(near.lane, near.step, { data, page }));
    return { rows, sign: { left: left + zoom * near.pixels[0], top: top + zoom * near.pixels[1] } };
  }

  /**
   * @param {PointerEvent} event
   * @param {Shown} shown
   * @returns {Found | null}
   */
  onSurface(event, { data, page }) {
    const { surface } = this.stage.screen.figures;
    const { left, top } = surface.node.getBoundingClientRect();
    const { project } = surface.sheets.upper;
    if (!project || data.lanes.some(({ z }) => !z)) return null;
    const lanes = data.lanes.map((lane) => inside(lane, data.ground.box));
    const zoom = zoomOf(surface.node);
    const place = /** @type {Pixels} */ ([(event.clientX - left) / zoom, (event.clientY - top) / zoom]);
    const near = nearest(lanes, project, place, reachOf(event));
    if (!near) return null;
    return {
      rows: [this.ofLane(near.lane, near.step, { data, page })],
      sign: { left: left + zoom * near.pixels[0], top: top + zoom * near.pixels[1] },
    };
  }

  /**
   * @param {PointerEvent} event
   * @param {Shown} shown
   * @returns {Found | null}
   */
  onLosses(event, { data, page }) {
    const { losses, stage } = this;
    const area = losses.area();
    if (!area || (!losses.held && !within(event, area))) return null;
    const { ui } = page.words;
    const step = losses.step(event, area);
    const log = lossAxisOf(stage.view, data) === "log";
    const above = log ? (data.ground.least ?? 0) : 0;
    const head = el("p", {}, el("b", {}, fill(ui.at_step, { step })), log ? ui.losses_title_log : ui.losses_title);
    const rows = data.lanes.map((lane, index) =>
      row([this.swatch(index), page.names[index]], number((lane.losses[step] ?? NaN) - above)),
    );
    const { rect, x } = area;
    const left = rect.left + ((step - x[0]) / (x[1] - x[0])) * rect.width;
    return { rows: [head, ...rows], sign: { left, top: rect.top, height: rect.height } };
  }

  /**
   * A lane at a step.
   * @param {number} index
   * @param {number} step
   * @param {Shown} shown
   */
  ofLane(index, step, { data, page }) {
    const lane = data.lanes[index];
    const name = `${page.names[index]}, ${fill(page.words.ui.at_step, { step })}`;
    return row([this.swatch(index), name], number(lane.losses[step]));
  }

  /** @param {number} lane */
  swatch(lane) {
    return swatch(this.stage.screen.figures.styles[lane]);
  }
}

/**
 * A name and its number.
 * @param {(Node | string)[]} name
 * @param {string} value
 */
const row = (name, value) => el("p", {}, el("span", {}, ...name), el("b", {}, value));

/**
 * A loss; there is none where the formula has no value, and after a lane has ended.
 * @param {number} loss
 */
const number = (loss) => (Number.isNaN(loss) ? "–" : loss === -Infinity ? "−∞" : spell(loss));

/**
 * So many tell two pixels apart.
 * @param {number} pixel
 */
const decimals = (pixel) => Math.min(MOST_DECIMALS, Math.max(0, Math.ceil(-Math.log10(pixel))));
