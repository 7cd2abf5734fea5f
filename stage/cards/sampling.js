// What is said over the figures while a network is trained and the plane through its loss is sampled, and why there is none.

import { el } from "../lib/dom.js";
import { fill } from "../lib/format.js";

/** @import { Progress, Sampled } from "../types/facts.d.ts" */
/** @import { SliceWords } from "../types/words.d.ts" */

export class Sampling {
  /** @param {SliceWords} words */
  constructor({ texts }) {
    this.texts = texts;
    this.said = el("span", { role: "status" });
    this.bar = el("progress.os-progress", { "aria-label": texts.progress });
    this.node = el("div.os-sampling", { hidden: true }, this.said, this.bar);
  }

  /**
   * Show how far it is, or why there will be no samples; `drawn`: another slice is seen.
   * @param {Progress | Sampled} told
   * @param {boolean} drawn
   */
  show(told, drawn) {
    const { texts } = this;
    const fails = "failed" in told;
    this.node.hidden = false;
    this.bar.hidden = fails;
    this.node.classList.toggle("os-failed", fails);
    if (!fails) {
      if (told.done > 0) this.bar.value = told.done / told.parts;
      this.say(texts.working);
      return;
    }
    const why = told.failed === "diverged" ? fill(texts.diverged, { step: told.step }) : texts.data;
    this.say(drawn ? `${why} ${texts.failed_keep}` : why);
  }

  /** @param {string} sentence */
  say(sentence) {
    if (this.said.textContent !== sentence) this.said.textContent = sentence;
  }

  end() {
    this.node.hidden = true;
    this.bar.removeAttribute("value");
  }
}
