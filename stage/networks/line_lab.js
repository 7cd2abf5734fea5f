// The lab on linear paths: losses on the way from one solution to another, straight, after matching and bent.

import { Chart } from "./chart.js";
import { linesFinding } from "./line_findings.js";
import { PATHS, barrierMarks, pathCurves, startCurves } from "./path_curves.js";
import { Streamed } from "./streamed.js";
import { factPath } from "./unpacked.js";
import { segments } from "../controls/controls.js";
import { few, ticksFor } from "../figures/few_ticks.js";
import { marks } from "../figures/log_axis.js";
import { el } from "../lib/dom.js";
import { unpack } from "../lib/packing.js";

/** @import { Facts } from "../session/facts.js" */
/** @import { Point } from "../types/answer.d.ts" */
/** @import { NetLines, NetLinesFinding, NetPair, PairPaths } from "../types/network_paths.d.ts" */
/** @import { Fail, Push } from "../types/stage.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { ShownNetwork } from "./networks.js" */

const NONE = { data: [], changes: {} };
const AROUND = { l: 46, r: 12, t: 8, b: 40 };
const BESIDE = { l: 46, r: 10, t: 6, b: 24 };
const OWN = ["second", "drawn"]; // knobs whose place is here

export class LineLab {
  /**
   * `push` says what the second solution is, and what is drawn.
   * @param {Words} words
   * @param {Facts} facts
   * @param {{ push: Push, fail: Fail }} on
   */
  constructor({ ui, network }, facts, { push, fail }) {
    this.ui = ui;
    const texts = network.lab_texts.lines;
    this.texts = texts;
    this.choices = network.lab_knobs.lines
      .filter(({ id }) => OWN.includes(id))
      .map((knob) => ({
        id: knob.id,
        ...segments(knob, (to) => push({ do: "net_lab", lab: "lines", knob: knob.id, to })),
      }));
    this.controls = el("div.os-group", {}, ...this.choices.map(({ node }) => node));
    this.paths = new Chart(texts.loss);
    this.barriers = new Chart(texts.barriers);
    this.start = new Chart(texts.start);
    const keys = PATHS.map((id) => el("li", {}, el(`span.os-netkey.os-netpath-${id}`), texts[id]));
    keys.push(el("li", {}, texts.key_pairs));
    this.node = el(
      "div.os-netlab.os-netlinelab",
      {},
      el("div.os-netlarge", {}, this.paths.node, el("ul.os-keys", {}, ...keys)),
      el("div.os-netside", {}, this.barriers.node, this.start.node),
    );
    this.finding = el("div.os-netruling", { role: "status" });
    this.training = new Streamed(facts, ui, (answer, whole) => this.receive(answer, whole), fail);
    this.progress = this.training.node;
    this.node.append(this.training.waiting);
    /** @type {{ places: Float32Array, pairs: PairPaths[], finding: NetLinesFinding | null } | null} */
    this.known = null;
    /** @type {ShownNetwork | null} */
    this.shown = null;
  }

  /** @param {ShownNetwork} shown */
  show(shown) {
    this.shown = shown;
    const { query, values } = shown.network.labs.lines;
    for (const choice of this.choices) choice.set(values[choice.id]);
    const path = factPath("net_lines.json", query);
    if (this.training.path !== path) {
      this.finding.textContent = "";
      this.node.setAttribute("aria-busy", "true");
    }
    this.training.ask(path);
    this.draw(); // the theme, or what is drawn, may be another
  }

  /**
   * @param {NetLines} answer
   * @param {boolean} whole
   */
  receive({ places, second, pairs, finding, missing }, whole) {
    if (missing) return void (this.finding.textContent = this.ui.net_missing);
    this.known = { places: unpack(places), pairs: pairs.map(unpacked), finding };
    this.draw();
    this.node.setAttribute("aria-busy", String(!whole));
    const found = whole ? linesFinding(this.texts, finding, second) : [];
    this.finding.replaceChildren(...found.map((sentence) => el("p", {}, sentence)));
  }

  draw() {
    if (!this.shown || !this.known) return;
    const { places, pairs, finding } = this.known;
    const { texts } = this;
    const { looks, network } = this.shown;
    const what = network.labs.lines.values.drawn === "accuracy" ? "accuracy" : "loss";
    const base = { ...looks.base, xaxis: { ...looks.base.xaxis, range: /** @type {Point} */ ([-0.5, 1.5]) } };
    const across = { tickvals: [-0.5, 0, 0.5, 1, 1.5], ticktext: ["−0.5", texts.one, "0.5", texts.other, "1.5"] };
    this.paths.title.textContent = texts[what];
    this.paths.plot.setAttribute("aria-label", texts[what]);
    const drawn = pathCurves(places, pairs, what);
    this.paths.show(drawn, NONE, {
      ...base,
      margin: AROUND,
      xaxis: { ...base.xaxis, ...across, title: { text: "t", standoff: 4 } },
      yaxis: { ...base.yaxis, type: "linear", range: drawn.range, title: { text: "" }, ...few(this.paths.plot) },
    });
    const barriers = barrierMarks(finding);
    const names = { tickvals: [0, 1, 2], ticktext: PATHS.map((id) => texts[`short_${id}`]) };
    this.barriers.show(barriers, NONE, {
      ...base,
      margin: BESIDE,
      xaxis: { ...base.xaxis, ...names, range: /** @type {Point} */ ([-0.5, 2.5]), title: { text: "" } },
      yaxis: { ...base.yaxis, type: "linear", range: barriers.range, title: { text: "" }, ...few(this.barriers.plot) },
    });
    const start = startCurves(places, pairs);
    const ends = { tickvals: [0, 1], ticktext: [texts.first, texts.solution] };
    this.start.show(start, NONE, {
      ...base,
      margin: BESIDE,
      xaxis: { ...base.xaxis, ...ends, title: { text: "" } },
      yaxis: {
        ...{ ...base.yaxis, type: "log", range: start.range, title: { text: "" } },
        ...marks(start.range, ticksFor(this.start.plot)),
      },
    });
  }

  move() {}

  stop() {
    this.training.ask(null);
  }

  close() {
    this.stop();
    for (const chart of [this.paths, this.barriers, this.start]) chart.close();
  }
}

/**
 * @param {NetPair} pair
 * @returns {PairPaths}
 */
const unpacked = ({ paths }) => ({
  loss: Object.fromEntries(paths.map(({ id, loss }) => [id, unpack(loss)])),
  accuracy: Object.fromEntries(paths.map(({ id, accuracy }) => [id, unpack(accuracy)])),
});
