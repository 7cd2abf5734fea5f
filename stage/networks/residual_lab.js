// The lab on landscapes: a network with residual connections, or a normalisation, and without. Both slices on one scale, how
// training went, and how gradients come back or what steps along them meet.

import { Chart, curve } from "./chart.js";
import { ARMS, armBands, armGradients, armLosses, roughRows } from "./residual_charts.js";
import { residualFinding } from "./residual_findings.js";
import { percentage } from "./said.js";
import { SliceMap } from "./slice_map.js";
import { heightOf, sliceScale } from "./slice_scale.js";
import { Streamed } from "./streamed.js";
import { logAxis } from "./training_charts.js";
import { armed, factPath } from "./unpacked.js";
import { segments } from "../controls/controls.js";
import { swatch } from "../figures/marks.js";
import { el } from "../lib/dom.js";
import { fill, spell } from "../lib/format.js";

/** @import { Facts } from "../session/facts.js" */
/** @import { Point } from "../types/answer.d.ts" */
/** @import { Axis, Changes } from "../types/figures.d.ts" */
/** @import { Arm, NetResidual, Roughness, SliceScale } from "../types/network_landscapes.d.ts" */
/** @import { Network } from "../types/networks.d.ts" */
/** @import { Fail, Push } from "../types/stage.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { Looks, ShownNetwork } from "./networks.js" */
/** @import { Drawn } from "./residual_charts.js" */

const FACT = "net_residual.json";
const AROUND = { l: 50, r: 12, t: 4, b: 22 };
const ROWS = { l: 20, r: 12, t: 2, b: 22 };
const NONE = { data: [], changes: {} };
const EACH = 44; // px from one number below to the next
const MOST_TICKS = 7; // of the colour bar

/** @typedef {"losses" | "gradients" | "range" | "change" | "smoothness"} Over what a chart has above its axis */
/** Charts by what is compared. @type {Record<string, Over[]>} */
const CHARTS = { residual: ["losses", "gradients"], normalization: ["range", "change", "smoothness"] };

/** @param {Network} network */
const comparedIn = (network) => String(network.labs.residual.values.compare);

export class ResidualLab {
  /**
   * `push` says what is compared.
   * @param {Words} words
   * @param {Facts} facts
   * @param {{ push: Push, fail: Fail }} on
   */
  constructor({ ui, network }, facts, { push, fail }) {
    this.ui = ui;
    const texts = network.lab_texts.residual;
    this.texts = texts;
    this.norms = Object.fromEntries(network.normalizations.map(({ id, name }) => [id, name]));
    this.choices = network.lab_knobs.residual
      .filter(({ id }) => id === "compare")
      .map((knob) => segments(knob, (to) => push({ do: "net_lab", lab: "residual", knob: knob.id, to })));
    this.controls = el("div.os-group", {}, ...this.choices.map(({ node }) => node));
    this.maps = [new SliceMap(), new SliceMap()];
    this.ramp = el("div.os-netbarramp");
    this.ticks = el("div.os-netbarticks");
    const bar = el("div.os-netbar", {}, el("span.os-muted", {}, texts.bar), el("div", {}, this.ramp, this.ticks));
    this.charts = {
      losses: new Chart(texts.losses),
      gradients: new Chart(texts.gradients),
      range: new Chart(texts.range),
      change: new Chart(texts.change),
      smoothness: new Chart(texts.smoothness),
    };
    this.rough = { nonconvex: new Chart(texts.nonconvex), variation: new Chart(texts.variation) };
    this.keys = ARMS.map(({ color, symbol }) => {
      const text = el("span");
      return { text, node: el("li", {}, swatch({ color, dash: "solid", symbol }), text) };
    });
    const [solid, dashed] = ["", ".os-netdashed"].map((kind) => {
      const text = el("span");
      return { text, node: el("li", {}, el(`span.os-netkey.os-netink${kind}`), text) };
    });
    this.kinds = [solid, dashed];
    this.row = el("div.os-netresrow");
    this.node = el(
      "div.os-netlab.os-netresidual",
      {},
      el("ul.os-netslices", {}, ...this.maps.map(({ node }) => node)),
      bar,
      el("ul.os-keys", {}, ...this.keys.map(({ node }) => node), solid.node, dashed.node),
      this.row,
    );
    this.finding = el("div.os-netruling", { role: "status" });
    this.training = new Streamed(facts, ui, (answer, whole) => this.receive(answer, whole), fail);
    this.progress = this.training.node;
    this.node.append(this.training.waiting);
    /** @type {NetResidual | null} */
    this.answer = null;
    /** @type {Arm[]} */
    this.arms = [];
    /** @type {ShownNetwork | null} */
    this.shown = null;
    this.compare = "";
    this.at = 0;
    /** @type {Partial<Record<Over, Point>>} */
    this.ranges = {};
  }

