// The three figures: map, loss curves, surface. Each is drawn whole when its ground or theme changes;
// otherwise only the traces that move are touched.

import { Figure, Sheets } from "./figure.js";
import { arrows, curve, heights, inside, lossFrame, mapFrame, surfaceFrame } from "./frames.js";

const MAP_BUTTONS = ["zoomIn2d", "zoomOut2d", "pan2d", "resetScale2d", "toImage"];

export class Scenery {
  /** `fetchJSON(path)` brings a figure; the three nodes are where they are drawn. */
  constructor(fetchJSON, nodes) {
    this.fetchJSON = fetchJSON;
    this.map = new Sheets(nodes.map, MAP_BUTTONS);
    this.losses = new Sheets(nodes.losses);
    this.surface = new Figure(nodes.surface);
    this.nodes = nodes;
  }

  /** The figures of a ground: from the server, from its caches, or those on the screen. */
  async load(kind, theme, ground) {
    const path = `${kind}-${theme}.json?${ground.terrain}`;
    if (this[kind]?.path === path) return this[kind];
    if (this.loading?.path !== path) this.loading = { path, answer: this.fetchJSON(path) };
    return { path, ...(await this.loading.answer) };
  }

  /** Show `data` on `terrain`: the answer of `load("terrain", …)`. */
  async show(data, terrain, { axis, at, inspecting, stepAxis }) {
    const redress = terrain !== this.terrain;
    this.terrain = terrain;
    this.data = data;
    this.styles = data.lanes.map((_, lane) => {
      const path = terrain.movers.data.find(({ meta }) => meta.role === "path" && meta.lane === lane);
      return { color: path.line.color, dash: path.line.dash, symbol: path.meta.symbol };
    });
    this.inspecting = inspecting;
    const moving = { ...this.mapFrame(at), start: point(data.ground.start) };
    const courses = Object.fromEntries(data.lanes.map(({ x, y }, lane) => [`course${lane}`, { x, y }]));
    if (redress || !this.map.lower.holds(courses) || !this.map.upper.holds(moving)) {
      await this.map.show({ figure: terrain.map, changes: courses }, { figure: terrain.movers, changes: moving });
    } else {
      // What the eye follows comes first; the faint courses may come one frame later.
      this.map.update(moving);
      requestAnimationFrame(() => this.data === data && this.map.lower.update(courses));
    }
    await this.showLosses(axis, at, stepAxis);
  }

  async showLosses(axis, at, stepAxis) {
    const { lanes, ground, budget } = this.data;
    const log = axis === "log";
    for (const lane of lanes) lane.curve = curve(lane, axis, ground.least ?? 0);
    const range = lossRange(lanes, log);
    // Whole decades, as many as fit; within one decade Plotly knows better.
    const decades = log && range[1] - range[0] > 1.5 ? { dtick: Math.ceil((range[1] - range[0]) / 6) } : {};
    this.lossRange = log ? range.map((power) => 10 ** power) : range;
    const curves = Object.fromEntries(lanes.map((lane, index) => [`curve${index}`, lane.curve]));
    await this.losses.show(
      { figure: this.terrain.losses, changes: curves },
      { figure: this.terrain.playhead, changes: lossFrame(lanes, at, this.lossRange) },
      ({ xaxis, yaxis }) => ({
        xaxis: { ...xaxis, range: [0, budget.steps * 1.015], title: { ...xaxis.title, standoff: 4, text: xaxis.showticklabels ? stepAxis : "" } },
        // Plotly sets powers of ten larger than other tick labels.
        yaxis: { ...yaxis, ...decades, type: axis, range, exponentformat: "power", tickfont: { ...yaxis.tickfont, size: log ? 9 : 11 } },
      }),
    );
  }

  /** The surface, if somebody can see it; it is the heaviest figure and comes last. */
  async showSurface(theme, at) {
    if (this.busy || !this.terrain || !this.surface.visible) return;
    this.busy = true;
    const { data } = this;
    try {
      const loaded = await this.load("relief", theme, data.ground);
      for (const lane of this.data.lanes) {
        lane.insideTo = inside(lane, data.ground.box);
        lane.z = heights(lane.losses, loaded.layout.meta);
      }
      const frame = surfaceFrame(this.data.lanes, at());
      if (loaded !== this.relief || !this.surface.holds(frame)) await this.surface.show(loaded, frame);
      else this.surface.update(frame);
      this.relief = loaded;
    } finally {
      this.busy = false;
    }
    if (this.data !== data) await this.showSurface(theme, at); // another answer came meanwhile
  }

  /** The playhead stands at `at`. While playing, every second frame is enough for the surface. */
  move(at, playing) {
    this.map.update(this.mapFrame(at));
    if (this.losses.visible) this.losses.update(lossFrame(this.data.lanes, at, this.lossRange));
    this.odd = !this.odd;
    if (!this.surface.ready || !this.surface.visible || (playing && this.odd)) return;
    if (this.data.lanes.every((lane) => lane.z)) this.surface.update(surfaceFrame(this.data.lanes, at));
  }

  moveStart(start) {
    this.map.update({ start: point(start) });
  }

  mapFrame(at) {
    const { lanes, detail, ground } = this.data;
    const frame = mapFrame(lanes, at);
    return this.inspecting ? { ...frame, ...arrows(lanes[detail.lane], detail, Math.floor(at), ground.box) } : frame;
  }

  close() {
    for (const figure of [this.map, this.losses, this.surface]) figure.close();
  }
}

const point = ([x, y]) => ({ x: [x], y: [y] });

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
