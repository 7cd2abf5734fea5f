// The lab on the book: one of its figures, ours over several seeds, with its printed numbers on top and in a table.

import { bookCurves, curvesOf, inks, trialMarks } from "./book_charts.js";
import { bookFinding, bookQuestions, number, place, settings, why } from "./book_words.js";
import { Chart } from "./chart.js";
import { segments } from "../controls/controls.js";
import { few } from "../figures/few_ticks.js";
import { laneColors } from "../figures/lane_colors.js";
import { marks } from "../figures/log_axis.js";
import { swatch } from "../figures/marks.js";
import { el } from "../lib/dom.js";
import { fill } from "../lib/format.js";
import { LatestRequest } from "../session/latest_request.js";

/** @import { Facts } from "../session/facts.js" */
/** @import { Axis } from "../types/figures.d.ts" */
/** @import { BookExperiment, FigureName, NetBook } from "../types/network_book.d.ts" */
/** @import { Fail, Look } from "../types/stage.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { BookDrawing } from "./book_charts.js" */
/** @import { Looks, ShownNetwork } from "./networks.js" */

const CHARTS = 2; // as many curves as an experiment has at most
const AROUND = { l: 50, r: 14, t: 6, b: 38 };
const NONE = { data: [], changes: {} };

export class BookLab {
  /**
   * @param {Words} words
   * @param {Facts} facts
   * @param {{ look: Look, fail: Fail }} on
   */
  constructor({ network: { book } }, facts, { look, fail }) {
    this.words = book;
    this.charts = Array.from({ length: CHARTS }, () => new Chart(""));
    this.about = el("p.os-netbookabout");
    this.key = el("ul.os-keys.os-netbookkey");
    this.table = el("div.os-netbooktable", { tabindex: 0, role: "region", "aria-label": book.texts.table });
    this.node = el(
      "div.os-netlab.os-netbook",
      {},
      el("div.os-netbookcharts", {}, ...this.charts.map(({ node }) => node)),
      this.key,
      this.table,
    );
    this.waiting = el("p.os-netwaiting", { hidden: true, "aria-hidden": "true" }, book.texts.not_run);
    this.node.append(this.waiting);
    this.finding = el("div.os-netruling", { role: "status" });
    this.choice = segments(book.figure, (to) => look({ figure: /** @type {FigureName} */ (to) }));
    this.questions = el("div.os-netbookquestions");
    /** What stands in the panel. */
    this.controls = el("div.os-netbookcontrols", {}, this.choice.node, this.about, this.questions);
    /** @type {LatestRequest<"net_book.json?">} */
    this.facts = new LatestRequest(facts, (answer) => this.receive(answer), fail);
    /** @type {NetBook | null} */
    this.known = null;
    /** @type {ShownNetwork | null} */
    this.shown = null;
  }

  /** @param {ShownNetwork} shown */
  show(shown) {
    this.shown = shown;
    this.choice.set(shown.view.figure);
    this.facts.ask("net_book.json?");
    if (this.known) this.draw();
  }

  /** @param {NetBook} answer */
  receive(answer) {
    this.known = answer;
    this.draw();
  }

  draw() {
    const { shown, known, words } = this;
    if (!shown || !known) return;
    const { view, looks } = shown;
    const experiment = known.experiments.find(({ id }) => id === view.figure);
    const named = experiment ? curvesOf(experiment) : [];
    for (const node of [this.key, this.table]) node.hidden = !experiment;
    this.waiting.hidden = Boolean(experiment);
    this.charts.forEach(({ node }, index) => (node.hidden = index >= named.length));
    if (!experiment) {
      this.about.textContent = "";
      this.questions.replaceChildren();
      this.finding.textContent = words.texts.not_run;
      return;
    }
    this.about.textContent = settings(words, experiment).join(" · ");
    this.finding.replaceChildren(...bookFinding(words, experiment).map((sentence) => el("p", {}, sentence)));
    this.ask(experiment, known);
    const colors = laneColors(inks(experiment), looks.methods);
    this.tell(experiment, colors);
    named.forEach((name, index) => {
      const drawing = experiment.trials
        ? trialMarks(experiment, looks.inks.activations)
        : bookCurves(experiment, name, colors);
      const chart = this.charts[index];
      chart.title.textContent = fill(words.texts.chart, {
        figure: words.figures[experiment.id],
        curve: words.curves[name],
      });
      if (drawing) this.picture(chart, drawing, experiment, looks);
    });
  }

