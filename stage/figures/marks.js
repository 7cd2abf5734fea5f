// Dashes and marker shapes by the names that Plotly gives them, for what we draw ourselves.

import { svg } from "../lib/dom.js";

/** @import { Style } from "../types/figures.d.ts" */

/** @type {Record<string, string>} */
const DASHES = { dash: "6 4", dot: "2 3", dashdot: "6 3 2 3", longdash: "9 4", longdashdot: "9 3 2 3" };

/**
 * Outlines around (0, 0), ten pixels across.
 * @type {Record<string, string>}
 */
const SHAPES = {
  circle: "M0-5A5 5 0 1 1-.01-5z",
  square: "M-4.500-4.500h9v9h-9z",
  diamond: "M0-6 6 0 0 6-6 0z",
  "triangle-up": "M0-5.500 5.500 4.500h-11z",
  "triangle-down": "M0 5.500 5.500-4.500h-11z",
  pentagon: "M0-5.500 5.500-1.500 3.400 5h-6.800L-5.500-1.500z",
  hexagram: "M0-6 2-3h4L4 0l2 3H2L0 6l-2-3h-4l2-3-2-3h4z",
  star: "M1.575-2.163H6.657L2.541.826 4.116 5.663 0 2.674-4.116 5.663-2.541.826-6.657-2.163H-1.575L0-7z",
  x: "M0-2.100 3.300-5.400 5.400-3.300 2.100 0 5.400 3.300 3.300 5.400 0 2.100-3.300 5.400-5.400 3.300-2.100 0-5.400-3.300-3.300-5.400z",
  "diamond-open": "M0-6 6 0 0 6-6 0z",
  "circle-open": "M0-5A5 5 0 1 1-.01-5z",
  cross: "M-2-5.500h4v3.500h3.500v4H2v3.500h-4V2h-3.500v-4H-2z",
  "circle-cross-open": "M0-5A5 5 0 1 1-.01-5zM-5 0H5M0-5V5",
};

/** @param {string} symbol */
export const outline = (symbol) => SHAPES[symbol] ?? SHAPES.circle;

/**
 * `stroke-dasharray` of a dash in a line of `width` pixels.
 * @param {string | undefined} dash
 */
export function dashes(dash, width = 2.6) {
  const pattern = DASHES[dash ?? ""];
  return pattern
    ? pattern
        .split(" ")
        .map((part) => (Number(part) * width) / 2.6)
        .join(" ")
    : "none";
}

const SHARES = { dash: [3, 3], dot: [1, 1], dashdot: [3, 1, 1, 1], longdash: [5, 5], longdashdot: [5, 2, 1, 2] };

/**
 * The same as Plotly draws it.
 * @param {string | undefined} dash
 */
export function plotlyDashes(dash, width = 2) {
  const shares = SHARES[/** @type {keyof typeof SHARES} */ (dash)];
  return shares ? shares.map((share) => share * Math.max(width, 3)).join(" ") : "none";
}

/**
 * A marker by itself, as the map has it: { symbol, color }.
 * @param {Pick<Style, "symbol" | "color">} style
 */
export function mark({ symbol, color }) {
  const node = svg("svg", { viewBox: "-7 -7 14 14", class: "os-marker", "aria-hidden": "true" });
  const open = symbol.endsWith("-open");
  node.append(
    svg("path", { d: outline(symbol), fill: open ? "none" : color, stroke: open ? color : "none", "stroke-width": 2 }),
  );
  return node;
}

/**
 * A piece of a lane's line with its marker: the key to the map.
 * @param {Style} style
 */
export function swatch({ color, dash, symbol }) {
  const node = svg("svg", { viewBox: "0 0 30 14", class: "os-swatch", "aria-hidden": "true" });
  node.append(
    svg("path", { d: "M1 7h28", stroke: color, "stroke-width": 2.6, "stroke-dasharray": dashes(dash) }),
    svg("path", {
      d: outline(symbol),
      transform: "translate(15 7) scale(.95)",
      fill: color,
      stroke: "var(--os-paper)",
    }),
  );
  return node;
}
