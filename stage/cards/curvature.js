// Everything about curvature that is fetched when somebody looks at it: critical points, the point
// that the reader asked about, the measures of the paths. It fills the cards and the annotations on the map.

import { CrossNames, arms } from "../figures/cross_names.js";
import { uncrowded } from "../figures/crowded.js";
import { MeasureChart, ratesOf, unpackMeasures } from "../figures/measures.js";
import { unpack } from "../lib/packing.js";
import { LatestRequest } from "../session/latest_request.js";
import { measureOf } from "../session/view.js";
import { CriticalCard } from "./critical.js";
import { ProbeCard } from "./probe.js";
import { StabilityCard } from "./stability.js";

/** @import { Figures } from "../figures/figures.js" */
/** @import { Facts } from "../session/facts.js" */
/** @import { Answer, MeasureName, Point, View } from "../types/answer.d.ts" */
/** @import { CriticalPoints, DefinedPoint, Escape, FactPath, Marks, Measures, SentMeasures, UndefinedPoint } from "../types/facts.d.ts" */
/** @import { Changes, Terrain } from "../types/figures.d.ts" */
/** @import { At, Fail } from "../types/stage.d.ts" */
/** @import { Words } from "../types/words.d.ts" */

/** @typedef {{ critical: CriticalCard, probe: ProbeCard, stability: StabilityCard, stepAxis: string }} Cards in one language */
/** @typedef {{ data: Answer, view: View, at: At }} Shown what is on the screen */

const SNAP = 11; // px around a critical point within which a click means that point
const SAME = 1e-9; // of the box: the point that was asked about is the critical one

export class Curvature {
  /**
   * `node` is where the measures are drawn.
   * @param {Facts} facts
   * @param {Figures} figures
   * @param {HTMLElement} node
   * @param {{ ask: (point: Point | null) => void, start: (point: Point) => void, modelChanged: () => void, fail: Fail }} on
   */
  constructor(facts, figures, node, on) {
    this.figures = figures;
    this.on = on;
    this.chart = new MeasureChart(node);
    this.crossNames = new CrossNames(figures.map);
    figures.map.layers.push({ place: () => this.zoomed() });
    this.inSight = "";
    /** @type {Cards | null} */
    this.cards = null;
    /** @type {Shown | null} */
    this.shown = null;
    /** @type {Changes} */
    this.marks = {};
    /** @type {Changes} */
    this.probeMarks = {};
    /** @type {MeasureName} */
    this.measure = "none";
    /** @type {Terrain | undefined} */
    this.terrain = undefined;
    /** @type {CriticalPoints | null} */
    this.found = null;
    /** @type {UndefinedPoint | DefinedPoint | null} the answer about the point that was asked about */
    this.probed = null;
    /** @type {{ path: string, lanes: Measures[] } | null} */
    this.measured = null;
    /** @type {LatestRequest<FactPath<"critical.json">>} */
    this.criticals = new LatestRequest(facts, (found) => this.receiveCritical(found), on.fail);
    /** @type {LatestRequest<FactPath<"point.json">>} */
    this.probes = new LatestRequest(facts, (answer) => this.receiveProbe(answer), on.fail);
    /** @type {LatestRequest<FactPath<"measures.json">>} */
    this.measures = new LatestRequest(facts, (answer, path) => this.receiveMeasures(answer, path), on.fail);
    /** @type {LatestRequest<FactPath<"escape.json">>} */
    this.escapes = new LatestRequest(facts, (answer) => this.receiveEscape(answer), on.fail);
  }

  /**
   * Make the cards in the reader's language.
   * @param {Words} words
   */
  build(words) {
    this.cards = {
      critical: new CriticalCard(words, (point) => this.on.ask(point)),
      probe: new ProbeCard(words, {
        ask: (axis, value) => this.askAt(axis, value),
        start: (point) => this.on.start(point),
        clear: () => this.on.ask(null),
        escape: (hair) => this.askEscape(hair),
      }),
      stability: new StabilityCard(words),
      stepAxis: words.ui.step_axis,
    };
    this.chart.drawn = false;
    this.forget();
    return this.cards;
  }

  /** Fill cards and figures again: they are new, or their colours are. */
  forget() {
    for (const request of [this.criticals, this.probes, this.measures, this.escapes]) request.forget();
  }

  /**
   * `data` is on the screen; fetch what goes with it. `at` gives the playhead.
   * @param {Answer} data
   * @param {View} view
   * @param {At} at
   */
  show(data, view, at) {
    const before = this.shown?.data.ground;
    this.shown = { data, view, at };
    this.measure = measureOf(view, data);
    const { hide, page } = view;
    if (this.terrain !== this.figures.terrain) this.forget();
    this.terrain = this.figures.terrain;
    this.cards?.probe.nameAxes(data.ground.axes);
    const curved = page === "curvature";
    if (before?.query !== data.ground.query) {
      this.found = null;
      [this.marks, this.probeMarks] = [{}, {}]; // of another surface
    }
    this.criticals.ask(hide.has("points") && !curved ? null : `critical.json?${data.ground.query}`);
    this.askProbe();
    const known = this.measure === "none" || this.measure === "rate"; // the rates are in every answer
    this.measures.ask(known && !curved ? null : `measures.json?${data.spelling}`);
    if (this.measure === "rate" || this.measured?.path === this.measures.shown) this.drawMeasures().catch(this.on.fail);
  }

  /**
   * Ask about the same point with another coordinate; where none was asked about, that is the start.
   * @param {number} axis
   * @param {number} value
   */
  askAt(axis, value) {
    if (!this.shown) return;
    const [x, y] = this.shown.view.probe ?? this.shown.data.ground.start;
    this.on.ask(axis === 0 ? [value, y] : [x, value]);
  }