  /**
   * What the panel says, where it is not about residual connections.
   * @param {Network} network
   */
  asks(network) {
    if (comparedIn(network) === "residual") return null;
    const { normalization_question: question, normalization_about: about, normalization_do: todo } = this.texts;
    return { question, about, do: todo };
  }

  /** @param {ShownNetwork} shown */
  show(shown) {
    this.shown = shown;
    this.at = shown.at;
    const { query, values } = shown.network.labs.residual;
    for (const choice of this.choices) choice.set(values.compare);
    const path = factPath(FACT, query);
    const asked = this.training.path === path;
    if (!asked) this.finding.replaceChildren();
    this.node.classList.toggle("os-stale", !asked && this.arms.length > 0);
    if (!asked) this.node.setAttribute("aria-busy", "true");
    this.training.ask(path);
    this.arrange(comparedIn(shown.network));
    if (this.answer) this.draw(this.answer, shown.looks);
  }

  /**
   * Put the charts of what is compared into their places.
   * @param {string} compare
   */
  arrange(compare) {
    if (compare === this.compare) return;
    this.compare = compare;
    const rough = el("div.os-netrough", {}, this.rough.nonconvex.node, this.rough.variation.node);
    this.row.replaceChildren(...CHARTS[compare].map((name) => this.charts[name].node), rough);
    this.row.dataset.charts = String(CHARTS[compare].length + 1);
    const { texts } = this;
    const [solid, dashed] = this.kinds;
    const residual = compare === "residual";
    solid.text.textContent = `${texts.key_training} · ${texts.key_after}`;
    dashed.text.textContent = `${texts.key_validation} · ${texts.key_before}`;
    solid.node.hidden = dashed.node.hidden = !residual;
  }

  /**
   * @param {NetResidual} answer
   * @param {boolean} whole
   */
  receive(answer, whole) {
    this.node.setAttribute("aria-busy", String(!whole));
    if (answer.missing) return this.finding.replaceChildren(this.ui.net_missing);
    this.answer = answer;
    this.arms = answer.arms.map(armed);
    this.node.classList.remove("os-stale");
    const found = residualFinding(this.texts, answer, this.named(answer));
    this.finding.replaceChildren(...found.map((sentence) => el("p", {}, sentence)));
    if (this.shown) this.draw(answer, this.shown.looks);
  }

  /**
   * What is compared, in words.
   * @param {NetResidual} answer
   */
  named({ compare, norm }) {
    const { texts, norms } = this;
    return compare === "residual" ? texts.residual : fill(texts.norm, { norm: norms[norm] ?? norm });
  }

  /**
   * @param {NetResidual} answer
   * @param {Looks} looks
   */
  draw(answer, looks) {
    const { arms, texts } = this;
    if (answer.compare !== this.compare) return; // it is about what was compared before
    const name = this.named(answer);
    const heads = [fill(texts.with, { name }), fill(texts.without, { name })];
    this.keys.forEach(({ text }, arm) => (text.textContent = heads[arm]));
    const scale = answer.ends && sliceScale(answer.ends);
    this.maps.forEach((map, arm) => map.show(arms[arm], scale, looks.ramp, this.saidOf(arms[arm], heads[arm])));
    this.drawBar(scale, looks.ramp);
    for (const chart of CHARTS[this.compare]) this.drawChart(chart, looks);
    for (const which of /** @type {const} */ (["nonconvex", "variation"])) this.drawRough(which, answer, looks);
  }

