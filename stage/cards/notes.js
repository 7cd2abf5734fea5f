// What had to be repaired in a link or an input, said once until the reader dismisses it.

import { sayTable } from "../controls/table_text.js";
import { el, icon } from "../lib/dom.js";
import { fill } from "../lib/format.js";

/** @import { Repair } from "../types/answer.d.ts" */
/** @import { Knob, Words } from "../types/words.d.ts" */

const TABLES = ["data", "nettable"]; // tables of a reader's own
const OURS = ["last_lane", "no_more_lanes"]; // what came is an entry of a shelf

export class Notes {
  /** @param {Words} words */
  constructor(words) {
    this.words = words;
    const { ui } = words;
    this.names = new Map([...words.methods, ...words.surfaces].map(({ id, name }) => [id, name]));
    /** What a link calls something else than the page does, and that is no knob. */
    this.places = new Map([
      ["at", ui.start],
      ["probe", ui.probe],
      ["step", ui.scrub],
      ["layer", ui.layer],
      ["measure", ui.measure],
      ["box", ui.box],
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
    const { ui, methods, surfaces, schedules, lane, budget } = this.words;
    const [begin, name] = parameter.split(":");
    const owner = [...methods, ...surfaces].find(({ id }) => id === begin);
    /** @type {Knob[]} */
    const shared = [...lane, ...schedules.flatMap(({ knobs }) => knobs), ...budget];
    const known = name === undefined ? budget : owner ? [...owner.knobs, ...shared] : [];
    const wanted = name ?? begin;
    const knob = known.find(({ id, short }) => id === wanted || short === wanted);
    if (!knob) return this.places.get(parameter) ?? parameter;
    if (!owner) return knob.label;
    const label = knob.label.replace(/^\p{Lu}(?=\p{Ll})/u, (letter) => letter.toLowerCase());
    return fill(ui.knob_of, { owner: owner.name, knob: label });
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
    /** @param {string} ids */
    const named = (ids) =>
      ids
        .split(", ")
        .map((id) => this.names.get(id) ?? id)
        .join(", ");
    /** @param {Repair} repair */
    const say = (repair) => {
      if (TABLES.includes(repair.parameter) && repair.why in tables) return sayTable(this.words, repair);
      if (repair.why in sentences)
        return fill(sentences[repair.why], {
          parameter: this.plainName(repair.parameter),
          value: OURS.includes(repair.why) ? named(repair.value) : repair.value,
          used: named(repair.used),
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
