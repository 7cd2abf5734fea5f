// The rows of the lab on outputs, a column for each class: probabilities as bars, and gradients as bars from a zero line.

import { RAISE } from "./output_findings.js";
import { HIGH, ROWS, WIDE, outlineOf, outputRows, place } from "./output_rows.js";
import { el, math, svg } from "../lib/dom.js";
import { fill, fixed, spell } from "../lib/format.js";

/** @import { OutputLoss, OutputWords } from "../types/networks.d.ts" */
/** @import { Chosen, RowName } from "./output_rows.js" */

export class OutputBars {
  /**
   * `pick(k)` makes another class the true one.
   * @param {OutputWords} words
   * @param {(k: number) => void} pick
   */
  constructor({ texts, losses: formulas, gradients: slopes, truth }, pick) {
    this.texts = texts;
    this.letters = truth.options;
    this.heads = this.letters.map((letter, k) =>
      el("button.os-outclass", { type: "button", onclick: () => pick(k) }, el("b", {}, letter), el("span", {})),
    );
    this.ghost = el("li", {}, el("span.os-outghostkey"), el("span", {}));
    this.rows = ROWS.map((name) => this.row(name, formulas, slopes));
    this.node = el(
      "div.os-outputs",
      {},
      el("span.os-outcorner", {}, truth.label),
      ...this.heads,
      ...this.rows.flatMap(({ head, cells }) => [head, ...cells.map(({ node }) => node)]),
    );
    this.key = el(
      "ul.os-keys.os-outkeys",
      {},
      el("li", {}, el("span.os-outkey"), texts.probability),
      this.ghost,
      el("li", {}, el("span.os-outkey.os-outslope"), texts.gradient),
    );
  }

  /**
   * @param {RowName} name
   * @param {Record<OutputLoss, string>} formulas
   * @param {Record<OutputLoss, string>} slopes
   */
  row(name, formulas, slopes) {
    const { texts } = this;
    const whole = el("span.os-muted");
    const slope = name !== "softmax" && name !== "sigmoids";
    const formula = slope ? el("span.os-outformula", {}, math(formulas[name]), el("i", {}, math(slopes[name]))) : null;
    const head = el("div.os-outhead", {}, el("span", {}, texts[name]), formula, whole);
    const cells = this.letters.map(() => {
      const drawing = svg("svg", {
        viewBox: `0 0 ${WIDE} ${HIGH}`,
        preserveAspectRatio: "none",
        "aria-hidden": "true",
      });
      const zero = svg("path", { class: "os-outzero", d: `M0 ${slope ? HIGH / 2 : HIGH}H${WIDE}` });
      const bar = svg("path", { class: slope ? "os-outbar os-outslope" : "os-outbar" });
      const ghost = svg("path", { class: "os-outghost" });
      drawing.append(bar, zero, ghost);
      const text = el("span.os-outnumber");
      return { node: el("div.os-outcell", {}, drawing, text), bar, ghost, text };
    });
    return { name, head, whole, cells };
  }

  /** @param {Chosen} chosen */
  show(chosen) {
    const { texts, letters } = this;
    const drawn = outputRows(chosen);
    this.heads.forEach((head, k) => {
      head.setAttribute("aria-pressed", String(k === chosen.truth));
      /** @type {HTMLElement} */ (head.lastChild).textContent = k === chosen.truth ? texts.true : "";
    });
    for (const { name, whole, cells } of this.rows) {
      const { bars, whole: value } = drawn[name];
      const told = name === "softmax" || name === "sigmoids";
      whole.textContent = told
        ? fill(texts.sum, { sum: fixed(value, 2) })
        : fill(texts.loss, { loss: spell(value, 3) });
      cells.forEach(({ node, bar, ghost, text }, k) => {
        bar.setAttribute("d", outlineOf(bars[k]));
        ghost.setAttribute("d", bars[k].ghost === null ? "" : `M0 ${place(bars[k].ghost)}H${WIDE}`);
        text.textContent = bars[k].text;
        node.dataset.true = String(k === chosen.truth);
      });
    }
    const letter = letters[chosen.raised];
    /** @type {HTMLElement} */ (this.ghost.lastChild).textContent = fill(texts.ghost, { letter, by: RAISE });
  }
}
