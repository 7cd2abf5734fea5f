// The lab on search: trials of rate and λ as points, at random and on a grid, the best that so many find, and ranges that
// are narrowed to the best.

import { BestChart } from "./best_chart.js";
import { searchFinding } from "./search_findings.js";
import { Streamed } from "./streamed.js";
import { Trials } from "./trials.js";
import { factPath } from "./unpacked.js";
import { el } from "../lib/dom.js";
import { fill, spell } from "../lib/format.js";
import { unpack } from "../lib/packing.js";

/** @import { Facts } from "../session/facts.js" */
/** @import { NetSearch, NetWay } from "../types/network_labs.d.ts" */
/** @import { SearchWay } from "../types/network_pictures.d.ts" */
/** @import { Fail, Push } from "../types/stage.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { ShownNetwork } from "./networks.js" */

const SHAPES = ["circle", "square"];

export class SearchLab {
  /**
   * `push` narrows the ranges.
   * @param {Words} words
   * @param {Facts} facts
   * @param {{ push: Push, fail: Fail }} on
   */
  constructor({ ui, network }, facts, { push, fail }) {
    this.ui = ui;
    const texts = network.lab_texts.search;
    this.texts = texts;
    this.trials = SHAPES.map((shape) => new Trials(shape, texts));
    this.best = new BestChart(texts.best);
    const lines = ["", ".os-netdashed"].map((kind, way) =>
      el("li", {}, el(`span.os-netkey${kind}`), texts[SHAPES[way]]),
    );
    lines.push(el("li", {}, el("span.os-netkey.os-netthin"), texts.key_searches));
    const scale = el(
      "ul.os-keys",
      {},
      el("li", {}, el("span.os-netramp"), texts.ramp),
      el("li", {}, el("span.os-nettrial.os-netalone", { "data-state": "diverged" }), texts.key_diverged),
    );
    this.node = el(
      "div.os-netlab.os-netsearch",
      {},
      el("div.os-netlarge", {}, el("div.os-netways", {}, ...this.trials.map(({ node }) => node)), scale),
      el("div.os-netside", {}, this.best.node, el("ul.os-keys", {}, ...lines)),
    );
    this.said = el("div.os-netruling", { role: "status" });
    this.narrow = el("button.os-quiet.os-netinside", {
      type: "button",
      hidden: true,
      onclick: () => push({ do: "net_lab", lab: "search", knob: "ranges", to: this.ranges }),
    });
    this.finding = el("div.os-netfound", {}, this.said, this.narrow);
    this.training = new Streamed(facts, ui, (answer) => this.receive(answer), fail);
    this.progress = this.training.node;
    this.node.append(this.training.waiting);
    /** @type {number[]} those of the ten best */
    this.ranges = [];
    /** @type {SearchWay[]} */
    this.ways = [];
    this.budget = 1;
    /** @type {ShownNetwork | null} */
    this.shown = null;
  }

  /** @param {ShownNetwork} shown */
  show(shown) {
    this.shown = shown;
    const path = factPath("net_search.json", shown.network.labs.search.query);
    if (this.training.path !== path) {
      this.said.textContent = "";
      this.narrow.hidden = true;
      this.node.setAttribute("aria-busy", "true");
    }
    this.training.ask(path);
    if (this.ways.length) this.draw(); // the theme may be another
  }

  /** @param {NetSearch} answer */
  receive({ budget, examples, ranges, ways, finding, missing }) {
    if (missing) return void (this.said.textContent = this.ui.net_missing);
    this.ways = ways.map(unpacked);
    this.budget = budget;
    this.trials.forEach((each, way) => each.show(this.ways[way], ranges));
    this.draw();
    this.node.setAttribute("aria-busy", String(!finding));
    const found = finding ? searchFinding(this.texts, finding, this.ways, examples) : [];
    this.said.replaceChildren(...found.map((sentence) => el("p", {}, sentence)));
    this.narrow.hidden = !finding;
    if (!finding) return;
    this.ranges = finding.narrow;
    const [low, high, least, largest] = finding.narrow.map((end) => spell(end, 2));
    this.narrow.textContent = fill(this.texts.narrow, { ten: finding.ten, low, high, least, largest });
  }

  draw() {
    if (!this.shown) return;
    const { base, inks } = this.shown.looks;
    this.best.show(this.ways, this.budget, { base, colors: [inks.activations, inks.gradients] });
  }

  move() {}

  stop() {
    this.training.ask(null);
  }

  close() {
    this.stop();
    this.best.close();
  }
}

/**
 * @param {NetWay} way
 * @returns {SearchWay}
 */
function unpacked({ rate, decay, accuracy, diverged, best }) {
  return {
    ...{ rate: unpack(rate), decay: unpack(decay), accuracy: unpack(accuracy), diverged },
    best: best && { mean: unpack(best.mean), low: unpack(best.low), high: unpack(best.high) },
  };
}
