// One step of one lane, with its numbers put into the formula that all methods share:
//   θ_{t+1} = θ_t − α_t · ( M_t / (√G_t + ε) + D_t )
// and into the symbols of its own rule. The numbers are those the method recorded when it moved; nothing is worked out
// a second time but the effective rate and D_t, which is what the step has beside the first term. The symbols are
// asked for when the card is in sight, and wait for the server while a hand turns something.

import { agree } from "../figures/frames.js";
import { el, math } from "../lib/dom.js";
import { fill, fixed, spell } from "../lib/format.js";
import { fit, formulaOf } from "../lib/formula.js";
import { laneNames } from "../lib/lane_names.js";
import { unpack } from "../lib/packing.js";
import { LatestRequest } from "../session/latest_request.js";
import { laneTabs } from "./lane_tabs.js";
import { reason } from "./reason.js";

/** @import { Answer, Detail } from "../types/answer.d.ts" */
/** @import { Style } from "../types/figures.d.ts" */
/** @import { Method, Words } from "../types/words.d.ts" */
/** @import { Facts } from "../session/facts.js" */
/** @import { FactPath, Symbols } from "../types/facts.d.ts" */
/** @import { Push } from "../types/stage.d.ts" */

/** @param {string} name */
const mi = (name) => `<mi>${name}</mi>`;
/** @param {string} text */
const mn = (text) => (text.startsWith("−") ? `<mrow><mo>−</mo><mn>${text.slice(1)}</mn></mrow>` : `<mn>${text}</mn>`);
/** @param {string} sign */
const mo = (sign) => `<mo>${sign}</mo>`;
/**
 * @param {string} base
 * @param {string} index
 */
const sub = (base, index) => `<msub>${mi(base)}<mrow>${index}</mrow></msub>`;
const T = mi("t");
const NEXT = `${mi("t")}${mo("+")}<mn>1</mn>`;
/** @param {string} inner */
const paren = (inner) => `<mrow>${mo("(")}${inner}${mo(")")}</mrow>`;
/** @param {string} text */
const wrap = (text) => (text.startsWith("−") ? paren(mn(text)) : mn(text));
/**
 * @param {string} over
 * @param {string} under
 */
const fraction = (over, under) => `<mfrac><mrow>${over}</mrow><mrow>${under}</mrow></mfrac>`;
/** @param {string} inner */
const formula = (inner) => `<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">${inner}</math>`;

export class Inspector {
  /**
   * @param {Words} words
   * @param {Push} push
   * @param {Facts} facts
   */
  constructor(words, push, facts) {
    this.words = words;
    this.push = push;
    this.estimated = false;
    this.clipped = false;
    /** @type {Answer | null} */
    this.data = null;
    /** @type {string | undefined} lanes and styles that are shown */
    this.plan = undefined;
    /** @type {number | undefined} the step that is shown */
    this.row = undefined;
    /** @type {{ size: number, values: Float32Array }[] | null} of the rule's symbols; null as long as nobody has said */
    this.symbols = null;
    /** @type {FactPath<"symbols.json"> | null} where they are */
    this.path = null;
    /** @type {LatestRequest<FactPath<"symbols.json">>} */
    this.request = new LatestRequest(
      facts,
      (answer, path) => this.receive(answer, path),
      () => {}, // without them the card still says what it says of every method
    );
    this.inSight = false;
    this.methods = new Map(words.methods.map((method) => [method.id, method]));
    const { ui } = words;
    this.tabs = el("div.os-tabs", { role: "group", "aria-label": ui.inspect_lane });
    this.step = el("span.os-stepname");
    this.story = el("p.os-story");
    this.rules = el("div.os-rules");
    this.lines = el("div.os-lines");
    this.reason = el("p.os-reason", { "aria-live": "off" });
    this.rule = el("tbody");
    this.table = el("tbody.os-unified");
    this.axes = [0, 1].map(() => el("th", { scope: "col" }));
    this.source = el("p.os-source");
    this.seenKey = arrowKey("seen", ui.arrow_seen);
    this.node = el(
      "section.os-card.os-inspector",
      { "aria-labelledby": "os-inspector" },
      el(
        "div.os-headrow",
        {},
        el("h2.os-head", { id: "os-inspector" }, ui.inspector),
        this.step,
        el("span.os-spring"),
        this.tabs,
      ),
      this.reason,
      this.story,
      el(
        "div.os-inspectgrid",
        {},
        this.rules,
        el(
          "div.os-scroll",
          {},
          el(
            "table.os-table.os-numbers",
            {},
            el("thead", {}, el("tr", {}, el("td"), ...this.axes)),
            this.rule,
            this.table,
          ),
        ),
      ),
      this.lines,
      el(
        "p.os-arrows",
        {},
        arrowKey("gradient", ui.arrow_gradient),
        this.seenKey,
        arrowKey("momentum", ui.arrow_momentum),
        arrowKey("step", ui.arrow_step),
      ),
      this.source,
    );
    new IntersectionObserver((entries) => {
      this.inSight = entries[entries.length - 1].isIntersecting;
      this.ask();
    }).observe(this.node);
  }

