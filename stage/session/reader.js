// The reader's own choices: language and theme. The URL says what was chosen; where it says nothing,
// the browser does.

/** @import { Address } from "./address.js" */

/** @typedef {keyof typeof LANGUAGES} Language */

export const LANGUAGES = { en: "English", zh: "中文" };

/**
 * @param {string | null} tag
 * @returns {tag is Language}
 */
const known = (tag) => tag !== null && Object.hasOwn(LANGUAGES, tag);

export class Reader {
  /**
   * @param {Address} address
   * @param {() => void} onTheme
   */
  constructor(address, onTheme) {
    this.address = address;
    this.media = window.matchMedia("(prefers-color-scheme: dark)");
    this.onMedia = () => onTheme();
    this.media.addEventListener("change", this.onMedia);
  }

  /** @returns {Language} */
  get language() {
    const asked = this.address.reader("lang");
    if (known(asked)) return asked;
    const liked = (navigator.languages ?? []).map((tag) => tag.slice(0, 2).toLowerCase());
    return liked.find(known) ?? "en";
  }

  /** @returns {"light" | "dark"} */
  get theme() {
    const asked = this.address.reader("theme");
    if (asked === "light" || asked === "dark") return asked;
    return this.media.matches ? "dark" : "light";
  }

  set language(language) {
    this.address.setReader("lang", language);
  }

  set theme(theme) {
    this.address.setReader("theme", theme);
  }
}
