// The surface: the heaviest figure, drawn when somebody can see it. What moves on it is drawn on top, as on the map.

import { framed, turned } from "./camera.js";
import { Sheets, plotly } from "./figure.js";
import { typeOf, typesetScene } from "./large_type.js";
import { heights, heightsOn, leaves, shadows, surfaceFrame, wireFrame } from "./space.js";
import { Turning } from "./turning.js";
import { el } from "../lib/dom.js";
import { numbers } from "../lib/packing.js";

/** @import { Answer, Lane } from "../types/answer.d.ts" */
/** @import { DefinedPoint } from "../types/facts.d.ts" */
/** @import { Changes, Relief, Terrain } from "../types/figures.d.ts" */

const MARKED = ["minima", "minimum", "saddle", "probe"];

/** @typedef {{ data?: Answer, terrain?: Terrain, quadratic: DefinedPoint | null, at: number }} Shown */

export class SurfaceFigure {
  /**
   * `library` is plotly.js, `load(path)` brings the figure of a ground.
   * @param {HTMLElement} node
   * @param {string} library
   * @param {(path: string) => Promise<Relief>} load
   */
  constructor(node, library, load) {
    this.node = node;
    this.library = library;
    this.load = load;
    this.sheets = new Sheets(node);
    this.turning = new Turning(node, { reset: () => this.lookAgain(), turn: (around, up) => this.turn(around, up) });
    /** @type {Relief | undefined} */
    this.relief = undefined;
    /** @type {Relief | undefined} on which lanes were lifted last */
    this.lifted = undefined;
    /** @type {import("./space.js").HeightOn} */
    this.heightOn = () => NaN;
    /** @type {DefinedPoint | null} the point whose second-order model is drawn */
    this.quadratic = null;
    /** @type {import("../types/figures.d.ts").Trace | undefined} the global minima of the map */
    this.stars = undefined;
    /** @type {Changes} critical points and the one that was asked about, as on the map */
    this.annotations = {};
    this.busy = false;
    /** What Plotly has drawn of the lanes, and from where. */
    this.seen = "";
  }

  get visible() {
    return this.sheets.visible;
  }

  /**
   * Draw what `now()` says is on the screen.
   * @param {string} theme
   * @param {() => Shown} now
   */
  async show(theme, now) {
    const { data } = now();
    if (this.busy || !data || data.draft || !this.visible) return;
    this.busy = true;
    try {
      const path = /** @type {const} */ (`relief-${theme}.json?${data.ground.query}`);
      const [relief] = await Promise.all([
        this.relief?.path === path ? this.relief : this.load(path),
        plotly(this.library),
      ]);
      await this.draw(relief, now());
    } finally {
      this.busy = false;
    }
    if (now().data !== data) await this.show(theme, now); // another answer came meanwhile
  }

  /**
   * @param {Relief} relief
   * @param {Shown} shown
   */
  async draw(relief, { data, terrain, quadratic, at }) {
    if (!data || !terrain) return;
    const { lanes, ground } = data;
    this.lift(lanes, ground, relief);
    const colors = terrain.movers.data.filter(({ meta }) => meta.role === "path").map(({ line }) => line.color);
    const { scene } = relief.layout;
    const moving = { figure: terrain.movers, changes: this.frame(lanes, at, ground.box) };
    const cast = shadows(lanes, ground.box, scene.zaxis.range[0]);
    const from = this.framed(scene);
    const seen = JSON.stringify([cast, colors, from, typeOf(this.node)]);
    if (this.relief === relief && this.quadratic === quadratic && this.seen === seen)
      return this.sheets.update(moving.changes, true); // another lane was picked: Plotly would take long to draw the same
    this.seen = seen;
    const still = {
      figure: { ...relief, data: relief.data.map((trace) => shaded(trace, colors)) },
      changes: { ...cast, ...(quadratic && { model: wireFrame(quadratic, relief) }) },
    };
    this.relief = relief;
    this.quadratic = quadratic;
    const stars = terrain.map.data.filter(({ meta }) => meta.role === "minima");
    const marks = { data: [...stars, ...terrain.annotations.data].filter(({ meta }) => MARKED.includes(meta.role)) };
    this.stars = stars[0];
    const layout = { scene: { ...typesetScene(scene, this.node).scene, ...from } };
    await this.sheets.show(still, moving, layout, { figure: marks, changes: this.marks() });
  }

