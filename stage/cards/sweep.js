// A fair race: every rate for every lane, by what rule the rates are chosen, and who then is first.

import { interval, percent, verdict } from "./findings.js";
import { swatch } from "../figures/marks.js";
import { decades, marks } from "../figures/log_axis.js";
import { Plot, between, keys, trace } from "../figures/plots.js";
import { el, reachable } from "../lib/dom.js";
import { fill, spell } from "../lib/format.js";
import { laneNames, rateBehind } from "../lib/lane_names.js";
import { RequestQueue } from "../session/request_queue.js";

/** @import { RuleName } from "../types/answer.d.ts" */
/** @import { Changes } from "../types/figures.d.ts" */
/** @import { FactPath, Reach, Sweep } from "../types/facts.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { CardEvents, Shown } from "../types/stage.d.ts" */
/** @import { Facts } from "../session/facts.js" */

const SAME = 1e-12; // two rates that differ by no more than this part are one

export class SweepCard {
  /**
   * `on` has push(change), fail(error).
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
    this.wanted = false; // the best rates, as soon as they are known
    this.undrawn = false; // something came while nobody could see the card
    /** @type {RequestQueue<FactPath<"sweep.json" | "reach.json">>} */
    this.queue = new RequestQueue(facts, words, (answers, done) => this.receive(answers, done), on.fail);
    this.plot = new Plot(library, ui.sweep_plot);
    /** @type {Map<RuleName, HTMLElement>} */
    this.rules = new Map(
      /** @type {[RuleName, string][]} */ ([
        ["same", ui.fair_same],
        ["best", ui.fair_best],
        ["defaults", ui.fair_defaults],
        ["own", ui.fair_own],
      ]).map(([rule, text]) => [
        rule,
        el("button.os-tab.os-outlined", { type: "button", onclick: () => on.push({ do: "rule", to: rule }) }, text),
      ]),
    );
    this.waiting = el("p.os-verdict", { hidden: true, role: "status" }, ui.fair_waiting);
    this.verdict = el("div.os-prose.os-ruling", { role: "status" });
    this.key = el("div");
    this.body = el("tbody");
    this.loss = el("th", { scope: "col" }, ui.sweep_median_above); // as on most surfaces, until it is known
    this.table = el(
      "div.os-scroll",
      {},
      el(
        "table.os-table.os-numbers",
        {},
        el(
          "thead",
          {},
          el(
            "tr",
            {},
            [ui.col_lane, ui.sweep_best, ui.sweep_range, ui.sweep_decades].map((name) =>
              el("th", { scope: "col" }, name),
            ),
            this.loss,
            [ui.sweep_now, ui.sweep_reach, ui.sweep_gradients].map((name) => el("th", { scope: "col" }, name)),
          ),
        ),
        this.body,
      ),
    );
    this.note = el("p.os-source");
    this.node = el(
      "section.os-card.os-sweep",
      { "aria-labelledby": "os-sweep" },
      el("h2.os-head", { id: "os-sweep" }, ui.sweep),
      el("p.os-story", {}, ui.sweep_story),
      el(
        "div.os-headrow",
        {},
        el("span.os-muted", {}, ui.fair_rule),
        el("div.os-tabs", { role: "group", "aria-label": ui.fair_rule }, ...this.rules.values()),
      ),
      this.waiting,
      this.verdict,
      this.queue.node,
      this.plot.node,
      this.key,
      this.table,
      this.note,
    );
  }

  /** @param {Shown} shown */
  show(shown) {
    const { data, view, sheets, spelling } = shown;
    const again = sheets !== this.shown?.sheets || this.undrawn;
    this.shown = shown;
    for (const [rule, tab] of this.rules) tab.setAttribute("aria-pressed", String(rule === data.budget.rule));
    /** @param {"sweep.json" | "reach.json"} name */
    const of = (name) =>
      data.lanes.map((_, lane) => /** @type {const} */ (`${name}?${spelling}&of=${lane}&crowd=${view.crowd}`));
    this.queue.ask([...of("sweep.json"), ...of("reach.json")]);
    if (again) this.receive(this.queue.shown, this.queue.done);
  }

  stop() {
    this.queue.ask(null);
  }

  /**
   * Whether the best rates are to be taken: they are known once all sweeps are there.
   * @param {boolean} wanted
   */
  want(wanted) {
    this.wanted = wanted;
    this.waiting.hidden = !wanted;
    if (wanted && this.sweeps) this.takeBest(this.sweeps);
  }

  /**
   * Sweeps of all lanes as they are, or null.
   * @returns {Sweep[] | null}
   */
  get sweeps() {
    const { answers } = this.queue;
    const count = this.shown?.data.lanes.length ?? Infinity;
    return answers.length >= count ? /** @type {Sweep[]} */ (answers.slice(0, count)) : null;
  }

  /** @param {Sweep[]} sweeps */
  takeBest(sweeps) {
    if (!this.shown) return;
    const rates = sweeps.map(({ best, now }) => best?.rate ?? now.rate);
    const { lanes, budget } = this.shown.data;
    const same = rates.every((rate, lane) => Math.abs(rate - lanes[lane].knobs.learning_rate) <= SAME * rate);
    this.wanted = false;
    this.waiting.hidden = true;
    if (!same || budget.rule !== "best") this.on.push({ do: "rule", to: "best", rates });
  }

  /**
   * @param {(Sweep | Reach)[]} answered
   * @param {boolean} done
   */
  receive(answered, done) {
    const { shown } = this;
    if (!shown) return;
    const { lanes, budget } = shown.data;
    if (!answered.length || answered.length > 2 * lanes.length) return;
    const sweeps = /** @type {Sweep[]} */ (answered.slice(0, lanes.length));
    const reaches = /** @type {Reach[]} */ (answered.slice(lanes.length));
    if (this.sweeps && (this.wanted || budget.rule === "best")) this.takeBest(this.sweeps);
    this.rows(shown, sweeps, reaches);
    this.undrawn = this.node.offsetParent === null;
    if (!this.undrawn) this.draw(shown, sweeps).catch(this.on.fail);
    const judged = sweeps.map((each, lane) => ({ ...each, reach: reaches[lane] }));
    if (done || !this.verdict.childElementCount)
      this.verdict.replaceChildren(
        ...(done
          ? verdict(this.words, budget.rule, judged, laneNames(this.words, shown.data.lanes)).map((text) =>
              el("p", {}, text),
            )
          : []),
      );
  }

  /**
   * @param {Shown} shown
   * @param {Sweep[]} sweeps
   * @param {Reach[]} reaches
   */
  rows({ data, styles }, sweeps, reaches) {
    const { ui } = this.words;
    const names = laneNames(this.words, data.lanes);
    const [{ linear, axis, members, starts, count, gradients }] = sweeps;
    this.loss.textContent = linear ? ui.sweep_median : ui.sweep_median_above;
    /** @param {number | null} value */
    const loss = (value) =>
      value === null ? ui.sweep_diverged : !linear && value <= axis[0] ? ui.arrived : spell(value, 3);
    this.body.replaceChildren(
      ...sweeps.map(({ best, now, used }, lane) => {
        const reach = reaches[lane];
        return el(
          "tr",
          {},
          el(
            "th",
            { scope: "row" },
            swatch(styles[lane]),
            " ",
            names[lane],
            el("span.os-muted", {}, rateBehind(names[lane], now.rate, 3)),
          ),
          el("td", {}, best ? spell(best.rate, 3) : "–"),
          el("td", {}, best ? `${spell(best.low, 2)} – ${spell(best.high, 2)}` : "–"),
          el("td", {}, best ? spell(best.decades, 2) : "–"),
          el("td", {}, best ? loss(best.median) : "–"),
          el("td", {}, loss(now.median)),
          el(
            "td",
            {},
            !reach ? "…" : reach.known ? `${percent(reach.share)} ` : "–",
            reach?.known ? el("span.os-muted", {}, `(${interval(reach)})`) : null,
          ),
          el("td", {}, String(used)),
        );
      }),
    );
    reachable(this.table);
    const runs = members;
    this.note.textContent =
      starts === "same"
        ? fill(ui.sweep_note_seeds, { count, runs, gradients })
        : fill(ui.sweep_note_starts, { count, runs, gradients });
  }

  /**
   * @param {Shown} shown
   * @param {Sweep[]} sweeps
   */
  async draw({ sheets }, sweeps) {
    const { ui } = this.words;
    const { sweep } = sheets;
    const [{ linear, axis, rates }] = sweeps;
    /** @type {Changes} */
    const changes = {};
    /** @param {number | null} value */
    const shown = (value) => (value !== null && value <= 1e3 * Math.abs(axis[1]) ? value : null);
    sweeps.forEach((each, lane) => {
      const { median, low, high, best, now } = each;
      changes[`median${lane}`] = { x: each.rates, y: median.map(shown) };
      changes[`band${lane}`] = between(
        each.rates,
        low.map(shown),
        high.map((value) => (value === null ? null : Math.min(value, 1e3 * Math.abs(axis[1])))),
      );
      changes[`now${lane}`] = { x: [now.rate], y: [shown(now.median)] };
      if (!best) return;
      changes[`best${lane}`] = { x: [best.rate], y: [shown(best.median)] };
      changes[`range${lane}`] = { x: [best.low, best.high], y: [lane, lane] };
    });
    const losses = sweeps.flatMap(({ median, low }) => [...median, ...low]).filter((value) => value !== null);
    /** @type {{ type: "linear" | "log", range: [number, number] }} */
    const height = linear
      ? { type: "linear", range: axis }
      : { type: "log", range: decades([...losses.filter((value) => value < axis[1]), axis[1] / 30]) };
    await this.plot.show(sweep, changes, {
      xaxis: { title: ui.q_rate, range: decades(rates, 0.02), ...marks(decades(rates, 0.02)) },
      yaxis: { title: linear ? ui.col_loss : ui.losses_title_log, ...height, ...(linear ? {} : marks(height.range)) },
      yaxis2: { range: [sweeps.length - 0.4, -0.6] },
    });
    const [dot, star] = [trace(sweep, "now", 0), trace(sweep, "best", 0)].map((each) => ({
      ...each,
      marker: each.marker && { ...each.marker, color: "currentColor" },
    }));
    this.key.replaceChildren(
      keys([
        [dot, ui.present_rate],
        [star, ui.sweep_best],
        [{ ...trace(sweep, "range", 0), line: { color: "currentColor", dash: "solid", width: 2 } }, ui.sweep_good],
      ]),
    );
  }

  close() {
    this.plot.close();
  }
}
