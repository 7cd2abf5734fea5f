// The lab on regularization: five lanes side by side, the gap of each, and how long their weights are.

import { Chart, curve } from "./chart.js";
import { gapRows, laneCurves, normCurves, sharedRange } from "./regularization_charts.js";
import { regularizationFinding } from "./regularization_findings.js";
import { percentage } from "./said.js";
import { Streamed } from "./streamed.js";
import { logAxis } from "./training_charts.js";
import { factPath, regularized, rowAt } from "./unpacked.js";
import { few } from "../figures/few_ticks.js";
import { laneColors } from "../figures/lane_colors.js";
import { swatch } from "../figures/marks.js";
import { el } from "../lib/dom.js";
import { fill } from "../lib/format.js";

/** @import { Facts } from "../session/facts.js" */
/** @import { Point } from "../types/answer.d.ts" */
/** @import { Changes } from "../types/figures.d.ts" */
/** @import { Regularized } from "../types/network_pictures.d.ts" */
/** @import { NetRegularization, RegularizedFinding } from "../types/network_labs.d.ts" */
/** @import { Fail } from "../types/stage.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { Looks, ShownNetwork } from "./networks.js" */

const LANES = ["none", "l2", "decoupled", "dropout", "early"];
const COLORS = ["sgd", "momentum", "adam", "rmsprop", "nesterov"]; // of these methods: colours that are told apart
const MEASURES = /** @type {const} */ (["accuracy", "loss"]);
const AROUND = { l: 44, r: 6, t: 4, b: 20 };
const ROWS = { l: 118, r: 12, t: 4, b: 22 };
const LARGE = 190; // px beside the rows for names in the type of a presentation
const NONE = { data: [], changes: {} };

export class RegularizationLab {
  /**
   * @param {Words} words
   * @param {Facts} facts
   * @param {{ fail: Fail }} on
   */
  constructor({ ui, network, tag }, facts, { fail }) {
    this.ui = ui;
    this.list = new Intl.ListFormat(tag);
    const texts = network.lab_texts.regularization;
    this.texts = texts;
    this.names = LANES.map((id) => texts[`lane_${id}`]);
    this.panels = this.names.map((lane) => {
      const charts = {
        accuracy: new Chart(fill(texts.accuracies, { lane })),
        loss: new Chart(fill(texts.losses, { lane })),
      };
      charts.accuracy.title.textContent = ui.net_accuracies; // the lane's name stands above
      charts.loss.title.textContent = ui.net_losses;
      const head = el("span.os-netreghead");
      const reached = el("span.os-netregsaid");
      const node = el("li.os-netreg", {}, head, reached, charts.accuracy.node, charts.loss.node);
      return { charts, head, reached, node };
    });
    this.gaps = new Chart(texts.gaps);
    this.norms = new Chart(texts.norms);
    const key = el(
      "ul.os-keys",
      {},
      el("li", {}, el("span.os-netkey.os-netink"), texts.key_train),
      el("li", {}, el("span.os-netkey.os-netink.os-netdashed"), texts.key_validation),
      el("li", {}, el("span.os-netgapkey"), texts.key_gap),
    );
    this.node = el(
      "div.os-netlab.os-netregs",
      {},
      el("ol.os-netpanels", { "aria-label": texts.lanes }, ...this.panels.map(({ node }) => node)),
      el("div.os-netside", {}, key, el("div.os-netpair", {}, this.gaps.node, this.norms.node)),
    );
    this.finding = el("div.os-netruling", { role: "status" });
    this.training = new Streamed(facts, ui, (answer, whole) => this.receive(answer, whole), fail);
    this.progress = this.training.node;
    this.node.append(this.training.waiting);
    /** @type {Regularized[]} */
    this.lanes = [];
    /** @type {RegularizedFinding | null} */
    this.found = null;
    /** @type {ShownNetwork | null} */
    this.shown = null;
    this.at = 0;
    /** @type {Record<"accuracy" | "loss", Point>} */
    this.ranges = { accuracy: [0, 1], loss: [0, 1] };
  }

  /** @param {ShownNetwork} shown */
  show(shown) {
    this.shown = shown;
    this.at = shown.at;
    const path = factPath("net_regularization.json", shown.network.labs.regularization.query);
    const asked = this.training.path === path;
    if (!asked) this.finding.replaceChildren();
    this.node.classList.toggle("os-stale", !asked && this.lanes.length > 0);
    if (!asked) this.node.setAttribute("aria-busy", "true");
    this.training.ask(path);
    if (this.lanes.length) this.draw(shown.looks);
  }