  /**
   * @param {Chart} chart
   * @param {BookDrawing} drawing
   * @param {BookExperiment} experiment
   * @param {Looks} looks
   */
  picture(chart, drawing, { axis }, { base }) {
    const { axes } = this.words;
    /**
     * @param {Axis | undefined} usual
     * @param {[number, number]} range
     * @param {boolean} log
     * @returns {Axis}
     */
    const along = (usual, range, log) => ({
      ...{ ...usual, range, type: log ? "log" : "linear" },
      ...(log ? marks(range) : {}),
    });
    const xaxis = along(base.xaxis, drawing.x, drawing.logX);
    const yaxis = along(base.yaxis, drawing.y, drawing.logY);
    const title = axes[axis] ?? axes.rate;
    chart.show(drawing, NONE, {
      ...{ ...base, margin: AROUND },
      xaxis: { ...xaxis, title: { ...base.xaxis?.title, text: title } },
      yaxis: { ...yaxis, title: { text: "" }, ...(drawing.logY ? {} : few(chart.plot)) },
    });
  }

  /**
   * The key of the lanes and the table of printed numbers.
   * @param {BookExperiment} experiment
   * @param {string[]} colors
   */
  tell(experiment, colors) {
    const { words, key, table } = this;
    const { texts, lanes } = words;
    const { band, seeds, rows } = experiment;
    key.replaceChildren(
      ...experiment.lanes.map(({ id }, lane) =>
        el("li", {}, swatch({ color: colors[lane], dash: "solid", symbol: "circle" }), lanes[id]),
      ),
      el("li.os-muted", {}, fill(texts.key_median, { seeds })),
      el("li", {}, el("span.os-netgapkey"), fill(texts.key_band, { band })),
      el("li", {}, el("span.os-netbookmark", { "aria-hidden": "true" }, "◆"), texts.key_printed),
    );
    const reasons = rows.map((row) => why(words, experiment, row));
    const explained = reasons.some(Boolean); // where all numbers agree there is nothing to explain
    const head = [texts.col_what, texts.col_printed, fill(texts.col_ours, { band }), texts.col_agree];
    if (explained) head.push(texts.col_why);
    table.replaceChildren(
      el(
        "table",
        {},
        el("thead", {}, el("tr", {}, ...head.map((text) => el("th", { scope: "col" }, text)))),
        el(
          "tbody",
          {},
          ...rows.map((row, index) =>
            el(
              "tr",
              { "data-agree": String(row.agree) },
              el("th", { scope: "row" }, place(words, experiment, row)),
              el("td", {}, number(row.printed)),
              el(
                "td",
                {},
                fill(texts.ours, { median: number(row.median), low: number(row.low), high: number(row.high) }),
              ),
              el("td", {}, row.agree ? texts.yes : texts.no),
              ...(explained ? [el("td", {}, reasons[index])] : []),
            ),
          ),
        ),
      ),
    );
  }

  /**
   * @param {BookExperiment} experiment
   * @param {NetBook} known
   */
  ask(experiment, { ranking }) {
    const asked = bookQuestions(this.words, experiment, ranking);
    this.questions.replaceChildren(
      ...asked.map(({ question, answer }) =>
        el("details.os-netbookquestion", {}, el("summary", {}, question), el("p", {}, answer)),
      ),
    );
  }

  move() {}

  stop() {
    this.facts.ask(null);
  }

  close() {
    this.stop();
    for (const chart of this.charts) chart.close();
  }
}
