// The lab on normalisation: which numbers share a mean, and for which scales of the starting weights a network learns with
// it and without.

import { ScaleGrid } from "./scale_grid.js";
import { scalesFinding } from "./scales.js";
import { Streamed } from "./streamed.js";
import { TensorPicture } from "./tensor_picture.js";
import { factPath } from "./unpacked.js";
import { unpack } from "../lib/packing.js";
import { el } from "../lib/dom.js";

/** @import { Facts } from "../session/facts.js" */
/** @import { NetScaleRow, NetScales } from "../types/network_labs.d.ts" */
/** @import { ScaleRow } from "../types/network_pictures.d.ts" */
/** @import { Fail } from "../types/stage.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { ShownNetwork } from "./networks.js" */

export class NormalizationLab {
  /**
   * @param {Words} words
   * @param {Facts} facts
   * @param {{ fail: Fail }} on
   */
  constructor({ ui, network, tag }, facts, { fail }) {
    this.ui = ui;
    this.list = new Intl.ListFormat(tag);
    const texts = network.lab_texts.normalization;
    this.texts = texts;
    this.names = Object.fromEntries(network.normalizations.map(({ id, name }) => [id, name]));
    this.grid = new ScaleGrid(texts);
    this.tensor = new TensorPicture(texts);
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
      el("div.os-netlarge", {}, el("span.os-charttitle", {}, texts.scales), this.grid.node, key),
      el("div.os-netside", {}, this.tensor.node),
    );
    this.finding = el("div.os-netruling", { role: "status" });
    this.training = new Streamed(facts, ui, (answer) => this.receive(answer), fail);
    this.progress = this.training.node;
    /** @type {ShownNetwork | null} */
    this.shown = null;
  }

  /** @param {ShownNetwork} shown */
  show(shown) {
    this.shown = shown;
    const { query, values } = shown.network.labs.normalization;
    const norm = String(values.norm);
    this.tensor.show(norm);
    this.own.textContent = this.names[norm] ?? norm;
    const path = factPath("net_scales.json", query);
    if (this.training.path !== path) this.finding.textContent = "";
    this.training.ask(path);
  }

  /** @param {NetScales} answer */
  receive({ scales, rows, epochs, norm, finding, missing }) {
    if (missing) return void (this.finding.textContent = this.ui.net_missing);
    const name = this.names[norm] ?? norm;
    const known = unpack(scales);
    this.grid.show(known, rows.map(unpacked), epochs, name);
    this.node.setAttribute("aria-busy", String(!finding));
    const found = finding ? scalesFinding(this.list, this.texts, finding, known, name) : [];
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
