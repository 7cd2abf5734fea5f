// The URL. The scene's part is spelled by the server; the view's part belongs to the browser, and so
// do the reader's language and theme. A change made here is one step of the browser's history;
// a knob that is being dragged, or a playhead that moves, rewrites the present step.

import { USUAL } from "./view.js";

const READER = ["lang", "theme", "embed", "embed_options", "autoplay"];
const VIEW = ["step", "hide", "probe", ...Object.keys(USUAL)];
const SAME_KEYS = 900; // ms within which another key press belongs to the one before
const PRESSES = ["pointerdown", "keydown", "change"];

export class Address {
  constructor(onVisit) {
    this.scene = null;
    this.view = {};
    this.later = null;
    // Whatever comes of one press of the pointer, or of keys held or pressed in a row, is one gesture.
    this.gesture = 0;
    this.written = 0;
    this.pressed = -Infinity;
    this.onPress = ({ type, target, timeStamp }) => {
      if (type === "change" && target.tagName !== "SELECT") return;
      if (type !== "keydown" || timeStamp - this.pressed > SAME_KEYS) this.gesture += 1;
      this.pressed = type === "keydown" ? timeStamp : -Infinity;
    };
    for (const type of PRESSES) window.addEventListener(type, this.onPress, true);
    this.onPop = () => {
      // Until the server has answered, nothing may write over where the browser went.
      this.scene = null;
      onVisit(location.search);
    };
    window.addEventListener("popstate", this.onPop);
  }

  reader(name) {
    return new URLSearchParams(location.search).get(name);
  }

  get embedded() {
    return this.reader("embed") === "true";
  }

  /** The server's spelling of the scene has arrived. */
  setScene(spelling) {
    if (this.scene === spelling) return;
    const first = this.scene === null;
    this.scene = spelling;
    this.write(first || this.gesture === this.written);
    this.written = this.gesture;
  }

  /** Parts of the view: { step, loss, hide, … }; null leaves a part out. Written soon, not at once. */
  setView(parts) {
    Object.assign(this.view, parts);
    if (this.later !== null) return;
    this.later = setTimeout(() => this.write(true), 250);
  }

  /** What belongs to the reader: setReader("lang", "zh"). */
  setReader(name, value) {
    const parameters = new URLSearchParams(location.search);
    parameters.set(name, value);
    this.readers = parameters;
    this.write(true);
  }

  /** The address that shows this scene to somebody else; `more` are reader parameters such as embed. */
  link(more = {}) {
    const keep = this.reader("lang") && !("lang" in more) ? { lang: this.reader("lang") } : {};
    const extra = Object.entries({ ...keep, ...more }).map(([name, value]) => `${name}=${value}`);
    return `${location.origin}${location.pathname}?${[this.spelling(), ...extra].join("&")}`;
  }

  spelling() {
    const view = VIEW.filter((name) => this.view[name]?.toString()).map((name) => `${name}=${this.view[name]}`);
    return [this.scene, ...view].filter(Boolean).join("&");
  }

  write(replace) {
    clearTimeout(this.later);
    this.later = null;
    if (this.scene === null) return;
    const from = this.readers ?? new URLSearchParams(location.search);
    const reader = READER.flatMap((name) => from.getAll(name).map((value) => `${name}=${encodeURIComponent(value)}`));
    this.readers = undefined;
    const search = `?${[this.spelling(), ...reader].join("&")}`;
    if (search === location.search) return;
    history[replace ? "replaceState" : "pushState"](history.state, "", search);
  }

  close() {
    clearTimeout(this.later);
    window.removeEventListener("popstate", this.onPop);
    for (const type of PRESSES) window.removeEventListener(type, this.onPress, true);
  }
}
