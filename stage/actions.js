// What the reader does with figures and controls: what it changes in the view is shown at once and written into
// the address; what it changes in the scene goes to the server.

import { lossAxisOf } from "./session/view.js";

/** @import { Language } from "./session/reader.js" */
/** @import { Stage } from "./stage.js" */
/** @import { Change, Choices, Point } from "./types/answer.d.ts" */
/** @import { Pointing } from "./types/stage.d.ts" */

export class Actions {
  /**
   * `stage` has the view, the answer on the screen, and all that shows them.
   * @param {Stage} stage
   */
  constructor(stage) {
    this.stage = stage;
  }

  /** @param {Change} change */
  push(change) {
    const { live, conversation, data, home, screen } = this.stage;
    // The colours of curvature are the server's.
    const shown = change.do === "surface_knob" && screen.figures.layer ? undefined : data;
    if (live.turn(change, shown)) return;
    if (home === undefined) conversation.push(change);
    else this.stage.present(); // as it was: there is nobody to ask
  }

  /**
   * Look at something else: { page }, { layer }, { measure }.
   * @param {Partial<Choices>} change
   */
  look(change) {
    const { stage } = this;
    Object.assign(stage.view, change);
    stage.writeView();
    stage.applyView();
    stage.redraw();
  }

  /**
   * @param {string} name
   * @param {boolean} hidden
   */
  hide(name, hidden) {
    this.stage.view.hide[hidden ? "add" : "delete"](name);
    this.look({});
  }

  spread() {
    this.look({ band: this.stage.view.band === "on" ? "off" : "on" });
  }

  async lossAxis() {
    const { stage } = this;
    stage.view.loss = stage.view.loss === "log" ? "linear" : "log";
    stage.writeView();
    const { data, view, page, screen } = stage;
    if (!data || !page) return;
    page.nameLosses(data, view);
    screen.figures.measureLosses(lossAxisOf(view, data));
    await screen.figures.showLosses(lossAxisOf(view, data), page.stepAxis(data, view));
  }

  /**
   * The map was clicked, or is being dragged over: on the page of curvature that is a question.
   * @param {Point} point
   * @param {Pointing} how
   */
  pointed(point, { grip, moved, pixel }) {
    const { view, screen } = this.stage;
    if (view.page !== "curvature" || (grip && moved)) this.place(point);
    else this.ask(moved ? point : screen.curvature.snap(point, pixel));
  }

  /**
   * @param {Point} point
   * @returns {Point}
   */
  within(point) {
    const box = this.stage.data?.ground.box;
    if (!box) return point;
    const [x, y] = point.map((value, axis) => Math.min(Math.max(value, box[axis][0]), box[axis][1]));
    return [x, y];
  }

  /** @param {Point} point */
  place(point) {
    const start = this.within(point);
    this.stage.screen.figures.moveStart(start);
    this.push({ do: "start", to: start });
  }

  /**
   * What is the terrain like there?
   * @param {Point | null} point
   */
  ask(point) {
    const { stage } = this;
    stage.view.probe = point && this.within(point);
    stage.writeView();
    stage.screen.curvature.askProbe();
  }

  /**
   * Race from there, from the beginning.
   * @param {Point} point
   */
  begin(point) {
    const { player } = this.stage;
    this.place(point);
    player.standAt(0);
    player.play();
  }

  /**
   * Go to another scene, as to a page of its own: the reader can go back.
   * @param {string} query
   */
  travel(query) {
    const { address } = this.stage;
    address.go(address.href(query), false);
  }

  /**
   * Another language: the words around the figures, and those in them.
   * @param {Language} language
   */
  setLanguage(language) {
    this.stage.reader.language = language;
    this.stage.languageChanged();
  }

  /** The other theme. */
  toggleTheme() {
    const { reader } = this.stage;
    reader.theme = reader.theme === "dark" ? "light" : "dark";
    this.stage.themeChanged();
  }
}
