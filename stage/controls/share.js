// Copy the link, make the snippet that embeds the picture in another page, or carry the scene away.

import { EmbedBuilder } from "./embed_builder.js";
import { ExportDialog } from "./export_dialog.js";
import { copyText } from "../lib/copy.js";
import { el, icon } from "../lib/dom.js";

/** @import { Children } from "../types/dom.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { Address } from "../session/address.js" */

export class Share {
  /**
   * `home` is where the app is, on a page that was saved from it.
   * @param {Words} words
   * @param {Address} address
   * @param {string} [home]
   */
  constructor(words, address, home) {
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
    this.exporting = new ExportDialog(words, address, () => readersLook(address));
    const save = el(
      "button.os-quiet",
      { type: "button", title: ui.export_title, onclick: () => this.exporting.open() },
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
        { type: "button", "aria-haspopup": "dialog", onclick: () => this.builder.open() },
        icon("code"),
        el("span", {}, ui.embed),
      ),
      save,
    ];
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
 * The theme that the reader has chosen, if one was, and the language of the page.
 * @param {Address} address
 * @returns {Record<string, string>}
 */
function readersLook(address) {
  const theme = address.reader("theme");
  return { ...(theme && { theme }), lang: document.documentElement.lang.slice(0, 2) };
}
