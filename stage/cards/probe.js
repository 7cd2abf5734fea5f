// One point under the magnifying glass: slope, curvature, the quadratic that touches the surface
// there, and at a saddle the way out.

import { COORDINATE, control } from "../controls/controls.js";
import { swatch } from "../figures/marks.js";
import { el, math, reachable } from "../lib/dom.js";
import { fill, spell } from "../lib/format.js";
import { laneNames } from "../lib/lane_names.js";

/** @import { Answer, Point } from "../types/answer.d.ts" */
/** @import { Style } from "../types/figures.d.ts" */
/** @import { Children } from "../types/dom.d.ts" */
/** @import { CriticalPoint, DefinedPoint, Escape, EscapeStart, UndefinedPoint } from "../types/facts.d.ts" */
/** @import { Words } from "../types/words.d.ts" */

const ZERO = 1e-9; // of the curvatures; below that rounding decides the sign

/** @param {string} name */
const mi = (name) => `<mi>${name}</mi>`;
/** @param {string} sign */
const mo = (sign) => `<mo>${sign}</mo>`;
const DIFFERENCE = `<mrow>${mo("(")}${mi("θ")}${mo("−")}${mi("θ′")}${mo(")")}</mrow>`;
const TRANSPOSED = `<msup>${DIFFERENCE}<mi mathvariant="normal">⊤</mi></msup>`;
const MODEL =
  `<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">${mi("L")}${mo("(")}${mi("θ′")}${mo(")")}${mo("+")}` +
  `${TRANSPOSED}${mi("g")}${mo("+")}<mfrac><mn>1</mn><mn>2</mn></mfrac>${TRANSPOSED}${mi("H")}${DIFFERENCE}</math>`;

/**
 * Columns of numbers between brackets: fonts without a table for mathematics cannot stretch any.
 * @param {string[][]} columns
 */
const matrix = (...columns) =>
  el(
    "span.os-matrix",
    {},
    columns.map((values) => el("span", {}, values.flatMap((value) => [value, el("br")]).slice(0, -1))),
  );
/** @param {number} value */
const fact = (value, digits = 4) => el("span.os-fact", {}, spell(value, digits));

export class ProbeCard {
  /**
   * `on` has ask(axis, value), start(point), escape(hair), clear().
   * @param {Words} words
   * @param {{
   *   ask: (axis: number, value: number) => void,
   *   start: (point: Point) => void,
   *   escape: (hair: number) => void,
   *   clear: () => void,
   * }} on
   */
  constructor(words, on) {
    this.words = words;
    this.on = on;
    const { ui } = words;
    /** @type {DefinedPoint | null} */
    this.saddle = null;
    this.body = el("div.os-probebody");
    this.axes = [0, 1].map(() => el("span"));
    /** Where the point can be typed: a map cannot be clicked with a keyboard. */
    this.boxes = this.axes.map((_, axis) =>
      control(COORDINATE, fill(ui.probe_axis, { axis: "xy"[axis] }), (value) => {
        if (typeof value === "number") on.ask(axis, value);
      }),
    );
    this.hair = Number(words.hair.default);
    this.clear = el("button.os-quiet", { type: "button", onclick: () => on.clear() }, ui.probe_clear);
    this.hairKnob = control(words.hair, words.hair.label, (value) => {
      if (typeof value !== "number") return;
      this.hair = Math.min(Math.max(value, words.hair.low), words.hair.high);
      on.escape(this.hair);
    });
    this.hairKnob.set(this.hair);
    this.escapeNode = el("div.os-escape", { hidden: true });
    this.node = el(
      "section.os-card.os-probe",
      { "aria-labelledby": "os-probe" },
      el("div.os-headrow", {}, el("h2.os-head", { id: "os-probe" }, ui.probe), el("span.os-spring"), this.clear),
      el(
        "div.os-row.os-startrow",
        {},
        el("span.os-label", {}, ui.probe_point),
        this.boxes.map(({ node }, axis) => el("label.os-axis", {}, this.axes[axis], node)),
      ),
      this.body,
      this.escapeNode,
    );
    this.empty();
  }

  /** @param {string[]} axes what they are called */
  nameAxes(axes) {
    this.axes.forEach((node, axis) => (node.textContent = axes[axis]));
  }

  empty() {
    this.clear.hidden = true;
    for (const box of this.boxes) box.set("");
    this.escapeNode.hidden = true;
    this.saddle = null;
    this.body.replaceChildren(el("p.os-story", {}, this.words.ui.probe_empty));
  }

