// Activation functions: the chosen one and its derivative large among all others, and each by itself to choose from.

import { Chart } from "./chart.js";
import { activationCurves, outlined } from "./curves.js";
import { el, svg } from "../lib/dom.js";

/** @import { Point } from "../types/answer.d.ts" */
/** @import { Layout } from "../types/figures.d.ts" */
/** @import { ActivationCurve } from "../types/network_pictures.d.ts" */
/** @import { Sentences } from "../types/words.d.ts" */

const AROUND = { l: 34, r: 12, t: 10, b: 26 };
const SEEN = /** @type {Point} */ ([-1.6, 3.2]); // what functions do between these values is what they are known by
const NONE = { data: [], changes: {} };
const SIDE = { width: 60, height: 34 };

export class ActivationChart {
  /**
   * `choose(id)` takes another function.
   * @param {Sentences} ui
   * @param {Record<string, string>} names
   * @param {(id: string) => void} choose
   */
  constructor(ui, names, choose) {
    this.names = names;
    this.choose = choose;
    this.chart = new Chart(ui.net_function);
    this.key = el(
      "ul.os-keys",
      {},
      el("li", {}, el("span.os-netkey"), ui.net_key_function),
      el("li", {}, el("span.os-netkey.os-netdashed"), ui.net_key_derivative),
      el("li", {}, el("span.os-netkey.os-netothers"), ui.net_key_others),
    );
    this.list = el("div.os-netfunctions", { role: "group", "aria-label": ui.net_functions });
    this.node = el("div.os-netlarge", {}, this.chart.node, this.key);
    /** @type {Map<string, HTMLElement>} */
    this.buttons = new Map();
  }

  /**
   * @param {ActivationCurve[]} curves
   * @param {string} chosen
   * @param {{ base: Layout, colors: { value: string, derivative: string, others: string } }} how
   */
  show(curves, chosen, { base, colors }) {
    if (this.buttons.size !== curves.length) this.offer(curves);
    for (const [id, button] of this.buttons) button.setAttribute("aria-pressed", String(id === chosen));
    const drawn = activationCurves(curves, chosen, colors);
    const [first] = curves;
    const range = /** @type {Point} */ (first ? [first.x[0], first.x[first.x.length - 1]] : [-4, 4]);
    this.chart.title.textContent = this.names[chosen] ?? chosen;
    this.chart.show(drawn, NONE, {
      ...base,
      margin: AROUND,
      xaxis: { ...base.xaxis, range, title: { text: "" } },
      yaxis: { ...base.yaxis, type: "linear", range: SEEN, title: { text: "" } },
    });
  }

  /** @param {ActivationCurve[]} curves */
  offer(curves) {
    this.buttons = new Map(
      curves.map(({ id, x, value, derivative }) => {
        const drawing = svg("svg", { viewBox: `0 0 ${SIDE.width} ${SIDE.height}`, "aria-hidden": "true" });
        drawing.append(
          svg("path", { class: "os-netdashed", d: outlined(x, derivative, SEEN, SIDE) }),
          svg("path", { d: outlined(x, value, SEEN, SIDE) }),
        );
        const onclick = () => this.choose(id);
        return [
          id,
          el("button.os-netfunction", { type: "button", onclick }, drawing, el("span", {}, this.names[id] ?? id)),
        ];
      }),
    );
    this.list.replaceChildren(...this.buttons.values());
  }

  close() {
    this.chart.close();
  }
}