  /**
   * @param {NetRegularization} answer
   * @param {boolean} whole
   */
  receive(answer, whole) {
    this.node.setAttribute("aria-busy", String(!whole));
    if (answer.missing) return this.finding.replaceChildren(this.ui.net_missing);
    this.lanes = answer.lanes.map(regularized);
    this.found = answer.finding;
    this.node.classList.remove("os-stale");
    const found = answer.finding ? regularizationFinding(this.texts, this.list, answer.finding, this.names) : [];
    this.finding.replaceChildren(...found.map((sentence) => el("p", {}, sentence)));
    if (this.shown) this.draw(this.shown.looks);
  }

  /** @param {Looks} looks */
  draw({ base, line, methods, symbols }) {
    const { lanes, panels, names } = this;
    const colors = laneColors(
      COLORS.map((id) => ({ id })),
      methods,
    );
    const steps = Math.max(...lanes.map(({ of }) => of));
    const xaxis = { ...base.xaxis, range: /** @type {Point} */ ([0, steps * 1.015]), title: { text: "" }, nticks: 3 };
    const yaxis = { ...base.yaxis, title: { text: "" } };
    const playhead = curve({ role: "playhead" }, line);
    for (const measure of MEASURES) this.ranges[measure] = sharedRange(lanes, measure);
    panels.forEach(({ charts, head }, lane) => {
      head.replaceChildren(swatch({ color: colors[lane], dash: "solid", symbol: symbols[lane] }), names[lane]);
      for (const measure of MEASURES) {
        const chart = charts[measure];
        const range = this.ranges[measure];
        const own =
          measure === "loss"
            ? logAxis(range, chart.plot)
            : { type: /** @type {const} */ ("linear"), range, ...few(chart.plot) };
        const moving = { data: [playhead], changes: this.playhead(measure) };
        chart.show(laneCurves(lanes[lane], measure, colors[lane]), moving, {
          ...{ ...base, margin: AROUND, xaxis },
          yaxis: { ...yaxis, ...own },
        });
      }
    });
    const rows = gapRows(this.found, colors, symbols);
    const presented = this.node.closest('[data-present="on"]') !== null;
    this.gaps.show(rows, NONE, {
      ...{ ...base, margin: presented ? { ...ROWS, l: LARGE } : ROWS },
      xaxis: {
        ...{ ...base.xaxis, range: rows.range, title: { text: "" } },
        ...(this.found ? {} : { tickvals: [], ticktext: [] }), // no gap, no scale
      },
      yaxis: {
        ...{ ...yaxis, type: "linear", range: [0.5, names.length + 0.5], showgrid: false },
        ...{ tickvals: names.map((_, lane) => names.length - lane), ticktext: names },
      },
    });
    const norms = normCurves(lanes, colors, symbols);
    this.norms.show(norms, NONE, {
      ...{ ...base, margin: AROUND, xaxis },
      yaxis: { ...yaxis, type: "linear", range: norms.range, ...few(this.norms.plot) },
    });
    this.say();
  }

  /**
   * @param {"accuracy" | "loss"} measure
   * @returns {Changes}
   */
  playhead(measure) {
    const [low, high] = this.ranges[measure];
    return { playhead: { x: [this.at, this.at], y: measure === "loss" ? [10 ** low, 10 ** high] : [low, high] } };
  }

  /** What each lane has right where the playhead stands; one that has stopped, what it had then. */
  say() {
    const { texts } = this;
    this.panels.forEach(({ reached }, lane) => {
      const { measured, train_accuracy, validation_accuracy, stop } = this.lanes[lane];
      const row = rowAt(measured, stop === null ? this.at : Math.min(stop, this.at));
      const shares = { train: train_accuracy[row], validation: validation_accuracy[row] };
      const text = measured.length
        ? fill(texts.reached, { train: percentage(shares.train), validation: percentage(shares.validation) })
        : "…";
      const told = stop !== null && stop <= this.at ? fill(texts.stopped, { reached: text, step: stop }) : text;
      if (reached.textContent !== told) reached.textContent = told;
    });
  }

  /** @param {number} t */
  move(t) {
    this.at = t;
    if (!this.lanes.length) return;
    for (const { charts } of this.panels) for (const measure of MEASURES) charts[measure].move(this.playhead(measure));
    this.say();
  }

  stop() {
    this.training.ask(null);
  }

  close() {
    this.stop();
    for (const { charts } of this.panels) for (const measure of MEASURES) charts[measure].close();
    for (const chart of [this.gaps, this.norms]) chart.close();
  }
}
