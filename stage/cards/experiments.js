// Everything that takes many runs, fetched when somebody looks at it: the cards of the pages on noise and
// on fair races, and what they draw on the map. Nothing is asked for that is not on the page.

import { Dots, Shifted, unpackCloud } from "../figures/cloud.js";
import { colored } from "../figures/lane_colors.js";
import { trace } from "../figures/plots.js";
import { whole } from "../session/facts.js";
import { LatestRequest } from "../session/latest_request.js";
import { EnsembleCard } from "./ensemble.js";
import { MinimaCard } from "./minima.js";
import { SharesCard } from "./shares.js";
import { SweepCard } from "./sweep.js";
import { VarianceCard } from "./variance.js";

/** @import { Figures } from "../figures/figures.js" */
/** @import { Facts } from "../session/facts.js" */
/** @import { Answer, View } from "../types/answer.d.ts" */
/** @import { FactPath, NoChance, SentCloud } from "../types/facts.d.ts" */
/** @import { Sheets, Style } from "../types/figures.d.ts" */
/** @import { At, Card, CardEvents, Fail, Look, Push } from "../types/stage.d.ts" */
/** @import { Words } from "../types/words.d.ts" */

export class Experiments {
  /**
   * @param {Facts} facts
   * @param {Figures} figures
   * @param {{ push: Push, look: Look, fail: Fail }} on
   */
  constructor(facts, figures, on) {
    this.facts = facts;
    this.figures = figures;
    /** @type {CardEvents} */
    this.on = { ...on, shifted: () => this.shift() };
    /** @type {Record<string, Card>} by the name under which the page shows them */
    this.cards = {};
    /** @type {MinimaCard | null} the card that moves contour lines */
    this.minima = null;
    /** @type {SweepCard | null} the card that knows the best rates */
    this.sweep = null;
    /** @type {{ data: Answer, view: View, at: At } | null} what is on the screen */
    this.shown = null;
    /** @type {Sheets | null} the empty charts in the reader's theme */
    this.sheets = null;
    /** @type {Sheets | null} the same as they came, before lanes had colours */
    this.blank = null;
    this.colors = "";
    this.dots = new Dots(figures.map);
    this.shifted = new Shifted(figures.map);
    /** @type {LatestRequest<FactPath<"cloud.json">>} */
    this.clouds = new LatestRequest(facts, (answer) => this.receiveCloud(answer), on.fail);
  }

  /**
   * Make the cards in the reader's language, and return their nodes by name.
   * @param {Words} words
   * @returns {Record<string, HTMLElement>}
   */
  build(words) {
    for (const card of Object.values(this.cards)) this.drop(card);
    const { facts, on } = this;
    const { library } = this.figures;
    this.minima = new MinimaCard(words, facts, on, library);
    this.sweep = new SweepCard(words, facts, on, library);
    this.cards = {
      variance: new VarianceCard(words, facts, on, library),
      crowd: new EnsembleCard(words, facts, on),
      minima: this.minima,
      shares: new SharesCard(words, facts, on, library),
      sweep: this.sweep,
    };
    return Object.fromEntries(Object.entries(this.cards).map(([name, { node }]) => [name, node]));
  }

  /** @param {Card} card */
  drop(card) {
    card.stop();
    card.close?.();
  }

  /**
   * `data` is on the screen; fetch what goes with it. `at` gives the playhead.
   * @param {Answer} data
   * @param {View} view
   * @param {At} at
   */
  async show(data, view, at) {
    const shown = { data, view, at };
    this.shown = shown;
    const searching = this.sweep?.wanted ? this.sweep : null; // which is waited for on any page
    const seen = Object.values(this.cards).filter((card) => card === searching || card.node.offsetParent !== null);
    for (const card of Object.values(this.cards)) if (!seen.includes(card)) card.stop();
    const clouded = view.page === "noise" && view.cloud === "on";
    if (!clouded) this.clouds.ask(null);
    if (!clouded) this.dots.clear();
    if (!seen.length && !clouded) return this.shifted.clear();
    try {
      const theme = document.documentElement.dataset.optiscape;
      const blank = await whole(this.facts, /** @type {const} */ (`experiments-${theme}.json`), () => true);
      if (this.shown.data !== data || this.shown.view !== view || !blank) return; // something else is on the screen
      // Which lane is picked is no matter of the runs.
      const spelling = data.spelling.replace(/&pick=\d+/, "");
      const { styles } = this.figures;
      const sheets = this.inColors(blank, styles);
      if (sheets !== this.sheets) this.clouds.forget();
      this.sheets = sheets;
      for (const card of seen) card.show({ data, view, sheets, styles, spelling });
      if (clouded) this.clouds.ask(`cloud.json?${spelling}&of=${data.detail.lane}&crowd=${view.crowd}`);
      this.shift();
    } catch (error) {
      this.on.fail(/** @type {Error} */ (error));
    }
  }

  /**
   * Look for the best rate of each lane, to be taken as soon as they are known; or no longer.
   * @param {boolean} wanted
   */
  seekBest(wanted) {
    this.sweep?.want(wanted);
    if (this.shown) this.show(this.shown.data, this.shown.view, this.shown.at);
  }

  /**
   * The charts in the colours of the lanes: the same ones as long as these are.
   * @param {Sheets} blank
   * @param {Style[]} styles
   */
  inColors(blank, styles) {
    const colors = styles.map(({ color }) => color);
    if (this.blank !== blank || this.colors !== colors.join() || !this.sheets) {
      this.blank = blank;
      this.colors = colors.join();
      return { ...blank, sweep: colored(blank.sweep, colors) };
    }
    return this.sheets;
  }

  /** @param {NoChance | SentCloud} answer */
  receiveCloud(answer) {
    const { shown, sheets } = this;
    if (!answer.chance || !shown || !sheets || shown.view.page !== "noise") return this.dots.clear();
    const { marker } = trace(sheets.map, "dots");
    const cloud = unpackCloud(answer, shown.data.ground.box);
    if (marker) this.dots.show(cloud, marker, this.figures.styles[answer.lane].color, shown.at());
  }

  /** The contour lines of the test loss, where the reader wants them. */
  shift() {
    const { minima, sheets } = this;
    const { terrain } = this.figures;
    const by = this.shown?.view.page === "noise" && minima && !minima.node.hidden ? minima.moved : null;
    if (!by || !sheets || !terrain) return this.shifted.clear();
    this.shifted.show(terrain.map, by, trace(sheets.map, "shifted").line);
  }

  /**
   * The playhead stands at `at`.
   * @param {number} at
   */
  move(at) {
    this.dots.move(at);
  }
}
