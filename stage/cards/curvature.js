// Everything about curvature that is fetched when somebody looks at it: critical points, the point
// that the reader asked about, the measures of the paths. It fills the cards and the notes on the map.

import { CriticalCard } from "./critical.js";
import { ProbeCard } from "./probe.js";
import { StabilityCard } from "./stability.js";
import { MeasureChart, ratesOf, unpackMeasures } from "../figures/measures.js";
import { unpack } from "../lib/packing.js";
import { LatestRequest } from "../session/latest_request.js";
import { measureOf } from "../session/view.js";

const SNAP = 11; // px around a critical point within which a click means that point
const SAME = 1e-9; // of the box: the point that was asked about is the critical one

export class Curvature {
  /** `on` has ask(point | null), start(point), fail(error). */
  constructor(facts, figures, node, on) {
    this.facts = facts;
    this.figures = figures;
    this.on = on;
    this.chart = new MeasureChart(node);
    this.marks = {};
    this.probeMarks = {};
    const latest = (show) => new LatestRequest(facts, (answer, path) => show.call(this, answer, path), on.fail);
    this.criticals = latest(this.tookCritical);
    this.probes = latest(this.tookProbe);
    this.measures = latest(this.tookMeasures);
    this.escapes = latest(this.tookEscape);
  }

  /** Cards in the reader's language. */
  build(words) {
    this.words = words;
    this.card = new CriticalCard(words, (point) => this.on.ask(point));
    this.probe = new ProbeCard(words, {
      start: (point) => this.on.start(point),
      clear: () => this.on.ask(null),
      escape: (hair) => this.askEscape(hair),
    });
    this.stability = new StabilityCard(words);
    this.chart.drawn = false;
    this.forget();
  }

  /** Fill cards and figures again: they are new, or their colours are. */
  forget() {
    for (const request of [this.criticals, this.probes, this.measures, this.escapes]) request.forget();
  }

  /** `data` is on the screen; fetch what goes with it. `at` gives the playhead. */
  show(data, view, at) {
    const other = data.ground.id !== this.data?.ground.id;
    this.data = data;
    this.view = view;
    this.at = at;
    this.measure = measureOf(view, data);
    const { hide, page } = view;
    if (other) this.marks = {};
    if (this.terrain !== this.figures.terrain) this.forget();
    this.terrain = this.figures.terrain;
    const curved = page === "curvature";
    if (this.ground !== data.ground.query) this.found = null;
    this.ground = data.ground.query;
    this.criticals.ask(hide.has("points") && !curved ? null : `critical.json?${data.ground.query}`);
    this.askProbe();
    const known = this.measure === "none" || this.measure === "rate"; // the rates are in every answer
    this.measures.ask(known && !curved ? null : `measures.json?${data.spelling}`);
    if (this.measure === "rate" || this.measured?.path === this.measures.shown) this.drawMeasures().catch(this.on.fail);
  }

  askProbe() {
    const probe = this.view.page === "curvature" ? this.view.probe : null;
    if (!probe) {
      this.probeMarks = {};
      this.touch(null);
      this.probe.empty();
    }
    this.note();
    this.probes.ask(probe ? `point.json?${this.data.ground.query}&probe=${probe.join()}` : null);
  }

  tookCritical(found) {
    this.found = found;
    this.card.update(found, this.figures.noteStyles());
    this.marks = unpacked(found.marks);
    this.note();
    if (this.touched) this.tookProbe(this.touched); // now it is known whether that is a critical point
  }

  tookProbe(answer) {
    this.touched = answer;
    if (!this.view.probe) return;
    this.critical = this.found?.points.find(({ point }) => this.distance(point, answer.point) <= SAME);
    this.probe.update(answer, this.critical);
    this.probeMarks = answer.defined ? unpacked(answer.marks) : {};
    this.note();
    this.touch(answer.defined ? answer : null);
    this.askEscape(this.probe.hair);
  }

  touch(answer) {
    if (!answer) this.touched = null;
    if (this.figures.touching === answer) return;
    this.figures.touching = answer;
    this.on.touched();
  }

  askEscape(hair) {
    const wanted = this.probe.saddle && this.view.page === "curvature";
    this.escapes.ask(wanted ? `escape.json?${this.data.spelling}&probe=${this.touched.point.join()}&hair=${hair}` : null);
  }

  tookEscape(answer) {
    if (this.probe.saddle) this.probe.updateEscape(answer, this.data, this.figures.styles);
  }

  tookMeasures(answer, path) {
    if (path !== `measures.json?${this.data.spelling}`) return; // of lanes that have moved on
    this.measured = { path, lanes: unpackMeasures(answer) };
    this.stability.update(this.data, this.measured.lanes, this.figures.styles);
    this.stability.show(Math.floor(this.at()));
    if (this.measure !== "rate") this.drawMeasures().catch(this.on.fail);
  }

  async drawMeasures() {
    const { measure } = this;
    const rows = measure === "rate" ? ratesOf(this.data.lanes) : this.measured?.lanes;
    if (measure === "none" || !rows) return;
    const { steps } = this.data.budget;
    await this.chart.show(this.figures.terrain, rows, measure, steps, this.at(), this.words.ui.step_axis);
  }

  note() {
    const marks = this.view.hide.has("points") ? {} : this.marks;
    if (this.figures.terrain) this.figures.showNotes({ ...marks, ...this.probeMarks });
  }

  /** The playhead stands at `at`. */
  move(at) {
    if (this.view && this.measure !== "none") this.chart.move(at);
    if (this.view?.page === "curvature") this.stability.show(Math.floor(at));
  }

  /** The critical point under a click, or else the very point; `pixel` is the size of one. */
  snap(point, pixel) {
    if (this.view.hide.has("points")) return point;
    const apart = (p) => Math.hypot((p[0] - point[0]) / pixel[0], (p[1] - point[1]) / pixel[1]);
    const near = (this.found?.points ?? []).map((p) => p.point).filter((p) => apart(p) <= SNAP);
    return near.sort((a, b) => apart(a) - apart(b))[0] ?? point;
  }

  distance(a, b) {
    const [[x0, x1], [y0, y1]] = this.data.ground.box;
    return Math.hypot(a[0] - b[0], a[1] - b[1]) / Math.hypot(x1 - x0, y1 - y0);
  }

  close() {
    this.chart.close();
  }
}

function unpacked(marks) {
  return Object.fromEntries(Object.entries(marks).map(([role, axes]) => [role, { x: unpack(axes.x), y: unpack(axes.y) }]));
}
