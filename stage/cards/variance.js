// Mini-batches: how much their gradients vary, and whether batch and rate may be scaled together.

import { decades, marks } from "../figures/log_axis.js";
import { Plot, keys, trace } from "../figures/plots.js";
import { el } from "../lib/dom.js";
import { fill, spell } from "../lib/format.js";
import { laneNames } from "../lib/lane_names.js";
import { LatestRequest } from "../session/latest_request.js";
import { scaling } from "./findings.js";
import { RequestQueue } from "../session/request_queue.js";

/** @import { Changes, Trace } from "../types/figures.d.ts" */
/** @import { FactPath, NotReady, Scaling, Variance } from "../types/facts.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { CardEvents, Shown } from "../types/stage.d.ts" */
/** @import { Facts } from "../session/facts.js" */

export class VarianceCard {
  /**
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
    /** @type {LatestRequest<FactPath<"variance.json">>} */
    this.answers = new LatestRequest(facts, (answer) => this.receiveVariance(answer), on.fail);
    /** @type {RequestQueue<FactPath<"scaling.json">>} */
    this.queue = new RequestQueue(facts, words, (answers, done) => this.receiveScaling(answers, done), on.fail);
    this.plot = new Plot(library, ui.variance_plot);
    this.curves = new Plot(library, ui.scaling_plot);
    this.said = el("p.os-verdict");
    this.scaled = el("p.os-verdict");
    this.key = el("div");
    this.curveKey = el("div");
    this.rule = el("h3.os-subhead", {}, ui.scaling);
    this.node = el(
      "section.os-card.os-variancecard",
      { "aria-labelledby": "os-variance" },
      el("h2.os-head", { id: "os-variance" }, ui.variance),
      el("p.os-story", {}, ui.variance_story),
      el(
        "div.os-cardgrid",
        {},
        el("div.os-column", {}, el("h3.os-subhead", {}, ui.variance_measured), this.plot.node, this.key, this.said),
        el("div.os-column", {}, this.rule, this.queue.node, this.curves.node, this.curveKey, this.scaled),
      ),
      el("p.os-source", {}, ui.variance_note),
    );
  }

  /** @param {Shown} shown */
  show(shown) {
    const { data, view, sheets, spelling } = shown;
    const again = sheets !== this.shown?.sheets;
    if (again) this.answers.forget();
    this.shown = shown;
    const { examples } = data.ground;
    const { batch } = data.budget;
    this.answers.ask(`variance.json?${spelling}${view.probe ? `&probe=${view.probe.join()}` : ""}`);
    const times = this.words.experiments.multiples.filter((k) => k * batch <= (examples?.count ?? 0));
    this.queue.ask(
      times.map((k) => /** @type {const} */ (`scaling.json?${spelling}&of=${data.detail.lane}&times=${k}`)),
    );
    if (again) this.receiveScaling(this.queue.shown, this.queue.done);
  }

  stop() {
    this.answers.ask(null);
    this.queue.ask(null);
  }

  /** @param {NotReady | Variance} answer */
  async receiveVariance(answer) {
    if (!this.shown) return;
    const { ui } = this.words;
    const { variance } = this.shown.sheets;
    if (!answer.ready) {
      this.said.textContent = ui.probe_undefined;
      return;
    }
    const x = answer.sizes;
    /** @type {Changes} */
    const changes = {};
    for (const kind of /** @type {const} */ (["without", "with"])) {
      const { mean, low, high, formula } = answer[kind];
      const positive = (/** @type {number | null} */ value) => (value !== null && value > 0 ? value : null);
      changes[kind] = { x, y: mean.map(positive) };
      changes[`${kind}_formula`] = { x, y: formula.map(positive) };
      changes[`${kind}_bars`] = {
        x: x.flatMap((size) => [size, size, null]),
        y: x.flatMap((_, row) => [positive(low[row]), positive(high[row]), null]),
      };
    }
    const shown = [...answer.with.mean, ...answer.without.mean, ...answer.with.formula].filter(
      (value) => value !== null && value > 0,
    );
    this.key.replaceChildren(
      keys([
        [trace(variance, "with"), ui.variance_with],
        [trace(variance, "with_formula"), "σ²/B"],
        [trace(variance, "without"), ui.variance_without],
        [trace(variance, "without_formula"), "σ²/B · (N − B)/(N − 1)"],
      ]),
    );
    const { without, with: replaced, sizes, draws, examples } = answer;
    const missed = without.missed + replaced.missed;
    const point = answer.point.map((value) => spell(value, 3)).join(", ");
    const all = 2 * sizes.length - 1;
    const held = all - missed;
    const where = answer.probe ? fill(ui.variance_at_probe, { point }) : fill(ui.variance_at_start, { point });
    this.said.textContent = `${where} ${fill(ui.variance_seen, { draws, held, all, examples })}`;
    const range = decades(shown);
    await this.plot
      .show(variance, changes, {
        xaxis: { title: ui.variance_size, range: decades(x, 0.04) },
        yaxis: { title: ui.variance_axis, range, ...marks(range) },
      })
      .catch(this.on.fail);
  }

  /**
   * @param {(NotReady | Scaling)[]} answers
   * @param {boolean} done
   */
  receiveScaling(answers, done) {
    const ready = answers.filter((answer) => answer.ready);
    if (!ready.length || !this.shown) return;
    const { ui } = this.words;
    const { data, sheets } = this.shown;
    /** @type {Changes} */
    const changes = {};
    ready.forEach(({ epochs, median }, index) => (changes[`curve${index}`] = { x: epochs, y: median }));
    this.curveKey.replaceChildren(
      keys(
        ready.map(
          ({ batch, rate }, index) =>
            /** @type {[Trace, string]} */ ([
              trace(sheets.scaling, "curve", index),
              `B = ${batch}, α = ${spell(rate, 3)}`,
            ]),
        ),
      ),
    );
    const [first] = ready;
    const values = ready.flatMap(({ median }) => median).filter((value) => value !== null);
    const [begin] = first.median;
    const range = decades(values.filter((value) => value <= 100 * (begin ?? 0)));
    const end = Math.max(...ready.map(({ epochs }) => epochs[epochs.length - 1]));
    const title = first.above ? ui.losses_title_log : ui.col_loss_at;
    this.curves
      .show(sheets.scaling, changes, {
        xaxis: { title: ui.scaling_epochs, range: [0, end] },
        yaxis: { title, range, ...marks(range) },
      })
      .catch(this.on.fail);
    const method = laneNames(this.words, data.lanes)[data.detail.lane];
    const { runs } = first;
    this.scaled.textContent = done ? `${fill(ui.scaling_of, { method, runs })} ${scaling(ui, ready)}` : "";
  }

  close() {
    this.plot.close();
    this.curves.close();
  }
}
