// The controls beside the stage: surface, start, lanes, budget. It shows what the server says and
// asks for changes; it decides nothing.

import { Budget } from "./budget.js";
import { COORDINATE, control, row } from "./controls.js";
import { FormulaEditor } from "./formula.js";
import { Gallery } from "./gallery.js";
import { LaneRow } from "./lane.js";
import { MethodList } from "./methods.js";
import { SliceEditor } from "./slice.js";
import { TableEditor } from "./table.js";
import { el, icon } from "../lib/dom.js";
import { fit, formulaOf } from "../lib/formula.js";
import { fill } from "../lib/format.js";

/** @import { Answer, Point } from "../types/answer.d.ts" */
/** @import { Style } from "../types/figures.d.ts" */
/** @import { Surface, Words } from "../types/words.d.ts" */
/** @import { KnobRow, Push, Travel } from "../types/stage.d.ts" */
/** @import { Facts } from "../session/facts.js" */

/** @type {Pick<Surface, "math" | "story" | "knobs" | "takes_data">} */
const TYPED = { math: "", story: "", knobs: [], takes_data: false }; // a formula brings its own editor and nothing else

export class Panel {
  /**
   * `push` sends changes, `facts` checks formulas. On a page that was saved there are only
   * controls of what the browser can work out by itself.
   * @param {Words} words
   * @param {Push} push
   * @param {Facts} facts
   * @param {boolean} saved
   * @param {Travel} travel
   */
  constructor(words, push, facts, saved, travel) {
    this.words = words;
    this.saved = saved;
    this.push = push;
    this.surfaces = new Map(words.surfaces.map((surface) => [surface.id, surface]));
    /** @type {Set<number>} the lanes that show all their knobs */
    this.open = new Set();
    /** @type {LaneRow[]} */
    this.rows = [];
    /** @type {[string, KnobRow][]} */
    this.knobs = [];
    /** @type {Answer | null} */
    this.data = null;
    /** @type {string | null} the surface whose knobs are there */
    this.shown = null;
    /** @type {string | null} lanes and styles of the rows that are there */
    this.plan = null;
    const { ui } = words;
    this.gallery = new Gallery(words, (id) => this.choose(id));
    this.methods = new MethodList(words, push);
    this.editor = new FormulaEditor(words, facts, push);
    this.table = new TableEditor(words, push);
    this.slice = new SliceEditor(words.slice, push, saved ? null : travel);
    this.formula = el("div.os-formula");
    this.story = el("p.os-story");
    this.ground = el("div.os-knobs");
    this.axes = [0, 1].map(() => el("span"));
    this.start = [0, 1].map((axis) =>
      control(COORDINATE, fill(ui.start_axis, { axis: "xy"[axis] }), (value) => {
        /** @type {unknown[]} */
        const at = [...(this.data?.ground.start ?? [])];
        at[axis] = value;
        push({ do: "start", to: at });
      }),
    );
    this.lanes = el("ol.os-lanes");
    this.add = this.methods.adding(icon("plus"), ui.add_lane);
    this.budget = new Budget(words, push, saved);
    this.reset = el("button.os-quiet", { type: "button", onclick: () => push({ do: "reset" }) }, ui.reset);
    this.node = el(
      "section.os-panel",
      { "aria-label": ui.controls },
      el(
        "div.os-group",
        {},
        el("label.os-head", { for: "os-surface" }, ui.surface),
        this.gallery.node,
        this.editor.node,
        this.formula,
        this.story,
        this.ground,
        this.slice.node,
        this.table.node,
        el(
          "div.os-row.os-startrow",
          { role: "group", "aria-label": ui.start },
          el("span.os-label", {}, ui.start),
          ...this.start.map((made, axis) => el("label.os-axis", {}, this.axes[axis], made.node)),
        ),
      ),
      el(
        "div.os-group",
        {},
        el("div.os-headrow", {}, el("h2.os-head", {}, ui.lanes), el("span.os-spring"), this.reset, this.add),
        this.lanes,
        this.methods.node,
      ),
      this.budget.node,
    );
  }

