// The lab in which networks train: what one of them says of the data, and how losses and accuracies of all go on.

import { BoundaryPicture, SHAPES } from "./boundary.js";
import { ExamplePicture } from "./examples.js";
import { trainingFinding } from "./findings.js";
import { LaneList, reachedAt } from "./lane_list.js";
import { Streamed } from "./streamed.js";
import { TrainingCharts } from "./training_charts.js";
import { factPath, pictured, rowAt, trained } from "./unpacked.js";
import { mark } from "../figures/marks.js";
import { el } from "../lib/dom.js";
import { fill } from "../lib/format.js";

/** @import { Facts } from "../session/facts.js" */
/** @import { Trained } from "../types/network_pictures.d.ts" */
/** @import { NetTraining } from "../types/networks.d.ts" */
/** @import { Fail } from "../types/stage.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { Looks, ShownNetwork } from "./networks.js" */

export class TrainLab {
  /**
   * `pick(lane)` shows another trainer's network.
   * @param {Words} words
   * @param {Facts} facts
   * @param {{ pick: (lane: number) => void, fail: Fail }} on
   */
  constructor(words, facts, on) {
    const { ui } = words;
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
      el("div.os-netside", {}, this.list.node, ...this.charts.nodes),
    );
    this.finding = el("div.os-netruling", { role: "status" });
    this.training = new Streamed(facts, ui, (answer, whole) => this.receive(answer, whole), on.fail);
    this.progress = this.training.node;
    this.pictures = new Streamed(facts, ui, (answer) => this.picture(answer), on.fail);
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
    const { network, names, looks, lane } = shown;
    this.list.name(names, looks.styles, lane);
    const path = factPath("net_train.json", network.query);
    const asked = this.training.path === path;
    if (!asked) this.finding.replaceChildren();
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
    if (answer.missing) return this.finding.replaceChildren(this.ui.net_missing);
    this.lanes = answer.lanes.map(trained);
    this.percent = whole ? 100 : Math.floor((100 * (answer.done ?? 0)) / (answer.parts ?? 1));
    this.draw(shown.looks);
    const found = whole ? trainingFinding(this.words, answer.finding, shown.names) : [];
    this.finding.replaceChildren(...found.map((sentence) => el("p", {}, sentence)));
  }

  /** @param {Looks} looks */
  draw(looks) {
    const { shown, lanes } = this;
    if (!shown) return;
    const steps = Math.max(...lanes.map(({ of }) => of));
    this.charts.show(lanes, { ...looks, colors: looks.styles.map(({ color }) => color), steps }, this.at);
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
