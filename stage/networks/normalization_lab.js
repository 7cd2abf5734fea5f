// The lab on normalisation: which numbers share a mean, and for which scales of the starting weights, up to which rates, or with
// which sizes of batches a network learns with it and without.

import { modesFinding } from "./modes.js";
import { ModesChart } from "./modes_chart.js";
import { ScaleGrid } from "./scale_grid.js";
import { ratesFinding, scalesFinding } from "./scales.js";
import { Streamed } from "./streamed.js";
import { TensorPicture } from "./tensor_picture.js";
import { factPath } from "./unpacked.js";
import { segments } from "../controls/controls.js";
import { unpack } from "../lib/packing.js";
import { el } from "../lib/dom.js";
import { fill } from "../lib/format.js";

/** @import { Facts } from "../session/facts.js" */
/** @import { NetModeLine, NetModes, NetRates, NetScaleRow, NetScales } from "../types/network_labs.d.ts" */
/** @import { ModeLine, ScaleRow } from "../types/network_pictures.d.ts" */
/** @import { Network } from "../types/networks.d.ts" */
/** @import { Fail, Push } from "../types/stage.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { ShownNetwork } from "./networks.js" */

/** @typedef {"scales" | "rates" | "batches"} Varied */

const FACTS = { scales: "net_scales.json", rates: "net_rates.json", batches: "net_modes.json" };

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
    this.modes = new ModesChart(texts);
    this.keys = ["", ".os-netink.os-netdotted", ".os-netdashed"].map((kind) => {
      const text = el("span");
      return { text, node: el("li", {}, el(`span.os-netkey${kind}`), text) };
    });
    this.crossed = el(
      "li",
      { hidden: true },
      el("span.os-nettrial.os-netalone", { "data-state": "diverged" }),
      texts.diverged,
    );
    this.keyed = el("ul.os-keys", {}, ...this.keys.map(({ node }) => node), this.crossed);
    this.large = el("div.os-netlarge");
    this.node = el("div.os-netlab.os-netnorm", {}, this.large, el("div.os-netside", {}, this.tensor.node));
    this.finding = el("div.os-netruling", { role: "status" });
    this.training = new Streamed(facts, ui, (answer) => this.receive(answer), fail);
    this.progress = this.training.node;
    this.node.append(this.training.waiting);
    /** @type {Varied | null} */
    this.varied = null;
    /** @type {ShownNetwork | null} */
    this.shown = null;
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
  show(shown) {
    this.shown = shown;
    const { query, values } = shown.network.labs.normalization;
    const norm = String(values.norm);
    for (const choice of this.choices) choice.set(values.vary);
    this.arrange(variedIn(shown.network));
    this.tensor.show(norm);
    this.tell(norm);
    if (this.varied === "batches") this.modes.show(shown.looks.base);
    const path = factPath(FACTS[variedIn(shown.network)], query);
    if (this.training.path !== path) {
      this.finding.textContent = "";
      this.node.setAttribute("aria-busy", "true");
    }
    this.training.ask(path);
  }

  /**
   * Put what shows that into its place.
   * @param {Varied} varied
   */
  arrange(varied) {
    if (varied === this.varied) return;
    this.varied = varied;
    const title = this.texts[varied];
    this.title.textContent = title;
    this.grid.node.setAttribute("aria-label", title);
    const picture = varied === "batches" ? [this.modes.node] : [this.title, this.grid.node];
    this.large.replaceChildren(...picture, this.keyed);
  }

  /**
   * What the lines are.
   * @param {string} norm
   */
  tell(norm) {
    const { texts } = this;
    const name = this.names[norm] ?? norm;
    const two = this.varied === "batches" && norm === "batch";
    const said = [two ? fill(texts.key_test, { name }) : name, fill(texts.key_train, { name }), texts.plain];
    this.keys.forEach(({ text }, line) => (text.textContent = said[line]));
    this.keys[1].node.hidden = !two;
  }

  /** @param {NetScales | NetRates | NetModes} answer */
  receive(answer) {
    const { norm, finding, missing } = answer;
    if (missing) return void (this.finding.textContent = this.ui.net_missing);
    const found = this.draw(answer, this.names[norm] ?? norm);
    this.node.setAttribute("aria-busy", String(!finding));
    this.finding.replaceChildren(...found.map((sentence) => el("p", {}, sentence)));
  }

  /**
   * Draw what is known, and return what was found.
   * @param {NetScales | NetRates | NetModes} answer
   * @param {string} name of the normalisation
   */
  draw(answer, name) {
    const { texts } = this;
    const known = unpack(answer.values);
    this.crossed.hidden = "lines" in answer || !answer.rows.some(({ diverged }) => diverged.some((at) => at >= 0));
    if ("lines" in answer) {
      this.modes.known = { sizes: known, lines: answer.lines.map(unpackedLine) };
      if (this.shown) this.modes.show(this.shown.looks.base);
      return answer.finding ? modesFinding(texts, answer.finding, answer.seeds, name) : [];
    }
    const { finding, rows, epochs } = answer;
    this.grid.show(this.varied === "rates" ? "α" : "σ", known, rows.map(unpacked), epochs, name);
    if (!finding) return [];
    if ("ratio" in finding) return ratesFinding(texts, finding, name);
    return scalesFinding(this.list, texts, finding, known, name);
  }

  move() {}

  stop() {
    this.training.ask(null);
  }

  close() {
    this.stop();
    this.tensor.close();
    this.modes.close();
  }
}

/**
 * @param {NetModeLine} line
 * @returns {ModeLine}
 */
const unpackedLine = ({ id, mean, low, high }) => ({ id, mean: unpack(mean), low: unpack(low), high: unpack(high) });

/**
 * @param {NetScaleRow} row
 * @returns {ScaleRow}
 */
const unpacked = (row) => ({ ...row, train: unpack(row.train), validation: unpack(row.validation) });
