// What moves on every frame of a playback, drawn on top of a Plotly figure. Plotly needs 5 to 12 ms to
// move anything at all; this needs less than one. It takes the same traces (`mode` lines, markers, or
// lines+markers for an arrow), in the same coordinates, with the same axes.

import { dashes, outline } from "./marks.js";
import { svg } from "../lib/dom.js";

const HEAD = 9; // pixels of an arrow's head

export class Overlay {
  /** `figure` is the Plotly node below; `area()` gives the rectangle of its axes on the screen. */
  constructor(figure, area, name = "os-upper") {
    this.figure = figure;
    this.area = area;
    this.node = svg("svg", { class: name, "aria-hidden": "true" });
    this.clip = svg("svg", { overflow: "hidden" });
    this.node.append(this.clip);
    // As Plotly's nodes do, ours carries its traces: for the picture that is saved, and for tests.
    Object.defineProperty(this.node, "data", { get: () => this.traces() });
    this.items = new Map();
  }

  /** Draw the traces of `figure` that `changes` names. */
  show(figure, changes) {
    this.items = new Map(
      figure.data.map((trace) => [`${trace.meta.role}${trace.meta.lane ?? ""}`, { trace, change: null, node: null }]),
    );
    this.clip.replaceChildren();
    for (const item of this.items.values()) this.clip.append((item.node = svg("g")));
    this.place();
    this.update(changes);
  }

  /** Draw what `changes` names again; `only` hides all the others. */
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

  placeOnAxes() {
    const area = this.area();
    if (!area) return null;
    const origin = this.figure.getBoundingClientRect();
    const { xaxis, yaxis } = this.figure.layout;
    const [toX, toY] = [scale(xaxis, area.width), scale(yaxis, -area.height, area.height)];
    const box = { x: area.left - origin.left, y: area.top - origin.top, width: area.width, height: area.height };
    for (const [name, value] of Object.entries(box)) this.clip.setAttribute(name, value);
    return ({ x, y }) => Array.from(x, (value, index) => [toX(value), toY(y[index])]);
  }

  /** The matrices with which plotly.js last drew the scene: not public, so they are tested with its version. */
  placeInSpace() {
    const scene = this.figure._fullLayout?.scene?._scene;
    const { model, view, projection } = scene?.glplot?.cameraParams ?? {};
    if (!projection) return null;
    const { width, height } = this.figure.getBoundingClientRect();
    for (const [name, value] of Object.entries({ x: 0, y: 0, width, height })) this.clip.setAttribute(name, value);
    const matrix = product(projection, product(view, model));
    const [sx, sy, sz] = scene.dataScale;
    return ({ x, y, z }) =>
      Array.from(x, (value, index) => {
        const point = [value * sx, y[index] * sy, z[index] * sz];
        const [u, v, , w] = [0, 1, 2, 3].map((row) => matrix[row] * point[0] + matrix[4 + row] * point[1] + matrix[8 + row] * point[2] + matrix[12 + row]);
        return [(1 + u / w) * (width / 2), (1 - v / w) * (height / 2)];
      });
  }

  draw(item, change) {
    item.change = change;
    if (!change || !this.project) return item.node.replaceChildren();
    const { trace, node } = item;
    const points = this.project(change);
    if (trace.mode === "markers") marks(node, trace.marker, points);
    else if (trace.fill === "toself") area(node, trace.fillcolor, points);
    else if (trace.mode === "lines") line(node, trace.line, points);
    else arrow(node, trace.line, points);
  }

  traces() {
    return [...this.items.values()].filter(({ change }) => change).map(({ trace, change }) => ({ ...trace, ...change }));
  }
}

/** From a coordinate to pixels: `length` pixels for the range of `axis`, from `offset` on. */
function scale({ type, range }, length, offset = 0) {
  const [low, high] = range;
  const factor = length / (high - low);
  return type === "log"
    ? (value) => offset + (Math.log10(value) - low) * factor
    : (value) => offset + (value - low) * factor;
}

/** Of 4 × 4 matrices in columns, as WebGL keeps them. */
function product(a, b) {
  const c = new Float64Array(16);
  for (let column = 0; column < 4; column++)
    for (let row = 0; row < 4; row++)
      for (let k = 0; k < 4; k++) c[4 * column + row] += a[4 * k + row] * b[4 * column + k];
  return c;
}

const FAR = 1e7; // pixels: SVG cannot place what is further away
const exists = ([u, v]) => Math.abs(u) < FAR && Math.abs(v) < FAR;

function child(node, index, attributes) {
  let made = node.children[index];
  if (!made) {
    made = svg("path", attributes());
    node.append(made);
  }
  return made;
}

function line(node, { color, width, dash }, points) {
  const path = child(node, 0, () => ({
    fill: "none",
    stroke: color,
    "stroke-width": width,
    "stroke-dasharray": dashes(dash, width),
    "stroke-linejoin": "round",
  }));
  path.setAttribute("d", course(points));
}

/** Rings, one in another, parted by points that do not exist. */
function area(node, color, points) {
  child(node, 0, () => ({ fill: color, "fill-rule": "evenodd" })).setAttribute("d", course(points));
}

function course(points) {
  let text = "";
  let pen = "M"; // a point that does not exist lifts the pen
  for (const point of points) {
    const drawn = exists(point);
    if (drawn) text += `${pen}${point[0].toFixed(1)} ${point[1].toFixed(1)}`;
    pen = drawn ? "L" : "M";
  }
  return text;
}

const nth = (values, index) => (Array.isArray(values) ? values[index] : values);

function marks(node, { symbol, size, color, line: edge }, points) {
  points.forEach((point, index) => {
    const name = nth(symbol, index);
    const hollow = name.endsWith("-open");
    const mark = child(node, index, () => ({
      d: outline(name),
      fill: hollow ? "none" : nth(color, index),
      stroke: nth(edge.color, index),
      "stroke-width": (nth(edge.width, index) * 10) / nth(size, index),
    }));
    const shown = exists(point);
    mark.style.display = shown ? "" : "none";
    if (shown) mark.setAttribute("transform", `translate(${point[0].toFixed(2)} ${point[1].toFixed(2)}) scale(${nth(size, index) / 10})`);
  });
  while (node.children.length > points.length) node.lastChild.remove();
}

function arrow(node, style, points) {
  const [from, to] = points;
  const length = to ? Math.hypot(to[0] - from[0], to[1] - from[1]) : 0;
  if (!(length > 0.5)) return node.replaceChildren();
  const [u, v] = [(to[0] - from[0]) / length, (to[1] - from[1]) / length];
  const head = Math.min(HEAD, length);
  const neck = [to[0] - u * head, to[1] - v * head];
  line(node, style, [from, neck]);
  const tip = child(node, 1, () => ({ fill: style.color }));
  const side = head * 0.45;
  tip.setAttribute("d", `${course([to, [neck[0] - v * side, neck[1] + u * side], [neck[0] + v * side, neck[1] - u * side]])}Z`);
}
