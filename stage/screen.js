// All that is drawn of an answer, and in which order: the map first, the surface last.

import { Curvature } from "./cards/curvature.js";
import { Experiments } from "./cards/experiments.js";
import { Figures, painted } from "./figures/figures.js";
import { FitChart } from "./figures/fit.js";
import { LossQuantiles } from "./figures/loss_quantiles.js";
import { el } from "./lib/dom.js";
import { Networks } from "./networks/networks.js";
import { whole } from "./session/facts.js";
import { lossAxisOf, themeOf } from "./session/view.js";

/** @import { Actions } from "./actions.js" */
/** @import { Facts } from "./session/facts.js" */
/** @import { Fetching } from "./session/fetching.js" */
/** @import { Answer, View } from "./types/answer.d.ts" */
/** @import { Layer } from "./types/facts.d.ts" */
/** @import { Terrain } from "./types/figures.d.ts" */
/** @import { At, Fail } from "./types/stage.d.ts" */

const SURFACE_WAITS = 300; // ms without another answer: drawing it holds up a click that comes meanwhile
const MODEL_WAITS = 500; // ms without another click before the wires of a model are drawn, which holds up the next one
const ROOMY = "(min-width: 1700px)"; // where the inspector stands beside a race, as stage/layout.css has it

export class Screen {
  /**
   * `fetching` and `facts` bring what is drawn, `library` is plotly.js, `at()` gives the playhead and `theme()`
   * the reader's; `plain`: figures do without plotly.js. `actions` hears what the reader does, `on` how far the spread
   * of the losses is and what failed.
   * @param {Fetching} fetching
   * @param {Facts} facts
   * @param {string} library
   * @param {{ at: At, theme: () => "light" | "dark", plain: boolean }} reader
   * @param {Actions} actions
   * @param {{ progress: (done: number, all: number) => void, fail: Fail }} on
   */
  constructor(fetching, facts, library, { at, theme, plain }, actions, on) {
    this.facts = facts;
    this.at = at;
    this.theme = theme;
    this.plain = plain;
    this.fail = on.fail;
    this.opened = false;
    /** @type {Answer | undefined} what is drawn, or about to be */
    this.drawn = undefined;
    /** @type {View | undefined} as it was drawn last */
    this.view = undefined;
    /** @type {IntersectionObserver | null} tells when the surface comes into sight */
    this.watch = null;
    /** @type {number | undefined} */
    this.surfaceLater = undefined;
    /** @param {string} name */
    const plot = (name) => el(`div.os-${name}`);
    this.nodes = {
      map: plot("map"),
      surface: plot("surface3d"),
      losses: plot("lossplot"),
      measures: plot("lossplot"),
      data: plot("dataplot"),
    };
    this.figures = new Figures((path, signal) => fetching.json(path, signal), this.nodes, library, plain);
    this.curvature = new Curvature(facts, this.figures, this.nodes.measures, {
      ask: (point) => actions.ask(point),
      start: (point) => actions.begin(point),
      modelChanged: () => this.drawSurfaceSoon(MODEL_WAITS),
      fail: on.fail,
    });
    this.experiments = new Experiments(facts, this.figures, {
      push: (change) => actions.push(change),
      look: (change) => actions.look(change),
      fail: on.fail,
    });
    this.networks = new Networks(facts, this.figures, {
      push: (change) => actions.push(change),
      look: (change) => actions.look(change),
      fail: on.fail,
    });
    this.fit = new FitChart(this.nodes.data, facts, this.figures, on.fail);
    this.quantiles = new LossQuantiles(facts, this.figures, { progress: on.progress, fail: on.fail });
  }

  /**
   * The figures of a ground, and what the map is coloured by, but in a draft; and for which choices that is.
   * @param {Pick<Answer, "ground" | "draft"> & { lanes: { id: string }[] }} answer
   * @param {View} view
   * @returns {Promise<[Terrain, Layer | null, string]>}
   */
  async pictures(answer, view) {
    const { layer } = view;
    const theme = themeOf(this.theme(), view);
    const path = /** @type {const} */ (`layer-${layer}-${theme}.json?${answer.ground.query}`);
    const coloured = layer === "height" || answer.draft ? null : whole(this.facts, path, () => true);
    return Promise.all([this.figures.loadTerrain(theme, answer), coloured, `${layer} ${theme}`]);
  }

  /**
   * Draw `data` on what `pictures` brought. `words()` says what is words; `embedded` pages have no inspector.
   * @param {Answer} data
   * @param {View} view
   * @param {[Terrain, Layer | null, string]} pictures
   * @param {{ stepAxis: string, embedded: boolean, words: () => void }} how
   */
  async draw(data, view, [terrain, layer, choices], { stepAxis, embedded, words }) {
    this.view = view;
    this.drawn = data;
    if (choices !== `${view.layer} ${themeOf(this.theme(), view)}`) {
      // The reader has chosen others while they were on their way.
      const others = await this.pictures(data, view);
      if (this.drawn === data) await this.draw(data, view, others, { stepAxis, embedded, words });
      return;
    }
    await this.figures.show(data, terrain, {
      layer,
      axis: lossAxisOf(view, data),
      at: this.at,
      inspecting: this.inspects(view) && !view.hide.has("inspector") && !embedded,
      stepAxis,
      words,
    });
    if (this.opened) this.showMore(data, view);
    this.drawSurfaceSoon();
  }

  /**
   * Whether the inspector is seen, to which the arrows on the map belong.
   * @param {View} view
   */
  inspects({ page }) {
    return page === "step" || (page === "race" && (this.plain || matchMedia(ROOMY).matches));
  }

  /**
   * The map stands; once it is painted, all else follows for what `now()` says is on the screen by then.
   * @param {() => [Answer, View]} now
   */
  async open(now) {
    this.opened = true;
    await painted();
    this.showMore(...now());
    // Only now the surface: it keeps the browser busy for longer than everything else.
    this.watch = new IntersectionObserver(() => this.drawSurface());
    this.watch.observe(this.nodes.surface);
  }

  /**
   * What is fetched when somebody looks at it.
   * @param {Answer} data
   * @param {View} view
   */
  showMore(data, view) {
    if (data.draft) return; // the server is busy with what comes first
    for (const part of [this.curvature, this.experiments, this.fit, this.quantiles, this.networks])
      part.show(data, view, this.at);
  }

  /** The surface is the heaviest: it waits until the answers pause. */
  drawSurfaceSoon(wait = SURFACE_WAITS) {
    clearTimeout(this.surfaceLater);
    if (this.watch) this.surfaceLater = setTimeout(() => this.drawSurface(), wait);
  }

  drawSurface() {
    if (this.view) this.figures.showSurface(themeOf(this.theme(), this.view)).catch(this.fail);
  }

  /**
   * The playhead stands at `at`.
   * @param {number} at
   */
  move(at) {
    if (this.view?.page === "networks") this.networks.move(at);
    else for (const part of [this.figures, this.curvature, this.experiments, this.fit]) part.move(at);
  }
}
