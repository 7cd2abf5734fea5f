// What moves on every frame of a playback, drawn on top of a figure, and all traces of a figure without Plotly. Plotly
// needs 5 to 12 ms to move anything at all; this needs less than one. It takes the same traces (`mode` lines, markers
// or both, and arrows), in the same coordinates, with the same axes.

import { dashes, outline } from "./marks.js";
import { nameOf } from "./trace_figure.js";
import { svg, zoomOf } from "../lib/dom.js";

/** @import { Changes, Halo, Line, Marker, Matrix, Pixels, PlotElement, Project, RangedAxis, MapLayout, Trace, TraceChange } from "../types/figures.d.ts" */

const HEAD = 9; // pixels of an arrow's head

/** @typedef {{ left: number, top: number, width: number, height: number }} Area */
/** @typedef {{ trace: Trace, change: TraceChange | null, node: SVGGElement, bed: SVGGElement | null }} Item */

export class Overlay {
  /**
   * `figure` is the node below; `area()` gives the rectangle of its axes on the screen, `pattern` that of a dashed line.
   * @param {PlotElement} figure
   * @param {() => Area | undefined} area
   */
  constructor(figure, area, name = "os-upper", pattern = dashes) {
    this.figure = figure;
    this.area = area;
    this.pattern = pattern;
    this.node = svg("svg", { class: name, "aria-hidden": "true" });
    this.clip = svg("svg", { overflow: "hidden" });
    this.node.append(this.clip);
    // As Plotly's nodes do, ours carries its traces: for the picture that is saved, and for tests.
    Object.defineProperty(this.node, "data", { get: () => this.traces() });
    /** @type {Map<string, Item>} */
    this.items = new Map();
    /** @type {Project | null} */
    this.project = null;
  }

  /**
   * Draw the traces of `figure` that `changes` names.
   * @param {{ data: Trace[] }} figure
   * @param {Changes} changes
   */
  show(figure, changes) {
    this.items = new Map(
      figure.data.map((trace) => [
        nameOf(trace),
        { trace, change: null, node: svg("g", { opacity: trace.opacity ?? 1 }), bed: bedded(trace) ? svg("g") : null },
      ]),
    );
    this.clip.replaceChildren();
    const beds = svg("g");
    for (const { node, bed } of this.items.values()) {
      if (bed && !beds.children.length) this.clip.append(beds);
      if (bed) beds.append(bed);
      this.clip.append(node);
    }
    this.place();
    this.update(changes);
  }

  /**
   * Draw what `changes` names again; `only` hides all the others.
   * @param {Changes} changes
   */
  update(changes, only = false) {
    for (const [name, item] of this.items) {
      if (name in changes) this.draw(item, changes[name]);
      else if (only && item.change) this.draw(item, null);
    }
  }

  /** The plot below has another size, shows another part, or is seen from elsewhere. */
  place() {
    this.project = this.figure.layout.scene ? this.placeInSpace() : this.placeOnAxes();
    for (const item of this.items.values()) if (item.change) this.draw(item, item.change);
  }

  /** @returns {Project | null} */
  placeOnAxes() {
    const area = this.area();
    if (!area) return null;
    const origin = this.figure.getBoundingClientRect();
    const zoom = zoomOf(this.figure);
    const [width, height] = [area.width / zoom, area.height / zoom];
    const { xaxis, yaxis } = /** @type {MapLayout} */ (this.figure.layout);
    const [toX, toY] = [scale(xaxis, width), scale(yaxis, -height, height)];
    const box = { x: (area.left - origin.left) / zoom, y: (area.top - origin.top) / zoom, width, height };
    for (const [name, value] of Object.entries(box)) this.clip.setAttribute(name, String(value));
    return ({ x, y }) => Array.from(x, (value, index) => [toX(Number(value ?? NaN)), toY(Number(y[index] ?? NaN))]);
  }

  /**
   * The matrices with which plotly.js last drew the scene: not public, so they are tested with its version.
   * @returns {Project | null}
   */
  placeInSpace() {
    const scene = this.figure._fullLayout?.scene?._scene;
    const camera = scene?.glplot?.cameraParams;
    if (!scene || !camera?.projection) return null;
    const { model, view, projection } = camera;
    const frame = this.figure.getBoundingClientRect();
    const [width, height] = [frame.width, frame.height].map((side) => side / zoomOf(this.figure));
    for (const [name, value] of Object.entries({ x: 0, y: 0, width, height }))
      this.clip.setAttribute(name, String(value));
    const matrix = product(projection, product(view, model));
    const [sx, sy, sz] = scene.dataScale;
    return ({ x, y, z }) =>
      Array.from(x, (value, index) => {
        const point = [Number(value) * sx, Number(y[index]) * sy, Number(z?.[index]) * sz];
        const [u, v, , w] = [0, 1, 2, 3].map(
          (row) => matrix[row] * point[0] + matrix[4 + row] * point[1] + matrix[8 + row] * point[2] + matrix[12 + row],
        );
        return [(1 + u / w) * (width / 2), (1 - v / w) * (height / 2)];
      });
  }

