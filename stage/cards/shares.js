// Which minimum do runs find? The share that ends in the flattest one, by learning rate and batch size.

import { dependence } from "./findings.js";
import { decades, marks } from "../figures/log_axis.js";
import { Plot, between, keys, trace } from "../figures/plots.js";
import { el } from "../lib/dom.js";
import { fill, spell } from "../lib/format.js";
import { laneNames } from "../lib/lane_names.js";
import { RequestQueue } from "../session/request_queue.js";

/** @import { Changes, Trace } from "../types/figures.d.ts" */
/** @import { FactPath, NoShares, Shares } from "../types/facts.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { CardEvents, Shown } from "../types/stage.d.ts" */
/** @import { Facts } from "../session/facts.js" */

const SIZES = [1, 4, 16, 64];
const NOISE = 1; // what the button adds

export class SharesCard {
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
    /** @type {RequestQueue<FactPath<"shares.json">>} */
    this.queue = new RequestQueue(facts, words, (answers, done) => this.receive(answers, done), on.fail);
    this.plot = new Plot(library, ui.shares_plot);
    this.title = el("p.os-verdict");
    this.findings = el("div.os-prose", { role: "status" });
    this.key = el("div");
    this.add = el(
      "button.os-quiet.os-outlined",
      { type: "button", onclick: () => on.push({ do: "setting", knob: "noise", to: NOISE }) },
      ui.shares_add_noise,
    );
    this.none = el("span", { hidden: true });
    this.body = el("div.os-column", { hidden: true }, this.title, this.plot.node, this.key, this.findings);
    this.node = el(
      "section.os-card.os-sharescard",
      { "aria-labelledby": "os-shares" },
      el("h2.os-head", { id: "os-shares" }, ui.shares),
      el("p.os-story", {}, ui.shares_story),
      el("p.os-verdict", {}, this.none, " ", this.add),
      this.queue.node,
      this.body,
    );
    this.add.hidden = true;
  }

  /** @param {Shown} shown */
  show(shown) {
    const { data, view, sheets, spelling } = shown;
    const again = sheets !== this.shown?.sheets;
    this.shown = shown;
    const most = data.ground.examples?.count ?? Infinity;
    const sizes = SIZES.filter((size) => size <= most);
    const lane = data.detail.lane;
    this.queue.ask(
      sizes.map((size) => /** @type {const} */ (`shares.json?${spelling}&of=${lane}&crowd=${view.crowd}&size=${size}`)),
    );
    if (again) this.receive(this.queue.shown, this.queue.done);
  }

  stop() {
    this.queue.ask(null);
  }

  /**
   * @param {(NoShares | Shares)[]} answered
   * @param {boolean} done
   */
  receive(answered, done) {
    if (!answered.length || !this.shown) return;
    const { ui } = this.words;
    const { sheets, data } = this.shown;
    const [first] = answered;
    this.none.hidden = first.ready;
    this.body.hidden = !first.ready;
    this.add.hidden = first.ready || first.noisy;
    if (!first.ready) {
      this.none.textContent = first.minima < 2 ? ui.shares_one_minimum : ui.shares_no_noise;
      if (first.minima < 2) this.add.hidden = true;
      this.queue.stop();
      this.queue.fade(false);
      return;
    }
    const answers = answered.filter((answer) => answer.ready);
    const point = first.target.map((value) => spell(Math.abs(value) < 1e-9 ? 0 : value, 3)).join(", ");
    const lane = data.lanes[first.lane];
    const values = { method: laneNames(this.words, data.lanes)[first.lane], runs: first.runs, point };
    const { method, runs } = values;
    this.title.textContent = `${first.starts === "box" ? fill(ui.shares_of_box, { method, runs, point }) : fill(ui.shares_of_start, { method, runs, point })} ${first.equal ? ui.shares_equal : ""}`;
    const rate = lane.knobs.learning_rate;
    /** @type {Changes} */
    const changes = { now: { x: [rate, rate], y: [0, 1] } };
    answers.forEach(({ rates, rows }, index) => {
      changes[`curve${index}`] = { x: rates, y: rows.map(({ share }) => share) };
      changes[`band${index}`] = between(
        rates,
        rows.map(({ low }) => low),
        rows.map(({ high }) => high),
      );
    });
    this.key.replaceChildren(
      keys([
        ...answers.map(
          ({ size }, index) => /** @type {[Trace, string]} */ ([trace(sheets.shares, "curve", index), `B = ${size}`]),
        ),
        [trace(sheets.shares, "now"), ui.present_rate],
      ]),
    );
    const range = decades(first.rates, 0.03);
    const axes = { xaxis: { title: ui.q_rate, range, ...marks(range) }, yaxis: { title: ui.shares_axis } };
    this.plot.show(sheets.shares, changes, axes).catch(this.on.fail);
    this.findings.replaceChildren(...(done ? dependence(ui, answers).map((sentence) => el("p", {}, sentence)) : []));
  }

  close() {
    this.plot.close();
  }
}
