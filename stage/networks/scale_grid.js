// Accuracies over the epochs from sixteen scales of the starting weights, or at sixteen rates: small multiples, two curves in each.

import { cross, HIGH, path, reached, WIDE } from "./scale_paths.js";
import { el, svg } from "../lib/dom.js";
import { fill, spell } from "../lib/format.js";

/** @import { ScaleRow } from "../types/network_pictures.d.ts" */

export class ScaleGrid {
  /** @param {Record<string, string>} texts */
  constructor(texts) {
    this.texts = texts;
    this.node = el("ul.os-netscales");
    this.heads = "";
    /** @type {{ node: HTMLElement, drawing: SVGElement, said: HTMLElement }[]} */
    this.places = [];
  }

  /**
   * `rows`: with the normalisation called `name`, and without one; `symbol` of what has these `values`.
   * @param {string} symbol
   * @param {Float32Array} values
   * @param {ScaleRow[]} rows
   * @param {number} epochs
   * @param {string} name
   */
  show(symbol, values, rows, epochs, name) {
    const heads = Array.from(values, (value) => `${symbol} ${spell(value, 2)}`);
    if (this.heads !== heads.join()) this.arrange(heads);
    this.places.forEach(({ drawing, said, node }, scale) => {
      const paths = rows.flatMap((row, which) => {
        const seen = row.train.subarray(scale * row.looks, (scale + 1) * row.looks);
        const kind = which ? "os-netwithout" : "os-netwith";
        const line = svg("path", { class: kind, d: path(seen, epochs) });
        if (row.diverged[scale] < 0) return [line];
        return [line, svg("path", { class: `${kind} os-netcross`, d: cross(seen, epochs) })];
      });
      drawing.replaceChildren(
        svg("path", { class: "os-netzero", d: `M0 0H${WIDE}M0 ${HIGH}H${WIDE}` }),
        ...paths.reverse(),
      );
      const [own, plain] = [0, 1].map((which) => reached(this.texts, rows[which], scale));
      said.replaceChildren(el("b", {}, own), " · ", plain);
      const words = fill(this.texts.scale_said, { value: heads[scale], name, own, plain });
      drawing.setAttribute("aria-label", words);
      node.title = words;
    });
  }

  /** @param {string[]} heads */
  arrange(heads) {
    this.heads = heads.join();
    this.places = heads.map((head) => {
      const drawing = svg("svg", {
        viewBox: `0 0 ${WIDE} ${HIGH}`,
        preserveAspectRatio: "none",
        role: "img",
      });
      const said = el("span.os-netscaleend");
      const node = el("li", {}, el("span.os-netscalehead", {}, el("span", {}, head), said), drawing);
      return { node, drawing, said };
    });
    this.node.replaceChildren(...this.places.map(({ node }) => node));
  }
}
