// How one goes from question to question: real links, which go there without a reload where they are clicked plainly.

import { el } from "../lib/dom.js";
import { fill } from "../lib/format.js";

/** @import { Children } from "../types/dom.d.ts" */
/** @import { Travel } from "../types/stage.d.ts" */
/** @import { Question, Words } from "../types/words.d.ts" */

const [BACK, ON] = ["◀", "▶"];

/**
 * A link to a question.
 * @param {Question} question
 * @param {Travel} travel
 * @param {Record<string, string>} attributes
 * @param {...Children} children
 */
export function questionLink({ query }, { go, href }, attributes, ...children) {
  /** @param {MouseEvent} event */
  const onclick = (event) => {
    if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
      return; // a new tab or window is the browser's
    event.preventDefault();
    go(query);
  };
  return el("a", { ...attributes, href: href(query), target: "_self", onclick }, ...children);
}

/**
 * ◀ 3 / 16 ▶ around the question at `index`.
 * @param {Words} words
 * @param {Travel} travel
 * @param {number} index
 */
export function questionSteps({ ui, questions }, travel, index) {
  /**
   * @param {Question | undefined} to
   * @param {string} sign
   * @param {string} how
   */
  const step = (to, sign, how) => {
    if (!to) return el("span.os-questionstep", { "aria-hidden": "true" }, sign);
    const label = `${how} ${to.title}`;
    const rel = sign === BACK ? "prev" : "next";
    return questionLink(to, travel, { class: "os-questionstep", rel, title: label, "aria-label": label }, sign);
  };
  return el(
    "span.os-questionsteps",
    {},
    step(questions[index - 1], BACK, ui.question_before),
    el("span", {}, fill(ui.question_of, { number: index + 1, count: questions.length })),
    step(questions[index + 1], ON, ui.question_next),
  );
}

/**
 * Put `children` into `node` instead of what was there. The focus stays on the arrow that had it, and at an end of the
 * course goes to the other one: who walks through with Enter does not start anew each time.
 * @param {HTMLElement} node
 * @param {...Node} children
 */
export function replaceAround(node, ...children) {
  const held = node.contains(document.activeElement) ? document.activeElement?.getAttribute("rel") : null;
  node.replaceChildren(...children);
  if (!held) return;
  const arrows = /** @type {HTMLElement[]} */ ([...node.querySelectorAll("a[rel]")]);
  (arrows.find((arrow) => arrow.getAttribute("rel") === held) ?? arrows[0])?.focus();
}
