// The reader's own knobs, kept while another rule chooses the rates: “as set” gives them back.

/** @import { Answer, Change } from "../types/answer.d.ts" */

export class OwnRates {
  constructor() {
    /** @type {Pick<Answer["lanes"][number], "id" | "knobs">[]} lane by lane */
    this.lanes = [];
  }

  /**
   * Another rule is about to choose.
   * @param {Pick<Answer, "budget" | "lanes">} data
   */
  keep({ budget, lanes }) {
    if (budget.rule === "own") this.lanes = lanes.map(({ id, knobs }) => ({ id, knobs }));
  }

  /**
   * The changes that give back what was kept, to lanes that still have their method.
   * @param {Pick<Answer, "lanes">} data
   * @returns {Change[]}
   */
  back({ lanes }) {
    return lanes.flatMap(({ id, knobs }, lane) => {
      const kept = this.lanes[lane];
      if (kept?.id !== id) return [];
      const turned = Object.entries(kept.knobs).filter(([knob, to]) => knobs[knob] !== to);
      return turned.map(([knob, to]) => /** @type {const} */ ({ do: "lane_knob", lane, knob, to }));
    });
  }
}
