// How near each lane's step is to where its method would become unstable: α·λ_max against the limit.

import { swatch } from "../figures/marks.js";
import { el, heading } from "../lib/dom.js";
import { fill, spell } from "../lib/format.js";
import { laneNames } from "../lib/lane_names.js";

/** @import { Answer } from "../types/answer.d.ts" */
/** @import { Style } from "../types/figures.d.ts" */
/** @import { Measures } from "../types/facts.d.ts" */
/** @import { Words } from "../types/words.d.ts" */

/** @typedef {{ node: HTMLElement, cells: HTMLElement[], bar: HTMLElement, filled: HTMLElement, verdict: HTMLElement }} Row */

export class StabilityCard {
  /** @param {Words} words */
  constructor(words) {
    this.words = words;
    const { ui } = words;
    /** @type {Measures[]} */
    this.measured = [];
    /** @type {Row[]} */
    this.rows = [];
    /** @type {number | null} the step that is shown */
    this.row = null;
    this.step = el("span.os-stepname");
    this.body = el("tbody");
    this.node = el(
      "section.os-card.os-stability",
      { "aria-labelledby": "os-stability" },
      el("div.os-headrow", {}, el("h2.os-head", { id: "os-stability" }, ui.stability), this.step),
      el("p.os-story", {}, ui.stability_story),
      el(
        "div.os-scroll",
        {},
        el(
          "table.os-table.os-numbers.os-gauges",
          {},
          heading(ui.col_lane, "‖g‖", ui.col_condition, "α·λ", ui.col_limit, ui.col_gauge),
          this.body,
        ),
      ),
      el("p.os-source", {}, ui.stability_note),
    );
  }

  /**
   * Other lanes, or other measures of them (figures/measures.js).
   * @param {Answer} data
   * @param {Measures[]} measured
   * @param {Style[]} styles
   */
  update(data, measured, styles) {
    this.measured = measured;
    const names = laneNames(this.words, data.lanes);
    this.rows = measured.map((_, index) => {
      const cells = ["gradient", "condition", "load", "limit"].map(() => el("td"));
      const filled = el("span.os-gaugefill");
      const bar = el("span.os-gauge", {}, filled, el("span.os-gaugelimit"));
      const verdict = el("span.os-verdictword");
      const node = el(
        "tr",
        {},
        el("th", { scope: "row" }, swatch(styles[index]), " ", names[index]),
        cells,
        el("td.os-gaugecell", {}, bar, verdict),
      );
      return { node, cells, bar, filled, verdict };
    });
    this.body.replaceChildren(...this.rows.map(({ node }) => node));
    this.row = null;
  }

  /**
   * The playhead has moved to step `at` (a whole number).
   * @param {number} at
   */
  show(at) {
    if (!this.rows.length || at === this.row) return;
    this.row = at;
    const { ui } = this.words;
    this.step.textContent = fill(ui.at_step, { step: at });
    this.rows.forEach(({ cells, bar, filled, verdict }, index) => {
      const { gradient, condition, load, limit, estimate } = this.measured[index];
      /** @param {Float32Array} values */
      const of = (values) => values[Math.min(at, values.length - 1)];
      const now = of(load);
      const known = limit !== null && Number.isFinite(now);
      const share = known ? now / limit : 0;
      const texts = [
        number(of(gradient)),
        number(of(condition)),
        number(now),
        limit === null ? "–" : `${estimate ? "≈ " : ""}${spell(limit, 3)}`,
      ];
      cells.forEach((cell, column) => (cell.textContent = texts[column]));
      bar.hidden = !known;
      filled.style.width = `${Math.min(100, Math.max(0, share) * 66.7)}%`;
      const key = !known
        ? limit === null
          ? "gauge_unknown"
          : "gauge_none"
        : share > 1
          ? "gauge_over"
          : now <= 0
            ? "gauge_concave"
            : "gauge_under";
      bar.dataset.over = String(share > 1);
      verdict.textContent = ui[key];
      verdict.dataset.over = String(share > 1);
    });
  }
}

/** @param {number | undefined} value */
const number = (value) => (value === undefined || Number.isNaN(value) ? "–" : spell(value, 3));
