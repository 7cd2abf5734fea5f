// The three figures: map, loss curves, surface. Each is drawn whole when its ground or theme changes;
// otherwise only the traces that move are touched.

import { Queue, Sheets, afterFrame, plotly } from "./figure.js";
import { arrows, curve, lossFrame, mapFrame } from "./frames.js";
import { EndNames } from "./end_names.js";
import { colored, laneColors } from "./lane_colors.js";
import { typeOf } from "./large_type.js";
import { areas } from "./loss_quantiles.js";
import { lossRange } from "./loss_range.js";
import { few, ticksFor } from "./few_ticks.js";
import { SurfaceFigure } from "./surface.js";
import { whole } from "../session/facts.js";

/** @import { Answer, Lane, LossAxis, Point } from "../types/answer.d.ts" */
/** @import { Changes, Style, Terrain } from "../types/figures.d.ts" */
/** @import { DefinedPoint, Layer } from "../types/facts.d.ts" */
/** @import { At, FetchJSON } from "../types/stage.d.ts" */

const UNTITLED = 22; // px below an axis without a title
const MAP_BUTTONS = ["zoomIn2d", "zoomOut2d", "pan2d", "resetScale2d", "toImage"];

export class Figures {
  /**
   * `fetchJSON(path)` brings a figure; the nodes are where they are drawn; `library` is plotly.js, which `plain` figures
   * do without: it is started only where the reader can see the surface.
   * @param {FetchJSON} fetchJSON
   * @param {Record<"map" | "losses" | "surface" | "measures" | "data", HTMLElement>} nodes
   * @param {string} library
   * @param {boolean} plain
   */
  constructor(fetchJSON, nodes, library, plain) {
    /** @type {import("../session/facts.js").FactSource} */
    this.uncached = { get: (path) => fetchJSON(path), forget: () => {} }; // figures are large: the browser's cache keeps them
    this.library = library;
    this.plain = plain;
    this.nodes = nodes;
    this.map = new Sheets(nodes.map, MAP_BUTTONS);
    this.names = new EndNames(this.map);
    this.losses = new Sheets(nodes.losses);
    this.surface = new SurfaceFigure(nodes.surface, library, (path) => this.load("relief", path));
    this.queue = new Queue();
    /** @type {Record<string, { path: string, answer: Promise<any> }>} figures on their way, by their kind */
    this.loading = {};
    /** @type {Changes} */
    this.annotations = {};
    /** @type {(Float32Array[] | null)[]} */
    this.quantiles = [];
    /** @type {Style[]} how the lanes are drawn */
    this.styles = [];
    /** @type {Answer | undefined} what is drawn */
    this.data = undefined;
    /** @type {Terrain | undefined} */
    this.terrain = undefined;
    /** @type {Layer | null} */
    this.layer = null;
    /** @type {DefinedPoint | null} the point whose second-order model is drawn on the surface */
    this.quadratic = null;
    /** @type {Point | null} the start while it is under the reader's hand */
    this.start = null;
    /** @type {Point} */
    this.lossAxis = [0, 1];
    /** @type {Point} */
    this.lossRange = [0, 1];
    /** @type {LossAxis} */
    this.lossKind = "linear";
    this.stepAxis = "";
    this.inspecting = false;
    /** How the map is written. */
    this.type = typeOf(nodes.map);
    this.at = 0;
  }

  /**
   * The figures of a ground: from the server, from its caches, or those on the screen. Of a `draft` they have no terrain,
   * unless it is on the screen.
   * @param {string} theme
   * @param {Pick<Answer, "ground" | "draft"> & { lanes: { id: string }[] }} answer
   * @returns {Promise<Terrain>}
   */
  async loadTerrain(theme, { ground, draft, lanes }) {
    const whole = /** @type {const} */ (`terrain-${theme}.json?${ground.query}`);
    const outline = /** @type {const} */ (`outline-${theme}.json?${ground.query}`);
    const shown = this.terrain?.path;
    if (this.terrain && (shown === whole || (draft && shown === outline))) return inColors(this.terrain, lanes);
    return inColors(await this.load("terrain", draft ? outline : whole), lanes);
  }

  /**
   * @param {string} kind
   * @param {string} path
   * @returns {Promise<any>}
   */
  async load(kind, path) {
    if (this.loading[kind]?.path !== path)
      this.loading[kind] = { path, answer: whole(this.uncached, path, () => true) };
    return { path, ...(await this.loading[kind].answer) };
  }

