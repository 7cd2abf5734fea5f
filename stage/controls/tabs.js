// The tabs of what stands beside the picture. On a phone it is a sheet over it, drawn up and down by its head.

import { el } from "../lib/dom.js";

/** @import { PageName } from "../types/answer.d.ts" */
/** @import { Words } from "../types/words.d.ts" */

/** How far up the sheet is, from below. */
const HEIGHTS = ["low", "half", "full"];
const DRAWN = 24; // px that a finger goes before the sheet follows

export class Tabs {
  /**
   * `setPage(page)` shows another tab.
   * @param {Words} words
   * @param {HTMLElement} body
   * @param {(page: PageName) => void} setPage
   */
  constructor({ ui, choices }, body, setPage) {
    this.tabs = new Map(
      choices.page.map((page) => {
        const onclick = () => {
          setPage(page);
          if (this.height === "low") this.setHeight("half");
        };
        return [page, el("button.os-pagetab", { type: "button", onclick }, ui[`page_${page}`])];
      }),
    );
    this.grip = el(
      "button.os-grip",
      { type: "button", "aria-label": ui.sheet, title: ui.sheet, onclick: () => this.clicked() },
      el("span"),
    );
    const head = el("nav.os-nav", { "aria-label": ui.pages }, ...this.tabs.values());
    this.node = el("div.os-aside", {}, this.grip, head, body);
    this.height = "half";
    /** @type {number | null} where a finger went down */
    this.from = null;
    this.pulled = false;
    for (const part of [this.grip, head]) {
      part.addEventListener("pointerdown", ({ clientY }) => {
        this.from = clientY;
        this.pulled = false; // a finger that drew the sheet ends in no click
      });
      part.addEventListener("pointermove", (event) => this.moved(event.clientY));
      for (const end of ["pointerup", "pointercancel", "pointerleave"])
        part.addEventListener(end, () => (this.from = null));
    }
    this.setHeight(this.height);
  }

  /** @param {string} height */
  setHeight(height) {
    this.height = height;
    this.node.dataset.sheet = height;
    this.grip.setAttribute("aria-expanded", String(height !== "low"));
  }

  clicked() {
    if (this.pulled) this.pulled = false;
    else this.setHeight(this.height === "full" ? "low" : HEIGHTS[HEIGHTS.indexOf(this.height) + 1]);
  }

  /** @param {number} y */
  moved(y) {
    if (this.from === null || Math.abs(y - this.from) < DRAWN) return;
    const at = HEIGHTS.indexOf(this.height) + (y < this.from ? 1 : -1);
    this.from = null;
    this.pulled = true;
    this.setHeight(HEIGHTS[Math.min(Math.max(at, 0), HEIGHTS.length - 1)]);
  }

  /** @param {PageName} page */
  show(page) {
    for (const [name, tab] of this.tabs) {
      if (name === page) tab.setAttribute("aria-current", "page");
      else tab.removeAttribute("aria-current");
    }
  }
}
