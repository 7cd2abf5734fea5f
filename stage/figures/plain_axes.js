// The axes of a figure that is drawn without plotly.js, where Plotly would draw them: their rectangle, grid, marks,
// numbers and titles, and the texts on the figure.

import { axisTicks } from "./axis_ticks.js";
import { scale } from "./overlay.js";
import { svg } from "../lib/dom.js";

/** @import { FigureText, Font, MapLayout, RangedAxis } from "../types/figures.d.ts" */
/** @import { Tick } from "./axis_ticks.js" */

/** @typedef {{ x: number, y: number, width: number, height: number }} Box */

const MIDDLE = 0.35; // of the size of a text: from its foot to the middle of its capitals
const CAPITAL = 0.7;
const SMALL = 0.7; // powers against the number they belong to
const TITLE = 1.2; // of the size of the figure's type
const EDGE = 1; // pixels between the rectangle and what stands around it
const ROOM = 2; // pixels between two numbers

/**
 * The rectangle of the axes in a figure of so many pixels; axes of equal scales lie in the middle of what the margins leave.
 * @param {MapLayout} layout
 * @param {{ width: number, height: number }} size
 * @returns {Box | null}
 */
export function axesBox({ margin, xaxis, yaxis }, { width, height }) {
  const room = [width - margin.l - margin.r, height - margin.t - margin.b];
  if (!(Math.min(...room) > 0)) return null;
  const spans = [xaxis, yaxis].map(({ range }) => range[1] - range[0]);
  const unit = Math.min(room[0] / spans[0], room[1] / spans[1]);
  const [w, h] = yaxis.scaleanchor ? spans.map((span) => span * unit) : room;
  return { x: margin.l + (room[0] - w) / 2, y: margin.t + (room[1] - h) / 2, width: w, height: h };
}

/**
 * From coordinates to pixels of the figure, along x and y.
 * @param {MapLayout} layout
 * @param {Box} box
 */
export function projection({ xaxis, yaxis }, { x, y, width, height }) {
  return { x: scale(xaxis, width, x), y: scale(yaxis, -height, y + height) };
}

/**
 * The lines across the figure at the marks of its axes.
 * @param {MapLayout} layout
 * @param {Box} box
 */
export function grid(layout, box) {
  const to = projection(layout, box);
  const { x, y, width, height } = box;
  const { xaxis, yaxis } = layout;
  /**
   * @param {RangedAxis} axis
   * @param {(value: number) => number} place
   * @param {[number, number]} ends
   */
  const inner = (axis, place, [from, end]) =>
    axis.showgrid === false
      ? []
      : axisTicks(axis)
          .map(({ value }) => place(value))
          .filter((at) => at > from + 1 && at < end - 1);
  return [
    ...inner(xaxis, to.x, [x, x + width]).map((at) => line(xaxis.gridcolor, `M${at} ${y}v${height}`)),
    ...inner(yaxis, to.y, [y, y + height]).map((at) => line(yaxis.gridcolor, `M${x} ${at}h${width}`)),
  ];
}

/**
 * @param {string | undefined} color
 * @param {string} d
 */
const line = (color = "none", d) => svg("path", { d, stroke: color, "shape-rendering": "crispEdges" });

/**
 * Marks, numbers and titles of both axes, into `node`, which is on the page: their places depend on how large texts are.
 * @param {SVGGElement} node
 * @param {MapLayout} layout
 * @param {Box} box
 * @param {DOMRect} frame the figure on the screen
 */
export function axes(node, layout, box, frame) {
  const to = projection(layout, box);
  const { xaxis, yaxis } = layout;
  const [left, bottom] = [box.x, box.y + box.height];
  const [across, up] = [axisTicks(xaxis), axisTicks(yaxis)];
  node.append(
    ...across.map(({ value }) => line(xaxis.tickcolor, `M${to.x(value)} ${bottom + EDGE}v${lengthOf(xaxis)}`)),
    ...up.map(({ value }) => line(yaxis.tickcolor, `M${left - EDGE} ${to.y(value)}h${-lengthOf(yaxis)}`)),
  );
  const below = numbersOf("xtick", across, xaxis, (tick, pixels) => ({
    x: to.x(tick.value),
    y: bottom + EDGE + lengthOf(xaxis) + 0.2 * sizeOf(xaxis) + pixels,
    "text-anchor": "middle",
  }));
  const beside = numbersOf("ytick", up, yaxis, (tick, pixels) => ({
    x: left - EDGE - lengthOf(yaxis) - 0.2 * sizeOf(yaxis) - tick.aside * pixels,
    y: to.y(tick.value) + pixels * MIDDLE,
    "text-anchor": "end",
  }));
  node.append(below, beside);
  turnIfCrowded(below, sizeOf(xaxis));
  // What would be cut is left out.
  const texts = (/** @type {Element} */ group) => [...group.querySelectorAll("text")];
  texts(below).forEach((number) => within(number, frame, ["left", "right"]) || number.remove());
  texts(beside).forEach((number) => within(number, frame, ["top", "bottom"]) || number.remove());
  const font = { ...layout.font, size: Math.round(TITLE * (layout.font?.size ?? 12)) };
  titleBelow(node, xaxis, font, box.x + box.width / 2, below.getBBox(), frame.height);
  titleBeside(node, yaxis, font, box.y + box.height / 2, beside.getBBox());
}

