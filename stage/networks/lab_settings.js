// What is chosen in a lab that has settings of its own: a control for each of its knobs, under three headings.

import { row } from "../controls/controls.js";
import { el } from "../lib/dom.js";
import { fill, spell } from "../lib/format.js";

/** @import { LabTable, TableLab } from "../types/networks.d.ts" */
/** @import { KnobRow, Push } from "../types/stage.d.ts" */
/** @import { Words } from "../types/words.d.ts" */

const GROUPS = /** @type {const} */ (["data", "network", "training"]);

export class LabSettings {
  /**
   * `push` sends changes.
   * @param {Words} words
   * @param {Push} push
   */
  constructor({ ui, network }, push) {
    this.ui = ui;
    this.words = network;
    this.push = push;
    this.plan = "";
    /** @type {Map<string, KnobRow>} */
    this.rows = new Map();
    this.about = el("p.os-story");
    this.size = el("p.os-source");
    this.node = el("div.os-netsettings");
  }

  /**
   * @param {TableLab} lab
   * @param {LabTable} table
   */
  show(lab, { values, most, idle, parameters, examples: { train, validation, inputs, classes }, cost }) {
    const own = this.words.lab_knobs[lab].filter(({ group }) => group !== "own");
    const knobs = own.map((knob) => ({ ...knob, high: most[knob.id] ?? knob.high }));
    const plan = JSON.stringify(knobs);
    if (plan !== this.plan) {
      this.plan = plan;
      this.arrange(lab, knobs);
    }
    for (const [id, made] of this.rows) {
      made.set(values[id]);
      made.node.hidden = idle.includes(id);
    }
    const about = this.words.datasets.find(({ id }) => id === values.data)?.about;
    this.about.textContent = about ?? this.words.lab_texts[lab].task ?? "";
    const count = parameters.toLocaleString("en").replaceAll(",", " ");
    const sizes = { parameters: count, train, validation, inputs, classes, cost: spell(cost, 2) };
    const dear = spell(cost, 2);
    this.size.textContent = validation
      ? fill(this.ui.net_size, sizes)
      : fill(this.ui.net_size_alone, { parameters: count, train, inputs, cost: dear });
  }

  /**
   * @param {TableLab} lab
   * @param {(Words["network"]["lab_knobs"][TableLab])} knobs
   */
  arrange(lab, knobs) {
    const { ui } = this;
    const heads = { data: ui.net_data, network: ui.net_network, training: ui.net_training };
    this.rows = new Map(
      knobs.map((knob) => [knob.id, row(knob, (to) => this.push({ do: "net_lab", lab, knob: knob.id, to }))]),
    );
    const groups = GROUPS.map((group) =>
      el(
        "div.os-group",
        { role: "group", "aria-label": heads[group] },
        el("h2.os-head", {}, heads[group]),
        ...knobs.filter((knob) => knob.group === group).map(({ id }) => this.rows.get(id)?.node ?? ""),
        group === "data" ? this.about : null,
      ),
    );
    const reset = el("button.os-quiet", { type: "button", onclick: () => this.push({ do: "net_lab", lab }) }, ui.reset);
    const held = document.activeElement?.getAttribute("aria-label");
    this.node.replaceChildren(...groups, el("div.os-headrow", {}, el("span.os-spring"), reset), this.size);
    // The control under the reader's hand may be another now, for the same thing.
    if (held && document.activeElement === document.body)
      for (const made of this.node.querySelectorAll("select"))
        if (made.getAttribute("aria-label") === held) made.focus();
  }
}
