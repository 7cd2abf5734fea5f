// A list that opens from a button to choose from: beside it, and on a phone over the whole screen. It is a dialog, so that
// Esc closes it and the focus is on the button again; in it the arrows go from option to option, and letters find one.

import { TYPED_TOGETHER, begins, led, matches } from "./choosing.js";
import { el, icon } from "../lib/dom.js";

/** @import { Attributes, Children } from "../types/dom.d.ts" */
/** @import { Sentences } from "../types/words.d.ts" */

/**
 * What may be chosen: `parts` are what is seen, `names` what letters find, `keywords` what is searched.
 * @typedef {{ id: string, names: string[], keywords: string, parts: Children[] }} Option
 */
/** @typedef {{ label: string | null, options: Option[] }} Group */

const WIDEST = 5; // columns of a group
const GAP = 4; // pixels between the button and what opens from it

export class Chooser {
  /**
   * `kind` names its styles. The options are asked for when it opens for the first time. With `find`, what a field to search
   * in is called, there is one.
   * @param {Sentences} ui
   * @param {string} kind
   * @param {() => Group[]} groups
   * @param {string} [find]
   */
  constructor(ui, kind, groups, find) {
    this.kind = kind;
    this.groups = groups;
    /** @type {HTMLElement[] | null} */
    this.options = null;
    /** @type {Map<HTMLElement, Option>} */
    this.told = new Map();
    /** @type {HTMLElement | undefined} the button that it opened from */
    this.from = undefined;
    /** @type {(id: string) => void} */
    this.chosen = () => {};
    this.letters = "";
    this.typedAt = -Infinity;
    this.title = el("h2.os-head", { id: `os-${kind}-title` });
    this.list = el("div.os-options", {
      role: "listbox",
      "aria-labelledby": this.title.id,
      onclick: ({ target }) => this.choose(target instanceof Element ? target.closest("[role=option]") : null),
      onkeydown: (event) => this.pressed(event),
    });
    this.none = el("p.os-nonefound.os-muted", { role: "status" });
    this.noneFound = ui.none_found;
    this.search = find
      ? el("input.os-find", {
          type: "text",
          role: "searchbox",
          autocomplete: "off",
          spellcheck: "false",
          enterkeyhint: "search",
          placeholder: find,
          "aria-label": find,
          oninput: () => this.filter(),
          onkeydown: (event) => this.sought(event),
        })
      : null;
    const close = el(
      "button.os-icon",
      { type: "button", "aria-label": ui.close, title: ui.close, onclick: () => this.node.close() },
      icon("close"),
    );
    /** @type {HTMLDialogElement} */
    this.node = el(
      `dialog.os-chooser.os-${kind}`,
      {
        "aria-labelledby": this.title.id,
        onclick: ({ target }) => target === this.node && this.node.close(), // beside it
      },
      el("div.os-chooserhead", {}, this.title, this.search, close),
      this.list,
      this.none,
    );
  }

  /**
   * Open from the button `from`, with `title` above the options; `value` is the one chosen at present, and the arrows begin at
   * `first`. `choose` hears which is taken.
   * @param {{ from: HTMLElement, title: (Node | string)[], value: string | null, first?: string }} where
   * @param {(id: string) => void} choose
   */
  open({ from, title, value, first }, choose) {
    this.options ??= this.build();
    this.from = from;
    this.chosen = choose;
    this.letters = "";
    this.title.replaceChildren(...title);
    for (const option of this.options) option.setAttribute("aria-selected", String(option.dataset.id === value));
    if (this.search) this.search.value = "";
    this.filter();
    this.stand(from.getBoundingClientRect());
    from.focus(); // what is closed gives the focus back to where it was
    this.node.showModal();
    const at = this.options.find(({ dataset }) => dataset.id === (value ?? first));
    this.focus(at ?? this.options[0]);
  }

  build() {
    const parts = this.groups().map(({ label, options }, nth) => {
      const made = options.map((option) => {
        const node = el("div.os-option", { role: "option", tabindex: -1, "data-id": option.id }, ...option.parts);
        this.told.set(node, option);
        return node;
      });
      if (label === null) return made;
      const name = `os-${this.kind}-group-${nth}`;
      const group = el(
        "div.os-optiongroup",
        { role: "group", "aria-labelledby": name },
        el("div.os-subhead", { id: name, role: "presentation" }, label),
        ...made,
      );
      group.style.setProperty("--columns", String(Math.min(made.length, WIDEST)));
      return group;
    });
    this.list.replaceChildren(...parts.flat());
    return [...this.told.keys()];
  }

  /** Those that were found. */
  get shown() {
    return (this.options ?? []).filter(({ hidden }) => !hidden);
  }

