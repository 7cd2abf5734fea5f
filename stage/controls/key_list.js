// The list of all keys, made from the table by which the page listens.

import { el } from "../lib/dom.js";
import { KEYS, working } from "../session/keys.js";

/** @import { Actions } from "../actions.js" */
/** @import { Sentences, Words } from "../types/words.d.ts" */

/** @type {Record<string, string>} */
const CAPS = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", Escape: "Esc" };

/** @param {string} part */
const capital = (part) => (part.length === 1 ? part.toUpperCase() : part);

/**
 * What stands on the keys of a chord.
 * @param {string} chord
 * @param {Sentences} ui
 */
function caps(chord, ui) {
  const mod = /Mac|iP/.test(navigator.platform) ? "⌘" : "Ctrl";
  return chord
    .split("+")
    .map((part) => (part === "Mod" ? mod : part === " " ? ui.key_space : (CAPS[part] ?? capital(part))));
}

/**
 * The first chord that does something, as a title has it.
 * @param {string} does
 * @param {Sentences} ui
 */
export function chordsOf(does, ui) {
  const row = KEYS.find((each) => each.does === does);
  return row ? caps(row.chords[0], ui).join("+") : "";
}

export class KeyList {
  /**
   * @param {Words} words
   * @param {Actions} actions
   */
  constructor({ ui }, actions) {
    this.ui = ui;
    this.actions = actions;
    this.list = el("dl.os-keylist");
    /** @type {HTMLDialogElement} */
    this.dialog = el(
      "dialog.os-dialog",
      { "aria-labelledby": "os-keys-title" },
      el("h2.os-head", { id: "os-keys-title" }, ui.keys_title),
      this.list,
      el("button.os-quiet", { type: "button", onclick: () => this.dialog.close() }, ui.close),
    );
  }

  open() {
    const { ui } = this;
    this.list.replaceChildren(
      ...working(this.actions).flatMap(({ does, chords }) => [
        el(
          "dt",
          {},
          chords.map((chord) =>
            el(
              "span.os-chord",
              {},
              caps(chord, ui).map((cap) => el("kbd", {}, cap)),
            ),
          ),
        ),
        el("dd", {}, ui[`does_${does}`]),
      ]),
    );
    this.dialog.showModal();
  }
}
