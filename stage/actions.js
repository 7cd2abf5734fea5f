// What the reader does with figures and controls: what it changes in the view is shown at once and written into
// the address; what it changes in the scene goes to the server.

import { head } from "./figures/frames.js";
import { OwnRates } from "./session/own_rates.js";
import { Slide } from "./session/slide.js";
import { lastStep, lossAxisOf, usualStep } from "./session/view.js";

/** @import { Language } from "./session/reader.js" */
/** @import { Stage } from "./stage.js" */
/** @import { Answer, Change, Choices, Point, View } from "./types/answer.d.ts" */
/** @import { Pointing } from "./types/stage.d.ts" */

/** @type {Record<string, string | undefined>} what keys are called that turn slides of reveal.js */
const IN_REVEAL = {
  PageDown: "next",
  PageUp: "prev",
  ArrowRight: "right",
  ArrowLeft: "left",
  ArrowDown: "down",
  ArrowUp: "up",
};

export class Actions {
  /**
   * `stage` has the view, the answer on the screen, and all that shows them.
   * @param {Stage} stage
   */
  constructor(stage) {
    this.stage = stage;
    this.own = new OwnRates();
    /** Where it is one, and the page around it says when it is shown. */
    this.slide = new Slide(stage.player, stage.address);
    /** What the reader chose to look at since he went to the scene of a `visit`. @type {Partial<Choices>} */
    this.looked = {};
    this.visit = 0;
    document.addEventListener("fullscreenchange", () => {
      if (!document.fullscreenElement && this.presents) this.present(false);
    });
    // What has numbers of 28 pixels has as many of them as there is room for.
    window.addEventListener("resize", () => this.presents && stage.redraw());
  }

  /** @param {Change} change */
  push(change) {
    const { live, conversation, data, screen } = this.stage;
    if (change.do === "rule" && data) return this.choose(change, data);
    // The colours of curvature are the server's.
    const shown = change.do === "surface_knob" && screen.figures.layer ? undefined : data;
    if (live.turn(change, shown)) return;
    if (this.asks) conversation.push(change);
    else this.stage.present(); // as it was
  }

  /**
   * Another rule for the rates. Which are the best is known once they have been looked for, and those of the reader's own
   * come back.
   * @param {Change} rule
   * @param {Answer} data
   */
  choose(rule, data) {
    const { live, conversation, screen } = this.stage;
    live.rest();
    this.own.keep(data);
    const search = rule.to === "best" && !rule.rates;
    screen.experiments.seekBest(search);
    if (search) return;
    conversation.push(rule);
    if (rule.to === "own") for (const change of this.own.back(data)) conversation.push(change);
  }

  /**
   * Look at something else: { page }, { layer }, { measure }.
   * @param {Partial<Choices>} change
   */
  look(change) {
    const { stage } = this;
    const before = this.steps();
    Object.assign(stage.view, change);
    this.looked = { ...this.lookedAt(stage.conversation.visits), ...change };
    this.visit = stage.conversation.visits;
    this.count(before);
    stage.writeView("page" in change || "lab" in change);
    stage.applyView();
    stage.redraw();
  }

  /** The last step of what is looked at, and where the playhead stands in a link that says nothing of it. */
  steps() {
    const { data, view } = this.stage;
    return data ? [lastStep(data, view), usualStep(data, view)] : [];
  }

  /**
   * What is looked at may have other steps than `before`; where it has the same, the playhead stays.
   * @param {number[]} before
   */
  count(before) {
    const [last, at] = this.steps();
    if (last === undefined || (last === before[0] && at === before[1])) return;
    this.stage.player.setLast(last);
    this.stage.player.standAt(at);
  }