  /** @param {HTMLElement} option */
  of(option) {
    return /** @type {Option} */ (this.told.get(option));
  }

  /**
   * Below the button, or above where there is more room; a phone's screen is full of it.
   * @param {DOMRect} button
   */
  stand({ left, right, top, bottom }) {
    const { innerWidth, innerHeight } = window;
    const above = top > innerHeight - bottom && innerHeight - bottom < 360;
    const { style } = this.node;
    style.setProperty("--top", above ? "auto" : `${bottom + GAP}px`);
    style.setProperty("--bottom", above ? `${innerHeight - top + GAP}px` : "auto");
    style.setProperty("--room", `${(above ? top : innerHeight - bottom) - 3 * GAP}px`);
    const leftwards = left > innerWidth / 2;
    style.setProperty("--left", leftwards ? "auto" : `${Math.max(left, GAP)}px`);
    style.setProperty("--right", leftwards ? `${Math.max(innerWidth - right, GAP)}px` : "auto");
  }

  /** Show what the search finds, of which the first is where Tab leads. */
  filter() {
    const text = this.search?.value.trim() ?? "";
    for (const option of this.options ?? []) option.hidden = !matches(this.of(option).keywords, text);
    for (const group of /** @type {HTMLElement[]} */ ([...this.list.children]))
      if (group.getAttribute("role") === "group") group.hidden = this.shown.every((each) => !group.contains(each));
    const { shown } = this;
    this.list.hidden = !shown.length;
    this.none.textContent = shown.length ? "" : this.noneFound;
    this.mark(shown[0]);
  }

  /**
   * Let Tab lead to this option alone.
   * @param {HTMLElement | undefined} option
   */
  mark(option) {
    for (const each of this.options ?? []) each.setAttribute("tabindex", each === option ? "0" : "-1");
  }

  /** @param {HTMLElement | undefined} option */
  focus(option) {
    if (!option) return;
    this.mark(option);
    option.focus();
  }

  /**
   * A key in the search.
   * @param {KeyboardEvent} event
   */
  sought(event) {
    if (event.isComposing || (event.key !== "Enter" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    if (event.key === "ArrowDown") this.focus(this.shown[0]);
    else if (this.search?.value.trim()) this.choose(this.shown[0] ?? null);
  }

  /**
   * A key on an option.
   * @param {KeyboardEvent} event
   */
  pressed(event) {
    const { key } = event;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { shown } = this;
    const at = shown.findIndex((option) => option === document.activeElement);
    if (key === "Enter" || (key === " " && !this.typing(event))) {
      event.preventDefault();
      this.choose(shown[at] ?? null);
      return;
    }
    const places = shown.map(({ offsetLeft: left, offsetTop: top }) => ({ left, top }));
    const to = led(places, at, key);
    if (to !== null) {
      event.preventDefault();
      if (to >= 0) this.focus(shown[to]);
      else this.search?.focus();
    } else if (key.length === 1) {
      if (this.search)
        this.search.focus(); // in which the letter arrives
      else this.type(event);
    }
  }

  /**
   * Whether a letter goes on with those before it.
   * @param {KeyboardEvent} event
   */
  typing({ timeStamp }) {
    return this.letters !== "" && timeStamp - this.typedAt < TYPED_TOGETHER;
  }

  /**
   * Go to the option whose name begins with what is typed.
   * @param {KeyboardEvent} event
   */
  type(event) {
    event.preventDefault();
    this.letters = (this.typing(event) ? this.letters : "") + event.key;
    this.typedAt = event.timeStamp;
    const { shown } = this;
    const at = shown.findIndex((option) => option === document.activeElement);
    const names = shown.map((option) => this.of(option).names);
    this.focus(shown[begins(names, at, this.letters)]);
  }

  /** @param {Element | null} option */
  choose(option) {
    if (!(option instanceof HTMLElement)) return;
    this.node.close();
    this.from?.dispatchEvent(new Event("change", { bubbles: true })); // as menus of the system say it
    this.chosen(this.of(option).id);
  }
}

/**
 * A button from which a list opens: with a click, as every button, and with an arrow up or down.
 * @param {string} spec
 * @param {Attributes} attributes
 * @param {(button: HTMLButtonElement) => void} open
 * @param {...Children} children
 * @returns {HTMLButtonElement}
 */
export function opener(spec, attributes, open, ...children) {
  /** @type {HTMLButtonElement} */
  const button = el(
    `button.${spec}`,
    {
      type: "button",
      "aria-haspopup": "dialog",
      onclick: () => open(button),
      onkeydown: (event) => {
        if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
        event.preventDefault();
        open(button);
      },
      ...attributes,
    },
    ...children,
  );
  return button;
}