  /**
   * The heights of lanes on the surface.
   * @param {Lane[]} lanes
   * @param {Answer["ground"]} ground
   * @param {Relief} relief
   */
  lift(lanes, { box }, relief) {
    if (this.lifted !== relief) this.heightOn = heightsOn(relief.data[0]);
    this.lifted = relief;
    for (const lane of lanes) {
      lane.leaves = leaves(lane, box);
      lane.z = heights(lane.losses, relief.layout.meta);
    }
  }

  /**
   * @param {Lane[]} lanes
   * @param {number} at
   * @param {Answer["ground"]["box"]} box
   */
  frame(lanes, at, box) {
    return surfaceFrame(lanes, at, box, this.heightOn);
  }

  /**
   * Show another race on the same ground within this frame. The surface of other knobs is the server's to draw, and no
   * place for these lanes.
   * @param {Answer} data
   * @param {number} at
   */
  follow({ ground, lanes }, at) {
    if (ground.terrain || !this.relief || !this.visible) return;
    this.lift(lanes, ground, this.relief);
    this.sheets.update(this.frame(lanes, at, ground.box), true);
  }

  /**
   * The playhead stands at `at`.
   * @param {Answer} data
   * @param {number} at
   */
  move({ lanes, ground }, at) {
    if (this.relief && this.visible && lanes.every((lane) => lane.z))
      this.sheets.update(this.frame(lanes, at, ground.box), true);
  }

  /**
   * Critical points and the point that was asked about, by role.
   * @param {Changes} annotations
   */
  mark(annotations) {
    this.annotations = annotations;
    if (this.relief && this.visible) this.sheets.annotations.update(this.marks(), true);
  }

  /** @returns {Changes} */
  marks() {
    const { relief, stars, heightOn } = this;
    if (!relief) return {};
    const all = { ...this.annotations, ...(stars && { minima: { x: numbers(stars.x), y: numbers(stars.y) } }) };
    return Object.fromEntries(
      Object.entries(all)
        .filter(([role]) => MARKED.includes(role))
        .map(([role, { x, y }]) => [
          role,
          { x, y, z: Array.from(x, (u, row) => heightOn([Number(u), Number(y[row])])) },
        ]),
    );
  }

  /** A picture of what WebGL has drawn, which no printer sees: in the place of its canvas. */
  onPaper() {
    this.node.querySelector("canvas.os-onpaper")?.remove();
    const glplot = this.sheets.node._fullLayout?.scene?._scene?.glplot;
    const canvas = this.node.querySelector("canvas");
    if (!glplot?.redraw || !canvas || !this.visible) return;
    glplot.redraw(); // what is drawn is gone with the frame
    const picture = el("canvas.os-onpaper", { width: canvas.width, height: canvas.height });
    picture.getContext("2d")?.drawImage(canvas, 0, 0);
    canvas.after(picture);
  }

  /**
   * As high and as near as the frame has room for.
   * @param {import("../types/figures.d.ts").Scene} scene
   */
  framed(scene) {
    const { clientWidth: width, clientHeight: height } = this.node;
    return framed(scene, width, height, typesetScene(scene, this.node).around);
  }

  /**
   * From another direction, so many radians around it and up.
   * @param {number} around
   * @param {number} up
   */
  turn(around, up) {
    const { node } = this.sheets;
    const camera = node._fullLayout?.scene?._scene?.getCamera();
    if (camera) window.Plotly.relayout(node, { "scene.camera": turned(camera, around, up) });
  }

  /** The direction from which it is seen, x, y and z; undefined before it is drawn. */
  get direction() {
    const camera = this.visible ? this.sheets.node._fullLayout?.scene?._scene?.getCamera() : undefined;
    if (!camera) return undefined;
    const { center, eye } = camera;
    return [eye.x - center.x, eye.y - center.y, eye.z - center.z];
  }

  /** From where it was seen at first. */
  lookAgain() {
    if (!this.relief) return;
    const { aspectratio, camera } = this.framed(this.relief.layout.scene);
    window.Plotly.relayout(this.sheets.node, { "scene.camera": camera, "scene.aspectratio": aspectratio });
  }
}

/**
 * The shadow of a lane in its colour.
 * @param {Relief["data"][number]} trace
 * @param {string[]} colors
 */
const shaded = (trace, colors) =>
  trace.meta.role === "shadow" ? { ...trace, line: { ...trace.line, color: colors[trace.meta.lane ?? 0] } } : trace;
