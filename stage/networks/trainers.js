// Who trains the network: the rows of lanes, which say their changes of trainers.

import { asLane, ofTrainer } from "./as_lane.js";
import { LaneRow } from "../controls/lane.js";
import { MethodList } from "../controls/methods.js";
import { el, icon } from "../lib/dom.js";

/** @import { Answer, Lane } from "../types/answer.d.ts" */
/** @import { Style } from "../types/figures.d.ts" */
/** @import { Trainer } from "../types/networks.d.ts" */
/** @import { Push } from "../types/stage.d.ts" */
/** @import { Words } from "../types/words.d.ts" */

export class Trainers {
  /**
   * `push` sends changes.
   * @param {Words} words
   * @param {Push} push
   */
  constructor(words, push) {
    const { network, ui } = words;
    this.words = {
      ...words,
      lane: network.trainer,
      methods: words.methods.filter(({ id }) => network.methods.includes(id)),
    };
    /** @type {Push} */
    this.push = (change) => {
      const told = ofTrainer(change);
      if (told) push(told);
    };
    this.most = network.limits.trainers;
    /** @type {Set<number>} */
    this.open = new Set();
    /** @type {LaneRow[]} */
    this.rows = [];
    this.plan = "";
    this.methods = new MethodList(this.words, this.push, "trainerlist");
    this.list = el("ol.os-lanes");
    this.add = this.methods.adding(icon("plus"), ui.add_lane);
    this.reset = el("button.os-quiet", { type: "button", onclick: () => push({ do: "net_reset" }) }, ui.reset);
    this.node = el(
      "div.os-group.os-nettrainers",
      {},
      el("div.os-headrow", {}, el("h2.os-head", {}, ui.net_trainers), el("span.os-spring"), this.reset, this.add),
      this.list,
      this.methods.node,
    );
  }

  /**
   * @param {Trainer[]} trainers
   * @param {Style[]} styles
   */
  show(trainers, styles) {
    const lanes = /** @type {Lane[]} */ (trainers.map(asLane));
    const plan = JSON.stringify([trainers.map(({ optimizer }) => optimizer), styles]);
    this.add.disabled = lanes.length >= this.most;
    if (plan !== this.plan) {
      this.plan = plan;
      const held = this.rows.findIndex(({ node }) => node.contains(document.activeElement));
      this.methods.show(lanes, styles);
      this.rows = lanes.map((lane, index) => {
        const row = new LaneRow(this.words, this.push, this.methods, {
          ...{ index, lane, style: styles[index], open: this.open },
        });
        this.rename(row, index);
        return row;
      });
      this.list.replaceChildren(...this.rows.map(({ node }) => node));
      this.rows[Math.min(held, this.rows.length - 1)]?.choice.focus();
    }
    const data = /** @type {Answer} */ ({ lanes, ground: { knobs: { l2: 0 } } });
    this.rows.forEach((row, index) => row.set(lanes[index], data));
  }

  /**
   * The lanes of the race have rows as well, and no two nodes have the same id.
   * @param {LaneRow} row
   * @param {number} index
   */
  rename(row, index) {
    const before = row.more.id;
    row.more.id = `os-moretrainer-${index}`;
    row.node.querySelector(`[aria-controls="${before}"]`)?.setAttribute("aria-controls", row.more.id);
  }
}
