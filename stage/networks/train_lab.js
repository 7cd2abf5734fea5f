// The lab in which networks train: what one of them says of the data, and how losses and accuracies of all go on.

import { BoundaryPicture, SHAPES } from "./boundary.js";
import { ExamplePicture } from "./examples.js";
import { trainingFinding } from "./findings.js";
import { LaneList, reachedAt } from "./lane_list.js";
import { Streamed } from "./streamed.js";
import { banded, bandFinding, bandTooDear } from "./seed_bands.js";
import { TrainingCharts } from "./training_charts.js";
import { factPath, pictured, rowAt, trained } from "./unpacked.js";
import { segments } from "../controls/controls.js";
import { mark } from "../figures/marks.js";
import { el } from "../lib/dom.js";
import { fill } from "../lib/format.js";

/** @import { Facts } from "../session/facts.js" */
/** @import { SeedBand, Trained } from "../types/network_pictures.d.ts" */
/** @import { NetBand, NetTraining } from "../types/networks.d.ts" */
/** @import { Fail, Look } from "../types/stage.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { Looks, ShownNetwork } from "./networks.js" */

export class TrainLab {
  /**
   * `pick(lane)` shows another trainer's network, `look` turns further seeds on and off.
   * @param {Words} words
   * @param {Facts} facts
   * @param {{ pick: (lane: number) => void, look: Look, fail: Fail }} on
   */
  constructor(words, facts, on) {
    const { ui, network } = words;
    this.words = words;
    this.ui = ui;
    this.plane = new BoundaryPicture(ui.net_plane);
    this.grid = new ExamplePicture(ui);
    this.list = new LaneList(ui, on.pick);
    this.charts = new TrainingCharts(ui);
    this.caption = el("p.os-netcaption");
    this.key = keyOf(ui);
    this.node = el(
      "div.os-netlab.os-nettrain",
      {},
      el("div.os-netlarge", {}, this.plane.node, this.grid.node, el("div.os-netbelow", {}, this.caption, this.key)),
      el("div.os-netside", {}, this.list.head, this.list.node, ...this.charts.nodes),
    );
    this.finding = el("div.os-netruling", { role: "status" });
    this.training = new Streamed(facts, ui, (answer, whole) => this.receive(answer, whole), on.fail);
    this.progress = this.training.node;
    this.pictures = new Streamed(facts, ui, (answer) => this.picture(answer), on.fail);
    this.seeds = new Streamed(facts, ui, (answer, whole) => this.receiveBands(answer, whole), on.fail);
    this.further = segments(network.band, (to) => on.look({ netband: to === "on" ? "on" : "off" }));
    /** What stands in the panel. */
    this.controls = el("div.os-group.os-netseeds", {}, this.further.node, this.seeds.node);
    /** @type {NetTraining | null} */
    this.told = null;
    /** Where further seeds are told of, if they are asked for. @type {string | null} */
    this.wanted = null;
    /** @type {{ answer: NetBand, whole: boolean, lanes: SeedBand[] } | null} trainers with further seeds */
    this.bands = null;
    /** @type {Trained[]} */
    this.lanes = [];
    /** @type {ShownNetwork | null} */
    this.shown = null;
    /** @type {string | null} the spelling of the network that the picture is of */
    this.pictured = null;
    this.at = 0;
    this.percent = 0;
  }

  /** @param {ShownNetwork} shown */
  show(shown) {
    this.shown = shown;
    this.at = shown.at;
    const { network, view, names, looks, lane } = shown;
    this.list.name(names, looks.styles, lane);
    const path = factPath("net_train.json", network.query);
    const asked = this.training.path === path;
    if (!asked) [this.told, this.percent] = [null, 0];
    this.further.set(view.netband);
    const wanted = view.netband === "on" ? factPath("net_band.json", network.query) : null;
    if (this.wanted !== wanted) this.bands = null;
    this.wanted = wanted;
    this.rule();
    this.node.classList.toggle("os-stale", this.pictured !== network.query);
    this.training.ask(path);
    if (asked && this.lanes.length) this.draw(looks);
    this.pictures.ask(factPath("net_boundary.json", network.query, `of=${lane}`));
    this.plane.draw(); // the theme may be another
    this.say();
  }