  /**
   * `settled`: no change of ours is on its way.
   * @param {Answer} data
   * @param {Style[]} styles
   * @param {boolean} settled
   */
  update(data, styles, settled) {
    this.data = data;
    const { ground } = data;
    const own = this.expect(ground);
    this.editor.update(data);
    this.table.update(data, (this.surfaces.get(ground.id) ?? TYPED).takes_data);
    if (this.saved && ground.formula) {
      this.formula.replaceChildren(formulaOf(ground.formula.math)); // its editor is not there
      fit(this.formula);
      this.formula.hidden = false;
    }
    this.story.hidden = own; // it tells of the usual data
    for (const [id, made] of this.knobs) made.set(ground.knobs[id]);
    this.axes.forEach((node, axis) => (node.textContent = ground.axes[axis]));
    this.setStart(ground.start);
    this.budget.update(data, settled);
    this.add.disabled = data.lanes.length >= this.words.limits.lanes;
    const plan = data.lanes.map((lane) => lane.id).join() + styles.map((style) => style.color).join();
    if (plan !== this.plan) {
      this.plan = plan;
      const held = this.rows.findIndex(({ node }) => node.contains(document.activeElement));
      const removes = this.rows[held]?.remove === document.activeElement && data.lanes.length > 1;
      this.methods.show(data.lanes, styles);
      this.rows = data.lanes.map((lane, index) => {
        const which = { index, lane, style: styles[index], open: this.open };
        return new LaneRow(this.words, this.push, this.methods, which);
      });
      this.lanes.replaceChildren(...this.rows.map((made) => made.node));
      const row = this.rows[Math.min(held, this.rows.length - 1)];
      if (row) (removes ? row.remove : row.choice).focus();
    }
    this.rows.forEach((made, index) => made.set(data.lanes[index], data));
    if (this.saved) this.keepWhatWorks();
  }

  /**
   * Say what is stood on, whether it can be seen or not. Returns whether it is on the reader's own data.
   * @param {Answer["ground"]} ground
   */
  expect({ id, query, slice }) {
    const surface = this.surfaces.get(id) ?? TYPED;
    const own = new URLSearchParams(query).has("data");
    this.gallery.show(id, own);
    this.slice.update(slice);
    if (this.shown === id) return own;
    this.shown = id;
    this.editor.node.hidden = surface !== TYPED;
    this.formula.replaceChildren(formulaOf(surface.math));
    this.formula.hidden = surface === TYPED;
    fit(this.formula);
    this.story.textContent = surface.story;
    this.knobs = surface.knobs.map((knob) => [
      knob.id,
      row(knob, (to) => this.push({ do: "surface_knob", knob: knob.id, to })),
    ]);
    this.ground.replaceChildren(...this.knobs.map(([, made]) => made.node));
    return own;
  }

  /**
   * Say from which step on rounding decides where a lane goes; null where it does not.
   * @param {(number | null)[]} steps
   */
  sayRounding(steps) {
    this.rows.forEach((made, index) => made.sayRounding(steps[index] ?? null));
  }

  /** Choices are the server's to make, and so is everything about the course of a rate. */
  keepWhatWorks() {
    const others = this.node.querySelectorAll(
      "select, button:not([aria-expanded]), .os-rategroup input, .os-sliceknobs input",
    );
    for (const part of /** @type {NodeListOf<HTMLInputElement>} */ (others)) part.disabled = true;
    for (const part of [this.editor.node, this.table.node]) part.hidden = true;
  }

  /**
   * Stand elsewhere: on a surface of the shelf, a formula or data of one's own.
   * @param {string} id
   */
  choose(id) {
    if (id === "formula") this.editor.begin();
    else if (id === "data") this.table.begin();
    else this.push({ do: "surface", to: id });
  }

  /** @param {Point} start */
  setStart(start) {
    this.start.forEach((made, axis) => made.set(start[axis]));
  }
}
