// Plotly figures that keep their node, zoom and camera while their data changes.

import { GroundCover } from "./ground_cover.js";
import { typeset } from "./large_type.js";
import { plotlyDashes } from "./marks.js";
import { Overlay } from "./overlay.js";
import { PlainFigure } from "./plain_figure.js";
import { TraceFigure, nameOf } from "./trace_figure.js";
import { zoomOf } from "../lib/dom.js";

/** @import { Changes, FigureText, Filled, Layout, Library, ModeBarButton, PlotElement } from "../types/figures.d.ts" */

/** @type {Promise<Library> | null} */
let library = null;

/**
 * Start plotly.js, once; the front page has had it fetched. It keeps the browser busy for a while.
 * @param {string} url
 * @returns {Promise<Library>}
 */
export function plotly(url) {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => {
      library = null;
      script.remove();
      reject(new Error(url));
    };
    document.head.append(script);
  });
  return library;
}

const DRAWN = ["plotly_relayout", "plotly_relayouting", "plotly_afterplot"];

class Figure extends TraceFigure {
  /**
   * `placed()` is called whenever Plotly has drawn the axes, for what lies on top.
   * @param {HTMLElement & PlotElement} node
   * @param {() => void} placed
   * @param {(string | ModeBarButton)[]} modeBar
   */
  constructor(node, placed, modeBar) {
    super(node, placed);
    this.config = {
      displaylogo: false,
      // A finger cannot hover, and the buttons would stand on the map for good.
      displayModeBar: modeBar.length && window.matchMedia("(hover: hover)").matches ? "hover" : false,
      modeBarButtons: [modeBar],
      doubleClick: "reset",
      showTips: false,
      responsive: false,
      plotGlPixelRatio: 0, // see `sharpen`
    };
  }

  /**
   * Draw `figure` with `changes` applied, as `update` takes them.
   * @param {Filled["figure"]} figure
   * @param {Changes} changes
   * @param {object} [layout]
   */
  async show(figure, changes, layout = {}) {
    const data = this.chosen(figure, changes).map((trace) => ({ ...trace, ...changes[nameOf(trace)] }));
    if (figure.layout?.scene) this.sharpen();
    const whole = { ...figure.layout, ...layout };
    await window.Plotly.react(this.node, data, whole, this.config);
    this.setHome(whole);
    if (this.stands()) for (const event of DRAWN) this.node.on?.(event, this.placed);
  }

  /** As many pixels as the screen has, in a presentation too: the letters of a scene are as large as those are many. */
  sharpen() {
    const plotGlPixelRatio = Math.min(2, (window.devicePixelRatio || 1) * zoomOf(this.node));
    if (this.config.plotGlPixelRatio === plotGlPixelRatio) return;
    this.config = { ...this.config, plotGlPixelRatio };
    if (!this.ready) return;
    window.Plotly.purge(this.node); // which has made its canvas once and for all
    this.falls();
  }

  /**
   * Where "reset axes" and a double click lead. Plotly keeps the ranges that it drew first, which may be another surface's.
   * @param {Layout} layout
   */
  setHome(layout) {
    for (const name of /** @type {const} */ (["xaxis", "yaxis"])) {
      const axis = this.node._fullLayout?.[name];
      const range = layout[name]?.range;
      if (axis && range) [axis._rangeInitial0, axis._rangeInitial1] = range;
    }
  }

  /**
   * Change traces by name: update({ path0: { x, y }, heads: { x, y } }).
   * @param {Changes} changes
   */
  update(changes) {
    if (!this.ready) return;
    /** @type {number[]} */
    const indices = [];
    /** @type {Record<string, unknown[]>} */
    const attributes = {};
    for (const [name, change] of Object.entries(changes)) {
      const trace = this.named.get(name);
      if (trace === undefined) continue;
      for (const [attribute, value] of Object.entries(change)) {
        attributes[attribute] ??= [];
        attributes[attribute][indices.length] = value;
      }
      indices.push(trace);
    }
    // Plotly reads these arrays modulo their length, and leaves alone what is undefined.
    for (const values of Object.values(attributes)) values.length = indices.length;
    if (indices.length) window.Plotly.restyle(this.node, attributes, indices);
  }

  /**
   * The element that Plotly has made of a trace, null where it has none.
   * @param {string} name
   * @returns {SVGElement | null}
   */
  drawnTrace(name) {
    const uid = this.node._fullData?.[this.named.get(name) ?? -1]?.uid;
    return uid === undefined ? null : this.node.querySelector(`.trace${uid}`);
  }

  resize() {
    if (this.ready && this.visible) window.Plotly.Plots.resize(this.node);
  }

  close() {
    this.resizes.disconnect();
    if (this.ready) window.Plotly.purge(this.node);
  }
}

/**
 * A figure that stays put, and on it what moves on every frame. Plotly draws the lower one once it has been started;
 * until then it is a plain one. The lower one may be zoomed; the upper one follows.
 */
