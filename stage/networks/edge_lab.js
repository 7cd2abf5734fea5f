// The lab on the edge of stability: how steep the loss is where full-batch training goes, beside what each rate bears, and
// the losses below.

import { Chart, curve } from "./chart.js";
import { edgeLosses, sharpnessCurves, standingAt } from "./edge_curves.js";
import { edgeFinding } from "./edge_findings.js";
import { Streamed } from "./streamed.js";
import { logAxis } from "./training_charts.js";
import { edged, factPath } from "./unpacked.js";
import { ticksFor } from "../figures/few_ticks.js";
import { laneColors } from "../figures/lane_colors.js";
import { swatch } from "../figures/marks.js";
import { el } from "../lib/dom.js";
import { fill, spell } from "../lib/format.js";

/** @import { Facts } from "../session/facts.js" */
/** @import { Point } from "../types/answer.d.ts" */
/** @import { Changes } from "../types/figures.d.ts" */
/** @import { EdgeRun } from "../types/network_pictures.d.ts" */
/** @import { NetEdge } from "../types/network_labs.d.ts" */
/** @import { Fail } from "../types/stage.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { Looks, ShownNetwork } from "./networks.js" */

const COLORS = ["sgd", "momentum", "adam", "rmsprop"]; // of these methods: colours that are told apart
const AROUND = { l: 56, r: 14, t: 6, b: 22 };

export class EdgeLab {
  /**
   * @param {Words} words
   * @param {Facts} facts
   * @param {{ fail: Fail }} on
   */
  constructor({ ui, network }, facts, { fail }) {
    this.ui = ui;
    const texts = network.lab_texts.edge;
    this.texts = texts;
    this.sharpness = new Chart(texts.sharpness);
    this.losses = new Chart(texts.losses);
    this.rows = COLORS.map(() => {
      const [mark, name, reached] = [el("span"), el("b"), el("span.os-netregsaid")];
      return { mark, name, reached, node: el("li", { hidden: true }, mark, name, " ", reached) };
    });
    const key = (/** @type {string} */ name, /** @type {string} */ text) =>
      el("li", {}, el(`span.os-netkey.os-netink${name}`), text);
    this.node = el(
      "div.os-netlab.os-netedge",
      {},
      el("ul.os-netbatchlanes", { "aria-label": texts.lanes }, ...this.rows.map(({ node }) => node)),
      el(
        "div.os-netlarge",
        {},
        this.sharpness.node,
        el("ul.os-keys", {}, key("", texts.key_sharpness), key(".os-netdashed", texts.key_bound)),
      ),
      el("div.os-netside", {}, this.losses.node),
    );
    this.finding = el("div.os-netruling", { role: "status" });
    this.training = new Streamed(facts, ui, (answer, whole) => this.receive(answer, whole), fail);
    this.progress = this.training.node;
    this.node.append(this.training.waiting);
    /** @type {EdgeRun[]} */
    this.runs = [];
    /** @type {ShownNetwork | null} */
    this.shown = null;
    this.at = 0;
    /** @type {{ sharpness: Point, losses: Point }} in powers of ten */
    this.ranges = { sharpness: [0, 1], losses: [0, 1] };
  }

  /** @param {ShownNetwork} shown */
  show(shown) {
    this.shown = shown;
    this.at = shown.at;
    const path = factPath("net_edge.json", shown.network.labs.edge.query);
    if (this.training.path !== path) {
      this.finding.replaceChildren();
      this.node.setAttribute("aria-busy", "true");
    }
    this.training.ask(path);
    if (this.runs.length) this.draw(shown.looks);
  }

  /**
   * @param {NetEdge} answer
   * @param {boolean} whole
   */
  receive(answer, whole) {
    this.node.setAttribute("aria-busy", String(!whole));
    this.runs = answer.runs.map(edged);
    const found = edgeFinding(this.texts, answer);
    this.finding.replaceChildren(...found.map((sentence) => el("p", {}, sentence)));
    if (this.shown) this.draw(this.shown.looks);
  }

  /** @param {Looks} looks */
  draw({ base, line, methods, paper, symbols }) {
    const { runs, shown } = this;
    if (!shown) return;
    const colors = laneColors(
      COLORS.map((id) => ({ id })),
      methods,
    );
    this.rows.forEach(({ mark, name, node }, lane) => {
      node.hidden = lane >= runs.length;
      mark.replaceChildren(swatch({ color: colors[lane], dash: "solid", symbol: symbols[lane] }));
      if (!node.hidden) name.textContent = `α = ${spell(runs[lane].rate, 3)}`;
    });
    const { length } = shown.network.labs.edge;
    const [sharpness, losses] = [sharpnessCurves(runs, colors, length), edgeLosses(runs, colors)];
    this.ranges = { sharpness: sharpness.range, losses: losses.range };
    const xaxis = {
      ...{ ...base.xaxis, nticks: ticksFor(this.sharpness.plot) + 1, title: { text: "" } },
      range: /** @type {Point} */ ([0, length * 1.015]),
    };
    const heads = curve({ role: "heads" }, line, {
      mode: "markers",
      marker: { symbol: symbols.slice(0, runs.length), size: 8, color: colors, line: { color: paper, width: 1 } },
    });
    const data = [curve({ role: "playhead" }, line), heads];
    const moving = this.changes();
    for (const name of /** @type {const} */ (["sharpness", "losses"])) {
      const chart = this[name];
      const yaxis = { ...base.yaxis, title: { text: "" }, ...logAxis(this.ranges[name], chart.plot) };
      const still = name === "losses" ? losses : sharpness;
      chart.show(still, { data, changes: moving[name] }, { ...base, margin: AROUND, xaxis, yaxis });
    }
    this.say();
  }

  /** The playhead in both charts, and on it where every run stands. */
  changes() {
    /** @param {"sharpness" | "losses"} name @returns {Changes} */
    const of = (name) => ({
      playhead: { x: [this.at, this.at], y: this.ranges[name].map((power) => 10 ** power) },
      heads: standingAt(this.runs, name, this.at),
    });
    return { sharpness: of("sharpness"), losses: of("losses") };
  }

  /** Where λ of each rate is at the playhead, as a part of its bound. */
  say() {
    const { x, y } = standingAt(this.runs, "sharpness", this.at);
    this.runs.forEach(({ bound }, lane) => {
      const value = y[lane];
      const now = value === null ? "…" : spell(value, 3);
      const text = x[lane] === null ? "…" : fill(this.texts.reached, { now, bound: spell(bound, 3) });
      const { reached } = this.rows[lane];
      if (reached.textContent !== text) reached.textContent = text;
    });
  }

  /** @param {number} t */
  move(t) {
    this.at = t;
    if (!this.runs.length) return;
    const { sharpness, losses } = this.changes();
    this.sharpness.move(sharpness);
    this.losses.move(losses);
    this.say();
  }

  stop() {
    this.training.ask(null);
  }

  close() {
    this.stop();
    for (const chart of [this.sharpness, this.losses]) chart.close();
  }
}