  /**
   * @param {Item} item
   * @param {TraceChange | null} change
   */
  draw(item, change) {
    item.change = change;
    const { trace, node, bed } = item;
    if (!change || !this.project) return [node, bed].forEach((drawn) => drawn?.replaceChildren());
    const { mode, marker, meta } = trace;
    const pen = { ...trace.line, dash: this.pattern(trace.line?.dash, trace.line?.width) };
    const points = this.project(change);
    if (mode === "markers" && marker) marks(node, marker, points, meta.halo?.color);
    else if (trace.fill === "toself") area(node, trace.fillcolor ?? "none", points);
    else if (marker?.angleref) arrow(node, pen, points, meta.halo);
    else line(node, pen, points, meta.halo, bed ?? node);
    if (mode === "lines+markers" && marker && !marker.angleref)
      marks(inner(node, 1), marker, marker.maxdisplayed ? this.sparse(item, points, marker.maxdisplayed) : points);
  }

  /**
   * Of the points within the axes every nth, so that `most` are left. As with Plotly, each trace begins elsewhere, lest
   * the marks of paths that run together lie on one another.
   * @param {Item} item
   * @param {Pixels[]} points
   * @param {number} most
   */
  sparse(item, points, most) {
    const [width, height] = ["width", "height"].map((name) => Number(this.clip.getAttribute(name)));
    const within = points.filter(([u, v]) => u >= 0 && u <= width && v >= 0 && v <= height);
    const every = Math.ceil(within.length / most);
    const alike = [...this.items.values()].filter(({ trace, change }) => change && trace.marker?.maxdisplayed);
    const before = alike.indexOf(item);
    const from = Math.round((before * every) / 3 + (Math.floor(before / 3) * every) / 7.1);
    return within.filter((_, index) => (index + from) % every === 0);
  }

  /** Its traces as they stand, a halo as a trace of its own: for the picture that is saved, and for tests. */
  traces() {
    const shown = [...this.items.values()].filter(({ change }) => change);
    /** @param {Item} item */
    const haloOf = ({ trace, change }) => below(trace).map((halo) => ({ ...halo, ...change }));
    const beds = shown.filter(({ bed }) => bed).flatMap(haloOf);
    // All of these before the first line that lies on one.
    return shown.flatMap((item) => [...(item.bed ? beds.splice(0) : haloOf(item)), { ...item.trace, ...item.change }]);
  }
}

/**
 * Whether the halo of a line lies below those of all lanes: between the dashes of a path the one that it lies on is seen.
 * @param {Trace} trace
 */
const bedded = ({ mode, meta: { halo, lane } }) => mode === "lines" && halo !== undefined && lane !== undefined;

/**
 * From a coordinate to pixels: `length` pixels for the range of `axis`, from `offset` on.
 * @param {RangedAxis} axis
 * @param {number} length
 * @returns {(value: number) => number}
 */
export function scale({ type, range }, length, offset = 0) {
  const [low, high] = range;
  const factor = length / (high - low);
  return type === "log"
    ? (value) => offset + (Math.log10(value) - low) * factor
    : (value) => offset + (value - low) * factor;
}

/**
 * Of 4 × 4 matrices in columns, as WebGL keeps them.
 * @param {Matrix} a
 * @param {Matrix} b
 */
function product(a, b) {
  const c = new Float64Array(16);
  for (let column = 0; column < 4; column++)
    for (let row = 0; row < 4; row++)
      for (let k = 0; k < 4; k++) c[4 * column + row] += a[4 * k + row] * b[4 * column + k];
  return c;
}

const FAR = 1e7; // pixels: SVG cannot place what is further away
const REACH = 1e4; // pixels that are drawn of a line to there
/** @param {Pixels} point */
const exists = ([u, v]) => Math.abs(u) < FAR && Math.abs(v) < FAR;

/**
 * @param {SVGElement} node
 * @param {number} index
 * @param {() => Record<string, string | number>} attributes
 */
function child(node, index, attributes) {
  const made = node.children[index];
  if (made) return /** @type {SVGPathElement} */ (made);
  const path = svg("path", attributes());
  node.append(path);
  return path;
}

/**
 * @param {SVGElement} node
 * @param {number} index
 */
function inner(node, index) {
  if (!node.children[index]) node.append(svg("g"));
  return /** @type {SVGGElement} */ (node.children[index]);
}

/**
 * The halo of a line, as a trace.
 * @param {Trace} trace
 * @returns {Trace[]}
 */