  /**
   * What was chosen while the answer to a visit was on its way: it holds for what the answer brings.
   * @param {number} visit
   */
  lookedAt(visit) {
    return visit === this.visit ? this.looked : {};
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
   * The map was clicked, or is being dragged over: on the page of curvature that is a question, and elsewhere a click on
   * a lane's marker is meant for that lane.
   * @param {Point} point
   * @param {Pointing} how
   */
  pointed(point, how) {
    const { view, screen } = this.stage;
    const lane = how.moved ? null : this.laneAt(point, how);
    if (view.page === "curvature" && !(how.grip && how.moved))
      this.ask(how.moved ? point : screen.curvature.snap(point, how.pixel));
    else if (lane === null) this.place(point);
    else this.pick(lane);
  }

  /**
   * Look into a lane's steps, where that can be seen: the page of the race has room for it on wide screens only.
   * @param {number} lane
   */
  pick(lane) {
    const { address, page, view } = this.stage;
    this.push({ do: "pick", lane });
    if (view.page !== "race" || address.embedded || this.presents || view.hide.has("inspector")) return;
    if (page?.inspector.node.offsetParent === null) this.look({ page: "step" });
  }

  /**
   * The lane whose marker is there, null where none is or clicks are questions. Of markers that lie on one another each
   * has its turn.
   * @param {Point} point
   * @param {Pick<Pointing, "pixel" | "reach">} how
   */
  laneAt([x, y], { pixel, reach }) {
    const { data, player, view } = this.stage;
    if (!data || view.page === "curvature") return null;
    const apart = data.lanes.map((lane) => {
      const [u, v] = head(lane, player.at);
      return Math.hypot((u - x) / pixel[0], (v - y) / pixel[1]);
    });
    const near = [...apart.keys()].filter((lane) => apart[lane] <= reach);
    const later = near.filter((lane) => lane > data.detail.lane);
    if (near.includes(data.detail.lane)) return later[0] ?? near[0];
    return near.sort((a, b) => apart[a] - apart[b])[0] ?? null;
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
   * Go to another scene, as to a page of its own: the reader can go back. A presentation goes on.
   * @param {string} query
   */
  go(query) {
    const { address } = this.stage;
    address.go(address.href(this.presents ? `${query}&present=on` : query), false);
  }

  /**
   * So many questions further; from none to the first. Counted from the one of the address: who presses a key twice
   * has not waited for the answer to the first. Labs have a question each: from one of these to that of the next lab.
   * @param {number} by
   */
  question(by) {
    const { page, address, view } = this.stage;
    const questions = page?.words.questions ?? [];
    const open = questions.findIndex(({ id }) => id === address.reader("question"));
    if (open < 0 && view?.page === "networks") {
      const labs = page?.words.network.labs ?? [];
      const lab = labs[labs.findIndex(({ id }) => id === view.lab) + by];
      return lab && this.look({ lab: lab.id });
    }
    const next = questions[open + by];
    if (next) this.go(next.query);
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
  /**
   * Which figure the others stand aside for.
   * @param {View["hero"]} hero
   */
  hero(hero) {
    this.look({ hero });
  }

  get presents() {
    return this.stage.view?.present === "on";
  }

  /** The stage for a room full of people, on the whole screen where the browser lets us. */
  present(on = !this.presents) {
    this.look({ present: on ? "on" : "off" });
    if (on) document.documentElement.requestFullscreen?.().catch(() => {});
    else if (document.fullscreenElement) document.exitFullscreen();
  }

  /** Whether there is somebody to ask for another scene: not on a page that was saved. */
  get asks() {
    return this.stage.home === undefined;
  }

  /** Whether there are steps of this page in the history. */
  get travels() {
    return this.stage.address.owned;
  }

  /**
   * So many of the reader's own steps forward, or back. What was turned is one once it has been answered.
   * @param {number} by
   */
  travel(by) {
    const { address, live, root } = this.stage;
    live.rest();
    if (this.stage.busy) root.addEventListener("optiscape", () => this.travel(by), { once: true });
    else address.travel(by);
  }

  listKeys() {
    this.stage.page?.keys.open();
  }

  /** Whether another page, slides say, shows this one in a frame. */
  get framed() {
    return window.parent !== window;
  }

  /**
   * A key that is meant for the page around this one. To slides of reveal.js it is what they call it, so that no script of
   * theirs is needed; and nothing else, since a script that is there would turn them twice.
   * @param {string} key
   */
  tellHost(key) {
    const method = this.slide.reveals && IN_REVEAL[key];
    window.parent.postMessage(method ? JSON.stringify({ method }) : { optiscape: "key", key }, "*");
  }

  /** Enough: of presenting, or of a frame that has the keys of the page around it. */
  leave() {
    if (this.presents) return this.present(false);
    if (!this.framed) return;
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    window.parent.focus();
    this.tellHost("Escape");
  }
}
