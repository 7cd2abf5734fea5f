// The panel of networks: which lab, its question, how far it is and what it has found, and all that can be set.

import { LabSettings } from "./lab_settings.js";
import { OwnTable } from "./own_table.js";
import { Settings } from "./settings.js";
import { Trainers } from "./trainers.js";
import { segments } from "../controls/controls.js";
import { el } from "../lib/dom.js";
import { isTable } from "../session/view.js";

/** @import { FactSource } from "../session/facts.js" */
/** @import { LabName, Network } from "../types/networks.d.ts" */
/** @import { Style } from "../types/figures.d.ts" */
/** @import { Look, Push } from "../types/stage.d.ts" */
/** @import { Knob, Words } from "../types/words.d.ts" */

/** @typedef {{ question: string, about: string, do: string }} Said what is said of a lab */

/**
 * What of a lab stands in the panel; `asks`: what is said of it in place of its usual words, as it is set.
 * @typedef {{ finding: HTMLElement, progress?: HTMLElement, controls?: HTMLElement, asks?(network: Network): Said | null }} Lab
 */

export class NetworkPanel {
  /**
   * `push` sends changes, `look` opens another lab; `facts` says what a table holds. `before` is the box for one in the
   * language that was read until now.
   * @param {Words} words
   * @param {FactSource} facts
   * @param {{ push: Push, look: Look }} on
   * @param {OwnTable} [before]
   */
  constructor(words, facts, { push, look }, before) {
    const { ui, network } = words;
    this.words = network;
    /** @type {Lab | null} */
    this.lab = null;
    const heads = { training: ui.net_labs_training, landscape: ui.net_labs_landscape };
    /** Two rows of buttons, and one of all these is pressed. */
    this.labs = Object.entries(heads).map(([group, label]) => {
      const labs = network.labs.filter((lab) => lab.group === group);
      const options = labs.map(({ title }) => title);
      const knob = /** @type {Knob} */ ({ label, choices: labs.map(({ id }) => id), options });
      const made = segments(knob, (lab) => look({ lab: /** @type {LabName} */ (lab) }));
      made.node.hidden = !labs.length;
      return made;
    });
    this.about = el("p.os-story");
    this.question = el("p.os-netquestion");
    this.hint = el("p.os-story");
    this.found = el("div.os-netfound");
    this.own = el("div.os-netown"); // controls that a lab brings
    this.table = new OwnTable(words, facts, push);
    if (before) this.table.resume(before);
    this.settings = new Settings(words, push, this.table);
    this.tables = new LabSettings(words, push);
    this.trainers = new Trainers(words, push);
    this.inside = el(
      "button.os-quiet.os-netinside",
      { type: "button", onclick: () => push({ do: "net_inside" }) },
      ui.net_look_inside,
    );
    this.node = el(
      "section.os-card.os-networks",
      { "aria-label": ui.page_networks },
      el("div.os-netlabs", { role: "group", "aria-label": ui.net_labs }, ...this.labs.map(({ node }) => node)),
      this.question,
      this.found,
      this.about,
      this.hint,
      this.inside,
      this.own,
      this.settings.node,
      this.tables.node,
      this.trainers.node,
      this.table.node,
    );
  }

  /**
   * @param {LabName} id
   * @param {Network} network
   * @param {Style[]} styles
   * @param {Lab} lab
   * @param {string | null} rows the reader's own table
   */
  show(id, network, styles, lab, rows) {
    this.table.rows = rows;
    const words = lab.asks?.(network) ?? this.words.labs.find((each) => each.id === id);
    for (const labs of this.labs) labs.set(id);
    this.question.textContent = words?.question ?? "";
    this.about.textContent = words?.about ?? "";
    this.hint.textContent = words?.do ?? "";
    if (this.lab !== lab) {
      this.found.replaceChildren(...[lab.progress, lab.finding].filter((node) => node !== undefined));
      this.own.replaceChildren(...(lab.controls ? [lab.controls] : []));
    }
    this.lab = lab;
    this.own.hidden = !lab.controls;
    this.inside.hidden = id !== "init";
    const plain = ["activations", "outputs", "book"].includes(id);
    this.settings.node.hidden = plain || isTable(id);
    this.tables.node.hidden = !isTable(id);
    const trained = ["train", "slice"].includes(id);
    this.trainers.node.hidden = !trained;
    if (isTable(id)) this.tables.show(id, network.labs[id]);
    else if (!plain) this.settings.show(id, network);
    if (trained) this.trainers.show(network.trainers, styles);
  }
}
