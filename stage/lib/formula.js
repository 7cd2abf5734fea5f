// Formulas that fit where they stand: long ones break before a plus or minus, what is still too wide becomes smaller,
// and what is too wide even then scrolls, under a fade that says so.

import { el } from "./dom.js";
import { mendFormulas } from "./without_font.js";

const SMALLEST = 0.75; // of its usual size
const LONG = 24; // letters from which on a bracket may be broken
const BREAKING = new Set(["+", "−", "-", "±"]);
const SPACE = "0.2222em"; // around a plus, as MathML has it
const MATHML = "http://www.w3.org/1998/Math/MathML";

/**
 * MathML that our own server made from LaTeX, as a block whose lines may break.
 * @param {string} markup
 */
export function formulaOf(markup) {
  const block = broken(markup);
  mendFormulas(block);
  return block;
}

/** @param {string} markup */
function broken(markup) {
  const block = el("div.os-math");
  block.innerHTML = markup;
  const whole = block.querySelector("math");
  if (!whole) return block;
  const parts = grouped(leaves(whole));
  if (parts.length < 2) return block;
  block.classList.add("os-breaking");
  block.replaceChildren(
    ...parts.map((part) => {
      const math = document.createElementNS(MATHML, "math");
      math.setAttribute("displaystyle", "true");
      const gap = part[0].localName === "mspace";
      math.append(...(gap ? part.slice(1) : part));
      return el(`span.os-mathpart${gap ? ".os-mathgap" : ""}`, {}, math);
    }),
  );
  return block;
}

/**
 * What stands side by side in a formula; rows are opened, and of brackets those that are long.
 * @param {Element} node
 * @returns {Element[]}
 */
function leaves(node) {
  return [...node.children].flatMap((child) => {
    if (child.localName !== "mrow") return [child];
    const [first] = child.children;
    if (first?.localName !== "mo") return leaves(child);
    const bracket = first.getAttribute("fence") === "true"; // others begin with a sign of their own
    return bracket && (child.textContent ?? "").length >= LONG ? leaves(child) : [child];
  });
}

/**
 * The leaves of a formula by what stays on one line: a new group begins before a plus or minus between two terms, at a
 * wide gap, and before a bracket that was opened.
 * @param {Element[]} all
 */
function grouped(all) {
  /** @type {Element[][]} */
  const groups = [[]];
  all.forEach((node, index) => {
    const before = all[index - 1];
    const operator = (/** @type {Element | undefined} */ each) => each?.localName === "mo" && !closes(each);
    if (node.localName === "mspace" && parseFloat(node.getAttribute("width") ?? "0") >= 1) {
      groups.push([node]);
      return;
    }
    const sign = node.localName === "mo" && BREAKING.has(node.textContent ?? "");
    const opens = node.getAttribute("form") === "prefix" && before !== undefined && closes(before);
    if ((sign && before && !operator(before)) || opens) {
      if (sign) for (const side of ["lspace", "rspace"]) node.setAttribute(side, SPACE); // as between terms, wherever it stands
      groups.push([]);
    }
    groups[groups.length - 1].push(node);
  });
  return groups.filter((group) => group.length > 0);
}

/** @param {Element} node */
const closes = (node) => node.getAttribute("form") === "postfix" || /^[)\]}]$/.test(node.textContent ?? "");

/** @type {WeakSet<Element>} */
const followed = new WeakSet();

/**
 * Let what `node` holds fit into it, now and whenever it becomes wider or narrower.
 * @param {HTMLElement} node
 */
export function fit(node) {
  node.classList.add("os-fit");
  requestAnimationFrame(() => adapt(node));
  if (followed.has(node)) return;
  followed.add(node);
  new ResizeObserver(() => adapt(node)).observe(node);
  node.addEventListener("scroll", () => fade(node), { passive: true });
}

/** @param {HTMLElement} node */
function adapt(node) {
  node.style.removeProperty("--os-fit");
  const { clientWidth: room, scrollWidth: wide } = node;
  if (room === 0) return; // out of sight
  if (wide > room) node.style.setProperty("--os-fit", String(Math.max(SMALLEST, (room - 1) / wide)));
  const cut = node.scrollWidth > room + 1;
  if (cut) node.setAttribute("tabindex", "0");
  else node.removeAttribute("tabindex");
  fade(node);
}

/** @param {HTMLElement} node */
function fade(node) {
  node.classList.toggle("os-cut", node.scrollWidth - node.scrollLeft > node.clientWidth + 1);
}