  /**
   * Show `data` on `terrain`: the answer of `load("terrain", …)`.
   * @param {Answer} data
   * @param {Terrain} terrain
   * @param {{ layer: Layer | null, axis: LossAxis, at: At, inspecting: boolean, stepAxis: string, words: () => void }} how
   */
  async show(data, terrain, { layer, axis, at, inspecting, stepAxis, words }) {
    this.queue.clear();
    const type = typeOf(this.nodes.map);
    const restyled = terrain !== this.terrain || layer?.image !== this.layer?.image || type !== this.type;
    this.type = type;
    this.terrain = terrain;
    this.layer = layer;
    this.data = data;
    this.styles = data.lanes.map((_, lane) => {
      const [{ line, meta }] = terrain.movers.data.filter(({ meta }) => meta.role === "path" && meta.lane === lane);
      return { color: line.color, dash: line.dash ?? "solid", symbol: meta.symbol ?? "circle" };
    });
    this.inspecting = inspecting;
    this.at = at();
    this.measureLosses(axis);
    const moving = { figure: terrain.movers, changes: this.mapFrame(data, this.at) };
    const losses = () => this.showLosses(axis, stepAxis);
    const early = this.map.plain && !this.plain;
    if (restyled || early || !this.map.lower.holds(courses(data.lanes))) {
      // A zoom outlives turns of knobs and a change of theme, but not the choice of another surface.
      const { layout } = terrain.map;
      const images = layer ? [{ ...layout.images[0], source: layer.image }] : layout.images;
      const annotations = { figure: terrain.annotations, changes: this.annotations };
      const draw = async () => {
        await this.map.show(
          { figure: terrain.map, changes: courses(data.lanes) },
          moving,
          { images, uirevision: data.ground.id },
          annotations,
        );
        await this.uncover(images[0].source);
        await losses();
        words();
      };
      await draw();
      if (early && this.map.plain && (await this.startPlotly()) && this.data === data && this.layer === layer)
        await draw();
    } else {
      // What the eye follows comes first, in a frame of its own; the rest follows, one thing a frame.
      this.map.update(moving.changes, true);
      this.queue.run([words, losses, () => this.settleMap(data)]);
    }
  }

  /** @param {Answer} data */
  settleMap(data) {
    this.map.lower.update(courses(data.lanes));
    if (!this.coverGround()) this.map.settle();
  }

  /** A ground that the browser has turned lies above the one below; returns whether there is one. */
  coverGround() {
    const { data, terrain } = this;
    if (!data?.ground.terrain || !terrain) return false;
    this.map.coverGround({ ...data.ground, terrain: data.ground.terrain }, terrain.map);
    return true;
  }

  /**
   * The map stands below, and is seen once its picture has been decoded: until then a cover stays, or nothing would be
   * there for a moment.
   * @param {string} source
   */
  async uncover(source) {
    if (this.coverGround() || !this.map.cover.shown) return;
    const picture = Object.assign(new Image(), { src: source });
    await picture.decode().catch(() => {});
    await painted();
    if (!this.data?.ground.terrain) this.map.settle(); // no hand has turned it meanwhile
  }

  /**
   * Show `data`, another race on the same ground, within this frame.
   * @param {Answer} data
   */
  follow(data) {
    if (!this.data || !this.map.lower.ready) return;
    this.queue.clear();
    this.data = data;
    const { lanes, ground } = data;
    for (const lane of lanes) lane.curve = curve(lane, this.lossKind, ground.least ?? 0);
    this.map.update(this.mapFrame(data, this.at), true);
    this.names.show([]); // they would jump about
    this.coverGround();
    this.map.follow(courses(lanes));
    this.losses.follow(curves(lanes));
    this.losses.update(lossFrame(lanes, this.at, this.lossRange));
    this.surface.follow(data, this.at);
  }

  /** Once the first picture is painted, start plotly.js. */
  async startPlotly() {
    await painted();
    this.nodes.map.dataset.sketched ??= String(Math.round(performance.now()));
    return plotly(this.library);
  }

  /**
   * The curves and the range of their axis, worked out once for both sheets.
   * @param {LossAxis} axis
   */
  measureLosses(axis) {
    if (!this.data) return;
    const { lanes, ground } = this.data;
    const log = axis === "log";
    for (const lane of lanes) lane.curve = curve(lane, axis, ground.least ?? 0);
    this.lossAxis = lossRange(lanes, log);
    const [low, high] = this.lossAxis;
    this.lossRange = log ? [10 ** low, 10 ** high] : [low, high];
  }

  /**
   * @param {LossAxis} axis
   * @param {string} stepAxis
   */
  async showLosses(axis, stepAxis) {
    const { data, terrain } = this;
    if (!data || !terrain) return;
    const { lanes, budget, ground } = data;
    const log = axis === "log";
    const range = this.lossAxis;
    this.lossKind = axis;
    this.stepAxis = stepAxis;
    // Whole decades, as many as fit; within one decade Plotly knows better.
    const { losses } = this.nodes;
    const decades =
      log && range[1] - range[0] > 1.5 ? { dtick: Math.ceil((range[1] - range[0]) / ticksFor(losses)) } : few(losses);
    const { xaxis, yaxis, margin } = terrain.losses.layout;
    await this.losses.show(
      {
        figure: terrain.losses,
        changes: { ...areas(this.quantiles, axis, ground.least ?? 0, this.lossRange), ...curves(lanes) },
      },
      { figure: terrain.playhead, changes: lossFrame(lanes, this.at, this.lossRange) },
      {
        margin: stepAxis ? margin : { ...margin, b: UNTITLED },
        xaxis: { ...xaxis, range: [0, budget.steps * 1.015], title: { text: stepAxis, standoff: 4 } },
        // Plotly sets powers of ten larger than other tick labels.
        yaxis: {
          ...yaxis,
          ...decades,
          type: axis,
          range,
          exponentformat: "power",
          tickfont: { ...yaxis?.tickfont, size: log ? 9 : 11 },
        },
      },
    );
  }