  /**
   * @param {NetTraining} answer
   * @param {boolean} whole
   */
  receive(answer, whole) {
    const { shown } = this;
    if (!shown) return;
    this.told = whole || answer.missing ? answer : null;
    this.rule();
    if (answer.missing) return this.say();
    this.lanes = answer.lanes.map(trained);
    this.percent = whole ? 100 : Math.floor((100 * (answer.done ?? 0)) / (answer.parts ?? 1));
    this.draw(shown.looks);
  }

  /**
   * @param {NetBand} answer
   * @param {boolean} whole
   */
  receiveBands(answer, whole) {
    this.bands = { answer, whole, lanes: answer.lanes.map(banded) };
    this.rule();
    if (this.shown && this.lanes.length) this.draw(this.shown.looks);
  }

  /** Say what was found: of further seeds where they are asked for, as soon as all of them are there. They come last. */
  rule() {
    this.seeds.ask(this.told && !this.told.missing ? this.wanted : null);
    this.finding.replaceChildren(...this.found().map((sentence) => el("p", {}, sentence)));
  }

  found() {
    const { shown, told, bands, ui, words } = this;
    if (!shown || !told) return [];
    if (told.missing) return [ui.net_missing];
    const one = () => trainingFinding(words, told.finding, shown.names);
    if (!this.wanted) return one();
    if (!bands?.whole) return [];
    const { answer } = bands;
    return answer.dear ? [...one(), ...bandTooDear(ui, answer)] : bandFinding(ui, answer, shown.names);
  }

  /** @param {Looks} looks */
  draw(looks) {
    const { shown, lanes } = this;
    if (!shown) return;
    const steps = Math.max(...lanes.map(({ of }) => of));
    const colors = looks.styles.map(({ color }) => color);
    this.charts.show(lanes, { ...looks, colors, steps, bands: this.bands?.lanes ?? [] }, this.at);
    this.list.show(lanes, this.at);
    this.say();
  }

  /** @param {any} answer */
  picture(answer) {
    if (answer.kind === "missing") return;
    const picture = pictured(answer);
    const plane = picture.kind === "boundary";
    this.plane.node.hidden = this.key.hidden = !plane;
    this.grid.node.hidden = plane;
    this.plane.show(plane ? picture : null, this.at);
    this.grid.show(plane ? null : picture, this.at);
    this.pictured = this.shown?.network.query ?? null;
    this.node.classList.remove("os-stale");
    this.say();
  }

  /** What the picture shows, in words. */
  say() {
    const { shown, lanes, ui } = this;
    const lane = shown && lanes[shown.lane];
    const { running } = this.training;
    this.node.setAttribute("aria-busy", String(!(this.training.whole && this.pictures.whole)));
    if (this.told?.missing) return void (this.caption.textContent = ui.net_missing);
    if (!shown || !lane) return void (this.caption.textContent = running ? ui.net_compiling : "");
    const step = lane.measured[rowAt(lane.measured, this.at)] ?? 0;
    const reached = reachedAt(lane, this.at);
    this.caption.textContent = fill(ui.net_caption, { lane: shown.names[shown.lane], step, reached });
    if (running) this.caption.textContent += ` · ${fill(ui.net_part, { percent: this.percent })}`;
  }

  /** @param {number} t */
  move(t) {
    this.at = t;
    for (const part of [this.plane, this.grid, this.charts, this.list]) part.move(t);
    this.say();
  }

  stop() {
    this.training.ask(null);
    this.seeds.ask(null);
    this.pictures.ask(null);
  }

  close() {
    this.stop();
    for (const part of [this.plane, this.charts]) part.close();
  }
}

/**
 * What the marks on the plane mean.
 * @param {Words["ui"]} ui
 */
function keyOf(ui) {
  const shapes = SHAPES.slice(0, 2).map((symbol, index) =>
    mark({ symbol, color: `var(--os-${index ? "up" : "down"})` }),
  );
  return el(
    "ul.os-keys.os-netmarks",
    {},
    el("li", {}, ...shapes, ui.net_key_training),
    el("li", {}, ...["down", "up"].map((name) => hollow(name)), ui.net_key_validation),
    el("li", {}, el("span.os-netring"), ui.net_key_wrong),
  );
}

/** @param {string} name */
function hollow(name) {
  const node = mark({ symbol: SHAPES[name === "down" ? 0 : 1], color: "var(--os-paper)" });
  const outline = /** @type {SVGElement} */ (node.firstChild);
  outline.setAttribute("stroke", `var(--os-${name})`);
  return node;
}
