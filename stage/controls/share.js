// Copy the link, save the page, or make the snippet that embeds the picture in another page.

import { EmbedBuilder } from "./embed_builder.js";
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
    const save = leading(
      "os-quiet",
      { download: "optiscape.html", title: ui.save_story },
      () => address.link(readersTheme(address), "optiscape/export/optiscape.html"),
      icon("save"),
      el("span", {}, ui.save_page),
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
    this.said.textContent = said;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.said.textContent = ""), 2500);
  }
}

/**
 * The theme that the reader has chosen, if one was.
 * @param {Address} address
 * @returns {Record<string, string>}
 */
function readersTheme(address) {
  const theme = address.reader("theme");
  return theme ? { theme } : {};
}