  /**
   * How far other seeds of each lane spread (figures/loss_quantiles.js), lane by lane; null where that is not shown.
   * @param {(Float32Array[] | null)[]} quantiles
   */
  async showQuantiles(quantiles) {
    if (!quantiles.length && !this.quantiles.length) return;
    this.quantiles = quantiles;
    if (this.losses.lower.ready) await this.showLosses(this.lossKind, this.stepAxis);
  }

  /**
   * The surface, if somebody can see it; it is the heaviest figure and comes last.
   * @param {string} theme
   */
  async showSurface(theme) {
    await this.surface.show(theme, () => this);
  }

  /**
   * The playhead stands at `at`.
   * @param {number} at
   */
  move(at) {
    this.at = at;
    if (!this.data) return;
    const { lanes } = this.data;
    this.map.update(this.mapFrame(this.data, at), true);
    this.losses.update(lossFrame(lanes, at, this.lossRange));
    this.surface.move(this.data, at);
  }

  /**
   * The names of the lanes, at the ends of their paths.
   * @param {(string | undefined)[]} names
   */
  nameEnds(names) {
    const { data, styles } = this;
    const named = (data?.lanes ?? []).map(({ x, y }, lane) => ({
      ...{ x, y, text: names[lane] ?? "" },
      color: styles[lane].color,
    }));
    this.names.show(named);
  }

  /**
   * Marks between the ground and the lanes, by role; those that are not named go.
   * @param {Changes} annotations
   */
  showAnnotations(annotations) {
    this.annotations = annotations;
    this.map.annotations.update(annotations, true);
    this.surface.mark(annotations);
  }

  /**
   * How the annotations of each role are drawn: { symbol, color }.
   * @returns {Record<string, Pick<Style, "symbol" | "color">>}
   */
  annotationStyles() {
    const markers = (this.terrain?.annotations.data ?? []).filter(({ mode }) => mode === "markers");
    return Object.fromEntries(
      markers.map(({ meta, marker }) => [meta.role, { symbol: String(marker?.symbol), color: String(marker?.color) }]),
    );
  }

  /**
   * The start is under the reader's hand; null gives it back to the data.
   * @param {Point} start
   */
  moveStart(start) {
    this.start = start;
    if (this.data) this.map.update({ marks: mapFrame(this.data.lanes, this.at, start).marks });
  }

  /**
   * @param {Answer} data
   * @param {number} at
   * @returns {Changes}
   */
  mapFrame(data, at) {
    const { lanes, detail, ground } = data;
    const frame = mapFrame(lanes, at, this.start ?? ground.start);
    if (!this.inspecting) return frame;
    return { ...frame, ...arrows(lanes[detail.lane], detail, Math.floor(at), ground.box) };
  }
}

/**
 * All that lanes will have gone, for traces below the one that moves.
 * @param {Lane[]} lanes
 * @returns {Changes}
 */
const courses = (lanes) =>
  Object.fromEntries(
    lanes.flatMap(({ x, y }, lane) => [`course_halo${lane}`, `course${lane}`].map((name) => [name, { x, y }])),
  );

/**
 * All figures of a ground in the colours of these lanes.
 * @param {Terrain} terrain
 * @param {{ id: string }[]} lanes
 * @returns {Terrain}
 */
function inColors(terrain, lanes) {
  const methods = lanes.map(({ id }) => id).join();
  if (terrain.methods === methods) return terrain;
  const colors = laneColors(lanes, terrain.map.layout.meta.methods);
  const { map, movers, losses, playhead, fits } = terrain;
  const all = { map: colored(map, colors), movers: colored(movers, colors), losses: colored(losses, colors) };
  return {
    ...{ ...terrain, ...all, methods, playhead: colored(playhead, colors) },
    ...(fits && { fits: colored(fits, colors) }),
  };
}

/**
 * @param {Lane[]} lanes
 * @returns {Changes}
 */
const curves = (lanes) => Object.fromEntries(lanes.map((lane, index) => [`curve${index}`, lane.curve]));

/** The frame that is being made has been painted. */
export const painted = () => /** @type {Promise<void>} */ (new Promise(afterFrame));
