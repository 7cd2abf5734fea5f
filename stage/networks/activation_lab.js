// The lab of activation functions: the one that the network has, among all others.

import { ActivationChart } from "./activation_curves.js";
import { activationFinding } from "./findings.js";
import { plotted } from "./unpacked.js";
import { el } from "../lib/dom.js";
import { LatestRequest } from "../session/latest_request.js";

/** @import { Facts } from "../session/facts.js" */
/** @import { ActivationCurve } from "../types/network_pictures.d.ts" */
/** @import { Fail } from "../types/stage.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { ShownNetwork } from "./networks.js" */

export class ActivationLab {
  /**
   * `names` of all functions; `choose(id)` takes another.
   * @param {Words} words
   * @param {Facts} facts
   * @param {{ names: Record<string, string>, choose: (id: string) => void, fail: Fail }} on
   */
  constructor({ ui }, facts, { names, choose, fail }) {
    this.ui = ui;
    this.names = names;
    this.chart = new ActivationChart(ui, names, choose);
    this.node = el("div.os-netlab.os-netactivation", {}, this.chart.node, el("div.os-netside", {}, this.chart.list));
    this.finding = el("div.os-netruling", { role: "status" });
    /** @type {LatestRequest<any>} */
    this.curves = new LatestRequest(facts, (answer) => this.receive(answer), fail);
    /** @type {ActivationCurve[]} */
    this.known = [];
    /** @type {ShownNetwork | null} */
    this.shown = null;
  }

  /** @param {ShownNetwork} shown */
  show(shown) {
    this.shown = shown;
    this.curves.ask("net_activations.json?");
    if (this.known.length) this.draw();
  }

  /** @param {any} answer */
  receive(answer) {
    this.known = answer.activations.map(plotted);
    this.draw();
  }

  draw() {
    const { shown, known, names } = this;
    if (!shown) return;
    const { looks, network } = shown;
    const chosen = String(network.values.activation);
    const { value, derivative, others } = looks.inks;
    this.chart.show(known, chosen, { base: looks.base, colors: { value, derivative, others } });
    const curve = known.find(({ id }) => id === chosen);
    const found = activationFinding(this.ui, curve, names[chosen] ?? chosen);
    this.finding.replaceChildren(...found.map((sentence) => el("p", {}, sentence)));
  }

  move() {}

  stop() {
    this.curves.ask(null);
  }

  close() {
    this.stop();
    this.chart.close();
  }
}
