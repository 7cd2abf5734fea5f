// What is chosen of a network: a control for each of its knobs, under three headings. Which stand there depends on the lab.

import { row } from "../controls/controls.js";
import { el } from "../lib/dom.js";
import { fill, spell } from "../lib/format.js";

/** @import { OwnTable } from "./own_table.js" */
/** @import { Value } from "../types/answer.d.ts" */
/** @import { LabName, Net, NetKnob, Network } from "../types/networks.d.ts" */
/** @import { Knob, Words } from "../types/words.d.ts" */
/** @import { KnobRow, Push } from "../types/stage.d.ts" */

const TABLE = "table"; // of the data those that the reader brings
const GROUPS = /** @type {const} */ (["data", "network", "training"]);

export class Settings {
  /**
   * `push` sends changes; a table is brought in the box `own`.
   * @param {Words} words
   * @param {Push} push
   * @param {OwnTable} own
   */
  constructor({ ui, network }, push, own) {
    this.ui = ui;
    this.words = network;
    this.push = push;
    this.own = own;
    this.data = "";
    /** @type {LabName} */
    this.lab = "train";
    this.plan = "";
    /** @type {Map<string, KnobRow>} */
    this.rows = new Map();
    this.about = el("p.os-story");
    this.size = el("p.os-source");
    this.bring = el(
      "button.os-quiet.os-netinside",
      { type: "button", "aria-haspopup": "dialog", onclick: () => own.open(this.lab) },
      `${ui.net_table} …`,
    );
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
    this.data = String(net.values.data);
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
    this.rows = new Map(knobs.map((knob) => [knob.id, row(knob, (to) => this.turn(knob.id, to))]));
    const groups = GROUPS.map((group) => {
      const nodes = knobs.filter((knob) => knob.group === group).map(({ id }) => this.rows.get(id)?.node);
      if (!nodes.length) return null;
      return el(
        "div.os-group",
        { role: "group", "aria-label": heads[group] },
        el("h2.os-head", {}, heads[group]),
        ...nodes,
        ...(group === "data" ? [this.about, this.bring] : []),
      );
    });
    const held = /** @type {HTMLElement | null} */ (document.activeElement);
    const name = held?.getAttribute("aria-label");
    this.node.replaceChildren(...groups.filter((group) => group !== null), this.size);
    // The control under the reader's hand may be another now, for the same thing.
    if (!held || document.activeElement !== document.body) return;
    if (held === this.bring) held.focus();
    for (const made of this.node.querySelectorAll("select"))
      if (name && made.getAttribute("aria-label") === name) made.focus();
  }

  /**
   * Turn a knob. Where there is no table of one's own yet, to choose it is to bring one.
   * @param {string} id
   * @param {Value} to
   */
  turn(id, to) {
    if (id === "data" && to === TABLE && this.own.rows === null) {
      this.rows.get(id)?.set(this.data);
      return this.own.open(this.lab);
    }
    this.push({ do: "net", knob: id, to, ...(this.lab === "init" && { lab: this.lab }) });
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
