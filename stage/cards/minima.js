// Flat and sharp minima: how the loss grows around them, and what a shift between training and test loss
// does to each.

import { shiftEffect } from "./findings.js";
import { row } from "../controls/controls.js";
import { swatch } from "../figures/marks.js";
import { Plot, keys, trace } from "../figures/plots.js";
import { el, heading, reachable } from "../lib/dom.js";
import { spell } from "../lib/format.js";
import { laneNames } from "../lib/lane_names.js";
import { unpack } from "../lib/packing.js";
import { LatestRequest } from "../session/latest_request.js";

/** @import { FactPath, Minima } from "../types/facts.d.ts" */
/** @import { Value } from "../types/answer.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { CardEvents, Shown } from "../types/stage.d.ts" */
/** @import { Facts } from "../session/facts.js" */

/** @param {number} value */
const withoutRounding = (value) => (Math.abs(value) < 1e-9 ? 0 : value);
/** @param {number | null} value */
const text = (value, digits = 4) => (value === null ? "–" : spell(withoutRounding(value), digits));

export class MinimaCard {
  /**
   * `on` has look(view), fail(error) and shifted(), told when the map is to show other lines.
   * @param {Words} words
   * @param {Facts} facts
   * @param {CardEvents} on
   * @param {string} library
   */
  constructor(words, facts, on, library) {
    this.words = words;
    this.on = on;
    const { ui } = words;
    /** @type {Shown | null} */
    this.shown = null;
    /** @type {Minima | null} */
    this.answer = null;
    /** @type {number | undefined} */
    this.later = undefined;
    /** @type {LatestRequest<FactPath<"minima.json">>} */
    this.answers = new LatestRequest(facts, (answer) => this.receive(answer), on.fail);
    const [shift, radius] = words.experiments.knobs;
    // Turned at once, asked for when the hand pauses.
    const turn = (/** @type {"shift" | "radius"} */ name) => (/** @type {Value} */ value) => {
      if (typeof value !== "number") return;
      clearTimeout(this.later);
      this.later = setTimeout(() => on.look({ [name]: value }), 120);
    };
    this.shift = row(shift, turn("shift"));
    this.radius = row(radius, turn("radius"));
    this.lines = el("input", { type: "checkbox", onchange: () => on.shifted() });
    this.body = el("tbody");
    this.lanes = el("tbody");
    this.empty = el("p.os-verdict", { hidden: true }, ui.minima_none);
    this.key = el("div");
    this.plot = new Plot(library, ui.minima_plot);
    this.found = el("p.os-verdict");
    this.table = el(
      "div.os-scroll",
      {},
      el(
        "table.os-table.os-numbers",
        {},
        heading(ui.minima_col, ui.minima_train, "λ", ui.minima_worst, ui.minima_sharpness, ui.minima_test),
        this.body,
      ),
    );
    this.ends = el(
      "div.os-scroll",
      {},
      el("table.os-table.os-numbers", {}, heading(ui.minima_ends, ui.minima_train, ui.minima_test), this.lanes),
    );
    this.node = el(
      "section.os-card.os-minima",
      { "aria-labelledby": "os-minima" },
      el("h2.os-head", { id: "os-minima" }, ui.minima),
      el("p.os-story", {}, ui.minima_story),
      this.empty,
      el(
        "div.os-cardgrid",
        {},
        el("div.os-column", {}, this.table, this.found, this.ends),
        el(
          "div.os-column",
          {},
          el("div.os-knobs", {}, this.shift.node, this.radius.node),
          el("label.os-tool", {}, this.lines, ui.minima_lines),
          this.plot.node,
          this.key,
        ),
      ),
      el("p.os-source", {}, ui.minima_note),
    );
  }

  /** @param {Shown} shown */
  show(shown) {
    const { data, view, sheets, spelling } = shown;
    if (sheets !== this.shown?.sheets || data.lanes !== this.shown.data.lanes) this.answers.forget();
    this.shown = shown;
    this.shift.set(view.shift);
    this.radius.set(view.radius);
    this.answers.ask(`minima.json?${spelling}&shift=${view.shift}&radius=${view.radius}`);
  }

  stop() {
    this.answers.ask(null);
  }

  /** How far the lines on the map are to be moved; null where they are not wanted. */
  get moved() {
    return this.lines.checked ? (this.answer?.moved ?? null) : null;
  }

  /** @param {Minima} answer */
  async receive(answer) {
    if (!this.shown) return;
    const { data, view, sheets, styles } = this.shown;
    this.answer = answer;
    const { ui } = this.words;
    const some = answer.minima.length > 0;
    this.empty.hidden = some;
    this.table.hidden = !some;
    this.body.replaceChildren(
      ...answer.minima.map((found) => {
        const tags = [found.flattest ? ui.minima_flattest : null, found.sharpest ? ui.minima_sharpest : null].filter(
          (tag) => tag !== null,
        );
        return el(
          "tr",
          {},
          el(
            "th",
            { scope: "row" },
            `(${found.point.map((value) => text(value, 3)).join(", ")})`,
            tags.map((tag) => el("span.os-tag", {}, tag)),
          ),
          el("td", {}, text(found.loss)),
          el("td", {}, text(found.largest, 3)),
          el("td", {}, text(found.worst)),
          el("td", {}, found.sharpness === null ? "–" : `${text(found.sharpness, 3)}%`),
          el("td", {}, text(found.test)),
        );
      }),
    );
    this.found.textContent = shiftEffect(ui, view.shift, answer);
    const names = laneNames(this.words, data.lanes);
    this.lanes.replaceChildren(
      ...answer.lanes.map(({ train, test }, index) =>
        el(
          "tr",
          {},
          el("th", { scope: "row" }, swatch(styles[index]), " ", names[index]),
          el("td", {}, text(train)),
          el("td", {}, text(test)),
        ),
      ),
    );
    for (const table of [this.table, this.ends]) reachable(table);
    this.on.shifted();
    if (!answer.slice) return;
    const { slice } = sheets;
    const at = unpack(answer.slice.at);
    const { marks } = answer.slice;
    const changes = {
      train: { x: at, y: unpack(answer.slice.train) },
      test: { x: at, y: unpack(answer.slice.test) },
      train_marks: { x: marks.at, y: marks.train },
    };
    this.key.replaceChildren(
      keys([
        [trace(slice, "train"), ui.minima_train],
        [trace(slice, "test"), ui.minima_test],
      ]),
    );
    await this.plot
      .show(slice, changes, {
        xaxis: { title: answer.differ ? ui.minima_along : ui.minima_along_x },
        yaxis: { title: ui.col_loss_at },
      })
      .catch(this.on.fail);
  }

  close() {
    clearTimeout(this.later);
    this.plot.close();
  }
}
