// The lab on normalisation: which numbers share a mean, and for which scales of the starting weights, or up to which rates, a
// network learns with it and without.

import { ScaleGrid } from "./scale_grid.js";
import { ratesFinding, scalesFinding } from "./scales.js";
import { Streamed } from "./streamed.js";
import { TensorPicture } from "./tensor_picture.js";
import { factPath } from "./unpacked.js";
import { segments } from "../controls/controls.js";
import { unpack } from "../lib/packing.js";
import { el } from "../lib/dom.js";

/** @import { Facts } from "../session/facts.js" */
/** @import { NetRates, NetScaleRow, NetScales } from "../types/network_labs.d.ts" */
/** @import { ScaleRow } from "../types/network_pictures.d.ts" */
/** @import { Network } from "../types/networks.d.ts" */
/** @import { Fail, Push } from "../types/stage.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { ShownNetwork } from "./networks.js" */

/** @typedef {"scales" | "rates"} Varied */

const SYMBOLS = { scales: "σ", rates: "α" };

/** @param {Network} network */
const variedIn = (network) => /** @type {Varied} */ (network.labs.normalization.values.vary);

export class NormalizationLab {
  /**
   * `push` says what is varied.
   * @param {Words} words
   * @param {Facts} facts
   * @param {{ push: Push, fail: Fail }} on
   */
  constructor({ ui, network, tag }, facts, { push, fail }) {
    this.ui = ui;
    this.list = new Intl.ListFormat(tag);
    const texts = network.lab_texts.normalization;
    this.texts = texts;
    this.names = Object.fromEntries(network.normalizations.map(({ id, name }) => [id, name]));
    this.choices = network.lab_knobs.normalization
      .filter(({ id }) => id === "vary")
      .map((knob) => segments(knob, (to) => push({ do: "net_lab", lab: "normalization", knob: knob.id, to })));
    this.controls = el("div.os-group", {}, ...this.choices.map(({ node }) => node));
    this.grid = new ScaleGrid(texts);
    this.tensor = new TensorPicture(texts);
    this.title = el("span.os-charttitle");
    this.own = el("span");
    const key = el(
      "ul.os-keys",
      {},
      el("li", {}, el("span.os-netkey"), this.own),
      el("li", {}, el("span.os-netkey.os-netdashed"), texts.plain),
    );
    this.node = el(
      "div.os-netlab.os-netnorm",
      {},
      el("div.os-netlarge", {}, this.title, this.grid.node, key),
      el("div.os-netside", {}, this.tensor.node),
    );
    this.finding = el("div.os-netruling", { role: "status" });
    this.training = new Streamed(facts, ui, (answer) => this.receive(answer), fail);
    this.progress = this.training.node;
    /** @type {Varied} */
    this.varied = "scales";
  }

  /**
   * What the panel says, where it is not about scales.
   * @param {Network} network
   */
  asks(network) {
    const varied = variedIn(network);
    if (varied === "scales") return null;
    const { [`${varied}_question`]: question, [`${varied}_about`]: about, [`${varied}_do`]: todo } = this.texts;
    return { question, about, do: todo };
  }

  /** @param {ShownNetwork} shown */
  show({ network }) {
    const { query, values } = network.labs.normalization;
    const norm = String(values.norm);
    this.varied = variedIn(network);
    for (const choice of this.choices) choice.set(values.vary);
    const title = this.texts[this.varied];
    this.title.textContent = title;
    this.grid.node.setAttribute("aria-label", title);
    this.tensor.show(norm);
    this.own.textContent = this.names[norm] ?? norm;
    const path = factPath(`net_${this.varied}.json`, query);
    if (this.training.path !== path) {
      this.finding.textContent = "";
      this.node.setAttribute("aria-busy", "true");
    }
    this.training.ask(path);
  }

  /** @param {NetScales | NetRates} answer */
  receive(answer) {
    const { values, rows, epochs, norm, finding, missing } = answer;
    if (missing) return void (this.finding.textContent = this.ui.net_missing);
    const name = this.names[norm] ?? norm;
    const known = unpack(values);
    this.grid.show(SYMBOLS[this.varied], known, rows.map(unpacked), epochs, name);
    this.node.setAttribute("aria-busy", String(!finding));
    const found = !finding
      ? []
      : "ratio" in finding
        ? ratesFinding(this.texts, finding, name)
        : scalesFinding(this.list, this.texts, finding, known, name);
    this.finding.replaceChildren(...found.map((sentence) => el("p", {}, sentence)));
  }

  move() {}

  stop() {
    this.training.ask(null);
  }

  close() {
    this.stop();
    this.tensor.close();
  }
}

/**
 * @param {NetScaleRow} row
 * @returns {ScaleRow}
 */
const unpacked = (row) => ({ ...row, train: unpack(row.train), validation: unpack(row.validation) });
