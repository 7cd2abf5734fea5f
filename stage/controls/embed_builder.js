// The dialog in which a reader makes the snippet that shows this scene on another page: choices, how it will look, text.

import { FORMATS, SIDES, SIZES, USUAL, choicesIn, formatOf, frameOf, plays, sidesOf } from "./embed_formats.js";
import { copyText } from "../lib/copy.js";
import { el, outside } from "../lib/dom.js";
import { fill } from "../lib/format.js";
import { LANGUAGES } from "../session/reader.js";

/** @import { Choices } from "./embed_formats.js" */
/** @import { Address } from "../session/address.js" */
/** @import { Answer, View } from "../types/answer.d.ts" */
/** @import { Words } from "../types/words.d.ts" */

const RELOADS = 500; // ms between two of the preview
const PREVIEW_HIGH = 280; // px
const HERE_ALONE = /^(localhost|127\.[\d.]+|\[::1\])$/;

/** @typedef {Record<string, string>} Options names by value */

export class EmbedBuilder {
  /**
   * @param {Words} words
   * @param {Address} address
   */
  constructor({ ui }, address) {
    this.ui = ui;
    this.address = address;
    /** @type {Choices} */
    this.choices = USUAL;
    this.loaded = 0;
    /** @type {number | undefined} */
    this.later = undefined;
    /** @type {(() => void)[]} each puts what was chosen into one control */
    this.controls = [];
    /** @type {HTMLIFrameElement | undefined} */
    this.frame = undefined;
    this.preview = el("div.os-preview");
    this.hint = el("p.os-embedhint");
    this.text = el("textarea.os-snippet", {
      readonly: true,
      rows: 7,
      spellcheck: "false",
      "aria-label": ui.embed_snippet,
    });
    this.said = el("span.os-said", { role: "status" });
    this.sides = el("div.os-segrow", {}, this.side("width", ui.embed_width), "×", this.side("height", ui.embed_height));
    this.refused = el("p.os-embedrefused", { role: "status" });
    this.data = this.part("data", ui.embed_data);
    this.points = this.part("points", ui.shown_points);
    this.shown = this.menu("shown", ui.embed_shown, {
      both: ui.embed_both,
      map: ui.embed_map,
      losses: ui.embed_losses,
    });
    const form = el(
      "div.os-embedform",
      {},
      this.menu("format", ui.embed_format, Object.fromEntries(FORMATS.map((each) => [each.id, this.nameOf(each)]))),
      this.menu("size", ui.embed_size, this.sizes()),
      this.sides,
      this.refused,
      this.shown,
      this.data,
      this.points,
      this.menu("theme", ui.embed_theme, { "": ui.embed_readers, light: ui.embed_light, dark: ui.embed_dark }),
      this.menu("lang", ui.embed_lang, { "": ui.embed_readers, ...LANGUAGES }),
      this.box(
        ui.embed_plays,
        (choices) => plays(choices),
        (on) => ({ plays: on }),
      ),
      this.box(
        ui.embed_clear,
        ({ clear }) => clear,
        (on) => ({ clear: on }),
      ),
      this.box(
        ui.embed_print,
        ({ print }) => print,
        (on) => ({ print: on }),
      ),
    );
    /** @type {HTMLDialogElement} */
    this.dialog = el(
      "dialog.os-dialog.os-embed",
      { "aria-labelledby": "os-embed-title", onclose: () => this.rest(), onclick: outside },
      el("h2.os-head", { id: "os-embed-title" }, ui.embed),
      el("p", {}, ui.embed_story),
      el("div.os-embedparts", {}, form, el("div.os-embedlooks", {}, this.preview, this.hint, this.text)),
      el(
        "div.os-headrow",
        {},
        el("button.os-solid", { type: "button", onclick: () => this.copy() }, ui.copy_snippet),
        el("button.os-quiet", { type: "button", onclick: () => this.dialog.close() }, ui.close),
        this.said,
      ),
    );
    window.addEventListener("resize", () => this.dialog.open && this.show());
  }

  /** Make a snippet of the scene that is on the screen. */
  open() {
    this.refused.textContent = "";
    this.choose({ ...choicesIn(this.link) });
    this.dialog.showModal();
    this.show();
  }

  /**
   * There is something to choose of what `data` has.
   * @param {Pick<Answer, "ground">} data
   * @param {Pick<View, "page">} view
   */
  about({ ground }, { page }) {
    this.shown.hidden = page === "networks";
    this.data.hidden = page === "networks" || !ground.examples;
    this.points.hidden = page !== "curvature";
  }

  get link() {
    return this.address.link();
  }

  /** @param {Partial<Choices>} change */
  choose(change) {
    this.choices = { ...this.choices, ...change };
    if (this.dialog.open) this.show();
  }

