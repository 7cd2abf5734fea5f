// Which of the pictures is the large one. Where there is room the others are insets, each with a button that makes it
// the large one; on a phone there is one at a time.

import { el, icon } from "../lib/dom.js";

/** @import { HeroName } from "../types/answer.d.ts" */
/** @import { Words } from "../types/words.d.ts" */

export class HeroButtons {
  /**
   * `choose(hero)` makes another picture the large one.
   * @param {Words} words
   * @param {(hero: HeroName) => void} choose
   */
  constructor({ ui, choices }, choose) {
    this.buttons = new Map(
      choices.hero.map((hero) => [
        hero,
        el("button.os-segment", { type: "button", onclick: () => choose(hero) }, ui[`hero_${hero}`]),
      ]),
    );
    this.node = el("div.os-segments.os-herochoice", { role: "group", "aria-label": ui.hero }, ...this.buttons.values());
    /** @param {HeroName} hero */
    const swap = (hero) => [
      el("span.os-spring"),
      el(
        "button.os-icon.os-swap",
        { type: "button", title: ui.hero_enlarge, "aria-label": ui.hero_enlarge, onclick: () => choose(hero) },
        icon("enlarge"),
      ),
    ];
    /** What stands in the head of each picture. */
    this.swaps = { map: [el("div.os-charthead.os-maphead", {}, ...swap("map"))], surface: swap("surface") };
  }

  /** @param {string} shown */
  show(shown) {
    for (const [hero, button] of this.buttons) button.setAttribute("aria-pressed", String(hero === shown));
  }
}
