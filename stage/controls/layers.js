// What the map is coloured by, the bar that says what the colours mean, and what is drawn below the losses.

import { Shown } from "./shown.js";
import { el } from "../lib/dom.js";

/** @import { LayerName, MeasureName, TintName, View } from "../types/answer.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { Layer } from "../types/facts.d.ts" */

export class LayerTools {
  /**
   * `on` has layer(name), tint(name), measure(name) and hide(part, hidden).
   * @param {Words} words
   * @param {{ layer: (name: LayerName) => void, tint: (name: TintName) => void, measure: (name: MeasureName) => void, hide: (part: string, hidden: boolean) => void }} on
   */
  constructor(words, on) {
    const { ui, choices } = words;
    this.ui = ui;
    /** @type {HTMLSelectElement} */
    this.select = el(
      "select.os-select",
      { "aria-label": ui.layer, onchange: () => on.layer(/** @type {LayerName} */ (this.select.value)) },
      choices.layer.map((name) => el("option", { value: name }, ui[`layer_${name}`])),
    );
    /** @type {HTMLSelectElement} */
    this.tint = el(
      "select.os-select",
      { "aria-label": ui.tint, onchange: () => on.tint(/** @type {TintName} */ (this.tint.value)) },
      choices.tint.map((name) => el("option", { value: name }, ui[`tint_${name}`])),
    );
    /** @type {HTMLSelectElement} */
    this.measure = el(
      "select.os-select",
      { "aria-label": ui.measure, onchange: () => on.measure(/** @type {MeasureName} */ (this.measure.value)) },
      choices.measure.map((name) => el("option", { value: name }, ui[`measure_${name}`])),
    );
    this.shown = new Shown(words, on.hide);
    this.bar = el("span.os-bar", { hidden: true });
    this.barName = el("span.os-barname");
    this.node = el(
      "div.os-maptools",
      {},
      el("label.os-tool", {}, el("span.os-muted", {}, ui.layer), this.select),
      el("label.os-tool", {}, el("span.os-muted.os-tintname", {}, ui.tint), this.tint),
      this.barName,
      this.bar,
      el("label.os-tool", {}, el("span.os-muted", {}, ui.measure), this.measure),
      el("span.os-spring"),
      this.shown.node,
    );
  }

  /**
   * `bar` is that of the layer that is drawn, null for heights.
   * @param {View} view
   * @param {Layer["bar"] | undefined} bar
   */
  show(view, bar) {
    const { layer, tint, measure } = view;
    this.select.value = layer;
    this.tint.value = tint;
    this.measure.value = measure;
    this.shown.show(view);
    this.bar.hidden = !bar;
    if (!bar) return;
    const ramp = el("span.os-ramp");
    ramp.style.background = `linear-gradient(to right, ${bar.colors.join(", ")})`;
    const middle = Math.floor(bar.ticks.length / 2);
    const ticks = bar.ticks.map(({ at, label }, index) => {
      const spare = (index - middle) % 2 !== 0; // a narrow bar does without
      const tick = el(spare ? "span.os-tick.os-spare" : "span.os-tick", {}, label);
      tick.style.left = `${100 * at}%`;
      return tick;
    });
    this.barName.textContent = this.ui[`layer_${layer}`] ?? "";
    this.bar.replaceChildren(ramp, ...ticks);
    this.bar.setAttribute("role", "img");
    this.bar.setAttribute(
      "aria-label",
      `${this.ui[`layer_${layer}`]}: ${bar.ticks.map(({ label }) => label).join(", ")}`,
    );
  }
}