  show() {
    const { choices, ui } = this;
    const format = formatOf(choices);
    const frame = frameOf(choices, this.link, document.title);
    for (const put of this.controls) put();
    this.sides.hidden = choices.size !== "own" && choices.size !== "wide";
    this.text.value = format.text(frame);
    // Light words on a page that may be white, and an address that no other machine knows, are worth a word.
    const hints = [
      ui[`embed_in_${format.id}`],
      format.untested && ui.embed_untested_story,
      choices.clear && choices.theme === "dark" && ui.embed_dark_clear,
      choices.clear && choices.theme === "light" && ui.embed_light_clear,
      HERE_ALONE.test(location.hostname) && ui.embed_here_alone,
    ];
    this.hint.textContent = hints.filter(Boolean).join(choices.lang === "zh" ? "" : " ");
    const wait = this.loaded + RELOADS - performance.now();
    clearTimeout(this.later);
    if (wait <= 0) this.load(frame.source);
    else this.later = setTimeout(() => this.load(frame.source), wait);
  }

  /**
   * Show how it will look, as small as the dialog is.
   * @param {string} source
   */
  load(source) {
    if (!this.dialog.open) return;
    this.loaded = performance.now();
    const [width, height] = sidesOf(this.choices);
    const room = this.preview.parentElement?.clientWidth ?? width;
    const scale = Math.min(1, room / width, PREVIEW_HIGH / height);
    Object.assign(this.preview.style, { width: `${width * scale}px`, height: `${height * scale}px` });
    this.frame ??= this.framed();
    Object.assign(this.frame.style, {
      width: `${width}px`,
      height: `${height}px`,
      scale: String(scale),
      colorScheme: this.choices.clear ? this.choices.theme || "light dark" : "",
    });
    this.preview.dataset.theme = this.choices.theme;
    if (!this.frame.isConnected) this.preview.append(this.frame);
    if (this.frame.getAttribute("src") !== source) this.frame.setAttribute("src", source);
  }

  /** The frame of the preview. Where a slide says when it is shown, so does this dialog. */
  framed() {
    const begin = () => formatOf(this.choices).told && frame.contentWindow?.postMessage("slide:start", location.origin);
    /** @type {HTMLIFrameElement} */
    const frame = el("iframe", { inert: true, title: this.ui.embed_preview, onload: begin });
    return frame;
  }

  /** Nothing plays where nobody looks. */
  rest() {
    clearTimeout(this.later);
    this.frame?.remove();
    this.frame = undefined;
  }

  async copy() {
    await copyText(this.text.value, this.dialog);
    this.said.textContent = this.ui.copied;
    setTimeout(() => (this.said.textContent = ""), 2500);
  }

  /** @param {typeof FORMATS[number]} format */
  nameOf({ id, name, untested }) {
    const { ui } = this;
    const full = id === "picture" ? fill(ui.embed_linked, { format: name }) : name;
    return untested ? fill(ui.embed_untested, { format: full }) : full;
  }

  /** @returns {Options} */
  sizes() {
    const { ui } = this;
    const named = /** @type {Options} */ ({ wide: ui.embed_wide, own: ui.embed_own });
    return Object.fromEntries(SIZES.map((size) => [size, named[size] ?? size.replace("x", " × ")]));
  }

  /**
   * @param {"format" | "size" | "shown" | "theme" | "lang"} name
   * @param {string} label
   * @param {Options} options
   */
  menu(name, label, options) {
    /** @type {HTMLSelectElement} */
    const select = el(
      "select.os-select",
      { onchange: () => this.choose({ [name]: select.value }) },
      Object.entries(options).map(([value, text]) => el("option", { value }, text)),
    );
    this.controls.push(() => (select.value = this.choices[name]));
    return el("label.os-embedrow", {}, el("span", {}, label), select);
  }

  /**
   * @param {string} label
   * @param {(choices: Choices) => boolean} on
   * @param {(on: boolean) => Partial<Choices>} change
   */
  box(label, on, change) {
    /** @type {HTMLInputElement} */
    const box = el("input", { type: "checkbox", onchange: () => this.choose(change(box.checked)) });
    this.controls.push(() => (box.checked = on(this.choices)));
    return el("label.os-embedbox", {}, box, label);
  }

  /**
   * A part that the scene may hide.
   * @param {string} name
   * @param {string} label
   */
  part(name, label) {
    return this.box(
      label,
      ({ hidden }) => !hidden.includes(name),
      (on) => {
        const others = this.choices.hidden.filter((each) => each !== name);
        return { hidden: on ? others : [...others, name] };
      },
    );
  }

  /**
   * @param {"width" | "height"} name
   * @param {string} label
   */
  side(name, label) {
    const { low, high } = SIDES;
    const turned = () => {
      const typed = field.value.slice(0, 20);
      const number = typed.trim() ? Number(typed.normalize("NFKC")) : NaN;
      const used = Number.isFinite(number) ? Math.min(high, Math.max(low, Math.round(number))) : this.choices[name];
      this.refused.textContent =
        used === number
          ? ""
          : fill(this.ui.embed_side_refused, { typed, low: String(low), high: String(high), used: String(used) });
      this.choose({ [name]: used });
    };
    /** @type {HTMLInputElement} */
    const field = el("input.os-number", { inputmode: "numeric", "aria-label": label, onchange: turned });
    this.controls.push(() => (field.value = String(this.choices[name])));
    return field;
  }
}