export class Sheets {
  /**
   * @param {HTMLElement} node
   * @param {string[]} [modeBar]
   */
  constructor(node, modeBar = []) {
    const lower = /** @type {HTMLDivElement & PlotElement} */ (document.createElement("div"));
    this.node = lower;
    this.modeBar = modeBar.map((button) => (button === "toImage" ? this.camera() : button));
    this.place = () => this.layers.forEach((layer) => layer.place());
    /** @type {Figure | PlainFigure} */
    this.lower = new PlainFigure(lower, this.place);
    const area = () => lower.querySelector(".nsewdrag")?.getBoundingClientRect();
    // While a hand turns something, what it moves of the lower figure: Plotly is too slow for a frame.
    this.live = new Overlay(lower, area, "os-live", plotlyDashes);
    this.cover = new GroundCover(this.live);
    /** @type {SVGElement[]} what is drawn there instead of below */
    this.replaced = [];
    this.annotations = new Overlay(lower, area, "os-between");
    this.upper = new Overlay(lower, area);
    /** @type {{ place: () => void, texts?: () => FigureText[] }[]} what follows the axes of the lower figure */
    this.layers = [this.live, this.cover, this.annotations, this.upper];
    node.classList.add("os-sheets");
    node.replaceChildren(lower, this.cover.node, this.live.node, this.annotations.node, this.upper.node);
  }

  get visible() {
    return this.lower.visible;
  }

  /** Whether it was drawn without Plotly. */
  get plain() {
    return this.lower instanceof PlainFigure;
  }

  /**
   * `still` and `moving` are { figure, changes }, and so are `annotations`, what lies between them and
   * moves with neither; `layout` goes on top of the lower figure's layout.
   * @param {Filled} still
   * @param {Filled} moving
   * @param {object} [layout]
   * @param {Filled | null} [annotations]
   */
  async show(still, moving, layout = {}, annotations = null) {
    const before = this.lower;
    if (this.plain && window.Plotly) this.lower = new Figure(this.node, this.place, this.modeBar);
    await this.lower.show(still.figure, still.changes, typeset({ ...still.figure.layout, ...layout }, this.node));
    if (before !== this.lower) before.close();
    // A ground that is covered is uncovered by whoever knows that the one below can be seen.
    if (!this.cover.shown) this.settle();
    this.live.show(still.figure, this.cover.shown ? still.changes : {});
    if (annotations) this.annotations.show(annotations.figure, annotations.changes);
    this.upper.show(moving.figure, moving.changes);
  }

  /**
   * Move what moves.
   * @param {Changes} changes
   */
  update(changes, only = false) {
    this.upper.update(changes, only);
  }

  /**
   * Move traces of the lower figure, within a frame; `settle` gives them back to it.
   * @param {Changes} changes
   */
  follow(changes) {
    if (!this.replaced.length) {
      const names = Object.keys(changes);
      this.replaced = names.map((name) => this.lower.drawnTrace(name)).filter((node) => node !== null);
      for (const node of this.replaced) node.style.visibility = "hidden";
    }
    this.live.update(changes, true);
  }

  /**
   * Draw the ground anew above the one below, whose marks are of another surface; `settle` takes it away.
   * @param {Parameters<GroundCover["draw"]>} drawing
   */
  coverGround(...drawing) {
    this.cover.draw(...drawing);
    this.annotations.node.style.visibility = "hidden";
  }

  /** What `follow` has moved is drawn below again. */
  settle() {
    this.cover.clear();
    this.annotations.node.style.visibility = "";
    for (const node of this.replaced) node.style.visibility = "";
    this.replaced = [];
    this.live.update({}, true);
  }

  /**
   * The button that saves a picture must save all of the sheets, and what is written on them.
   * @returns {ModeBarButton}
   */
  camera() {
    return {
      name: "toImage",
      title: "PNG",
      icon: { width: 16, height: 16, path: "M2 5h3l1-2h4l1 2h3v8H2zM8 6.500a2.500 2.500 0 1 0 .010 0z" },
      click: () => {
        const data = [...(this.node.data ?? []), ...this.annotations.traces(), ...this.upper.traces()];
        const paper = getComputedStyle(this.node).getPropertyValue("--os-paper");
        const names = this.layers.flatMap((layer) => layer.texts?.() ?? []);
        const annotations = [...(this.node.layout.annotations ?? []), ...names];
        const layout = { ...this.node.layout, annotations, paper_bgcolor: paper };
        const { clientWidth: width, clientHeight: height } = this.node;
        window.Plotly.downloadImage(
          { data, layout },
          { format: "png", scale: 2, width, height, filename: "optiscape" },
        );
      },
    };
  }

  close() {
    this.lower.close();
  }
}

const UNSEEN = 1000; // ms without a frame: this page is in a frame of another that nobody sees, but may print

/**
 * Do something once the frame that is being made has been painted; where none is, after a while.
 * @param {() => void} then
 */
export function afterFrame(then) {
  const late = setTimeout(then, UNSEEN);
  requestAnimationFrame(() => {
    clearTimeout(late);
    setTimeout(then);
  });
}

/** Things to do one after another, each after a frame has been painted; a new list drops the old one. */
export class Queue {
  constructor() {
    this.turn = 0;
  }

  clear() {
    this.turn += 1;
  }

  /** @param {(() => unknown)[]} things */
  run(things) {
    const [next, ...rest] = things;
    this.clear();
    const { turn } = this;
    if (!next) return;
    afterFrame(async () => {
      if (turn !== this.turn) return;
      await next();
      if (turn === this.turn) this.run(rest);
    });
  }
}