  /** Ask for the symbols of the lane that is shown, if somebody looks. */
  ask() {
    if (this.path !== this.request.shown) this.request.ask(this.inSight ? this.path : null);
  }

  /**
   * @param {Symbols} answer
   * @param {string} path
   */
  receive({ symbols }, path) {
    if (path !== this.path || !this.data) return; // of a lane that has moved on
    this.symbols = symbols.map(({ size, values }) => ({ size, values: unpack(values) }));
    if (this.row !== undefined) this.show(this.row, true);
  }

  /**
   * Another lane, or other data of it. `settled`: the server has said all of it.
   * @param {Answer} data
   * @param {Style[]} styles
   * @param {number} at
   * @param {boolean} settled
   */
  update(data, styles, at, settled) {
    this.data = data;
    const path = settled ? /** @type {const} */ (`symbols.json?${data.spelling}&of=${data.detail.lane}`) : null;
    if (path === null || path !== this.path) {
      this.symbols = null;
      this.request.forget();
    }
    this.path = path;
    this.ask();
    this.axes.forEach((node, axis) => (node.textContent = data.ground.axes[axis]));
    const lane = data.lanes[data.detail.lane];
    const method = /** @type {Method} */ (this.methods.get(lane.id));
    const names = laneNames(this.words, data.lanes);
    const plan = names.join() + data.detail.lane + styles.map((style) => style.color).join();
    if (plan !== this.plan) {
      this.plan = plan;
      this.tabs.replaceChildren(...laneTabs(this.words, data, styles, this.push));
      this.story.textContent = method.story;
      this.rules.replaceChildren(...method.rules.map(formulaOf));
      fit(this.rules);
      this.source.textContent = [method.source, method.differs].filter(Boolean).join(" ");
    }
    // For the whole lane, so that no row comes and goes while it is played.
    const { gradients, estimates, seen } = data.detail;
    this.estimated = differ(gradients, seen);
    this.clipped = differ(estimates, seen) && differ(gradients, estimates); // else the true one says it
    this.seenKey.hidden = !this.estimated;
    this.show(at, true);
  }

