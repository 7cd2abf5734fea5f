// Formulas where no font is installed that knows about mathematics: a browser then has no hats, roots and brackets that
// grow with what they belong to. Roots and tall brackets are drawn by styles (formulas.css), and hats are another letter.

const HAT = "^";
const LETTER = "ˆ"; // the same, as high above a small letter as it belongs
const TALL = "mfrac, mtable";
/** @type {Record<string, string>} */
const SIDES = { "(": "os-round", "{": "os-case", "|": "os-bars", "[": "os-bars" };

/** @type {boolean | undefined} */
let grows;

/** Whether brackets grow with what stands between them, in the fonts that our formulas are written with. */
function hasFont() {
  if (grows !== undefined) return grows;
  const probe = document.createElement("div");
  probe.className = "os-math";
  probe.style.cssText = "position: absolute; visibility: hidden";
  probe.innerHTML = "<math><mo stretchy='true'>(</mo><mspace height='3em' depth='3em'></mspace></math>";
  document.body.append(probe);
  const [bracket, content] = [...probe.querySelectorAll("mo, mspace")].map(
    (node) => node.getBoundingClientRect().height,
  );
  probe.remove();
  grows = bracket > content / 2;
  return grows;
}

/**
 * Mend the formulas in `node`, where that is needed.
 * @param {Element} node
 */
export function mendFormulas(node) {
  if (hasFont()) return;
  for (const hat of node.querySelectorAll("mover > mo:last-child")) {
    if (hat.textContent !== HAT) continue;
    hat.textContent = LETTER;
    hat.setAttribute("class", "os-hat");
  }
  for (const root of node.querySelectorAll("msqrt")) root.replaceWith(row("os-surd", [...root.childNodes]));
  for (const group of node.querySelectorAll("mrow:has(> mo[fence='true']:first-child)")) {
    const [open, ...rest] = group.childNodes;
    const side = SIDES[open.textContent ?? ""];
    if (!side || !group.querySelector(TALL)) continue;
    const closed = rest.at(-1) instanceof Element && /** @type {Element} */ (rest.at(-1)).matches("mo[fence='true']");
    group.replaceChildren(...(closed ? rest.slice(0, -1) : rest));
    group.classList.add(side);
  }
}

/**
 * @param {string} name
 * @param {ChildNode[]} children
 */
function row(name, children) {
  const made = document.createElementNS("http://www.w3.org/1998/Math/MathML", "mrow");
  made.setAttribute("class", name);
  made.append(...children);
  return made;
}
