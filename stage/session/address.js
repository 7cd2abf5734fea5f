// The URL. The scene's part is spelled by the server; the view's part belongs to the browser, and so
// do the reader's language and theme. A change made here is one step of the browser's history;
// a knob that is being dragged, or a playhead that moves, rewrites the present step. Each step knows its number, so
// that undoing never leads to another page.

/** @import { Change } from "../types/answer.d.ts" */
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
    this.bare = this.search === ""; // whoever came had no link
    /** @type {string | null} */
    this.scene = null;
    /** What was turned on a page that was saved, which nobody spells: the last turn of each knob. */
    this.turned = new Map();
    /** @type {ViewParts} */
    this.view = {};
    /** @type {number | null} */
    this.later = null;
    /** @type {URLSearchParams | undefined} what is about to be written of the reader's */
    this.readers = undefined;
    /** @type {string[]} what of the address belongs to the reader: see words.reader */
    this.kept = [];
    /** Which step of this page the present one is, and which is the last. */
    this.at = this.last = numbered();
    /** @type {number | null} the step where the reader wants to be */
    this.wanted = null;
    this.travels = false;
    /** Hears that there are other steps to go to. */
    this.onSteps = () => {};
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
      this.travels = false;
      this.at = numbered();
      this.last = Math.max(this.last, this.at);
      this.onSteps();
      if (this.wanted !== null) this.depart();
      // Until the server has answered, nothing may write over where the browser went.
      this.scene = null;
      onVisit(this.search);
    };
    window.addEventListener("popstate", this.onPop);
    window.addEventListener("pageshow", ({ persisted }) => {
      if (persisted) this.last = this.at; // the reader has been elsewhere: what lies ahead may be another page
    });
  }

  /** Whether the history is ours: that of a frame is the history of the page around it, and a saved page has none. */
  get owned() {
    return this.saved === null && window.parent === window;
  }

  /** How many steps there are to go back and forward. */
  get steps() {
    return this.owned ? { back: this.at, forward: this.last - this.at } : { back: 0, forward: 0 };
  }

  /**
   * Go so many steps forward, or back, as far as they reach.
   * @param {number} by
   */
  travel(by) {
    const { back, forward } = this.steps;
    if (this.later !== null) this.write(true);
    const to = (this.wanted ?? this.at) + by;
    this.wanted = Math.min(Math.max(to, this.at - back), this.at + forward);
    if (!this.travels) this.depart();
  }

  depart() {
    const by = (this.wanted ?? this.at) - this.at;
    this.wanted = null;
    this.travels = by !== 0;
    if (by) history.go(by);
  }

  get search() {
    return this.saved ?? location.search;
  }

  /**
   * @param {string} search
   * @param {boolean} replace
   */
  put(search, replace) {
    if (this.saved !== null) {
      this.saved = search;
      return;
    }
    if (!replace) this.last = this.at += 1;
    history[replace ? "replaceState" : "pushState"]({ ...history.state, optiscape: this.at }, "", search);
    this.onSteps();
  }

  /** @param {string} name */
  reader(name) {
    return new URLSearchParams(this.search).get(name);
  }

  get embedded() {
    return this.reader("embed") === "true";
  }

  /**
   * Go to another scene: the reader's own parameters stay, and so does the place in the history, where it is to be
   * replaced.
   * @param {string} search
   * @param {boolean} [replace]
   */
  go(search, replace = true) {
    this.readers = new URLSearchParams(this.search);
    this.put(search, replace);
    this.onPop();
  }

  /**
   * The address of another scene for the same reader.
   * @param {string} query
   */
  href(query) {
    return `?${[query, ...this.readerParts(new URLSearchParams(this.search))].join("&")}`;
  }

  /** @param {URLSearchParams} from */
  readerParts(from) {
    return this.kept.flatMap((name) => from.getAll(name).map((value) => `${name}=${encodeURIComponent(value)}`));
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
   * Parts of the view: { step, loss, hide, … }; null leaves a part out. Written soon, or at once as a `step` of the
   * history.
   * @param {ViewParts} parts
   */
  setView(parts, step = false) {
    if (step && this.later !== null) this.write(true); // what was seen before belongs to the step before
    Object.assign(this.view, parts);
    if (step) {
      this.write(this.gesture === this.written);
      this.written = this.gesture;
      return;
    }
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
    const turned = [...this.turned.values()].map((change) => `change=${encodeURIComponent(JSON.stringify(change))}`);
    return [this.scene, ...view.map(([name, value]) => `${name}=${value}`), ...turned].filter(Boolean).join("&");
  }

  /**
   * A knob was turned on a page that was saved: whoever opens the scene in the app finds it so.
   * @param {Change} change
   */
  turn(change) {
    const { do: kind, lane, knob } = change;
    this.turned.set(JSON.stringify([kind, lane, knob]), change);
  }

  /** @param {boolean} replace */
  write(replace) {
    if (this.later !== null) clearTimeout(this.later);
    this.later = null;
    if (this.scene === null) return;
    const from = this.readers ?? new URLSearchParams(this.search);
    const search = `?${[this.spelling(), ...this.readerParts(from)].join("&")}`;
    this.readers = undefined;
    if (search !== this.search) this.put(search, replace);
  }
}

/** The number of the present step, which stays with it when the page is loaded again. */
const numbered = () => Number(history.state?.optiscape ?? 0);
