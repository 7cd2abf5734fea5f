// The lab on outputs: softmax beside sigmoids, and the loss that belongs to each. All of it is worked out here.

import { OutputBars } from "./output_bars.js";
import { outputFinding } from "./output_findings.js";
import { CLASSES, chosenOf } from "./output_rows.js";
import { row, segments } from "../controls/controls.js";
import { el } from "../lib/dom.js";

/** @import { OutputClass } from "../types/networks.d.ts" */
/** @import { Look } from "../types/stage.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { ShownNetwork } from "./networks.js" */

export class OutputLab {
  /**
   * @param {Words} words
   * @param {Look} look
   */
  constructor({ network: { outputs }, tag }, look) {
    const { texts, scores, truth } = outputs;
    this.words = { texts, tag };
    this.letters = truth.options;
    this.bars = new OutputBars(outputs, (k) => look({ truth: CLASSES[k] }));
    this.node = el("div.os-netlab.os-netoutput", {}, el("div.os-netlarge", {}, this.bars.node, this.bars.key));
    this.finding = el("div.os-netruling", { role: "status" });
    this.rows = scores.map((knob, k) =>
      row(knob, (to) => look({ [`score${CLASSES[k]}`]: Number(to), raised: CLASSES[k] })),
    );
    this.truth = segments(truth, (to) => look({ truth: /** @type {OutputClass} */ (to) }));
    /** What stands in the panel. */
    this.controls = el(
      "div.os-group.os-outcontrols",
      { role: "group", "aria-label": texts.settings },
      ...this.rows.map(({ node }) => node),
      this.truth.node,
    );
  }

  /** @param {ShownNetwork} shown */
  show({ view }) {
    const chosen = chosenOf(view);
    this.rows.forEach((made, k) => made.set(chosen.scores[k]));
    this.truth.set(view.truth);
    this.bars.show(chosen);
    const found = outputFinding(this.words, this.letters, chosen);
    this.finding.replaceChildren(...found.map((sentence) => el("p", {}, sentence)));
  }

  move() {}

  stop() {}

  close() {}
}