  /**
   * The playhead has moved to step `at` (a whole number).
   * @param {number} at
   */
  show(at, force = false) {
    if (!this.data) return;
    const { detail, ground, lanes } = this.data;
    const row = Math.max(0, Math.min(at, detail.rates.length - 1));
    if (!force && row === this.row) return;
    this.row = row;
    const { ui } = this.words;
    this.step.textContent = fill(ui.step_to, { from: row, to: row + 1 });
    if (!detail.rates.length) {
      this.lines.replaceChildren(el("p", {}, ui.no_step));
      this.rule.replaceChildren();
      this.table.replaceChildren();
      this.reason.textContent = "";
      return;
    }
    const { decoupled, epsilon } = lanes[detail.lane];
    const both = [0, 1].map((axis) => this.numbers(detail, epsilon, row, axis));
    /** @param {string} inner */
    const symbol = (inner) => math(`<math xmlns="http://www.w3.org/1998/Math/MathML">${inner}</math>`);
    /** @typedef {[HTMLElement, string, keyof typeof both[0]]} Entry */
    /** @type {(Entry | null)[]} */
    const kinds = [
      [symbol(`${mo("∇")}${mi("L")}`), ui.q_true, "gradient"],
      this.clipped ? [symbol(`<mover>${mi("g")}${mo("~")}</mover>`), ui.q_estimate, "estimate"] : null,
      [symbol(sub("g", T)), ui.q_seen, "g"],
    ];
    const gradients = this.estimated
      ? kinds.filter((entry) => entry !== null)
      : /** @type {Entry[]} */ ([[symbol(sub("g", T)), ui.q_gradient, "g"]]);
    /** @type {Entry[]} */
    const entries = [
      [symbol(sub("M", T)), ui.q_momentum, "M"],
      [symbol(sub("G", T)), ui.q_scale, "G"],
      [symbol(sub("α", T)), ui.q_rate, "rate"],
      [symbol(fraction(sub("α", T), `<msqrt>${sub("G", T)}</msqrt>${mo("+")}${mi("ε")}`)), ui.q_effective, "effective"],
      [symbol(`${mi("Δ")}${sub("θ", T)}`), ui.q_update, "update"],
      [symbol(sub("θ", NEXT)), ui.q_next, "next"],
    ];
    /** @param {Entry} entry */
    const rowOf = ([mark, name, key]) =>
      line(mark, name, cells(key === "rate" ? [both[0].rate] : both.map((numbers) => numbers[key])));
    this.rule.replaceChildren(...gradients.map(rowOf), ...this.symbolRows(row));
    this.table.replaceChildren(...entries.map(rowOf));
    this.reason.textContent = this.because(row);
    const general = `${sub("θ", NEXT)}${mo("=")}${sub("θ", T)}${mo("−")}${step(sub("α", T), fraction(sub("M", T), `<msqrt>${sub("G", T)}</msqrt>${mo("+")}${mi("ε")}`), decoupled ? sub("D", T) : null)}`;
    const filled = both.map((n, axis) => {
      const under = `<msqrt>${mn(n.G)}</msqrt>${epsilon ? mo("+") + mn(spell(epsilon, 2)) : ""}`;
      const term = n.G === "1" && !epsilon ? wrap(n.M) : fraction(mn(n.M), under);
      return `${mi(ground.axes[axis])}${mo(":")}<mspace width="0.5em"/>${mn(n.next)}${mo("=")}${mn(n.theta)}${mo("−")}${step(mn(n.rate), term, decoupled ? wrap(n.D) : null)}`;
    });
    this.lines.replaceChildren(...[general, ...filled].map((inner) => formulaOf(formula(inner))));
    fit(this.lines);
  }

  /**
   * The symbols of the method's own rule at step `row`; without numbers as long as the server has not said them.
   * @param {number} row
   */
  symbolRows(row) {
    const { data, symbols } = this;
    const method = data && this.methods.get(data.lanes[data.detail.lane].id);
    return (method?.symbols ?? []).map(({ math: markup, name }, index) => {
      const { size, values } = symbols?.[index] ?? { size: 1, values: null };
      const numbers = values && Array.from(values.subarray(row * size, (row + 1) * size), said);
      return line(math(markup), name, numbers ? cells(numbers) : [waiting()]);
    });
  }

