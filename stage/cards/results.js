// The table of lanes: what came of it.

import { sayEnding } from "../controls/lane.js";
import { swatch } from "../figures/marks.js";
import { el, heading, reachable } from "../lib/dom.js";
import { fill, spell } from "../lib/format.js";
import { laneNames, rateBehind } from "../lib/lane_names.js";

/** @import { Answer } from "../types/answer.d.ts" */
/** @import { Style } from "../types/figures.d.ts" */
/** @import { Words } from "../types/words.d.ts" */

const ROUNDING = 1e-9; // what rounding leaves of a least loss that is zero

export class Results {
  /** @param {Words} words */
  constructor(words) {
    this.words = words;
    const { ui } = words;
    const columns = [ui.col_lane, ui.col_loss, ui.col_distance, ui.col_within, ui.col_ending];
    this.body = el("tbody");
    this.note = el("p.os-source");
    this.node = el(
      "section.os-card.os-results",
      { "aria-labelledby": "os-results" },
      el("h2.os-head", { id: "os-results" }, ui.results),
      el("div.os-scroll", {}, el("table.os-table", {}, heading(...columns), this.body)),
      this.note,
    );
  }

  /**
   * @param {Answer} data
   * @param {Style[]} styles
   */
  update(data, styles) {
    const { ui } = this.words;
    const { least, tolerance, searching } = data.ground;
    const names = laneNames(this.words, data.lanes);
    reachable(this.body.closest(".os-scroll"));
    this.note.textContent = searching
      ? ui.searching_note
      : least === null
        ? ui.no_minimum_note
        : fill(ui.within_note, {
            tolerance: spell(tolerance ?? 0, 2),
            least: spell(Math.abs(least) < ROUNDING ? 0 : least, 5),
          });
    this.body.replaceChildren(
      ...data.lanes.map((lane, index) =>
        el(
          "tr",
          {},
          el(
            "th",
            { scope: "row" },
            swatch(styles[index]),
            " ",
            names[index],
            el("span.os-muted", {}, rateBehind(names[index], lane.knobs.learning_rate)),
          ),
          el("td", {}, spell(lane.final)),
          el(
            "td",
            {},
            lane.distance === null ? "–" : lane.distance < 5e-7 ? ui.distance_zero : spell(lane.distance, 3),
          ),
          el("td", {}, lane.within === null ? "–" : String(lane.within)),
          el("td", { "data-kind": lane.ending?.kind ?? "" }, sayEnding(ui, lane.ending)),
        ),
      ),
    );
  }
}
