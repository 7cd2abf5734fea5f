// Where many runs of a lane end: which minimum's basin, or nowhere.

import { interval, percent } from "./findings.js";
import { swatch } from "../figures/marks.js";
import { el, heading, reachable } from "../lib/dom.js";
import { fill, spell } from "../lib/format.js";
import { laneNames } from "../lib/lane_names.js";
import { laneTabs } from "./lane_tabs.js";
import { RequestQueue } from "../session/request_queue.js";

/** @import { Choices } from "../types/answer.d.ts" */
/** @import { Ends, FactPath, ListedMinimum, NoChance, OtherMinima, Share } from "../types/facts.d.ts" */
/** @import { Style } from "../types/figures.d.ts" */
/** @import { Children } from "../types/dom.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { CardEvents, Shown } from "../types/stage.d.ts" */
/** @import { Facts } from "../session/facts.js" */

export class EnsembleCard {
  /**
   * `on` has push(change), look(view), fail(error).
   * @param {Words} words
   * @param {Facts} facts
   * @param {CardEvents} on
   */
  constructor(words, facts, on) {
    this.words = words;
    this.on = on;
    const { ui } = words;
    /** @type {Shown | null} */
    this.shown = null;
    this.colors = "";
    /** @type {number | undefined} the lane whose rows are shown */
    this.picked = undefined;
    /** @type {RequestQueue<FactPath<"crowd.json">>} */
    this.queue = new RequestQueue(facts, words, (answers) => this.receive(answers), on.fail);
    this.tabs = el("div.os-tabs", { role: "group", "aria-label": ui.ensemble_lane });
    /** @type {HTMLSelectElement} */
    this.varies = el(
      "select.os-select",
      {
        "aria-label": ui.ensemble_varies,
        onchange: () => on.look({ crowd: /** @type {Choices["crowd"]} */ (this.varies.value) }),
      },
      el("option", { value: "seeds" }, ui.ensemble_seeds),
      el("option", { value: "starts" }, ui.ensemble_starts),
    );
    /** @type {HTMLInputElement} */
    this.cloud = el("input", {
      type: "checkbox",
      onchange: () => on.look({ cloud: this.cloud.checked ? "on" : "off" }),
    });
    this.none = el(
      "p.os-verdict",
      { hidden: true },
      `${ui.ensemble_no_chance} `,
      el("button.os-link", { type: "button", onclick: () => on.look({ crowd: "starts" }) }, ui.ensemble_take_starts),
    );
    this.places = el("tbody");
    this.lanes = el("tbody");
    this.tables = el(
      "div.os-cardgrid",
      {},
      el(
        "div.os-scroll",
        {},
        el(
          "table.os-table.os-shares",
          {},
          heading(ui.col_ends, ui.col_share, ui.col_interval, ui.col_runs),
          this.places,
        ),
      ),
      el(
        "div.os-scroll",
        {},
        el(
          "table.os-table.os-numbers",
          {},
          heading(
            ui.col_lane,
            ui.ensemble_lowest,
            ui.ensemble_others,
            ui.ensemble_elsewhere,
            ui.ensemble_outside,
            ui.ensemble_diverged,
          ),
          this.lanes,
        ),
      ),
    );
    this.node = el(
      "section.os-card.os-ensemble",
      { "aria-labelledby": "os-ensemble" },
      el("div.os-headrow", {}, el("h2.os-head", { id: "os-ensemble" }, ui.ensemble), el("span.os-spring"), this.tabs),
      el(
        "div.os-headrow",
        {},
        el("label.os-tool", {}, el("span.os-muted", {}, ui.ensemble_varies), this.varies),
        el("label.os-tool", {}, this.cloud, ui.ensemble_cloud),
      ),
      el("p.os-story", {}, ui.ensemble_story),
      this.none,
      this.queue.node,
      this.tables,
      el("p.os-source", {}, ui.ensemble_note),
    );
  }

