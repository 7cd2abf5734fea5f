// What is chosen of a network: a control for each of its knobs, under three headings. Which stand there depends on the lab.

import { row } from "../controls/controls.js";
import { el } from "../lib/dom.js";
import { fill, spell } from "../lib/format.js";

/** @import { LabName, Net, NetKnob, Network } from "../types/networks.d.ts" */
/** @import { Knob, Words } from "../types/words.d.ts" */
/** @import { KnobRow, Push } from "../types/stage.d.ts" */

const GROUPS = /** @type {const} */ (["data", "network", "training"]);

export class Settings {
  /**
   * `push` sends changes.
   * @param {Words} words
   * @param {Push} push
   */
  constructor({ ui, network }, push) {
    this.ui = ui;
    this.words = network;
    this.push = push;
    /** @type {LabName} */
    this.lab = "train";
    this.plan = "";
    /** @type {Map<string, KnobRow>} */
    this.rows = new Map();
    this.about = el("p.os-story");
    this.size = el("p.os-source");
    this.node = el("div.os-netsettings");
  }

  /**
   * The knobs that this lab has, as they are on the data of `net`.
   * @param {LabName} lab
   * @param {Net} net
   * @returns {(Knob & Pick<NetKnob, "group">)[]}
   */
  knobs(lab, net) {
    const { knobs, inputs } = this.words;
    return knobs
      .filter(({ labs }) => labs.includes(lab))
      .map((knob) => {
        if (knob.id === "data" && lab === "init") return { ...inputs, group: knob.group };
        return knob.id === "batch" ? { ...knob, high: net.batch } : knob;
      });
  }

  /**
   * @param {LabName} lab
   * @param {Network} network
   */
  show(lab, network) {
    const net = lab === "init" ? network.inside : network;
    const knobs = this.knobs(lab, net);
    const plan = JSON.stringify(knobs);
    this.lab = lab;
    if (plan !== this.plan) {
      this.plan = plan;
      this.arrange(knobs);
    }
    for (const [id, made] of this.rows) made.set(net.values[id]);
    this.rows.get("batch")?.hint(fill(this.ui.batch_of, { count: net.examples.train }));
    const sigma = this.words.initializers.find(({ id }) => id === net.values.init)?.sigma;
    /** @param {string} id @param {boolean} away */
    const hide = (id, away) => {
      const made = this.rows.get(id);
      if (made) made.node.hidden = away;
    };
    hide("sigma", !sigma);
    hide("decoupled", !(Number(net.values.decay) > 0));
    this.about.textContent = this.words.datasets.find(({ id }) => id === net.values.data)?.about ?? "";
    this.size.textContent = sizeOf(this.ui, lab, net);
  }

  /** @param {ReturnType<Settings["knobs"]>} knobs */
  arrange(knobs) {
    const { ui } = this;
    const heads = { data: ui.net_data, network: ui.net_network, training: ui.net_training };
    this.rows = new Map(
      knobs.map((knob) => [
        knob.id,
        row(knob, (to) => this.push({ do: "net", knob: knob.id, to, ...(this.lab === "init" && { lab: this.lab }) })),
      ]),
    );
    const groups = GROUPS.map((group) => {
      const nodes = knobs.filter((knob) => knob.group === group).map(({ id }) => this.rows.get(id)?.node);
      if (!nodes.length) return null;
      return el(
        "div.os-group",
        { role: "group", "aria-label": heads[group] },
        el("h2.os-head", {}, heads[group]),
        ...nodes,
        group === "data" ? this.about : null,
      );
    });
    const held = document.activeElement?.getAttribute("aria-label");
    this.node.replaceChildren(...groups.filter((group) => group !== null), this.size);
    // The control under the reader's hand may be another now, for the same thing.
    if (held && document.activeElement === document.body)
      for (const made of this.node.querySelectorAll("select"))
        if (made.getAttribute("aria-label") === held) made.focus();
  }
}

/**
 * How many parameters are trained on how many examples, and what that costs.
 * @param {Words["ui"]} ui
 * @param {LabName} lab
 * @param {Net} net
 */
function sizeOf(ui, lab, { parameters, examples: { train, validation, inputs, classes }, cost }) {
  const count = parameters.toLocaleString("en").replaceAll(",", " ");
  if (lab === "init") return fill(ui.net_size_inside, { parameters: count, inputs });
  return fill(ui.net_size, { parameters: count, train, validation, inputs, classes, cost: spell(cost, 2) });
}
