// The lab on the size of mini-batches: three lanes over epochs, and what each size costs in time and noise.

import { epochCurves, standing, timeCurves, varianceCurves } from "./batch_charts.js";
import { batchFinding } from "./batch_findings.js";
import { Chart, curve } from "./chart.js";
import { percentage } from "./said.js";
import { Streamed } from "./streamed.js";
import { logAxis } from "./training_charts.js";
import { batched, factPath, rowAt } from "./unpacked.js";
import { laneColors } from "../figures/lane_colors.js";
import { decades, marks } from "../figures/log_axis.js";
import { swatch } from "../figures/marks.js";
import { el } from "../lib/dom.js";
import { fill } from "../lib/format.js";

/** @import { Facts } from "../session/facts.js" */
/** @import { Point } from "../types/answer.d.ts" */
/** @import { Changes, Layout } from "../types/figures.d.ts" */
/** @import { BatchLane, BatchSizes } from "../types/network_pictures.d.ts" */
/** @import { NetBatches } from "../types/network_labs.d.ts" */
/** @import { Fail } from "../types/stage.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { Looks, ShownNetwork } from "./networks.js" */

const LANES = ["constant", "decayed", "grown"];
const COLORS = ["sgd", "momentum", "adam"]; // of these methods: colours that are told apart
const AROUND = { l: 50, r: 12, t: 6, b: 22 };
const NONE = { data: [], changes: {} };
const INKS = { update: "var(--os-accent)", epoch: "var(--os-warn)", law: "var(--os-ink)", drawn: "var(--os-accent)" };

export class BatchLab {
  /**
   * @param {Words} words
   * @param {Facts} facts
   * @param {{ fail: Fail }} on
   */
  constructor({ ui, network }, facts, { fail }) {
    this.ui = ui;
    const texts = network.lab_texts.batch;
    this.texts = texts;
    this.names = LANES.map((id) => texts[`lane_${id}`]);
    this.losses = new Chart(texts.losses);
    this.times = new Chart(texts.times);
    this.variances = new Chart(texts.variance);
    this.rows = this.names.map((name) => ({ mark: el("span"), reached: el("span.os-netregsaid"), name }));
    const list = el(
      "ul.os-netbatchlanes",
      { "aria-label": texts.lanes },
      ...this.rows.map(({ mark, name, reached }) => el("li", {}, mark, el("b", {}, name), " ", reached)),
    );
    const key = (/** @type {string} */ name, /** @type {string} */ text) =>
      el("li", {}, el(`span.os-netkey${name}`), text);
    this.node = el(
      "div.os-netlab.os-netbatch",
      {},
      el(
        "div.os-netlarge",
        {},
        list,
        this.losses.node,
        el("ul.os-keys", {}, key(".os-netink", texts.key_train), key(".os-netink.os-netdashed", texts.key_validation)),
      ),
      el(
        "div.os-netside",
        {},
        this.times.node,
        el("ul.os-keys", {}, key("", texts.key_update), key(".os-netwarn", texts.key_epoch)),
        this.variances.node,
        el("ul.os-keys", {}, key(".os-netink.os-netdashed", texts.key_law), key("", texts.key_drawn)),
      ),
    );
    this.finding = el("div.os-netruling", { role: "status" });
    this.training = new Streamed(facts, ui, (answer, whole) => this.receive(answer, whole), fail);
    this.progress = this.training.node;
    this.node.append(this.training.waiting);
    /** @type {BatchLane[]} */
    this.lanes = [];
    /** @type {BatchSizes | null} */
    this.sizes = null;
    /** @type {ShownNetwork | null} */
    this.shown = null;
    this.at = 0;
    /** @type {Point} */
    this.range = [0, 1];
  }

  /** @param {ShownNetwork} shown */
  show(shown) {
    this.shown = shown;
    this.at = shown.at;
    const path = factPath("net_batches.json", shown.network.labs.batch.query);
    if (this.training.path !== path) {
      this.finding.replaceChildren();
      this.node.setAttribute("aria-busy", "true");
    }
    this.training.ask(path);
    if (this.sizes) this.draw(shown.looks);
  }

