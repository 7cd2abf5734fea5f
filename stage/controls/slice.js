// A surface that is a slice through a network's loss: which network, which plane, and how true the picture is. Each turn is
// another slice, which the server samples; where the network is another, it is trained first.

import { row } from "./controls.js";
import { el } from "../lib/dom.js";
import { fill, spell } from "../lib/format.js";

/** @import { Slice } from "../types/answer.d.ts" */
/** @import { KnobRow, Push, Travel } from "../types/stage.d.ts" */
/** @import { SliceWords } from "../types/words.d.ts" */

export class SliceEditor {
  /**
   * `push` sends changes; `travel` leads to the network's training, null where nobody answers.
   * @param {SliceWords} words
   * @param {Push} push
   * @param {Travel | null} travel
   */
  constructor(words, push, travel) {
    this.words = words;
    this.push = push;
    this.travel = travel;
    const { texts } = words;
    this.plan = "";
    this.training = "";
    /** @type {Map<string, KnobRow>} */
    this.rows = new Map();
    this.plane = el("div.os-knobs", { role: "group", "aria-label": texts.plane });
    this.network = el("div.os-knobs");
    this.summary = el("summary.os-slicesummary");
    this.details = el("details.os-slicenetwork", {}, this.summary, this.network);
    this.truth = el("p.os-source");
    this.open = el("a.os-quiet", { onclick: (event) => this.travelled(event) }, texts.open);
    const reset = el("button.os-quiet", { type: "button", onclick: () => push({ do: "slice" }) }, texts.reset);
    const ways = travel ? el("div.os-sliceways", {}, this.open, reset) : null;
    this.node = el("div.os-sliceknobs", { hidden: true }, this.plane, this.details, ways, this.truth);
  }

  /** @param {MouseEvent} event */
  travelled(event) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // in a window of its own
    event.preventDefault();
    this.travel?.go(this.training);
  }

  /**
   * The scene stands on `slice`, or on another surface.
   * @param {Slice | null} slice
   */
  update(slice) {
    this.node.hidden = !slice;
    if (!slice) return;
    const { values, most, idle } = slice;
    const knobs = this.words.knobs.map((knob) => ({ ...knob, high: most[knob.id] ?? knob.high }));
    const plan = JSON.stringify(most);
    if (plan !== this.plan) {
      this.plan = plan;
      this.arrange(knobs);
    }
    for (const [id, made] of this.rows) {
      made.set(values[id]);
      made.node.hidden = idle.includes(id);
    }
    this.training = slice.training;
    if (this.travel) this.open.href = this.travel.href(slice.training);
    this.sum(slice);
  }

  /** @param {SliceWords["knobs"]} knobs */
  arrange(knobs) {
    const held = document.activeElement?.getAttribute("aria-label");
    this.rows = new Map(
      knobs.map((knob) => [knob.id, row(knob, (to) => this.push({ do: "slice", knob: knob.id, to }))]),
    );
    for (const [group, place] of /** @type {const} */ ([
      ["plane", this.plane],
      ["network", this.network],
    ]))
      place.replaceChildren(
        ...knobs.filter((knob) => knob.group === group).map(({ id }) => this.rows.get(id)?.node ?? ""),
      );
    // The control under the reader's hand may be another now, for the same thing.
    if (held && document.activeElement === document.body)
      for (const made of this.node.querySelectorAll("select"))
        if (made.getAttribute("aria-label") === held) made.focus();
  }

  /**
   * Say which network it is, and how far the picture is from its loss.
   * @param {Slice} slice
   */
  sum({ values, parameters, centre_loss, off, height, shares, replaced }) {
    const { texts, knobs, samples, checked } = this.words;
    /** @param {string} id */
    const named = (id) => {
      const knob = knobs.find((each) => each.id === id);
      return knob?.options[knob.choices.indexOf(String(values[id]))] ?? values[id];
    };
    const { depth, width } = values;
    const [data, activation, method] = ["data", "activation", "method"].map(named);
    this.summary.textContent = `${texts.network}: ${fill(texts.network_of, { data, depth, width, activation, method })}`;
    const said = [];
    if (centre_loss !== null) said.push(fill(texts.size, { parameters, centre: spell(centre_loss, 3) }));
    if (off !== null && height)
      said.push(fill(texts.off, { samples, checked, off: spell(off, 2), percent: percent(off / height, 2) }));
    if (shares) said.push(fill(texts.shares, { first: percent(shares[0], 2), second: percent(shares[1], 2) }));
    if (replaced) said.push(fill(texts.replaced, { count: replaced }));
    if (off !== null) said.push(texts.beyond);
    this.truth.textContent = said.join(" ");
  }
}

/**
 * @param {number} share
 * @param {number} digits
 */
const percent = (share, digits) => `${spell(100 * share, digits)}%`;
