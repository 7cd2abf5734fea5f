// One lane in the panel: a compact row with its method, rate and ending, and on demand all its other
// knobs: those of the method, how its rate moves, how its gradient is treated.

import { control, row } from "./controls.js";
import { el, icon } from "../lib/dom.js";
import { fill } from "../lib/format.js";
import { fit, formulaOf } from "../lib/formula.js";
import { clipOf } from "../lib/lane_names.js";

/** @import { Children } from "../types/dom.d.ts" */
/** @import { Answer, Ending, Lane, Value } from "../types/answer.d.ts" */
/** @import { Style } from "../types/figures.d.ts" */
/** @import { Knob, Method, Schedule, Sentences, Words } from "../types/words.d.ts" */
/** @import { Control, KnobRow, Push } from "../types/stage.d.ts" */
/** @import { MethodList } from "./methods.js" */

const OF_THE_RATE = ["schedule", "warmup"];

export class LaneRow {
  /**
   * The lane at `index` of `data`, drawn in `style`. `open` holds the lanes that show all their knobs, from `methods` another
   * one is chosen.
   * @param {Words} words
   * @param {Push} push
   * @param {MethodList} methods
   * @param {{ index: number, lane: Lane, style: Style, open: Set<number> }} which
   */
  constructor(words, push, methods, { index, lane, style, open }) {
    this.words = words;
    this.ui = words.ui;
    this.method = /** @type {Method} */ (words.methods.find(({ id }) => id === lane.id));
    this.schedules = new Map(words.schedules.map((schedule) => [schedule.id, schedule]));
    /** @type {Schedule | null} whose knobs are there */
    this.schedule = null;
    /** @type {Map<string, KnobRow>} the knobs of the schedule */
    this.scheduleKnobs = new Map();
    this.formula = el("div.os-formula");
    this.story = el("p.os-story");
    this.own = el("div.os-knobs");
    /** @type {(knob: Knob) => (to: Value) => void} */
    this.turn = (knob) => (to) => push({ do: "lane_knob", lane: index, knob: knob.id, to });
    const { ui, method } = this;
    const [rate, ...others] = method.knobs;
    this.rate = control(rate, `${method.name}, ${rate.label}`, this.turn(rate));
    /** @type {Map<string, Control>} */
    this.knobs = new Map([[rate.id, this.rate]]);
    for (const knob of others) this.knobs.set(knob.id, this.row(knob));
    this.extras = new Map(words.lane.map((knob) => [knob.id, this.row(knob)]));
    this.choice = methods.button(index, lane.id, style);
    this.more = this.details(index, others, push);
    this.remove = el(
      "button.os-icon",
      {
        type: "button",
        title: ui.remove_lane,
        "aria-label": fill(ui.remove_lane_of, { lane: method.name }),
        onclick: () => {
          open.delete(index);
          push({ do: "lane_remove", lane: index });
        },
      },
      icon("close"),
    );
    this.ending = el("span.os-ending");
    this.tags = el("span.os-lanetags");
    this.hint = el("span.os-hint", {}, ui.suggested);
    this.rounding = el("span.os-rounding", { title: ui.rounding_title, hidden: true });
    this.node = el(
      "li.os-lane",
      {},
      el("div.os-lanerow", {}, this.choice, this.rate.node, this.detailsButton(index, open), this.remove),
      el("div.os-laneend", {}, this.ending, this.hint, this.tags, this.rounding),
      this.more,
    );
  }

  /** @param {Knob} knob */
  row(knob) {
    return row(knob, this.turn(knob), `${this.method.name}, ${knob.label}`);
  }

  /**
   * What opens on demand.
   * @param {number} index
   * @param {Knob[]} others
   * @param {Push} push
   */
  details(index, others, push) {
    const { ui } = this;
    /** @param {string[]} names */
    const of = (...names) => names.map((name) => this.extras.get(name)?.node);
    /**
     * @param {string} name
     * @param {string} label
     * @param {Children[]} rows
     */
    const group = (name, label, ...rows) =>
      el(
        `div.os-subgroup.os-${name}`,
        { role: "group", "aria-label": `${label} (${this.method.name})` },
        el("p.os-subhead", {}, label),
        ...rows,
      );
    return el(
      "div.os-more",
      { id: `os-more-${index}` },
      others.map((knob) => this.knobs.get(knob.id)?.node),
      group("rategroup", ui.rate_group, ...of("schedule"), this.formula, this.story, this.own, ...of("warmup")),
      group(
        "gradientgroup",
        ui.gradient_group,
        ...of(...[...this.extras.keys()].filter((id) => !OF_THE_RATE.includes(id))),
      ),
      el(
        "div.os-headrow",
        {},
        el("button.os-quiet", { type: "button", onclick: () => push({ do: "lane_copy", lane: index }) }, ui.copy_lane),
        el("button.os-quiet", { type: "button", onclick: () => push({ do: "lane_suggest", lane: index }) }, ui.suggest),
      ),
    );
  }