  askProbe() {
    if (!this.shown) return;
    const { data, view } = this.shown;
    const probe = view.page === "curvature" ? view.probe : null;
    if (!probe) {
      this.probeMarks = {};
      this.showModel(null);
      this.cards?.probe.empty();
    }
    this.annotate();
    this.probes.ask(probe ? `point.json?${data.ground.query}&probe=${probe.join()}` : null);
  }

  /** @param {CriticalPoints} found */
  receiveCritical(found) {
    this.found = found;
    this.cards?.critical.update(found, this.figures.annotationStyles());
    this.marks = unpacked(found.marks);
    this.annotate();
    if (this.probed) this.receiveProbe(this.probed); // now it is known whether that is a critical point
  }

  /** @param {UndefinedPoint | DefinedPoint} answer */
  receiveProbe(answer) {
    this.probed = answer;
    if (!this.shown?.view.probe || !this.cards) return;
    const { probe } = this.cards;
    probe.update(
      answer,
      this.found?.points.find(({ point }) => this.distance(point, answer.point) <= SAME),
    );
    this.probeMarks = answer.defined ? unpacked(answer.marks) : {};
    this.annotate();
    this.showModel(answer.defined ? answer : null);
    this.askEscape(probe.hair);
  }

  /** @param {DefinedPoint | null} answer */
  showModel(answer) {
    if (!answer) this.probed = null;
    if (this.figures.quadratic === answer) return;
    this.figures.quadratic = answer;
    this.on.modelChanged();
  }

  /** @param {number} hair how far beside the saddle the lanes start */
  askEscape(hair) {
    if (!this.shown) return;
    const { data, view } = this.shown;
    const saddle = view.page === "curvature" ? this.cards?.probe.saddle : null;
    this.escapes.ask(saddle ? `escape.json?${data.spelling}&probe=${saddle.point.join()}&hair=${hair}` : null);
  }

  /** @param {Escape} answer */
  receiveEscape(answer) {
    if (this.shown) this.cards?.probe.updateEscape(answer, this.shown.data, this.figures.styles);
  }

  /**
   * @param {{ lanes: SentMeasures[] }} answer
   * @param {string} path
   */
  receiveMeasures(answer, path) {
    if (!this.shown || path !== `measures.json?${this.shown.data.spelling}`) return; // of lanes that have moved on
    this.measured = { path, lanes: unpackMeasures(answer) };
    this.cards?.stability.update(this.shown.data, this.measured.lanes, this.figures.styles);
    this.cards?.stability.show(Math.floor(this.shown.at()));
    if (this.measure !== "rate") this.drawMeasures().catch(this.on.fail);
  }

  async drawMeasures() {
    const { measure, shown, cards } = this;
    const { terrain } = this.figures;
    if (!shown || !cards || !terrain) return;
    const rows = measure === "rate" ? ratesOf(shown.data.lanes) : this.measured?.lanes;
    if (measure === "none" || !rows) return;
    const { steps } = shown.data.budget;
    await this.chart.show(terrain, rows, measure, steps, shown.at(), cards.stepAxis);
  }

  annotate() {
    if (!this.figures.terrain) return;
    const { xaxis, yaxis } = this.figures.map.lower.node.layout ?? {};
    const [across, up] = [xaxis?.range, yaxis?.range];
    const shown = across && up && !this.shown?.view.hide.has("points");
    const marks = shown ? uncrowded(this.marks, this.found?.points ?? [], [across, up]) : {};
    this.figures.showAnnotations({ ...marks, ...this.probeMarks });
    const { probed, probeMarks } = this;
    this.crossNames.show(probed?.defined && probeMarks.probe ? arms(probed, probeMarks) : []);
  }

  /** The map may show another part of the surface. */
  zoomed() {
    const { xaxis, yaxis } = this.figures.map.lower.node.layout;
    const inSight = [xaxis?.range, yaxis?.range].join();
    if (inSight === this.inSight) return;
    this.inSight = inSight;
    this.annotate();
  }

  /**
   * The playhead stands at `at`.
   * @param {number} at
   */
  move(at) {
    if (this.shown && this.measure !== "none") this.chart.move(at);
    if (this.shown?.view.page === "curvature") this.cards?.stability.show(Math.floor(at));
  }

  /**
   * The critical point under a click, or else the very point; `pixel` is the size of one.
   * @param {Point} point
   * @param {Point} pixel
   * @returns {Point}
   */
  snap(point, pixel) {
    if (this.shown?.view.hide.has("points")) return point;
    /** @param {Point} p */
    const apart = (p) => Math.hypot((p[0] - point[0]) / pixel[0], (p[1] - point[1]) / pixel[1]);
    const near = (this.found?.points ?? []).map((p) => p.point).filter((p) => apart(p) <= SNAP);
    return near.sort((a, b) => apart(a) - apart(b))[0] ?? point;
  }

  /**
   * In parts of the box's diagonal.
   * @param {Point} a
   * @param {Point} b
   */
  distance(a, b) {
    if (!this.shown) return Infinity;
    const [[x0, x1], [y0, y1]] = this.shown.data.ground.box;
    return Math.hypot(a[0] - b[0], a[1] - b[1]) / Math.hypot(x1 - x0, y1 - y0);
  }
}

/**
 * @param {Record<string, Marks>} marks
 * @returns {Changes}
 */
function unpacked(marks) {
  return Object.fromEntries(
    Object.entries(marks).map(([role, axes]) => [role, { x: unpack(axes.x), y: unpack(axes.y) }]),
  );
}