function below({ meta: { halo, ...meta }, line: pen, marker, ...trace }) {
  if (!halo || !pen || trace.mode === "markers" || marker) return [];
  const line = { ...pen, color: halo.color, width: pen.width + halo.width, dash: "solid" };
  return [{ ...trace, line, meta: { ...meta, role: `${meta.role}_halo` } }];
}

/**
 * A line, and below it or in `bed` its halo, if it has one; `dash` is its pattern.
 * @param {SVGElement} node
 * @param {Line} style
 * @param {Pixels[]} points
 * @param {Halo} [halo]
 */
function line(node, { color, width, dash = "none" }, points, halo, bed = node) {
  const drawn = course(points);
  const round = { fill: "none", "stroke-linejoin": "round" };
  if (halo) {
    const wide = { ...round, stroke: halo.color, "stroke-width": width + halo.width, "stroke-linecap": "round" };
    child(bed, 0, () => wide).setAttribute("d", drawn);
  }
  const pen = { ...round, stroke: color, "stroke-width": width, "stroke-dasharray": dash };
  child(node, halo && bed === node ? 1 : 0, () => pen).setAttribute("d", drawn);
}

/**
 * Rings, one in another, parted by points that do not exist.
 * @param {SVGElement} node
 * @param {string} color
 * @param {Pixels[]} points
 */
function area(node, color, points) {
  child(node, 0, () => ({ fill: color, "fill-rule": "evenodd" })).setAttribute("d", course(points));
}

/** @param {Pixels[]} points */
function course(points) {
  let text = "";
  /** @type {Pixels | null} */
  let last = null; // a point that does not exist lifts the pen
  for (const point of points) {
    const drawn = exists(point);
    if (drawn) text += `${last ? (exists(last) ? "L" : `M${written(towards(last, point))}L`) : "M"}${written(point)}`;
    else if (last && exists(last)) text += finite(point) ? `L${written(towards(point, last))}` : "";
    last = finite(point) ? point : null;
  }
  return text;
}

/** @param {Pixels} point */
const written = ([u, v]) => `${u.toFixed(1)} ${v.toFixed(1)}`;

/** @param {Pixels} point */
const finite = ([u, v]) => Number.isFinite(u) && Number.isFinite(v);

/**
 * A point on the way to `far` as seen from `near`, out of sight and close enough to be drawn.
 * @param {Pixels} far
 * @param {Pixels} near
 * @returns {Pixels}
 */
function towards(far, near) {
  const share = REACH / Math.max(Math.abs(far[0]), Math.abs(far[1]));
  return [near[0] + (far[0] - near[0]) * share, near[1] + (far[1] - near[1]) * share];
}

/**
 * @template Value
 * @param {Value | Value[]} values
 * @param {number} index
 */
const nth = (values, index) => (Array.isArray(values) ? values[index] : values);

/**
 * @param {SVGElement} node
 * @param {Marker} marker
 * @param {Pixels[]} points
 * @param {string} [filling] of what is hollow
 */
function marks(node, { symbol, size, color, line: edge }, points, filling = "none") {
  points.forEach((point, index) => {
    const name = nth(symbol, index);
    const hollow = name.endsWith("-open");
    const mark = child(node, index, () => ({
      d: outline(name),
      fill: hollow ? filling : nth(color, index),
      stroke: edge ? nth(edge.color, index) : "none",
      "stroke-miterlimit": 3,
      "stroke-width": edge ? (nth(edge.width, index) * 10) / nth(size, index) : 0,
    }));
    const shown = exists(point);
    mark.style.display = shown ? "" : "none";
    if (shown)
      mark.setAttribute(
        "transform",
        `translate(${point[0].toFixed(2)} ${point[1].toFixed(2)}) scale(${nth(size, index) / 10})`,
      );
  });
  while (node.children.length > points.length) node.lastChild?.remove();
}

/**
 * @param {SVGElement} node
 * @param {Line} style
 * @param {Pixels[]} points
 * @param {Halo} [halo]
 */
function arrow(node, style, points, halo) {
  const [from, to] = points;
  const length = to ? Math.hypot(to[0] - from[0], to[1] - from[1]) : 0;
  if (!(length > 0.5)) return node.replaceChildren();
  const [u, v] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  const head = Math.min(HEAD, length);
  /** @type {Pixels} */
  const neck = [to[0] - u * head, to[1] - v * head];
  line(node, style, [from, neck], halo);
  const tip = child(node, halo ? 2 : 1, () => ({
    fill: style.color,
    stroke: halo?.color ?? "none",
    "stroke-width": halo ? halo.width / 2 : 0,
    "paint-order": "stroke",
  }));
  const side = head * 0.45;
  tip.setAttribute(
    "d",
    `${course([to, [neck[0] - v * side, neck[1] + u * side], [neck[0] + v * side, neck[1] - u * side]])}Z`,
  );
}