  /**
   * @param {number} index
   * @param {Set<number>} open
   */
  detailsButton(index, open) {
    const { ui, more } = this;
    const button = el(
      "button.os-icon",
      {
        type: "button",
        title: ui.more_knobs,
        "aria-label": fill(ui.more_knobs_of, { lane: this.method.name }),
        "aria-controls": more.id,
        onclick: () => {
          if (!open.delete(index)) open.add(index);
          unfold();
        },
      },
      icon("more"),
    );
    const unfold = () => {
      more.hidden = !open.has(index);
      button.setAttribute("aria-expanded", String(!more.hidden));
      fit(this.formula);
    };
    unfold();
    return button;
  }

  /**
   * The lane as the server has it now, among all of `data`.
   * @param {Lane} now
   * @param {Answer} data
   */
  set(now, data) {
    const { knobs, extras } = now;
    for (const [id, part] of this.knobs) part.set(knobs[id]);
    const schedule = this.schedules.get(extras.schedule);
    if (schedule) this.showSchedule(schedule);
    for (const [id, part] of [...this.extras, ...this.scheduleKnobs]) part.set(extras[id]);
    const penalty = data.ground.knobs.l2 > 0;
    const hide = (/** @type {string} */ name, /** @type {boolean} */ hidden) => {
      const part = this.extras.get(name);
      if (part) part.node.hidden = hidden;
    };
    hide("clip_at", extras.clip === "none");
    hide("penalty", !penalty);
    this.ending.textContent = sayEnding(this.ui, now.ending);
    this.ending.dataset.kind = now.ending?.kind ?? "";
    this.hint.hidden = !now.suggested;
    this.tags.replaceChildren(...this.changedFromUsual(extras, penalty).map((tag) => el("span.os-lanetag", {}, tag)));
    this.remove.disabled = data.lanes.length < 2;
  }

  /**
   * Say from which step on rounding decides where it goes.
   * @param {number | null} step
   */
  sayRounding(step) {
    this.rounding.hidden = step === null;
    this.rounding.textContent = step === null ? "" : fill(this.ui.rounding, { step });
  }

  /**
   * Show the formula and the knobs of another schedule.
   * @param {Schedule} schedule
   */
  showSchedule(schedule) {
    if (this.schedule === schedule) return;
    this.schedule = schedule;
    const moves = schedule.id !== this.words.lane.find(({ id }) => id === "schedule")?.default;
    this.scheduleKnobs = new Map(schedule.knobs.map((knob) => [knob.id, this.row(knob)]));
    this.own.replaceChildren(...[...this.scheduleKnobs.values()].map(({ node }) => node));
    this.formula.replaceChildren(formulaOf(schedule.math));
    this.story.textContent = schedule.story;
    for (const part of [this.formula, this.story]) part.hidden = !moves;
    fit(this.formula);
  }

  /**
   * What is not as usual, in a few words each.
   * @param {Lane["extras"]} extras
   * @param {boolean} penalty
   */
  changedFromUsual(extras, penalty) {
    const { ui } = this;
    /** @type {Record<string, Value>} */
    const usual = Object.fromEntries(this.words.lane.map((knob) => [knob.id, knob.default]));
    return [
      extras.schedule === usual.schedule ? null : this.schedule?.name,
      extras.warmup === usual.warmup ? null : fill(ui.tag_warmup, { steps: extras.warmup }),
      clipOf(ui, extras),
      penalty && extras.penalty !== usual.penalty ? ui.tag_decoupled : null,
    ].filter((tag) => typeof tag === "string");
  }
}

/**
 * How a run ended, in words.
 * @param {Sentences} ui
 * @param {Ending | null} ending
 */
export function sayEnding(ui, ending) {
  if (!ending) return "…";
  const { kind, step } = ending;
  return fill(ui[`ending_${kind}`], { step });
}
