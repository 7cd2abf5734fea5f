// The head of the page: who we are, and what belongs to the reader.

import { el, icon, svg } from "../lib/dom.js";
import { chordsOf } from "./key_list.js";
import { LANGUAGES } from "../session/reader.js";

/** @import { Words } from "../types/words.d.ts" */
/** @import { Address } from "../session/address.js" */
/** @import { Language } from "../session/reader.js" */
/** @import { Children } from "../types/dom.d.ts" */

export class Header {
  /**
   * `on` hears what the reader wants; `travel(by)`: so many steps forward, or back.
   * @param {Words} words
   * @param {HTMLElement[]} shareButtons
   * @param {{
   *   setLanguage: (language: Language) => void,
   *   toggleTheme: () => void,
   *   travel: (by: number) => void,
   *   listKeys: () => void,
   * }} on
   */
  constructor({ ui, lang }, shareButtons, on) {
    const other = lang === "en" ? "zh" : "en";
    /**
     * @param {string} title
     * @param {string} keys
     * @param {() => void} onclick
     * @param {...Children} children
     */
    const button = (title, keys, onclick, ...children) =>
      el("button.os-icon", { type: "button", title: `${title} (${keys})`, "aria-label": title, onclick }, ...children);
    this.undo = button(ui.does_undo, chordsOf("undo", ui), () => on.travel(-1), icon("undo"));
    this.redo = button(ui.does_redo, chordsOf("redo", ui), () => on.travel(1), icon("redo"));
    const keys = button(ui.does_list_keys, chordsOf("list_keys", ui), on.listKeys, "?");
    keys.classList.add("os-listkeys");
    this.node = el(
      "header.os-header",
      {},
      el("h1.os-brand", {}, mark(), "Optiscape"),
      el("p.os-tagline", {}, ui.tagline),
      el("span.os-spring"),
      el("span.os-steps", {}, this.undo, this.redo),
      ...shareButtons,
      el(
        "button.os-quiet",
        { type: "button", lang: other === "zh" ? "zh-Hans" : "en", onclick: () => on.setLanguage(other) },
        LANGUAGES[other],
      ),
      el(
        "button.os-icon",
        { type: "button", title: ui.theme, "aria-label": ui.theme, onclick: () => on.toggleTheme() },
        icon("moon"),
      ),
      keys,
    );
  }

  /**
   * Whether there are steps to go back or forward.
   * @param {Address["steps"]} steps
   */
  showSteps({ back, forward }) {
    const held = [this.undo, this.redo].find((button) => button === document.activeElement);
    this.undo.disabled = !back;
    this.redo.disabled = !forward;
    if (held?.disabled) (held === this.undo ? this.redo : this.undo).focus(); // a button that is off has no focus
  }
}

/** The wordmark: three contour lines around a minimum. */
function mark() {
  const drawing = svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", class: "os-mark" });
  const tilt = "rotate(-24 12 12)";
  const pen = { fill: "none", stroke: "currentColor", "stroke-width": 1.6, transform: tilt };
  drawing.append(
    svg("ellipse", { ...pen, cx: 12, cy: 12, rx: 10.5, ry: 7 }),
    svg("ellipse", { ...pen, cx: 12.6, cy: 12.2, rx: 6.5, ry: 4, opacity: 0.7 }),
    svg("circle", { cx: 13.2, cy: 12.4, r: 1.9, fill: "currentColor" }),
  );
  return drawing;
}
