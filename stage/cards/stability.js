// How near each lane's step is to where its method would become unstable: α·λ_max against the limit.

import { swatch } from "../figures/marks.js";
import { el } from "../lib/dom.js";
import { fill, spell } from "../lib/format.js";

export class StabilityCard {
  constructor(words) {
    this.words = words;
    this.names = new Map(words.methods.map(({ id, name }) => [id, name]));
    const { ui } = words;
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
          el("thead", {}, el("tr", {}, [ui.col_lane, "‖g‖", ui.col_condition, "α·λ", ui.col_limit, ui.col_gauge].map((name) => el("th", { scope: "col" }, name)))),
          this.body,
        ),
      ),
      el("p.os-source", {}, ui.stability_note),
    );
  }

  /** Other lanes, or other measures of them (figures/measures.js). */
  update(data, measured, styles) {
    this.measured = measured;
    this.rows = measured.map((_, index) => {
      const cells = ["gradient", "condition", "load", "limit"].map(() => el("td"));
      const bar = el("span.os-gauge", {}, el("span.os-gaugefill"), el("span.os-gaugelimit"));
      const verdict = el("span.os-verdictword");
      const node = el("tr", {}, el("th", { scope: "row" }, swatch(styles[index]), " ", this.names.get(data.lanes[index].id)), cells, el("td.os-gaugecell", {}, bar, verdict));
      return { node, cells, bar, verdict };
    });
    this.body.replaceChildren(...this.rows.map(({ node }) => node));
    this.row = null;
  }

  /** The playhead has moved to step `at` (a whole number). */
  show(at) {
    if (!this.rows || at === this.row) return;
    this.row = at;
    const { ui } = this.words;
    this.step.textContent = fill(ui.at_step, { step: at });
    this.rows.forEach(({ cells, bar, verdict }, index) => {
      const { gradient, condition, load, limit, estimate } = this.measured[index];
      const of = (values) => values[Math.min(at, values.length - 1)];
      const now = of(load);
      const known = limit !== null && Number.isFinite(now);
      const share = known ? now / limit : 0;
      const texts = [number(of(gradient)), number(of(condition)), number(now), limit === null ? "–" : `${estimate ? "≈ " : ""}${spell(limit, 3)}`];
      cells.forEach((cell, column) => (cell.textContent = texts[column]));
      bar.hidden = !known;
      bar.firstChild.style.width = `${Math.min(100, Math.max(0, share) * 66.7)}%`;
      const key = !known ? (limit === null ? "gauge_unknown" : "gauge_none") : share > 1 ? "gauge_over" : now <= 0 ? "gauge_concave" : "gauge_under";
      bar.dataset.over = String(share > 1);
      verdict.textContent = ui[key];
      verdict.dataset.over = String(share > 1);
    });
  }
}

const number = (value) => (value === undefined || Number.isNaN(value) ? "–" : spell(value, 3));
