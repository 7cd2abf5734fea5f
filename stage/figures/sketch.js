// The first picture, before plotly.js has started: relief, contour lines and the lanes, where Plotly
// will put them. It is taken away when the map itself stands.

import { Overlay } from "./overlay.js";
import { svg } from "../lib/dom.js";
import { numbers } from "../lib/packing.js";

/** @import { Changes, MapLayout, Terrain } from "../types/figures.d.ts" */

/**
 * Draw the map of `terrain` with what moves into `node`; returns a function that takes it away.
 * @param {HTMLElement} node
 * @param {Terrain} terrain
 * @param {Changes} moving
 */
export function sketch(node, terrain, moving) {
  const { layout, data } = terrain.map;
  const area = place(node, layout);
  const from = node.getBoundingClientRect();
  const box = { x: area.left - from.left, y: area.top - from.top, width: area.width, height: area.height };
  // Its layout as a Plotly node has it, for the two sheets on top.
  const ground = Object.assign(svg("svg", { class: "os-sketch", "aria-hidden": "true" }), { layout });
  ground.append(svg("image", { ...box, href: layout.images[0].source, preserveAspectRatio: "none" }));
  const contours = data.filter(({ meta }) => meta.role === "contours");
  const lines = new Overlay(ground, () => area);
  const lanes = new Overlay(ground, () => area);
  node.append(ground, lines.node, lanes.node);
  lines.show(
    { data: contours.map((trace, lane) => ({ ...trace, meta: { role: "contours", lane } })) },
    Object.fromEntries(contours.map(({ x, y }, lane) => [`contours${lane}`, { x: numbers(x), y: numbers(y) }])),
  );
  lanes.show(terrain.movers, moving);
  return () => [ground, lines.node, lanes.node].forEach((part) => part.remove());
}

/**
 * The rectangle of the axes: equal scales, in the middle of what the margins leave.
 * @param {HTMLElement} node
 * @param {MapLayout} layout
 */
function place(node, { margin, xaxis, yaxis }) {
  const { left, top, width, height } = node.getBoundingClientRect();
  const room = [width - margin.l - margin.r, height - margin.t - margin.b];
  const spans = [xaxis, yaxis].map(({ range }) => range[1] - range[0]);
  const scale = Math.min(room[0] / spans[0], room[1] / spans[1]);
  const size = spans.map((span) => span * scale);
  return {
    left: left + margin.l + (room[0] - size[0]) / 2,
    top: top + margin.t + (room[1] - size[1]) / 2,
    width: size[0],
    height: size[1],
  };
}
