// Accuracies over the epochs from sixteen scales of the starting weights: small multiples, two curves in each.

import { percentage } from "./said.js";
import { el, svg } from "../lib/dom.js";
import { fill, spell } from "../lib/format.js";

/** @import { ScaleRow } from "../types/network_pictures.d.ts" */

const WIDE = 100; // units of a picture
const HIGH = 60;
const CROSS = 3; // from the middle of a cross to its ends

/**
 * The path of the accuracies of one scale, as far as they are known, in a picture of WIDE × HIGH.
 * @param {ArrayLike<number>} values of the looks so far: NaN where it has diverged
 * @param {number} epochs
 */
export function path(values, epochs) {
  let pen = "M";
  return Array.from(values, (value, look) => {
    if (!Number.isFinite(value)) return "";
    const place = `${pen}${((WIDE * look) / epochs).toFixed(1)} ${(HIGH * (1 - value)).toFixed(1)}`;
    pen = "L";
    return place;
  }).join("");
}

/**
 * Where a run that diverged is crossed out: at the last place that is known of it.
 * @param {ArrayLike<number>} values
 * @param {number} epochs
 */
export function cross(values, epochs) {
  const known = Array.from(values).filter(Number.isFinite);
  const look = Math.max(known.length - 1, 0);
  const [x, y] = [(WIDE * look) / epochs, HIGH * (1 - (known[look] ?? 0))];
  const [left, top] = [Math.min(Math.max(x, CROSS), WIDE - CROSS), Math.min(Math.max(y, CROSS), HIGH - CROSS)];
  return `M${left - CROSS} ${top - CROSS}l${2 * CROSS} ${2 * CROSS}m0 ${-2 * CROSS}l${-2 * CROSS} ${2 * CROSS}`;
}

/**
 * What was measured last, in words; "diverged" where it has.
 * @param {Record<string, string>} texts
 * @param {ScaleRow | undefined} row
 * @param {number} scale
 */
export function reached(texts, row, scale) {
  if (!row || !row.looks) return "…";
  if (row.diverged[scale] >= 0) return texts.diverged;
  const last = row.train.subarray(scale * row.looks, (scale + 1) * row.looks).findLast(Number.isFinite);
  return last === undefined ? "…" : percentage(last);
}

export class ScaleGrid {
  /** @param {Record<string, string>} texts */
  constructor(texts) {
    this.texts = texts;
    this.node = el("ul.os-netscales", { "aria-label": texts.scales });
    /** @type {{ node: HTMLElement, drawing: SVGElement, said: HTMLElement }[]} */
    this.places = [];
  }

  /**
   * `rows`: with the normalisation called `name`, and without one.
   * @param {Float32Array} scales
   * @param {ScaleRow[]} rows
   * @param {number} epochs
   * @param {string} name
   */
  show(scales, rows, epochs, name) {
    if (this.places.length !== scales.length) this.arrange(scales);
    this.places.forEach(({ drawing, said, node }, scale) => {
      const paths = rows.flatMap((row, which) => {
        const values = row.train.subarray(scale * row.looks, (scale + 1) * row.looks);
        const kind = which ? "os-netwithout" : "os-netwith";
        const line = svg("path", { class: kind, d: path(values, epochs) });
        if (row.diverged[scale] < 0) return [line];
        return [line, svg("path", { class: `${kind} os-netcross`, d: cross(values, epochs) })];
      });
      drawing.replaceChildren(
        svg("path", { class: "os-netzero", d: `M0 0H${WIDE}M0 ${HIGH}H${WIDE}` }),
        ...paths.reverse(),
      );
      const [own, plain] = [0, 1].map((which) => reached(this.texts, rows[which], scale));
      said.replaceChildren(el("b", {}, own), " · ", plain);
      const words = fill(this.texts.scale_said, { sigma: spell(scales[scale], 2), name, own, plain });
      drawing.setAttribute("aria-label", words);
      node.title = words;
    });
  }

  /** @param {Float32Array} scales */
  arrange(scales) {
    this.places = Array.from(scales, (scale) => {
      const drawing = svg("svg", {
        viewBox: `0 0 ${WIDE} ${HIGH}`,
        preserveAspectRatio: "none",
        role: "img",
      });
      const said = el("span.os-netscaleend");
      const node = el("li", {}, el("span.os-netscalehead", {}, el("span", {}, `σ ${spell(scale, 2)}`), said), drawing);
      return { node, drawing, said };
    });
    this.node.replaceChildren(...this.places.map(({ node }) => node));
  }
}
