// The controls beside the stage: surface, start, lanes, budget. It shows what the server says and
// asks for changes; it decides nothing.

import { el, fill, icon, math, reachable } from "./dom.js";
import { control, row } from "./controls.js";
import { FormulaEditor } from "./formula.js";
import { swatch } from "./marks.js";

const MOST_LANES = 8;
// The server keeps the start inside the box; here any number may be typed.
const COORDINATE = { id: "start", kind: "number", scale: "linear", default: 0, low: -1e9, high: 1e9, step: 0.1 };

const FORMULA = "formula";
const TYPED = { math: "", story: "", knobs: [] }; // a formula brings its own editor and nothing else

export class Panel {
  constructor(words, push, facts) {
    this.words = words;
    this.push = push;
    this.methods = new Map(words.methods.map((method) => [method.id, method]));
    this.surfaces = new Map(words.surfaces.map((surface) => [surface.id, surface]));
    this.open = new Set();
    const { ui } = words;
    const own = { id: FORMULA, family: "typed", name: ui.own_formula };
    this.surface = el(
      "select.os-select.os-surface",
      { id: "os-surface", onchange: () => this.choose(this.surface.value) },
      Object.entries(words.families).map(([family, label]) =>
        el(
          "optgroup",
          { label },
          [...words.surfaces, own].filter((entry) => entry.family === family).map((entry) => el("option", { value: entry.id }, entry.name)),
        ),
      ),
    );
    this.editor = new FormulaEditor(words, facts, push);
    this.formula = el("div.os-formula");
    this.story = el("p.os-story");
    this.ground = el("div.os-knobs");
    this.start = [0, 1].map((axis) =>
      control(COORDINATE, fill(ui.start_axis, { axis: "xy"[axis] }), (value) => {
        const at = [...this.data.ground.start];
        at[axis] = value;
        push({ do: "start", to: at });
      }),
    );
    this.lanes = el("ol.os-lanes");
    this.add = el("button.os-quiet", { type: "button", onclick: () => push({ do: "lane_add" }) }, icon("plus"), ui.add_lane);
    this.budget = words.budget.map((knob) => [knob.id, row(knob, (to) => push({ do: knob.id, to }))]);
    this.reset = el("button.os-quiet", { type: "button", onclick: () => push({ do: "reset" }) }, ui.reset);
    this.node = el(
      "section.os-panel",
      { "aria-label": ui.controls },
      el(
        "div.os-group",
        {},
        el("label.os-head", { for: "os-surface" }, ui.surface),
        this.surface,
        this.editor.node,
        this.formula,
        this.story,
        this.ground,
        el(
          "div.os-row.os-startrow",
          { role: "group", "aria-label": ui.start },
          el("span.os-label", {}, ui.start),
          ...this.start.map((made, axis) => el("label.os-axis", {}, "xy"[axis], made.node)),
        ),
      ),
      el("div.os-group", {}, el("div.os-headrow", {}, el("h2.os-head", {}, ui.lanes), el("span.os-spring"), this.reset, this.add), this.lanes),
      el("div.os-group", {}, el("h2.os-head", {}, ui.budget), this.budget.map(([, made]) => made.node)),
    );
  }

  update(data, styles) {
    this.data = data;
    const { ground } = data;
    const surface = this.surfaces.get(ground.id) ?? TYPED;
    this.surface.value = ground.id;
    this.editor.update(data);
    if (this.shown !== ground.id) {
      this.shown = ground.id;
      this.formula.replaceChildren(math(surface.math, true));
      this.formula.hidden = surface === TYPED;
      reachable(this.formula);
      this.story.textContent = surface.story;
      this.knobs = surface.knobs.map((knob) => [knob.id, row(knob, (to) => this.push({ do: "surface_knob", knob: knob.id, to }))]);
      this.ground.replaceChildren(...this.knobs.map(([, made]) => made.node));
    }
    for (const [id, made] of this.knobs) made.set(ground.knobs[id]);
    this.start.forEach((made, axis) => made.set(ground.start[axis]));
    for (const [id, made] of this.budget) made.set(data.budget[id]);
    this.add.disabled = data.lanes.length >= MOST_LANES;
    const plan = data.lanes.map((lane) => lane.id).join() + styles.map((style) => style.color).join();
    if (plan !== this.plan) {
      this.plan = plan;
      this.rows = data.lanes.map((lane, index) => this.laneRow(lane, index, styles[index]));
      this.lanes.replaceChildren(...this.rows.map((made) => made.node));
    }
    this.rows.forEach((made, index) => made.set(data.lanes[index]));
  }

  choose(id) {
    if (id === FORMULA) this.editor.begin();
    else this.push({ do: "surface", to: id });
  }

  laneRow(lane, index, style) {
    const { ui } = this.words;
    const method = this.methods.get(lane.id);
    const [rate, ...others] = method.knobs;
    const name = (knob) => `${method.name}, ${knob.label}`;
    const made = new Map(
      method.knobs.map((knob) => [knob.id, control(knob, name(knob), (to) => this.push({ do: "lane_knob", lane: index, knob: knob.id, to }))]),
    );
    const select = el(
      "select.os-select.os-method",
      { "aria-label": fill(ui.lane_method, { lane: index + 1 }), onchange: () => this.push({ do: "lane_method", lane: index, to: select.value }) },
      this.words.methods.map((entry) => el("option", { value: entry.id }, entry.name)),
    );
    select.value = lane.id;
    const more = el(
      "div.os-more",
      { id: `os-more-${index}` },
      others.map((knob) => el("div.os-row", {}, el("span.os-label", {}, math(knob.math), " ", knob.label), made.get(knob.id).node)),
      el(
        "div.os-headrow",
        {},
        el("button.os-quiet", { type: "button", onclick: () => this.push({ do: "lane_copy", lane: index }) }, ui.copy_lane),
        el("button.os-quiet", { type: "button", onclick: () => this.push({ do: "lane_suggest", lane: index }) }, ui.suggest),
      ),
    );
    const opener = el(
      "button.os-icon",
      {
        type: "button",
        title: ui.more_knobs,
        "aria-label": fill(ui.more_knobs_of, { lane: method.name }),
        "aria-controls": `os-more-${index}`,
        onclick: () => {
          if (!this.open.delete(index)) this.open.add(index);
          unfold();
        },
      },
      icon("more"),
    );
    const unfold = () => {
      more.hidden = !this.open.has(index);
      opener.setAttribute("aria-expanded", String(!more.hidden));
    };
    unfold();
    const remove = el(
      "button.os-icon",
      { type: "button", title: ui.remove_lane, "aria-label": fill(ui.remove_lane_of, { lane: method.name }), onclick: () => {
        this.open.delete(index);
        this.push({ do: "lane_remove", lane: index });
      } },
      icon("close"),
    );
    const ending = el("span.os-ending");
    const hint = el("span.os-hint", {}, ui.suggested);
    const node = el(
      "li.os-lane",
      {},
      el("div.os-lanerow", {}, swatch(style), select, made.get(rate.id).node, opener, remove),
      el("div.os-laneend", {}, ending, hint),
      more,
    );
    return {
      node,
      set: (now) => {
        select.value = now.id;
        for (const [id, part] of made) part.set(now.knobs[id]);
        ending.textContent = sayEnding(this.words.ui, now.ending);
        ending.dataset.kind = now.ending.kind;
        hint.hidden = !now.suggested;
        remove.disabled = this.data.lanes.length < 2;
      },
    };
  }
}

/** How a run ended, in words. */
export function sayEnding(ui, { kind, step }) {
  return fill(ui[`ending_${kind}`], { step });
}
