// The reader's own formula and the box it is shown in. Every pause in typing asks the server whether
// the formula can be read, which compiles nothing; a good one becomes the surface at the next pause,
// a bad one gets a sentence with a caret under the place, and the surface stays as it is.

import { el } from "../lib/dom.js";
import { fit, formulaOf } from "../lib/formula.js";
import { fill } from "../lib/format.js";
import { whole } from "../session/facts.js";

/** @import { Answer } from "../types/answer.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { FactPath, ReadableFormula, UnreadableFormula } from "../types/facts.d.ts" */
/** @import { Push } from "../types/stage.d.ts" */
/** @import { Facts } from "../session/facts.js" */

const PAUSE = 150; // ms without a key before the formula is looked at
const SETTLED = 450; // ms more before it becomes the surface
const WINDOW = 22; // characters that are shown on each side of a caret
const FIRST = "x^2/20 + y^2";
const EXAMPLES = ["x^4 − 2x^2 + y^2", "sin(3x) cos(2y) + (x^2 + y^2)/10", "ln(1 + x^2 + 10y^2)", "x^3 − 3x y^2"];
const SIDES = ["x0", "x1", "y0", "y1"];

export class FormulaEditor {
  /**
   * `facts` checks, `push` changes the scene.
   * @param {Words} words
   * @param {Facts} facts
   * @param {Push} push
   */
  constructor(words, facts, push) {
    const { ui } = words;
    this.words = words;
    this.facts = facts;
    this.push = push;
    this.working = false;
    /** @type {string | null} the formula and the box that are drawn */
    this.shown = null;
    /** @type {{ typed: string, text: string } | null} what was typed last that can be read, and how it is spelled */
    this.read = null;
    /** @type {string | null} what was begun with and is not drawn yet */
    this.begun = null;
    /** @type {number | undefined} */
    this.pause = undefined;
    /** @type {number | undefined} */
    this.settled = undefined;
    this.input = el("textarea.os-formulatext", {
      rows: 2,
      maxlength: 600,
      spellcheck: "false",
      autocapitalize: "off",
      autocomplete: "off",
      "aria-label": ui.formula_input,
      "aria-describedby": "os-formula-said",
      oninput: () => this.typed(),
      onkeydown: (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        this.check(true);
      },
    });
    this.drawn = el("div.os-formula");
    this.said = el("div.os-formulasaid", { id: "os-formula-said", role: "status" });
    this.sides = SIDES.map((side) =>
      el("input.os-number.os-side-of-box", {
        type: "text",
        inputmode: "decimal",
        autocomplete: "off",
        "aria-label": fill(ui.box_side, { side: ui[`side_${side}`] }),
        onchange: () => this.check(true),
      }),
    );
    /**
     * @param {string} name
     * @param {string} label
     * @param {HTMLElement} low
     * @param {HTMLElement} high
     */
    const axis = (name, label, low, high) =>
      el("div.os-boxrow", {}, el("span.os-label", {}, label), name, low, el("span.os-muted", {}, ui.to), high);
    this.node = el(
      "div.os-formulaeditor",
      {},
      this.input,
      this.said,
      this.drawn,
      el(
        "div.os-knobs",
        { role: "group", "aria-label": ui.box },
        axis("x", ui.box, this.sides[0], this.sides[1]),
        axis("y", "", this.sides[2], this.sides[3]),
      ),
      el(
        "div.os-examples",
        { role: "group", "aria-label": ui.examples },
        EXAMPLES.map((text) => el("button.os-chip", { type: "button", onclick: () => this.take(text) }, text)),
      ),
    );
  }

  /**
   * The scene stands on the formula `data.ground.formula`, or on another surface where that is null.
   * @param {Answer} data
   */
  update({ ground }) {
    const { formula, box } = ground;
    this.node.hidden = !formula;
    if (!formula) {
      this.shown = null;
      this.begun = null;
      this.stop();
      return;
    }
    this.working = false;
    const key = JSON.stringify([formula.text, box]);
    if (key === this.shown) return this.status();
    this.shown = key;
    if (this.begun !== null) this.read = { typed: this.begun, text: formula.text };
    // What the reader is typing is newer than any answer; what he typed stands as long as it is what is drawn.
    if (document.activeElement !== this.input) {
      if (this.begun !== null) this.input.value = this.begun;
      else if (this.spelled(this.input.value) !== formula.text) this.input.value = formula.text;
      this.input.removeAttribute("aria-invalid");
    }
    this.begun = null;
    this.drawn.replaceChildren(formulaOf(formula.math));
    fit(this.drawn);
    box.flat().forEach((value, index) => {
      if (document.activeElement !== this.sides[index]) this.sides[index].value = String(value);
    });
    this.status();
  }

