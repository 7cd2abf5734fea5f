// The reader's own choices: language and theme. The URL says what was chosen; where it says nothing,
// the browser does.

export const LANGUAGES = { en: "English", zh: "中文" };

export class Reader {
  constructor(address, onTheme) {
    this.address = address;
    this.media = window.matchMedia("(prefers-color-scheme: dark)");
    this.onMedia = () => onTheme();
    this.media.addEventListener("change", this.onMedia);
  }

  get language() {
    const asked = this.address.reader("lang");
    if (asked in LANGUAGES) return asked;
    const liked = (navigator.languages ?? []).map((tag) => tag.slice(0, 2).toLowerCase());
    return liked.find((tag) => tag in LANGUAGES) ?? "en";
  }

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

  close() {
    this.media.removeEventListener("change", this.onMedia);
  }
}
