// The critical points of the surface, and whether these are all of them.

import { mark } from "../figures/marks.js";
import { el, heading, reachable } from "../lib/dom.js";
import { fill, spell } from "../lib/format.js";

/** @import { Point } from "../types/answer.d.ts" */
/** @import { Style } from "../types/figures.d.ts" */
/** @import { CriticalPoints, PointKind } from "../types/facts.d.ts" */
/** @import { Sentences, Words } from "../types/words.d.ts" */

/** @typedef {Record<string, Pick<Style, "symbol" | "color">>} Marks how points are drawn, by their kind */

const SHORT = 12; // rows before the reader asks for all

export class CriticalCard {
  /**
   * `ask(point)` puts a point under the magnifying glass.
   * @param {Words} words
   * @param {(point: Point) => void} ask
   */
  constructor(words, ask) {
    this.words = words;
    this.ask = ask;
    this.open = false;
    /** @type {string | undefined} what is shown */
    this.key = undefined;
    /** @type {() => void} */
    this.showAll = () => {};
    const { ui } = words;
    const columns = [ui.col_kind, "x", "y", ui.col_loss_at, "λ₁", "λ₂", "‖g‖"];
    this.story = el("div.os-prose");
    this.counts = el("p.os-counts");
    this.body = el("tbody");
    this.more = el("button.os-quiet", { type: "button", onclick: () => this.showAll() });
    this.table = el(
      "div.os-scroll.os-tall",
      { hidden: true },
      el("table.os-table.os-numbers", {}, heading(...columns), this.body),
    );
    this.node = el(
      "section.os-card.os-critical",
      { "aria-labelledby": "os-critical" },
      el("h2.os-head", { id: "os-critical" }, ui.critical),
      this.counts,
      this.story,
      this.table,
      this.more,
    );
  }

  /**
   * `found` is the server's critical.json; `styles` says how each kind is drawn on the map.
   * @param {CriticalPoints} found
   * @param {Marks} styles
   */
  update(found, styles) {
    const key = JSON.stringify([found.winding, found.points, Object.values(styles).map(({ color }) => color)]);
    if (key === this.key) return;
    this.key = key;
    this.open = found.points.length <= SHORT;
    const { ui } = this.words;
    const kinds = /** @type {PointKind[]} */ (Object.keys(found.counts));
    this.counts.replaceChildren(
      ...kinds
        .filter((kind) => found.counts[kind])
        .map((kind) =>
          el("span.os-count-of", {}, mark(styles[kind]), ` ${ui[`kinds_${kind}`]}: ${found.counts[kind]}`),
        ),
    );
    this.story.replaceChildren(...complete(ui, found).map((sentence) => el("p", {}, sentence)));
    this.showAll = () => {
      this.open = true;
      this.rows(found, styles);
    };
    this.rows(found, styles);
  }

  /**
   * @param {CriticalPoints} found
   * @param {Marks} styles
   */
  rows(found, styles) {
    const { ui } = this.words;
    const { points, counts } = found;
    const total = Object.values(counts).reduce((a, b) => a + b, 0);
    const shown = this.open ? points : points.slice(0, SHORT);
    this.table.hidden = !total;
    this.more.hidden = this.open;
    this.more.textContent = fill(ui.show_all, { count: total });
    this.body.replaceChildren(
      ...shown.map((p) => {
        const name = el(
          "button.os-link",
          { type: "button", title: ui.look_at, onclick: () => this.ask(p.point) },
          mark(styles[p.kind]),
          ` ${ui[`kind_${p.kind}`]}`,
        );
        const tags = [
          p.published ? ui.published : null,
          p.kind === "degenerate" && p.index !== null ? fill(ui.index_is, { index: signed(p.index) }) : null,
        ];
        return el(
          "tr",
          {},
          el("th", { scope: "row" }, name, ...tags.filter(Boolean).map((tag) => el("span.os-tag", {}, tag))),
          p.point.map((value) => el("td", {}, spell(withoutRounding(value), 4))),
          el("td", {}, spell(withoutRounding(p.loss), 4)),
          p.eigenvalues.map((value) => el("td", {}, spell(value, 3))),
          el("td", {}, spell(p.gradient, 2)),
        );
      }),
    );
    reachable(this.table);
  }
}

/**
 * What is nothing but rounding is a zero.
 * @param {number} value
 */
const withoutRounding = (value) => (Math.abs(value) < 1e-11 ? 0 : value);

/** @param {number} number */
const signed = (number) => (number > 0 ? `+${number}` : String(number).replace("-", "−"));

/**
 * Sentences on whether these are all, and why.
 * @param {Sentences} ui
 * @param {CriticalPoints} found
 */
function complete(ui, { counts, curves, flat, winding, sum, complete: whole, smooth }) {
  const none = !Object.values(counts).some(Boolean) && !curves && !flat;
  const values = { winding: winding === null ? "" : signed(winding), sum: sum === null ? "" : signed(sum), curves };
  const said = [];
  if (flat) said.push(ui.complete_flat);
  if (curves) said.push(fill(curves === 1 ? ui.complete_curve : ui.complete_curves, values));
  if (whole) said.push(fill(none ? ui.complete_none : ui.complete_yes, values));
  else if (winding === null) said.push(ui.complete_edge);
  else if (sum !== null && sum !== winding) said.push(fill(ui.complete_no, values));
  else if (!flat && !curves) said.push(sum === null ? ui.complete_unsure : fill(ui.complete_sparse, values));
  if (!smooth) said.push(ui.complete_kinks);
  return said;
}
