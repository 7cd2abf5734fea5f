// The three figures: map, loss curves, surface. Each is drawn whole when its ground or theme changes;
// otherwise only the traces that move are touched.

import { Queue, Sheets, plotly } from "./figure.js";
import { DEPTH, arrows, curve, heights, inside, lossFrame, mapFrame, surfaceFrame, touching } from "./frames.js";
import { areas } from "./loss_quantiles.js";
import { sketch } from "./sketch.js";
import { whole } from "../session/facts.js";

const MAP_BUTTONS = ["zoomIn2d", "zoomOut2d", "pan2d", "resetScale2d", "toImage"];

export class Figures {
  /** `fetchJSON(path)` brings a figure; the three nodes are where they are drawn; `library` is plotly.js. */
  constructor(fetchJSON, nodes, library) {
    this.unkept = { get: (path) => fetchJSON(path), forget: () => {} }; // figures are large: the browser's cache keeps them
    this.library = library;
    this.nodes = nodes;
    this.map = new Sheets(nodes.map, MAP_BUTTONS);
    this.losses = new Sheets(nodes.losses);
    this.surface = new Sheets(nodes.surface);
    this.queue = new Queue();
    this.loading = {};
    this.notes = {};
    this.quantiles = [];
  }

  /** The figures of a ground: from the server, from its caches, or those on the screen. */
  async load(kind, theme, ground) {
    const path = `${kind}-${theme}.json?${ground.query}`;
    if (this[kind]?.path === path) return this[kind];
    if (this.loading[kind]?.path !== path) this.loading[kind] = { path, answer: whole(this.unkept, path, () => true) };
    return { path, ...(await this.loading[kind].answer) };
  }

  /** Show `data` on `terrain`: the answer of `load("terrain", …)`. */
  async show(data, terrain, { layer, axis, at, inspecting, stepAxis, words }) {
    this.queue.clear();
    const redress = terrain !== this.terrain || layer?.image !== this.layer?.image;
    this.terrain = terrain;
    this.layer = layer;
    this.data = data;
    this.styles = data.lanes.map((_, lane) => {
      const path = terrain.movers.data.find(({ meta }) => meta.role === "path" && meta.lane === lane);
      return { color: path.line.color, dash: path.line.dash, symbol: path.meta.symbol };
    });
    this.inspecting = inspecting;
    this.at = at();
    this.measureLosses(axis);
    const moving = { figure: terrain.movers, changes: this.mapFrame(this.at) };
    const courses = Object.fromEntries(data.lanes.map(({ x, y }, lane) => [`course${lane}`, { x, y }]));
    const losses = () => this.showLosses(axis, stepAxis);
    if (redress || !this.map.lower.holds(courses)) {
      if (!window.Plotly) await this.sketch(words, moving.changes);
      if (this.data !== data) return;
      // A zoom outlives turns of knobs and a change of theme, but not the choice of another surface.
      const { layout } = terrain.map;
      const images = layer ? [{ ...layout.images[0], source: layer.image }] : layout.images;
      const notes = { figure: terrain.notes, changes: this.notes };
      await this.map.show({ figure: terrain.map, changes: courses }, moving, { images, uirevision: data.ground.id }, notes);
      this.unsketch?.();
      this.unsketch = null;
      await losses();
      words();
    } else {
      // What the eye follows comes first, in a frame of its own; the rest follows, one thing a frame.
      this.map.update(moving.changes, true);
      this.queue.run([words, losses, () => this.map.lower.update(courses)]);
    }
  }

  /** Show what can be shown at once, and once it is painted, start plotly.js. */
  async sketch(words, moving) {
    words();
    this.unsketch?.();
    this.unsketch = sketch(this.nodes.map, this.terrain, moving);
    await painted();
    this.nodes.map.dataset.sketched ??= Math.round(performance.now());
    await plotly(this.library);
  }

  /** The curves and the range of their axis, worked out once for both sheets. */
  measureLosses(axis) {
    const { lanes, ground } = this.data;
    const log = axis === "log";
    for (const lane of lanes) lane.curve = curve(lane, axis, ground.least ?? 0);
    this.lossAxis = lossRange(lanes, log);
    this.lossRange = log ? this.lossAxis.map((power) => 10 ** power) : this.lossAxis;
  }

  async showLosses(axis, stepAxis) {
    const { lanes, budget, ground } = this.data;
    const log = axis === "log";
    const range = this.lossAxis;
    this.lossKind = axis;
    this.stepAxis = stepAxis;
    // Whole decades, as many as fit; within one decade Plotly knows better.
    const ticks = Math.min(6, Math.max(2, this.nodes.losses.clientHeight / 22 - 2));
    const decades = log && range[1] - range[0] > 1.5 ? { dtick: Math.ceil((range[1] - range[0]) / ticks) } : {};
    const { xaxis, yaxis } = this.terrain.losses.layout;
    const curves = Object.fromEntries(lanes.map((lane, index) => [`curve${index}`, lane.curve]));
    await this.losses.show(
      { figure: this.terrain.losses, changes: { ...areas(this.quantiles, axis, ground.least ?? 0, this.lossRange), ...curves } },
      { figure: this.terrain.playhead, changes: lossFrame(lanes, this.at, this.lossRange) },
      {
        xaxis: { ...xaxis, range: [0, budget.steps * 1.015], title: { text: stepAxis, standoff: 4 } },
        // Plotly sets powers of ten larger than other tick labels.
        yaxis: { ...yaxis, ...decades, type: axis, range, exponentformat: "power", tickfont: { ...yaxis.tickfont, size: log ? 9 : 11 } },
      },
    );
  }

