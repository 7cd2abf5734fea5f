// The URL. The scene's part is spelled by the server; the view's part belongs to the browser, and so
// do the reader's language and theme. A change made here is one step of the browser's history;
// a knob that is being dragged, or a playhead that moves, rewrites the present step.

/** @import { ViewParts } from "./view.js" */

const SAME_KEYS = 900; // ms within which another key press belongs to the one before
const PRESSES = ["pointerdown", "keydown", "change"];

export class Address {
  /**
   * `saved` is what the address of a page says that has none of its own: it was saved as a file.
   * @param {(search: string) => void} onVisit
   * @param {string | null} saved
   */
  constructor(onVisit, saved) {
    this.saved = saved;
    /** @type {string | null} */
    this.scene = null;
    /** @type {ViewParts} */
    this.view = {};
    /** @type {number | null} */
    this.later = null;
    /** @type {URLSearchParams | undefined} what is about to be written of the reader's */
    this.readers = undefined;
    /** @type {string[]} what of the address belongs to the reader: see words.reader */
    this.kept = [];
    // Whatever comes of one press of the pointer, or of keys held or pressed in a row, is one gesture.
    this.gesture = 0;
    this.written = 0;
    this.pressed = -Infinity;
    /** @param {Event} event */
    this.onPress = ({ type, target, timeStamp }) => {
      // A button says so of a list that opens from it, see controls/chooser.js.
      const chosen = target instanceof HTMLSelectElement || target instanceof HTMLButtonElement;
      if (type === "change" && !chosen) return;
      if (type !== "keydown" || timeStamp - this.pressed > SAME_KEYS) this.gesture += 1;
      this.pressed = type === "keydown" ? timeStamp : -Infinity;
    };
    for (const type of PRESSES) window.addEventListener(type, this.onPress, true);
    this.onPop = () => {
      // Until the server has answered, nothing may write over where the browser went.
      this.scene = null;
      onVisit(this.search);
    };
    window.addEventListener("popstate", this.onPop);
  }

  get search() {
    return this.saved ?? location.search;
  }

  /**
   * @param {string} search
   * @param {boolean} replace
   */
  put(search, replace) {
    if (this.saved !== null) this.saved = search;
    else history[replace ? "replaceState" : "pushState"](history.state, "", search);
  }

  /** @param {string} name */
  reader(name) {
    return new URLSearchParams(this.search).get(name);
  }

  get embedded() {
    return this.reader("embed") === "true";
  }

  /**
   * Go to another scene, by a script's wish: the reader's own parameters stay, and so does the place in the history.
   * @param {string} search
   */
  go(search) {
    this.readers = new URLSearchParams(this.search);
    this.put(search, true);
    this.onPop();
  }

  /**
   * The server's spelling of the scene has arrived.
   * @param {string} spelling
   */
  setScene(spelling) {
    if (this.scene === spelling) return;
    const first = this.scene === null;
    this.scene = spelling;
    this.write(first || this.gesture === this.written);
    this.written = this.gesture;
  }

  /**
   * Parts of the view: { step, loss, hide, … }; null leaves a part out. Written soon, not at once.
   * @param {ViewParts} parts
   */
  setView(parts) {
    Object.assign(this.view, parts);
    if (this.later !== null) return;
    this.later = setTimeout(() => this.write(true), 250);
  }

  /**
   * What belongs to the reader: setReader("lang", "zh").
   * @param {string} name
   * @param {string} value
   */
  setReader(name, value) {
    const parameters = new URLSearchParams(this.search);
    parameters.set(name, value);
    this.readers = parameters;
    this.write(true);
  }

  /**
   * The address that shows this scene to somebody else; `more` are reader parameters such as embed.
   * @param {Record<string, string>} [more]
   * @param {string} [base] where the app is
   */
  link(more = {}, base = `${location.origin}${location.pathname}`) {
    const keep = this.reader("lang") && !("lang" in more) ? { lang: this.reader("lang") } : {};
    const extra = Object.entries({ ...keep, ...more }).map(([name, value]) => `${name}=${value}`);
    return `${base}?${[this.spelling(), ...extra].join("&")}`;
  }

  spelling() {
    const view = Object.entries(this.view).filter(([, value]) => value?.toString());
    return [this.scene, ...view.map(([name, value]) => `${name}=${value}`)].filter(Boolean).join("&");
  }

  /** @param {boolean} replace */
  write(replace) {
    if (this.later !== null) clearTimeout(this.later);
    this.later = null;
    if (this.scene === null) return;
    const from = this.readers ?? new URLSearchParams(this.search);
    const reader = this.kept.flatMap((name) =>
      from.getAll(name).map((value) => `${name}=${encodeURIComponent(value)}`),
    );
    this.readers = undefined;
    const search = `?${[this.spelling(), ...reader].join("&")}`;
    if (search !== this.search) this.put(search, replace);
  }
}
