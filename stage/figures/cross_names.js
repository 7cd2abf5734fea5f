// The eigenvalues at the arms of the cross at a point: how the ground curves along each.

import { svg } from "../lib/dom.js";
import { spell } from "../lib/format.js";

/** @import { DefinedPoint } from "../types/facts.d.ts" */
/** @import { Changes } from "../types/figures.d.ts" */
/** @import { Sheets } from "./figure.js" */

/** @typedef {{ text: string, sign: number, x: number[], y: number[] }} Arm its two ends */

const BEYOND = 6; // px from the end of an arm to its name
const SLANTED = 0.35; // of a direction: from there on the name stands beside the end, not below it

export class CrossNames {
  /** @param {Sheets} sheets */
  constructor(sheets) {
    this.sheet = sheets.annotations;
    this.node = svg("g", { class: "os-names os-crossnames" });
    this.sheet.node.append(this.node); // so that it is hidden with the cross
    sheets.layers.push(this); // after the one whose places it takes
    /** @type {Arm[]} */
    this.arms = [];
  }

  /** @param {Arm[]} arms */
  show(arms) {
    this.arms = arms;
    this.place();
  }

  /** The axes are elsewhere, or have another size. */
  place() {
    const { project, clip } = this.sheet;
    if (!project || !this.arms.length) return this.node.replaceChildren();
    const [x, y, width, height] = ["x", "y", "width", "height"].map((name) => Number(clip.getAttribute(name)));
    const names = this.arms.map(({ text, sign, ...ends }) => {
      const [[left, top], [u, v]] = project(ends).sort(lowerLast);
      const length = Math.hypot(u - left, v - top) || 1;
      const [across, down] = [(u - left) / length, (v - top) / length];
      const name = svg("text", {
        x: x + u + BEYOND * across,
        y: y + v + BEYOND * down,
        "text-anchor": across > SLANTED ? "start" : across < -SLANTED ? "end" : "middle",
        "dominant-baseline": down > SLANTED ? "hanging" : "middle",
        fill: `var(--os-${sign > 0 ? "up" : "down"})`,
      });
      name.textContent = text;
      return u >= 0 && u <= width && v >= 0 && v <= height ? name : null;
    });
    this.node.replaceChildren(...names.filter((name) => name !== null));
  }
}

/**
 * Of the two ends of an arm the lower one, or that on the right: paths mostly come from the other.
 * @param {import("../types/figures.d.ts").Pixels} a
 * @param {import("../types/figures.d.ts").Pixels} b
 */
const lowerLast = (a, b) => (Math.abs(a[1] - b[1]) > 2 ? a[1] - b[1] : a[0] - b[0]);

/**
 * The arms of the cross at a point: they come from the server by the sign of the curvature, in the order of eigenvalues.
 * @param {DefinedPoint} facts
 * @param {Changes} marks
 * @returns {Arm[]}
 */
export function arms({ eigenvalues }, { cross_up: up, cross_down: down }) {
  const next = { up: 0, down: 0 };
  return eigenvalues.flatMap((value, index) => {
    const side = value > 0 ? "up" : "down";
    const bars = value > 0 ? up : down;
    const from = next[side];
    if (!bars || from + 1 >= bars.x.length) return []; // no curvature, no arm
    next[side] += 3; // the two ends, and what parts them from the next
    const [x, y] = [bars.x, bars.y].map((values) => [Number(values[from]), Number(values[from + 1])]);
    return [{ text: `λ${"₁₂"[index]} = ${spell(value, 3)}`, sign: Math.sign(value), x, y }];
  });
}
