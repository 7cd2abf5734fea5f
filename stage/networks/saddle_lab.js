// The lab on saddles: critical points of small networks by loss and index, the spectrum of one, and the ways down from it.

import { Chart } from "./chart.js";
import { LOOKS, pointMarks, spectrum, waysDown } from "./saddle_curves.js";
import { saddlesFinding } from "./saddle_findings.js";
import { Streamed } from "./streamed.js";
import { factPath } from "./unpacked.js";
import { segments } from "../controls/controls.js";
import { few } from "../figures/few_ticks.js";
import { mark } from "../figures/marks.js";
import { el } from "../lib/dom.js";
import { fill } from "../lib/format.js";
import { unpack } from "../lib/packing.js";

/** @import { Facts } from "../session/facts.js" */
/** @import { LeftSaddle, NetLeft, NetPoints, NetSaddles, NetWayDown, Points } from "../types/network_paths.d.ts" */
/** @import { Fail, Push } from "../types/stage.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { Drawn } from "./saddle_curves.js" */
/** @import { ShownNetwork } from "./networks.js" */

const NONE = { data: [], changes: {} };
const AROUND = { l: 46, r: 12, t: 8, b: 40 };
const BESIDE = { l: 46, r: 10, t: 6, b: 38 };
const SHARES = [0, 0.1, 0.2, 0.3, 0.4, 0.5];

export class SaddleLab {
  /**
   * `push` says which saddle is left.
   * @param {Words} words
   * @param {Facts} facts
   * @param {{ push: Push, fail: Fail }} on
   */
  constructor({ ui, network }, facts, { push, fail }) {
    this.ui = ui;
    const texts = network.lab_texts.saddles;
    this.texts = texts;
    this.choices = network.lab_knobs.saddles
      .filter(({ id }) => id === "which")
      .map((knob) => segments(knob, (to) => push({ do: "net_lab", lab: "saddles", knob: knob.id, to })));
    this.controls = el("div.os-group", {}, ...this.choices.map(({ node }) => node));
    this.points = new Chart(texts.points);
    this.spectrum = new Chart(texts.spectrum);
    this.ways = new Chart(texts.ways);
    this.counts = LOOKS.map(() => el("span"));
    const keys = LOOKS.map((look, lane) => el("li", {}, mark(look), this.counts[lane]));
    keys.push(el("li", {}, mark({ symbol: "cross", color: "var(--os-muted)" }), texts.key_predicted));
    const circle = el(
      "ul.os-keys",
      {},
      el("li", {}, el("span.os-netkey.os-netdashed.os-netink"), texts.key_semicircle),
    );
    const down = el(
      "ul.os-keys",
      {},
      el("li", {}, el("span.os-netkey"), texts.key_way),
      el("li", {}, el("span.os-netkey.os-netdashed"), texts.key_line),
    );
    this.node = el(
      "div.os-netlab.os-netsaddles",
      {},
      el("div.os-netlarge", {}, this.points.node, el("ul.os-keys", {}, ...keys)),
      el("div.os-netside", {}, this.spectrum.node, circle, this.ways.node, down),
    );
    this.finding = el("div.os-netruling", { role: "status" });
    this.training = new Streamed(facts, ui, (answer, whole) => this.receive(answer, whole), fail);
    this.progress = this.training.node;
    this.node.append(this.training.waiting);
    /** @type {{ networks: Points[], left: LeftSaddle | null } | null} */
    this.known = null;
    /** @type {ShownNetwork | null} */
    this.shown = null;
  }

  /** @param {ShownNetwork} shown */
  show(shown) {
    this.shown = shown;
    const { query, values } = shown.network.labs.saddles;
    for (const choice of this.choices) choice.set(values.which);
    const path = factPath("net_saddles.json", query);
    if (this.training.path !== path) {
      this.finding.textContent = "";
      this.node.setAttribute("aria-busy", "true");
    }
    this.training.ask(path);
    this.draw(); // the theme may be another
  }

  /**
   * @param {NetSaddles} answer
   * @param {boolean} whole
   */
  receive(answer, whole) {
    const { networks, left, finding } = answer;
    this.known = { networks: networks.map(pointsOf), left: left && leftOf(left) };
    networks.forEach((each, lane) => {
      const found = unpack(each.loss).length;
      this.counts[lane].textContent = fill(this.texts.key_network, { parameters: each.parameters, found });
    });
    this.draw();
    this.node.setAttribute("aria-busy", String(!whole));
    const found = finding ? saddlesFinding(this.texts, answer, finding) : [];
    this.finding.replaceChildren(...found.map((sentence) => el("p", {}, sentence)));
  }

  draw() {
    if (!this.shown || !this.known) return;
    const { networks, left } = this.known;
    const shares = { tickvals: SHARES, ticktext: SHARES.map((share) => `${Math.round(100 * share)}%`) };
    this.place(this.points, pointMarks(networks, left), AROUND, this.texts.axis_loss, shares);
    this.place(this.spectrum, spectrum(left), BESIDE, this.texts.axis_eigenvalue, { showticklabels: false });
    this.place(this.ways, waysDown(left), BESIDE, this.texts.axis_distance, few(this.ways.plot));
  }

  /**
   * @param {Chart} chart
   * @param {Drawn} drawn
   * @param {{ l: number, r: number, t: number, b: number }} margin
   * @param {string} text below the axis
   * @param {object} up how the other axis is marked
   */
  place(chart, drawn, margin, text, up) {
    if (!this.shown) return;
    const { base } = this.shown.looks;
    chart.show(drawn, NONE, {
      ...base,
      margin,
      xaxis: { ...base.xaxis, type: "linear", range: drawn.x, nticks: 5, title: { text, standoff: 4 } },
      yaxis: { ...base.yaxis, type: "linear", range: drawn.y, title: { text: "" }, ...up },
    });
  }

  move() {}

  stop() {
    this.training.ask(null);
  }

  close() {
    this.stop();
    for (const chart of [this.points, this.spectrum, this.ways]) chart.close();
  }
}

/**
 * @param {NetPoints} sent
 * @returns {Points}
 */
const pointsOf = (sent) => ({
  ...sent,
  loss: unpack(sent.loss),
  negative: unpack(sent.negative),
  flat: unpack(sent.flat),
  predicted: unpack(sent.predicted),
});

/** @param {NetWayDown} way */
const wayOf = ({ at, loss }) => ({ at: unpack(at), loss: unpack(loss) });

/**
 * @param {NetLeft} sent
 * @returns {LeftSaddle}
 */
const leftOf = (sent) => ({
  ...sent,
  edges: unpack(sent.edges),
  counts: unpack(sent.counts),
  line: wayOf(sent.line),
  ways: sent.ways.map(wayOf),
});
