// What had to be repaired in a link or an input, said once until the reader dismisses it.

import { sayTable } from "../controls/table_text.js";
import { el, icon } from "../lib/dom.js";
import { fill } from "../lib/format.js";
import { isTable } from "../session/view.js";

/** @import { Repair } from "../types/answer.d.ts" */
/** @import { LabName } from "../types/networks.d.ts" */
/** @import { Knob, Words } from "../types/words.d.ts" */

const TABLES = ["data", "nettable"]; // tables of a reader's own
const OURS = ["last_lane", "no_more_lanes", "last_trainer", "no_more_trainers", "needs_hessian"]; // what came is an entry of a shelf

/** What a link calls the network of a lab, and the lab. @type {[string, LabName][]} */
const NETWORKS = [
  ["net", "train"],
  ["inside", "init"],
  ["regularization", "regularization"],
  ["batches", "batch"],
  ["scales", "normalization"],
  ["search", "search"],
  ["residual", "residual"],
];

/** @typedef {{ name: string, knobs: Knob[] }} Owner who has knobs */

export class Notes {
  /** @param {Words} words */
  constructor(words) {
    this.words = words;
    const { ui, network } = words;
    this.names = new Map([...words.methods, ...words.surfaces, ...network.datasets].map(({ id, name }) => [id, name]));
    const shared = [...words.lane, ...words.schedules.flatMap(({ knobs }) => knobs), ...words.budget];
    /** @param {LabName} lab */
    const titled = (lab) => network.labs.find(({ id }) => id === lab)?.title ?? lab;
    /** @type {Map<string, Owner>} by what a link calls them */
    this.owners = new Map([
      ["through", { name: words.slice.texts.name, knobs: words.slice.knobs }],
      ...NETWORKS.map(([id, lab]) => {
        const knobs = isTable(lab) ? (network.lab_knobs[lab] ?? []) : network.knobs;
        return /** @type {[string, Owner]} */ ([id, { name: titled(lab), knobs }]);
      }),
      ...[...words.methods, ...words.surfaces].map(({ id, name, knobs }) => {
        return /** @type {[string, Owner]} */ ([id, { name, knobs: [...knobs, ...shared] }]);
      }),
    ]);
    /** What a link calls something else than the page does, and that is no knob. */
    this.places = new Map([
      ["at", ui.start],
      ["probe", ui.probe],
      ["step", ui.scrub],
      ["layer", ui.layer],
      ["measure", ui.measure],
      ["box", ui.box],
      ["through", words.slice.texts.name],
      ...NETWORKS.map(([id, lab]) => /** @type {[string, string]} */ ([id, titled(lab)])),
      ["trainer", ui.net_trainers],
      ["netlane", ui.net_trainers],
      ["nettable", ui.net_table],
      ["netband", network.band.label],
      ["lab", ui.net_labs],
      ["figure", titled("book")],
    ]);
    /** @type {string | undefined} what the reader has read */
    this.dismissed = undefined;
    this.repairs = el("div");
    this.busy = el("div");
    this.node = el("div.os-notes", { role: "status" }, this.repairs, this.busy);
  }

  /**
   * So many questions have been put off by the server.
   * @param {number} count
   */
  postponed(count) {
    this.busy.replaceChildren(...(count ? [el("p.os-note", {}, this.words.ui.server_busy)] : []));
  }

  /**
   * A place in a link or an input as the page calls it: “SGD, learning rate” for sgd:lr.
   * @param {string} parameter
   */
  plainName(parameter) {
    const { ui, budget } = this.words;
    const [begin, name] = parameter.split(":");
    const owner = name === undefined ? undefined : this.owners.get(begin);
    const known = name === undefined ? budget : (owner?.knobs ?? []);
    const knob = knobOf(known, name ?? begin);
    if (!knob) return this.places.get(parameter) ?? parameter;
    return owner ? fill(ui.knob_of, { owner: owner.name, knob: lowered(knob.label) }) : knob.label;
  }

  /**
   * What is used in place of what came: entries of shelves by their names, and knobs of networks: “steps 300, units 64” for
   * steps=300, width=64.
   * @param {Repair} repair
   */
  plainUse({ parameter, used }) {
    const said = used.split(", ").map((each) => {
      const [, name, value] = /^(\w+)=(.*)$/.exec(each) ?? [];
      const knob = name && knobOf(this.owners.get(parameter)?.knobs ?? [], name);
      return knob ? `${lowered(knob.label)} ${value}` : (this.names.get(each) ?? each);
    });
    return said.join(", ");
  }

  /** @param {Repair[]} repairs */
  show(repairs) {
    const { ui, repairs: sentences, formulas, tables } = this.words;
    const key = JSON.stringify(repairs);
    if (key === this.dismissed || !repairs.length) return this.repairs.replaceChildren();
    const dismiss = () => {
      this.dismissed = key;
      this.repairs.replaceChildren();
    };
    /** @param {Repair} repair */
    const say = (repair) => {
      if (TABLES.includes(repair.parameter) && repair.why in tables) return sayTable(this.words, repair);
      if (repair.why in sentences)
        return fill(sentences[repair.why], {
          parameter: this.plainName(repair.parameter),
          value: OURS.includes(repair.why) ? (this.names.get(repair.value) ?? repair.value) : repair.value,
          used: this.plainUse(repair),
        });
      const hint = repair.used ? fill(formulas.suggestion, { suggestion: repair.used }) : "";
      return `${fill(formulas[repair.why], { ...repair })} ${hint}`;
    };
    this.repairs.replaceChildren(
      el(
        "div.os-note",
        {},
        el(
          "ul",
          {},
          repairs.map((repair) => el("li", {}, say(repair))),
        ),
        el(
          "button.os-icon",
          { type: "button", title: ui.dismiss, "aria-label": ui.dismiss, onclick: dismiss },
          icon("close"),
        ),
      ),
    );
  }
}

/**
 * @param {Knob[]} knobs
 * @param {string} name
 */
const knobOf = (knobs, name) => knobs.find(({ id, short }) => id === name || short === name);

/**
 * A label within a sentence.
 * @param {string} label
 */
const lowered = (label) => label.replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase());