  /** @param {Shown} shown */
  show(shown) {
    const { data, view, styles, spelling } = shown;
    const colors = styles.map(({ color }) => color).join();
    const again = colors !== this.colors;
    this.shown = shown;
    this.colors = colors;
    this.varies.value = view.crowd;
    this.cloud.checked = view.cloud === "on";
    this.tabs.replaceChildren(...laneTabs(this.words, data, styles, this.on.push));
    this.queue.ask(
      data.lanes.map((_, lane) => /** @type {const} */ (`crowd.json?${spelling}&of=${lane}&crowd=${view.crowd}`)),
    );
    if (again || this.picked !== data.detail.lane) this.receive(this.queue.shown);
  }

  stop() {
    this.queue.ask(null);
  }

  /** @param {(NoChance | Ends)[]} answers */
  receive(answers) {
    if (!this.shown) return;
    const { data, styles } = this.shown;
    if (!answers.length || answers.length > data.lanes.length) return;
    const { ui } = this.words;
    const { lane } = data.detail;
    this.picked = lane;
    const chance = this.queue.answers.every((answer) => answer.chance);
    this.none.hidden = chance;
    this.tables.hidden = !chance;
    if (!chance) return;
    const mine = answers[lane];
    const empty = [el("td.os-muted", {}, "…"), el("td"), el("td")];
    this.places.replaceChildren(
      ...(mine?.chance
        ? this.rows(mine, styles[lane])
        : [el("tr", {}, el("th", { scope: "row" }, ui.computing), empty)]),
    );
    const names = laneNames(this.words, data.lanes);
    this.lanes.replaceChildren(
      ...answers
        .filter((answer) => answer?.chance)
        .map((answer) =>
          el(
            "tr",
            {},
            el("th", { scope: "row" }, swatch(styles[answer.lane]), " ", names[answer.lane]),
            /** @type {const} */ (["lowest", "others", "elsewhere", "outside", "diverged"]).map((name) =>
              el(
                "td",
                {},
                answer[name].count ? `${percent(answer[name].share)} ` : "–",
                answer[name].count ? el("span.os-muted", {}, `(${interval(answer[name])})`) : null,
              ),
            ),
          ),
        ),
    );
    for (const table of this.tables.children) reachable(table);
  }

  /**
   * @param {Ends} answer
   * @param {Style} style
   */
  rows(answer, style) {
    const { ui } = this.words;
    /** @typedef {[Children, Share]} Row */
    const rows = answer.rows.map((row) => /** @type {Row} */ ([this.place(row), row]));
    const rest = /** @type {Row[]} */ ([
      [ui.ensemble_elsewhere, answer.elsewhere],
      [ui.ensemble_outside, answer.outside],
      [ui.ensemble_diverged, answer.diverged],
    ]).filter(([, { count }]) => count);
    return [...rows, ...rest].map(([name, share]) =>
      el(
        "tr",
        {},
        el("th", { scope: "row" }, name),
        el("td.os-sharecell", {}, bar(share, style.color), percent(share.share)),
        el("td", {}, interval(share)),
        el("td", {}, String(share.count)),
      ),
    );
  }

  /**
   * @param {ListedMinimum | OtherMinima} row
   * @returns {Children[]}
   */
  place(row) {
    const { ui } = this.words;
    if (row.more !== undefined) return [fill(ui.ensemble_more, { count: row.more })];
    const [x, y] = row.point.map((value) => spell(Math.abs(value) < 1e-9 ? 0 : value, 3));
    const tag = row.lowest ? el("span.os-tag", {}, ui.ensemble_global) : null;
    return [`(${x}, ${y})`, el("span.os-muted", {}, ` L = ${spell(Math.abs(row.loss) < 1e-9 ? 0 : row.loss, 3)}`), tag];
  }
}

/**
 * A bar of a share, with its interval as a line across its end.
 * @param {Share} share
 * @param {string} color
 */
function bar({ share, low, high }, color) {
  const filled = el("span.os-sharefill");
  const sure = el("span.os-sharesure");
  filled.style.cssText = `width: ${100 * share}%; background: ${color}`;
  sure.style.cssText = `left: ${100 * low}%; width: ${100 * (high - low)}%`;
  return el("span.os-sharebar", { "aria-hidden": "true" }, filled, sure);
}