  /** How far other seeds of each lane spread (figures/loss_quantiles.js), lane by lane; null where that is not shown. */
  async showQuantiles(quantiles) {
    if (!quantiles.length && !this.quantiles.length) return;
    this.quantiles = quantiles;
    if (this.losses.lower.ready) await this.showLosses(this.lossKind, this.stepAxis);
  }

  /** The surface, if somebody can see it; it is the heaviest figure and comes last. */
  async showSurface(theme) {
    if (this.busy || !this.terrain || !this.surface.visible) return;
    this.busy = true;
    const { data } = this;
    try {
      const loaded = await this.load("relief", theme, data.ground);
      for (const lane of this.data.lanes) {
        lane.insideTo = inside(lane, data.ground.box);
        lane.z = heights(lane.losses, loaded.layout.meta);
      }
      const frame = surfaceFrame(this.data.lanes, this.at);
      const model = this.touching ? { model: touching(this.touching, loaded) } : {};
      if (loaded === this.relief && this.surface.lower.holds(model) && this.drawnModel === this.touching) this.surface.update(frame, true);
      else await this.surface.show({ figure: loaded, changes: model }, { figure: this.terrain.movers, changes: frame }, this.touching ? deeper(loaded.layout) : {});
      this.drawnModel = this.touching;
      this.relief = loaded;
    } finally {
      this.busy = false;
    }
    if (this.data !== data) await this.showSurface(theme); // another answer came meanwhile
  }

  /** The playhead stands at `at`. */
  move(at) {
    const { lanes } = this.data;
    this.at = at;
    this.map.update(this.mapFrame(at), true);
    this.losses.update(lossFrame(lanes, at, this.lossRange));
    if (this.relief && this.surface.visible && lanes.every((lane) => lane.z)) this.surface.update(surfaceFrame(lanes, at), true);
  }

  /** Marks between the ground and the lanes, by role; those that are not named go. */
  showNotes(notes) {
    this.notes = notes;
    this.map.notes.update(notes, true);
  }

  /** How the notes of each role are drawn: { symbol, color }. */
  noteStyles() {
    const markers = this.terrain.notes.data.filter(({ mode }) => mode === "markers");
    return Object.fromEntries(markers.map(({ meta, marker }) => [meta.role, { symbol: marker.symbol, color: marker.color }]));
  }

  /** The start is under the reader's hand; null gives it back to the data. */
  moveStart(start) {
    this.start = start;
    this.map.update({ marks: mapFrame(this.data.lanes, this.at, start).marks });
  }

  mapFrame(at) {
    const { lanes, detail, ground } = this.data;
    const frame = mapFrame(lanes, at, this.start ?? ground.start);
    if (!this.inspecting) return frame;
    return { ...frame, ...arrows(lanes[detail.lane], detail, Math.floor(at), ground.box) };
  }

  close() {
    this.queue.clear();
    for (const figure of [this.map, this.losses, this.surface]) figure.close();
  }
}

/** The layout with room for a model below the floor, at the same scale. */
function deeper({ scene }) {
  const [low, high] = scene.zaxis.range;
  const { z } = scene.aspectratio;
  const taller = (z * (high - DEPTH)) / (high - low);
  return { scene: { ...scene, zaxis: { ...scene.zaxis, range: [DEPTH, high] }, aspectratio: { ...scene.aspectratio, z: taller } } };
}

/** The frame that is being made has been painted. */
export const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

/** The range of the loss axis: where the curves are, but not where a diverging one ends. */
function lossRange(lanes, log) {
  const values = lanes.flatMap(({ curve: { y } }) => y).filter((value) => value !== null);
  if (!values.length) return log ? [-1, 1] : [0, 1];
  const starts = lanes.map(({ curve: { y } }) => y[0]).filter((value) => value !== null);
  const low = values.reduce((a, b) => Math.min(a, b));
  const top = starts.length ? Math.max(...starts) : values[0];
  if (log) {
    const high = Math.log10(top) + 0.6;
    return [Math.max(Math.log10(low), high - 17) - 0.3, high];
  }
  // A lane that falls for ever (a saddle) would flatten all others: show what the others do as well.
  const ends = lanes.map(({ curve: { y } }) => Math.min(...y.filter((value) => value !== null)));
  const fair = ends.sort((a, b) => b - a)[0];
  const span = Math.max(top - Math.max(low, top - 20 * (top - fair)), Math.abs(top) * 1e-6, 1e-12);
  return [top - 1.06 * span, top + 0.12 * span];
}