  /**
   * @param {NetBatches} answer
   * @param {boolean} whole
   */
  receive(answer, whole) {
    this.node.setAttribute("aria-busy", String(!whole));
    if (answer.missing) return this.finding.replaceChildren(this.ui.net_missing);
    Object.assign(this, batched(answer));
    const found = answer.finding ? batchFinding(this.texts, answer.finding, answer.examples, this.names) : [];
    this.finding.replaceChildren(...found.map((sentence) => el("p", {}, sentence)));
    if (this.shown) this.draw(this.shown.looks);
  }

  /** @param {Looks} looks */
  draw({ base, line, methods, paper, symbols }) {
    const { lanes, sizes, shown } = this;
    if (!sizes || !shown) return;
    const colors = laneColors(
      COLORS.map((id) => ({ id })),
      methods,
    );
    this.rows.forEach(({ mark }, lane) =>
      mark.replaceChildren(swatch({ color: colors[lane], dash: "solid", symbol: symbols[lane] })),
    );
    const losses = epochCurves(lanes, colors);
    this.range = losses.range;
    const { length } = shown.network.labs.batch;
    const xaxis = { ...base.xaxis, range: /** @type {Point} */ ([0, length * 1.015]), title: { text: "" } };
    const heads = curve({ role: "heads" }, line, {
      mode: "markers",
      marker: { symbol: symbols.slice(0, LANES.length), size: 8, color: colors, line: { color: paper, width: 1 } },
    });
    const moving = { data: [curve({ role: "playhead" }, line), heads], changes: this.playhead() };
    this.losses.show(losses, moving, this.layout(base, xaxis, losses.range, this.losses));
    const [low, high] = decades([...sizes.sizes, ...sizes.line]);
    const along = {
      ...{ ...base.xaxis, type: /** @type {const} */ ("log"), title: { text: "" } },
      ...{ range: /** @type {Point} */ ([low, high]), ...marks([low, high], 5) },
    };
    const times = timeCurves(sizes, INKS);
    this.times.show(times, NONE, this.layout(base, along, times.range, this.times));
    const variances = varianceCurves(sizes, INKS);
    this.variances.show(variances, NONE, this.layout(base, along, variances.range, this.variances));
    this.say();
  }

  /**
   * @param {Layout} base
   * @param {NonNullable<Layout["xaxis"]>} xaxis
   * @param {Point} range
   * @param {Chart} chart
   * @returns {Layout}
   */
  layout(base, xaxis, range, chart) {
    const yaxis = { ...base.yaxis, title: { text: "" }, ...logAxis(range, chart.plot) };
    return { ...base, margin: AROUND, xaxis, yaxis };
  }

  /**
   * The playhead, and on it where every lane stands with what it loses on data for validation.
   * @returns {Changes}
   */
  playhead() {
    const [low, high] = this.range;
    return {
      playhead: { x: [this.at, this.at], y: [10 ** low, 10 ** high] },
      heads: standing(this.lanes, this.at),
    };
  }

  /** What each lane has reached at the last epoch that the playhead has passed. */
  say() {
    this.rows.forEach(({ reached }, lane) => {
      const { epochs, validation_accuracy, updates } = this.lanes[lane];
      const row = rowAt(epochs, this.at);
      const text = epochs.length
        ? fill(this.texts.reached, { validation: percentage(validation_accuracy[row]), updates: updates[row] })
        : "…";
      if (reached.textContent !== text) reached.textContent = text;
    });
  }

  /** @param {number} t */
  move(t) {
    this.at = t;
    if (!this.sizes) return;
    this.losses.move(this.playhead());
    this.say();
  }

  stop() {
    this.training.ask(null);
  }

  close() {
    this.stop();
    for (const chart of [this.losses, this.times, this.variances]) chart.close();
  }
}