/**
 * Whether a text lies within `frame`, but for the room above its capitals.
 * @param {SVGTextElement} node
 * @param {DOMRect} frame
 * @param {["left", "right"] | ["top", "bottom"]} sides
 */
function within(node, frame, [near, far]) {
  const place = node.getBoundingClientRect();
  const room = near === "top" ? Number(node.getAttribute("font-size")) / 4 : 0;
  return place[near] + room >= frame[near] && place[far] <= frame[far];
}

/**
 * The title below the numbers of an axis, in a figure of `height` pixels.
 * @param {SVGGElement} node
 * @param {RangedAxis} axis
 * @param {Font} font
 * @param {number} middle
 * @param {DOMRect} numbers
 * @param {number} height
 */
function titleBelow(node, { title }, font, middle, numbers, height) {
  if (!title?.text) return;
  const words = text("xtitle", title.text, font);
  node.append(words);
  const y = numbers.y + numbers.height - EDGE / 2 + (title.standoff ?? 0) + Number(font.size) * CAPITAL;
  const { y: top, height: tall } = words.getBBox(); // with its foot at zero
  place(words, { x: middle, y: Math.min(y, height - top - tall), "text-anchor": "middle" });
}

/**
 * The title beside the numbers of an axis, read from below.
 * @param {SVGGElement} node
 * @param {RangedAxis} axis
 * @param {Font} font
 * @param {number} middle
 * @param {DOMRect} numbers
 */
function titleBeside(node, { title }, font, middle, numbers) {
  if (!title?.text) return;
  const words = text("ytitle", title.text, font);
  node.append(words);
  const x = numbers.x + EDGE / 2 - (title.standoff ?? 0) - Number(font.size) * MIDDLE;
  const foot = Math.max(x, -words.getBBox().y); // its head stays in the figure
  place(words, { x: foot, y: middle, "text-anchor": "middle", transform: `rotate(-90 ${foot} ${middle})` });
}

/** @param {RangedAxis} axis */
const sizeOf = ({ tickfont }) => tickfont?.size ?? 12;

/** @param {RangedAxis} axis */
const lengthOf = ({ ticklen }) => ticklen ?? 5;

/**
 * @param {string} name
 * @param {Tick[]} ticks
 * @param {RangedAxis} axis
 * @param {(tick: Tick, pixels: number) => Record<string, string | number>} at
 */
function numbersOf(name, ticks, axis, at) {
  const group = svg("g");
  for (const tick of ticks) {
    const size = sizeOf(axis) * tick.size;
    const node = text(name, tick.text, { ...axis.tickfont, size });
    if (tick.power) {
      const power = svg("tspan", { dy: "-.6em", "font-size": size * SMALL });
      power.textContent = tick.power;
      node.append(power);
    }
    place(node, at(tick, size));
    group.append(node);
  }
  return group;
}

/**
 * Where numbers would run into one another all of them are turned.
 * @param {SVGGElement} group
 * @param {number} size
 */
function turnIfCrowded(group, size) {
  const texts = /** @type {SVGTextElement[]} */ ([...group.children]);
  const boxes = texts.map((node) => node.getBBox());
  if (!boxes.some((box, index) => index && boxes[index - 1].x + boxes[index - 1].width + ROOM > box.x)) return;
  const places = texts.map((node) => Number(node.getAttribute("x")));
  const apart = (places[places.length - 1] - places[0]) / (places.length - 1);
  const angle = Math.cos(Math.PI / 6) <= apart / Math.hypot(apart, 1.25 * size) ? 30 : 90;
  texts.forEach((node, index) => {
    const y = Number(node.getAttribute("y")) - size / 2;
    place(node, { "text-anchor": "start", transform: `rotate(${angle} ${places[index]} ${y})` });
  });
}

/**
 * The texts on the figure that lie within its axes, each in the middle of its place.
 * @param {SVGGElement} node
 * @param {FigureText[]} texts
 * @param {MapLayout} layout
 * @param {Box} box
 */
export function labels(node, texts, layout, box) {
  const to = projection(layout, box);
  const shown = texts
    .map(({ x, y, text: words, textangle = 0, font }) => ({
      label: text("annotation-text", words, font),
      angle: textangle,
      u: to.x(x),
      v: to.y(y),
    }))
    .filter(({ u, v }) => u >= box.x && u <= box.x + box.width && v >= box.y && v <= box.y + box.height);
  node.append(...shown.map(({ label }) => label));
  // All are measured before one is moved: each measure after a move would lay the page out again.
  const sizes = shown.map(({ label }) => label.getBBox());
  shown.forEach(({ label, angle, u, v }, index) => {
    const { y: top, height } = sizes[index];
    const y = v - top - height / 2;
    place(label, { x: u, y, "text-anchor": "middle", transform: `rotate(${angle} ${u} ${v})` });
  });
}

/**
 * @param {string} name
 * @param {string} words
 * @param {Font} [font]
 */
function text(name, words, { size = 12, color = "currentColor", shadow = "" } = {}) {
  const node = svg("text", { class: name, "font-size": size, fill: color });
  node.style.textShadow = shadow;
  node.textContent = words;
  return node;
}

/**
 * @param {SVGElement} node
 * @param {Record<string, string | number>} attributes
 */
function place(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
}
