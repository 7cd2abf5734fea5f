// Copy the link, make the snippet that embeds the picture in another page, or carry the scene away.

import { EmbedBuilder } from "./embed_builder.js";
import { ExportDialog } from "./export_dialog.js";
import { copyText } from "../lib/copy.js";
import { el, icon } from "../lib/dom.js";

/** @import { Answer, View } from "../types/answer.d.ts" */
/** @import { Children } from "../types/dom.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { Address } from "../session/address.js" */

export class Share {
  /**
   * `rest()` stops what plays, so that what is taken is what is seen, and `eye()` has the direction from which the surface
   * is; `home` is where the app is, on a page that was saved from it.
   * @param {Words} words
   * @param {Address} address
   * @param {{ rest: () => void, eye: () => number[] | undefined, home?: string }} on
   */
  constructor(words, address, { rest, eye, home }) {
    const { ui } = words;
    this.ui = ui;
    this.said = el("span.os-said", { role: "status" });
    this.builder = new EmbedBuilder(words, address);
    /**
     * A link whose address is that of the scene as it is when the reader comes to it.
     * @param {string} spec
     * @param {Record<string, string>} attributes
     * @param {() => string} address
     * @param {...Children} children
     */
    const leading = (spec, attributes, address, ...children) => {
      const lead = () => node.setAttribute("href", address());
      /** @type {HTMLElement} */
      const node = el(`a.${spec}`, { href: ".", ...attributes, onpointerenter: lead, onfocus: lead }, ...children);
      return node;
    };
    const whole = { target: "_blank", rel: "noopener", title: ui.open_whole };
    this.home = leading("os-home", whole, () => address.link({}, home), "Optiscape");
    this.exporting = new ExportDialog(words, address, () => readersLook(eye()));
    /** @param {{ open(): void }} dialog */
    const open = (dialog) => {
      rest();
      dialog.open();
    };
    const save = el(
      "button.os-quiet",
      { type: "button", title: ui.export_title, onclick: () => open(this.exporting) },
      icon("save"),
      el("span", {}, ui.export),
    );
    this.buttons = [
      this.said,
      el(
        "button.os-quiet",
        { type: "button", onclick: () => this.copy(address.link(), ui.copied_link) },
        icon("link"),
        el("span", {}, ui.copy_link),
      ),
      el(
        "button.os-quiet",
        { type: "button", "aria-haspopup": "dialog", onclick: () => open(this.builder) },
        icon("code"),
        el("span", {}, ui.embed),
      ),
      save,
    ];
  }

  /**
   * There is something to choose of what `data` has.
   * @param {Answer} data
   * @param {View} view
   */
  about(data, view) {
    this.builder.about(data, view);
    this.exporting.about(data);
  }

  /**
   * @param {string} text
   * @param {string} said
   */
  async copy(text, said) {
    await copyText(text, document.body);
    this.say(said);
  }

  /** A picture was dropped in which there is no link. */
  sayNone() {
    this.say(this.ui.picture_without);
  }

  /** @param {string} said */
  say(said) {
    this.said.textContent = said;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.said.textContent = ""), 2500);
  }
}

/**
 * The theme and the language of the page as it is seen, and from where the surface is.
 * @param {number[] | undefined} eye
 * @returns {Record<string, string>}
 */
function readersLook(eye) {
  const { lang, dataset } = document.documentElement;
  const from = eye && { eye: eye.map((part) => part.toFixed(2)).join(",") };
  return { theme: dataset.optiscape === "dark" ? "dark" : "light", lang: lang.slice(0, 2), ...from };
}