  /** Begin with a formula of one's own. */
  begin() {
    this.begun = this.input.value.trim() || FIRST;
    this.push({ do: "formula", to: this.begun });
  }

  /** @param {string} text */
  take(text) {
    this.input.value = text;
    this.check(true);
  }

  typed() {
    this.stop();
    this.pause = setTimeout(() => this.check(false), PAUSE);
  }

  stop() {
    clearTimeout(this.pause);
    clearTimeout(this.settled);
  }

  get box() {
    return this.sides.map((side) => side.value.trim().replace("−", "-"));
  }

  /**
   * Look at what stands there; `now` takes it at once if it is good.
   * @param {boolean} now
   */
  async check(now) {
    this.stop();
    const text = this.input.value;
    const box = this.box;
    /** @type {ReadableFormula | UnreadableFormula | null} */
    let answer;
    try {
      /** @type {FactPath<"formula.json">} */
      const path = `formula.json?formula=${encodeURIComponent(text.toWellFormed?.() ?? text)}&box=${encodeURIComponent(box.join())}`;
      answer = await whole(this.facts, path, () => true);
    } catch (error) {
      return this.say(fill(this.words.ui.loading_failed, { what: /** @type {Error} */ (error).message }));
    }
    if (answer === null || this.input.value !== text || this.box.join() !== box.join()) return; // typed on
    if (!answer.ok) return this.explain(text, answer);
    this.input.removeAttribute("aria-invalid");
    this.read = { typed: text, text: answer.text };
    this.status();
    this.drawn.replaceChildren(formulaOf(answer.math));
    fit(this.drawn);
    const key = JSON.stringify([answer.text, boxOf(box.map(Number))]);
    if (key === this.shown) return;
    const apply = () => {
      this.working = true;
      this.status();
      this.push({ do: "formula", to: text, box: box.map(Number) });
    };
    if (now) apply();
    else this.settled = setTimeout(apply, SETTLED);
  }

  /**
   * How a link spells `text`, as far as that is known here.
   * @param {string} text
   */
  spelled(text) {
    return this.read?.typed === text ? this.read.text : plain(text);
  }

  status() {
    const { ui } = this.words;
    const typed = this.input.value;
    const formula = this.spelled(typed);
    if (this.working) this.say(ui.computing, "os-muted");
    else if (this.input.hasAttribute("aria-invalid")) return;
    else if (formula !== plain(typed)) this.say(fill(ui.read_as, { formula }), "os-muted");
    else this.said.replaceChildren();
  }

  /** @param {string} sentence */
  say(sentence, style = "os-warn") {
    this.said.replaceChildren(el(`p.${style}`, {}, sentence));
  }

  /**
   * A sentence, the formula with a caret under the place, and what may have been meant.
   * @param {string} text
   * @param {UnreadableFormula} fault
   */
  explain(text, { why, position, value, suggestion }) {
    this.input.setAttribute("aria-invalid", "true");
    const sentence = fill(this.words.formulas[why], { value, suggestion });
    /** @type {HTMLElement[]} */
    const parts = [el("p.os-warn", {}, sentence)];
    if (position >= 0) parts.push(el("pre.os-caret", { "aria-hidden": "true" }, ...withCaret(text, position)));
    if (suggestion)
      parts.push(
        el(
          "button.os-chip",
          { type: "button", onclick: () => this.take(suggestion) },
          fill(this.words.ui.use_instead, { suggestion }),
        ),
      );
    this.said.replaceChildren(...parts);
  }
}

/** @param {string} text */
const plain = (text) => text.replace(/\s+/g, "");

/** @param {number[]} box */
const boxOf = ([x0, x1, y0, y1]) => [
  [x0, x1],
  [y0, y1],
];

/**
 * The formula around `position` on one line; the style puts a caret below the letter that is wrong. Letters may be
 * of any width, so that spaces would not lead there.
 * @param {string} text
 * @param {number} position
 */
function withCaret(text, position) {
  const letters = [...text].map((letter) => (/\s/.test(letter) ? " " : letter));
  const from = Math.max(0, position - WINDOW);
  const to = Math.min(letters.length, position + WINDOW);
  return [
    from > 0 ? "…" : "",
    letters.slice(from, position).join(""),
    el("span.os-wrong", {}, letters[position] ?? " "),
    letters.slice(position + 1, to).join(""),
    to < letters.length ? "…" : "",
  ];
}