  /**
   * What is said of a slice, below it and for whoever cannot see it.
   * @param {Arm} arm
   * @param {string} head
   */
  saidOf({ slice, rough, ending }, head) {
    const { texts } = this;
    if (ending.kind === "diverged") return { head, said: texts.slice_none, words: `${head}: ${texts.slice_none}` };
    const losses = slice.filter((loss) => Math.abs(loss) < 1e30);
    const waits = fill(texts.slice_waits, { head });
    if (!losses.length) return { head, said: "…", words: waits };
    const numbers = {
      nonconvex: rough?.nonconvex == null ? "…" : percentage(rough.nonconvex),
      variation: rough?.variation == null ? "…" : spell(rough.variation, 3),
    };
    const measured = fill(texts.measured, numbers);
    const middle = slice[(slice.length - 1) / 2];
    const ends = [losses.reduce((a, b) => Math.min(a, b)), losses.reduce((a, b) => Math.max(a, b)), middle];
    const [low, high, ended] = ends.map((loss) => (Number.isFinite(loss) ? spell(loss, 3) : "…"));
    return { head, said: measured, words: fill(texts.slice_said, { head, low, high, middle: ended, measured }) };
  }

  /**
   * @param {SliceScale | null} scale
   * @param {string[]} ramp
   */
  drawBar(scale, ramp) {
    this.ramp.style.background = `linear-gradient(to right, ${ramp.join(", ")})`;
    if (!scale) return this.ticks.replaceChildren();
    const every = Math.ceil(scale.levels.length / MOST_TICKS);
    const told = scale.levels.filter((_, index) => index % every === 0);
    this.ticks.replaceChildren(
      ...told.map((level) => {
        const tick = el("span", {}, spell(level, 2));
        tick.style.left = `${100 * heightOf(scale, level)}%`;
        return tick;
      }),
    );
  }

  /**
   * @param {Over} name
   * @param {Looks} looks
   */
  drawChart(name, { base, line }) {
    const { arms } = this;
    const chart = this.charts[name];
    const drawn =
      name === "losses" ? armLosses(arms) : name === "gradients" ? armGradients(arms) : armBands(arms, name);
    this.ranges[name] = drawn.range;
    const layers = "layers" in drawn ? /** @type {Drawn & { layers: number }} */ (drawn).layers : null;
    const range = /** @type {Point} */ (
      layers === null ? [0, Math.max(1, ...arms.map(({ of }) => of)) * 1.015] : [0.5, layers + 0.5]
    );
    const nticks = Math.max(2, Math.floor(chart.plot.clientWidth / EACH));
    /** @type {Axis} */
    const xaxis = { ...base.xaxis, nticks, range, title: { text: "" } };
    const moving = layers === null ? { data: [curve({ role: "playhead" }, line)], changes: this.playhead(name) } : NONE;
    chart.show(drawn, moving, {
      ...{ ...base, margin: AROUND, xaxis },
      yaxis: { ...base.yaxis, title: { text: "" }, ...logAxis(drawn.range, chart.plot) },
    });
  }

  /**
   * @param {keyof Roughness} which
   * @param {NetResidual} answer
   * @param {Looks} looks
   */
  drawRough(which, { roughness, finding }, { base }) {
    const chart = this.rough[which];
    const rows = roughRows(roughness, which, finding && finding[which], which === "nonconvex" ? [0.5, 0.7] : [1.5, 2]);
    const nticks = Math.max(2, Math.floor(chart.plot.clientWidth / EACH));
    chart.show(rows, NONE, {
      ...{ ...base, margin: ROWS },
      xaxis: { ...base.xaxis, nticks, range: rows.range, title: { text: "" } },
      yaxis: {
        ...{ ...base.yaxis, type: "linear", range: [0.5, 2.5], showgrid: false, title: { text: "" } },
        ...{ tickvals: [], ticktext: [] }, // colours and symbols say which is which
      },
    });
  }

  /**
   * @param {Over} name
   * @returns {Changes}
   */
  playhead(name) {
    const [low, high] = this.ranges[name] ?? [0, 1];
    return { playhead: { x: [this.at, this.at], y: [10 ** low, 10 ** high] } };
  }

  /** @param {number} t */
  move(t) {
    this.at = t;
    if (!this.arms.length) return;
    for (const name of CHARTS[this.compare]) if (name !== "gradients") this.charts[name].move(this.playhead(name));
  }

  stop() {
    this.training.ask(null);
  }

  close() {
    this.stop();
    for (const map of this.maps) map.close();
    for (const chart of [...Object.values(this.charts), ...Object.values(this.rough)]) chart.close();
  }
}
