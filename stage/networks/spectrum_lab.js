// The lab on the spectrum of the Hessian: its eigenvalues at the playhead's weights, and how sharp the ends of runs with small
// and with large batches are.

import { Chart } from "./chart.js";
import { sharpnessPairs, spectrumCurves } from "./spectrum_curves.js";
import { spectrumFinding } from "./spectrum_findings.js";
import { Streamed } from "./streamed.js";
import { logAxis } from "./training_charts.js";
import { factPath, spectral } from "./unpacked.js";
import { ticksFor } from "../figures/few_ticks.js";
import { el } from "../lib/dom.js";
import { fill, spell } from "../lib/format.js";

/** @import { Facts } from "../session/facts.js" */
/** @import { NetSpectrum } from "../types/network_labs.d.ts" */
/** @import { Spectrum } from "../types/network_pictures.d.ts" */
/** @import { Fail } from "../types/stage.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { Looks, ShownNetwork } from "./networks.js" */

const LOOKS = 40; // runs are measured so many times, at equal distances
const AROUND = { l: 50, r: 14, t: 6, b: 22 };
const NONE = { data: [], changes: {} };

export class SpectrumLab {
  /**
   * @param {Words} words
   * @param {Facts} facts
   * @param {{ fail: Fail }} on
   */
  constructor({ ui, network }, facts, { fail }) {
    this.ui = ui;
    const texts = network.lab_texts.spectrum;
    this.texts = texts;
    this.values = new Chart(texts.histogram);
    this.sharpness = new Chart(texts.pairs);
    this.when = el("span.os-netregsaid");
    const key = (/** @type {string} */ name, /** @type {string} */ text) =>
      el("li", {}, el(`span.os-netkey${name}`), text);
    this.node = el(
      "div.os-netlab.os-netspectrum",
      {},
      el(
        "div.os-netlarge",
        {},
        this.values.node,
        el("ul.os-keys", {}, key("", texts.key_counts), key(".os-netwarn", texts.key_out), el("li", {}, this.when)),
      ),
      el(
        "div.os-netside",
        {},
        this.sharpness.node,
        el("ul.os-keys", {}, key("", texts.key_seed), key(".os-netwarn", texts.key_mean)),
      ),
    );
    this.finding = el("div.os-netruling", { role: "status" });
    this.training = new Streamed(facts, ui, (answer, whole) => this.receive(answer, whole), fail);
    this.progress = this.training.node;
    this.node.append(this.training.waiting);
    /** @type {Spectrum | null} */
    this.spectrum = null;
    /** @type {NetSpectrum | null} */
    this.answer = null;
    /** @type {ShownNetwork | null} */
    this.shown = null;
  }

  /** @param {ShownNetwork} shown */
  show(shown) {
    this.shown = shown;
    this.ask(shown.at);
    if (this.answer) this.draw(shown.looks);
  }

  /**
   * Ask for the spectrum at the last measurement that is not later than step `t`.
   * @param {number} t
   */
  ask(t) {
    if (!this.shown) return;
    const { query, length } = this.shown.network.labs.spectrum;
    const look = Math.floor((t / length) * Math.min(LOOKS, length) + 1e-9);
    const step = Math.round((look * length) / Math.min(LOOKS, length));
    const path = factPath("net_spectrum.json", query, ...(step === length ? [] : [`step=${step}`]));
    if (this.training.path !== path) this.node.setAttribute("aria-busy", "true");
    this.training.ask(path);
  }

  /**
   * @param {NetSpectrum} answer
   * @param {boolean} whole
   */
  receive(answer, whole) {
    this.node.setAttribute("aria-busy", String(!whole));
    if (answer.missing) return this.finding.replaceChildren(this.ui.net_missing);
    this.answer = answer;
    this.spectrum = answer.spectrum ? spectral(answer.spectrum) : this.spectrum;
    const found = spectrumFinding(this.texts, answer, answer.spectrum ? this.spectrum : null);
    this.finding.replaceChildren(...found.map((sentence) => el("p", {}, sentence)));
    if (this.shown) this.draw(this.shown.looks);
  }

  /** @param {Looks} looks */
  draw({ base, inks }) {
    const { answer, spectrum, texts } = this;
    if (!answer) return;
    const title = { text: "" };
    if (spectrum) {
      const drawn = spectrumCurves(spectrum, { bulk: inks.activations, out: inks.gradients });
      const xaxis = { ...base.xaxis, nticks: ticksFor(this.values.plot) + 2, range: drawn.across, title };
      const yaxis = { ...base.yaxis, title, ...logAxis(drawn.range, this.values.plot) };
      this.values.show(drawn, NONE, { ...base, margin: AROUND, xaxis, yaxis });
      if (answer.step !== null) this.when.textContent = fill(texts.at_step, { step: answer.step });
    }
    const pairs = sharpnessPairs(answer.runs, answer.sharpness, { seed: inks.activations, mean: inks.gradients });
    const tickvals = answer.runs.map(({ batch }) => batch);
    const xaxis = {
      ...{ ...base.xaxis, type: /** @type {const} */ ("log"), range: pairs.across, title },
      ...{ tickvals, ticktext: tickvals.map((size) => spell(size, 4)) },
    };
    const yaxis = { ...base.yaxis, title, ...logAxis(pairs.range, this.sharpness.plot) };
    this.sharpness.show(pairs, NONE, { ...base, margin: AROUND, xaxis, yaxis });
  }

  /** @param {number} t */
  move(t) {
    this.ask(t);
  }

  stop() {
    this.training.ask(null);
  }

  close() {
    this.stop();
    for (const chart of [this.values, this.sharpness]) chart.close();
  }
}
