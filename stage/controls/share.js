// Copy the link, or the snippet that embeds the picture in another page.

import { ExportDialog } from "./export_dialog.js";
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
    this.text = el("textarea.os-snippet", { readonly: true, rows: 4, "aria-label": ui.embed_snippet });
    /** @type {HTMLDialogElement} */
    this.dialog = el(
      "dialog.os-dialog",
      { "aria-labelledby": "os-embed-title" },
      el("h2.os-head", { id: "os-embed-title" }, ui.embed),
      el("p", {}, ui.embed_story),
      this.text,
      el(
        "div.os-headrow",
        {},
        el(
          "button.os-solid",
          { type: "button", onclick: () => this.copy(this.text.value, ui.copied) },
          ui.copy_snippet,
        ),
        el("button.os-quiet", { type: "button", onclick: () => this.dialog.close() }, ui.close),
      ),
    );
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
        {
          type: "button",
          onclick: () => {
            const source = address.link({ embed: "true" }).replaceAll("&", "&amp;").replaceAll('"', "%22");
            this.text.value = `<iframe src="${source}" width="640" height="360" style="border:0" title="Optiscape" loading="lazy"></iframe>`;
            this.dialog.showModal();
            this.text.select();
          },
        },
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
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Without HTTPS, or in a frame without the permission, browsers still know the old way.
      const area = el("textarea.os-offscreen", { "aria-hidden": "true" });
      area.value = text;
      (this.dialog.open ? this.dialog : document.body).append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
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