  /**
   * `facts` is the server's point.json; `critical` the critical point that stands there, if any.
   * @param {UndefinedPoint | DefinedPoint} facts
   * @param {CriticalPoint | undefined} critical
   */
  update(facts, critical) {
    const { ui } = this.words;
    this.clear.hidden = false;
    const [x, y] = facts.point;
    this.boxes.forEach((box, axis) => box.set(facts.point[axis]));
    const where = el("p.os-where", {}, `(${spell(x, 6)}, ${spell(y, 6)})`);
    if (!facts.defined) {
      this.escapeNode.hidden = true;
      return this.body.replaceChildren(where, el("p.os-warn", {}, ui.probe_undefined));
    }
    const { eigenvalues, eigenvectors, gradient, hessian, condition } = facts;
    const slope = Math.hypot(...gradient);
    /**
     * @param {string} name
     * @param {Children[]} value
     */
    const row = (name, ...value) => el("tr", {}, el("th", { scope: "row" }, name), el("td", {}, ...value));
    /** @param {0 | 1} index */
    const lambda = (index) =>
      row(
        fill(ui.eigenvalue, { index: "₁₂"[index] }),
        el(`span.os-crosskey.os-cross-${Math.sign(withoutRounding(eigenvalues, index))}`, { "aria-hidden": "true" }),
        fact(withoutRounding(eigenvalues, index)),
        el("span.os-fact.os-direction", {}, "v = ", matrix(eigenvectors[index].map((value) => spell(value, 3)))),
      );
    this.body.replaceChildren(
      where,
      el(
        "p.os-verdict",
        {},
        critical ? fill(ui.probe_is, { kind: ui[`kind_${critical.kind}`] }) : ui.probe_slope,
        " ",
        ui[shape(eigenvalues)],
      ),
      el(
        "div.os-scroll",
        {},
        el(
          "table.os-table.os-facts",
          {},
          el(
            "tbody",
            {},
            row(ui.fact_loss, fact(facts.loss, 6)),
            row(
              ui.fact_gradient,
              el("span.os-fact", {}, "g = ", matrix(gradient.map((value) => spell(critical ? 0 : value)))),
              el("span.os-muted", {}, ` ‖g‖ = ${spell(slope, 3)}`),
            ),
            row(
              ui.fact_hessian,
              el("span.os-fact", {}, "H = ", matrix(...hessian.map((line) => line.map((value) => spell(value))))),
            ),
            lambda(0),
            lambda(1),
            row(ui.fact_condition, fact(condition ?? Infinity)),
          ),
        ),
      ),
      el("p.os-source", {}, ui.probe_model),
      math(MODEL, true),
      el(
        "ul.os-keys",
        {},
        key("modelkey", ui.key_model),
        key("regionkey", ui.key_region),
        key("crosskey.os-cross-1", ui.key_up),
        key("crosskey.os-cross--1", ui.key_down),
      ),
    );
    reachable(this.body.querySelector(".os-scroll"));
    this.saddle = critical && ["saddle", "degenerate"].includes(critical.kind) ? facts : null;
    this.escapeNode.hidden = !this.saddle;
  }

  /**
   * The lanes' steps to leave the saddle: the server's escape.json.
   * @param {Escape} answer
   * @param {Answer} data
   * @param {Style[]} styles
   */
  updateEscape(answer, data, styles) {
    const { saddle } = this;
    if (!saddle) return;
    const starts = /** @type {EscapeStart[]} */ (Object.keys(answer.starts));
    const { ui } = this.words;
    const names = laneNames(this.words, data.lanes);
    this.escapeNode.replaceChildren(
      el("h3.os-head", {}, ui.escape),
      el(
        "p.os-story",
        {},
        fill(ui.escape_story, {
          radius: spell(answer.radius, 2),
          direction: saddle.eigenvectors[0].map((value) => spell(value, 3)).join(", "),
        }),
      ),
      el(
        "div.os-row",
        {},
        el("span.os-label", {}, math(this.words.hair.math), " ", el("span", {}, this.words.hair.label)),
        this.hairKnob.node,
      ),
      el(
        "div.os-scroll",
        {},
        el(
          "table.os-table.os-numbers",
          {},
          el(
            "thead",
            {},
            el(
              "tr",
              {},
              el("td"),
              starts.map((start) => el("th", { scope: "col" }, ui[`escape_${start}`])),
            ),
          ),
          el(
            "tbody",
            {},
            data.lanes.map((_, index) =>
              el(
                "tr",
                {},
                el("th", { scope: "row" }, swatch(styles[index]), " ", names[index]),
                starts.map((start) => {
                  const steps = answer.lanes[index]?.[start];
                  return el(
                    "td",
                    {},
                    steps === null || steps === undefined ? ui.escape_never : fill(ui.escape_steps, { steps }),
                  );
                }),
              ),
            ),
            el(
              "tr",
              {},
              el("th", { scope: "row" }, ui.escape_race),
              starts.map((start) =>
                el(
                  "td",
                  {},
                  el(
                    "button.os-chip",
                    {
                      type: "button",
                      "aria-label": `${ui.escape_race}, ${ui.escape_go}: ${ui[`escape_${start}`]}`,
                      onclick: () => this.on.start(answer.starts[start]),
                    },
                    ui.escape_go,
                  ),
                ),
              ),
            ),
          ),
        ),
      ),
      el("p.os-source", {}, fill(ui.escape_note, { steps: answer.steps })),
    );
    reachable(this.escapeNode.querySelector(".os-scroll"));
  }
}

/**
 * @param {string} name
 * @param {string} text
 */
const key = (name, text) => el("li", {}, el(`span.os-${name}`, { "aria-hidden": "true" }), text);

/**
 * An eigenvalue, zero where only rounding is left of it.
 * @param {Point} eigenvalues
 * @param {number} index
 */
function withoutRounding(eigenvalues, index) {
  const largest = Math.max(...eigenvalues.map(Math.abs));
  return Math.abs(eigenvalues[index]) <= ZERO * largest ? 0 : eigenvalues[index];
}

/**
 * The key of what the two curvatures say.
 * @param {Point} eigenvalues
 */
function shape(eigenvalues) {
  const [low, high] = [0, 1].map((index) => Math.sign(withoutRounding(eigenvalues, index)));
  if (low > 0) return "shape_bowl";
  if (high < 0) return "shape_dome";
  if (low < 0 && high > 0) return "shape_saddle";
  return low === 0 && high === 0 ? "shape_flat" : low === 0 ? "shape_valley" : "shape_ridge";
}
