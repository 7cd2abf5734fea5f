// Everything that takes many runs, fetched when somebody looks at it: the cards of the pages on noise and
// on fair races, and what they draw on the map. Nothing is asked for that is not on the page.

import { CrowdCard } from "./crowd.js";
import { MinimaCard } from "./minima.js";
import { SharesCard } from "./shares.js";
import { SweepCard } from "./sweep.js";
import { VarianceCard } from "./variance.js";
import { Dots, Shifted, unpackCloud } from "../figures/cloud.js";
import { LatestRequest } from "../session/latest_request.js";

const KINDS = { variance: VarianceCard, crowd: CrowdCard, minima: MinimaCard, shares: SharesCard, sweep: SweepCard };

export class Experiments {
  /** `on` has push(change), look(view) and fail(error). */
  constructor(facts, figures, on) {
    this.facts = facts;
    this.figures = figures;
    this.on = { ...on, shifted: () => this.shift() };
    this.parts = {};
    this.cards = {};
    this.dots = new Dots(figures.map);
    this.shifted = new Shifted(figures.map);
    this.clouds = new LatestRequest(facts, (answer) => this.tookCloud(answer), on.fail);
  }

  /** Cards in the reader's language. */
  build(words) {
    for (const part of Object.values(this.parts)) this.drop(part);
    this.parts = Object.fromEntries(Object.entries(KINDS).map(([name, Card]) => [name, new Card(words, this.facts, this.on, this.figures.library)]));
    this.cards = Object.fromEntries(Object.entries(this.parts).map(([name, { node }]) => [name, node]));
  }

  drop(part) {
    part.rest();
    part.close?.();
  }

  /** `data` is on the screen; fetch what goes with it. `at` gives the playhead. */
  async show(data, view, at) {
    Object.assign(this, { data, view, at });
    const seen = Object.values(this.parts).filter(({ node }) => node.offsetParent !== null);
    for (const part of Object.values(this.parts)) if (!seen.includes(part)) part.rest();
    const clouded = view.page === "noise" && view.cloud === "on";
    if (!clouded) this.clouds.ask(null);
    if (!clouded) this.dots.clear();
    if (!seen.length && !clouded) return this.shifted.clear();
    try {
      const sheets = await this.facts.get(`experiments-${document.documentElement.dataset.optiscape}.json`);
      if (this.data !== data || this.view !== view) return; // something else is on the screen by now
      // Which lane is picked is no matter of the runs.
      const spelling = data.spelling.replace(/&pick=\d+/, "");
      if (sheets !== this.sheets) this.clouds.forget();
      this.sheets = sheets;
      const { styles } = this.figures;
      for (const part of seen) part.show({ data, view, sheets, styles, spelling });
      if (clouded) this.clouds.ask(`cloud.json?${spelling}&of=${data.detail.lane}&crowd=${view.crowd}`);
      this.shift();
    } catch (error) {
      this.on.fail(error);
    }
  }

  tookCloud(answer) {
    const { data, view, sheets } = this;
    if (!answer.chance || view.page !== "noise") return this.dots.clear();
    const { marker } = sheets.map.data.find(({ meta }) => meta.role === "dots");
    this.dots.show(unpackCloud(answer, data.ground.box), marker, this.figures.styles[answer.lane].color, this.at());
  }

  /** The contour lines of the test loss, where the reader wants them. */
  shift() {
    const { minima } = this.parts;
    const by = this.view?.page === "noise" && !minima.node.hidden ? minima.moved : null;
    if (!by || !this.sheets) return this.shifted.clear();
    const { line } = this.sheets.map.data.find(({ meta }) => meta.role === "shifted");
    this.shifted.show(this.figures.terrain.map, by, line);
  }

  /** The playhead stands at `at`. */
  move(at) {
    this.dots.move(at);
  }

  close() {
    for (const part of Object.values(this.parts)) this.drop(part);
    this.dots.close();
    this.shifted.close();
  }
}
