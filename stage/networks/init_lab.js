// The lab that looks inside: histograms of activations and gradients layer by layer, and how large both are against what
// theory says.

import { signalFinding } from "./findings.js";
import { HistogramRows } from "./histograms.js";
import { SpreadChart } from "./spreads.js";
import { learns } from "../session/view.js";
import { factPath, signalled } from "./unpacked.js";
import { el } from "../lib/dom.js";
import { LatestRequest } from "../session/latest_request.js";

/** @import { Facts } from "../session/facts.js" */
/** @import { SignalLayer } from "../types/network_pictures.d.ts" */
/** @import { Fail } from "../types/stage.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { Looks, ShownNetwork } from "./networks.js" */

const MEASUREMENTS = 40; // of a run, besides the one before its first step (networks/training.py)

export class InitLab {
  /**
   * @param {Words} words
   * @param {Facts} facts
   * @param {{ fail: Fail }} on
   */
  constructor({ ui }, facts, { fail }) {
    this.ui = ui;
    this.rows = new HistogramRows(ui);
    this.spreads = /** @type {const} */ (["activations", "gradients"]).map((signal) => new SpreadChart(ui, signal));
    this.node = el(
      "div.os-netlab.os-netinit",
      {},
      el("div.os-netlarge", {}, this.rows.node),
      el("div.os-netside", {}, ...this.spreads.map(({ node }) => node)),
    );
    this.waiting = el("p.os-netwaiting", { "aria-hidden": "true" }, ui.net_compiling);
    this.node.append(this.waiting);
    this.finding = el("div.os-netruling", { role: "status" });
    /** @type {LatestRequest<any>} */
    this.signals = new LatestRequest(facts, (answer) => this.receive(answer), fail);
    /** @type {SignalLayer[]} */
    this.layers = [];
    /** @type {ShownNetwork | null} */
    this.shown = null;
  }

  /** @param {ShownNetwork} shown */
  show(shown) {
    this.shown = shown;
    this.ask(shown.at);
    const { looks } = shown;
    if (this.layers.length) this.draw(looks);
  }

  /** @param {any} answer */
  receive(answer) {
    this.waiting.hidden = !answer.missing;
    this.waiting.textContent = this.ui.net_missing;
    if (answer.missing) return this.finding.replaceChildren(this.ui.net_missing);
    this.layers = signalled(answer);
    this.rows.show(this.layers);
    const found = signalFinding(this.ui, this.layers, answer.equal);
    this.finding.replaceChildren(...found.map((sentence) => el("p", {}, sentence)));
    if (this.shown) this.draw(this.shown.looks);
  }

  /** @param {Looks} looks */
  draw({ base, inks }) {
    for (const chart of this.spreads)
      chart.show(this.layers, { base, colors: { signal: inks[chart.signal], theory: inks.theory } });
  }

  /**
   * Look at the measurement that is nearest to step `t`: runs are measured at equal distances. Nothing learns from numbers
   * that have no classes.
   * @param {number} t
   */
  ask(t) {
    const { shown } = this;
    if (!shown) return;
    const { query, values } = shown.network.inside;
    const steps = Number(values.netsteps);
    const look = Math.round((t / steps) * Math.min(MEASUREMENTS, steps));
    const at = look > 0 && learns(shown.network.inside) ? [`at=${look}`, `of=${shown.lane}`] : ["at=start"];
    this.signals.ask(factPath("net_signals.json", query, ...at));
  }

  /** @param {number} t */
  move(t) {
    this.ask(t);
  }

  stop() {
    this.signals.ask(null);
  }

  close() {
    this.stop();
    for (const chart of this.spreads) chart.close();
  }
}