  /**
   * Why step `row` went where it went.
   * @param {number} row
   */
  because(row) {
    const { data, words } = this;
    if (!data) return "";
    const { detail, ground, lanes } = data;
    const { reasons } = words;
    const method = /** @type {Method} */ (this.methods.get(lanes[detail.lane].id));
    const [key, fields] = reason(detail, lanes[detail.lane], method.direction, row);
    const { axis, way } = fields;
    const along = { axis: ground.axes[Number(axis)], across: ground.axes[1 - Number(axis)] };
    const toward = (/** @type {boolean} */ larger) => fill(larger ? reasons.way_larger : reasons.way_smaller, along);
    const ways = { way: toward(Number(way) > 0), other: toward(Number(way) < 0) };
    return fill(reasons[key], { ...fields, ...along, ...ways, method: method.name });
  }

  /**
   * @param {Detail} detail
   * @param {number} epsilon
   * @param {number} row
   * @param {number} axis
   */
  numbers(detail, epsilon, row, axis) {
    /** @param {Float32Array} values */
    const of = (values) => values[2 * row + axis];
    const [M, G, rate, update] = [of(detail.M), of(detail.G), detail.rates[row], of(detail.updates)];
    const effective = rate / (Math.sqrt(G) + epsilon);
    const D = -update / rate - M / (Math.sqrt(G) + epsilon);
    // θ_t, Δθ_t and θ_{t+1} share their decimals, and Δθ_t is the difference of the two that are
    // shown: what stands on the line adds up to the last digit.
    const size = Math.max(Math.abs(update), 1e-9);
    const decimals = Math.max(2, Math.min(8, 3 - Math.floor(Math.log10(size))));
    const [theta, next] = [row, row + 1]
      .map((at) => detail.points[2 * at + axis])
      .map((value) => Number(value.toFixed(decimals)));
    return {
      gradient: spell(of(detail.gradients)),
      estimate: spell(of(detail.estimates)),
      g: spell(of(detail.seen)),
      M: spell(M),
      G: spell(G),
      D: spell(D, 3),
      rate: spell(rate),
      effective: spell(effective),
      theta: fixed(theta, decimals),
      next: fixed(next, decimals),
      update: fixed(next - theta, decimals),
    };
  }
}

/** @param {number} value */
const said = (value) => (Number.isNaN(value) ? "–" : spell(value));
const waiting = () => el("td.os-both.os-muted", { colspan: 2 }, "…");

/**
 * The cells of a row: one for both coordinates, one for each, or a matrix row by row.
 * @param {string[]} numbers
 */
function cells(numbers) {
  if (numbers.length === 1) return [el("td.os-both", { colspan: 2 }, numbers[0])];
  const half = numbers.length / 2;
  return [0, 1].map((axis) => el("td", {}, numbers.slice(axis * half, (axis + 1) * half).join("\u2003")));
}

/**
 * @param {HTMLElement} mark
 * @param {string} name
 * @param {HTMLElement[]} numbers
 */
const line = (mark, name, numbers) =>
  el("tr", {}, el("th", { scope: "row" }, mark, " ", el("span.os-muted", {}, name)), numbers);

/**
 * Whether two lists of gradients differ anywhere; the longer one has one more, after the last step.
 * @param {Float32Array} a
 * @param {Float32Array} b
 */
function differ(a, b) {
  for (let row = 0; 2 * row < b.length; row++) if (!agree(a, b, row)) return true;
  return false;
}

/**
 * @param {string} rate
 * @param {string} term
 * @param {string | null} decoupled
 */
function step(rate, term, decoupled) {
  return decoupled ? `${rate}${mo("·")}${paren(`${term}${mo("+")}${decoupled}`)}` : `${rate}${mo("·")}${term}`;
}

/**
 * @param {string} role
 * @param {string} words
 */
function arrowKey(role, words) {
  return el("span", {}, el(`span.os-arrowkey.os-arrow-${role}`, { "aria-hidden": "true" }), words);
}
