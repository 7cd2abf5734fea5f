// Accuracies over the epochs from sixteen scales of the starting weights: small multiples, two curves in each.

import { cross, HIGH, path, reached, WIDE } from "./scale_paths.js";
import { el, svg } from "../lib/dom.js";
import { fill, spell } from "../lib/format.js";

/** @import { ScaleRow } from "../types/network_pictures.d.ts" */

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
