// Networks that train: the labs, one of which is large where else the map is, and the panel in which they are set.

import { ActivationLab } from "./activation_lab.js";
import { BatchLab } from "./batch_lab.js";
import { BookLab } from "./book_lab.js";
import { EdgeLab } from "./edge_lab.js";
import { InitLab } from "./init_lab.js";
import { LineLab } from "./line_lab.js";
import { NormalizationLab } from "./normalization_lab.js";
import { OutputLab } from "./output_lab.js";
import { NetworkPanel } from "./panel.js";
import { RegularizationLab } from "./regularization_lab.js";
import { SaddleLab } from "./saddle_lab.js";
import { ResidualLab } from "./residual_lab.js";
import { SearchLab } from "./search_lab.js";
import { SpectrumLab } from "./spectrum_lab.js";
import { SliceLab } from "./slice_lab.js";
import { TrainLab } from "./train_lab.js";
import { asLane } from "./as_lane.js";
import { laneColors } from "../figures/lane_colors.js";
import { trace } from "../figures/plots.js";
import { el } from "../lib/dom.js";
import { laneNames } from "../lib/lane_names.js";
import { learns } from "../session/view.js";

/** @import { Figures } from "../figures/figures.js" */
/** @import { Facts } from "../session/facts.js" */
/** @import { Answer, View } from "../types/answer.d.ts" */
/** @import { DrawingRules, Layout, Line, MethodColors, Style, Terrain } from "../types/figures.d.ts" */
/** @import { LabName, Network, Trainer } from "../types/networks.d.ts" */
/** @import { At, Fail, Look, Push } from "../types/stage.d.ts" */
/** @import { Words } from "../types/words.d.ts" */

/** @typedef {TrainLab | InitLab | ActivationLab | RegularizationLab | BatchLab | NormalizationLab | SearchLab | BookLab | OutputLab} TrainingLab */
/** @typedef {TrainingLab | SliceLab | ResidualLab | SpectrumLab | EdgeLab | SaddleLab | LineLab} Lab */

/** @typedef {"activations" | "gradients" | "theory" | "value" | "derivative" | "others"} Ink */

/**
 * How labs draw: trainers in the colours of their methods, axes as below the map, the playhead's line; the symbols of lanes, and a
 * map's colours from the lowest loss to the highest, and its lines.
 * @typedef {{ styles: Style[], base: Layout, line: Line, paper: string, methods: MethodColors, inks: Record<Ink, string>, symbols: string[], ramp: string[], map: MapPens }} Looks
 */

/** @typedef {{ rules: DrawingRules, pens: Line[] }} MapPens how maps are drawn: by these numbers, and lines and index lines with these pens */

/** @typedef {{ network: Network, view: View, lane: number, names: string[], looks: Looks, at: number }} ShownNetwork what a lab shows */

/** Labs through which no playhead goes. @type {LabName[]} */
const STILL = ["activations", "outputs", "normalization", "search", "saddles", "lines", "book"];

/** @type {Record<Ink, string>} */
const INKS = {
  activations: "var(--os-accent)",
  gradients: "var(--os-warn)",
  theory: "var(--os-ink)",
  value: "var(--os-accent)",
  derivative: "var(--os-warn)",
  others: "color-mix(in srgb, var(--os-muted) 45%, transparent)",
};

export class Networks {
  /**
   * `figures` knows the colours and axes of the theme.
   * @param {Facts} facts
   * @param {Figures} figures
   * @param {{ push: Push, look: Look, fail: Fail }} on
   */
  constructor(facts, figures, on) {
    this.facts = facts;
    this.figures = figures;
    this.on = on;
    /** @type {Partial<Record<LabName, Lab>>} */
    this.labs = {};
    /** @type {Lab | null} the one that is open */
    this.lab = null;
    /** @type {NetworkPanel | null} */
    this.panel = null;
    /** @type {Words | null} */
    this.words = null;
    this.stage = el("div.os-netstage");
  }

  /**
   * Make labs and panel in the reader's language, and return where they stand: in the map's place, and beside it.
   * @param {Words} words
   */
  build(words) {
    for (const lab of Object.values(this.labs)) lab.close();
    const { facts, on } = this;
    this.words = words;
    const names = Object.fromEntries(words.network.activations.map(({ id, name }) => [id, name]));
    this.labs = {
      train: new TrainLab(words, facts, {
        pick: (lane) => on.look({ netlane: lane + 1 }),
        look: on.look,
        fail: on.fail,
      }),
      slice: new SliceLab(words, facts, on),
      init: new InitLab(words, facts, on),
      activations: new ActivationLab(words, facts, {
        names,
        choose: (to) => on.push({ do: "net", knob: "activation", to }),
        fail: on.fail,
      }),
      regularization: new RegularizationLab(words, facts, on),
      batch: new BatchLab(words, facts, on),
      normalization: new NormalizationLab(words, facts, on),
      search: new SearchLab(words, facts, on),
      spectrum: new SpectrumLab(words, facts, on),
      edge: new EdgeLab(words, facts, on),
      saddles: new SaddleLab(words, facts, on),
      lines: new LineLab(words, facts, on),
      residual: new ResidualLab(words, facts, on),
      book: new BookLab(words, facts, on),
      outputs: new OutputLab(words, on.look),
    };
    this.lab = null;
    this.panel = new NetworkPanel(words, facts, on, this.panel?.table);
    this.stage.replaceChildren(...Object.values(this.labs).map(({ node }) => node));
    return { stage: this.stage, panel: this.panel.node };
  }

  /**
   * `data` is on the screen; show of its networks what `view` asks for.
   * @param {Answer} data
   * @param {View} view
   * @param {At} at
   */
  show(data, view, at) {
    const open = view.page === "networks" ? (this.labs[view.lab] ?? null) : null;
    if (this.lab !== open) this.lab?.stop();
    this.lab = open;
    const { terrain } = this.figures;
    if (!open || !this.panel || !this.words || !terrain) return;
    this.stage.dataset.lab = view.lab;
    const looked = view.lab !== "init" || learns(data.network.inside);
    this.stage.dataset.steps = looked && !STILL.includes(view.lab) ? "on" : "off";
    for (const lab of Object.values(this.labs)) lab.node.hidden = lab !== open;
    const { network } = data;
    const lane = Math.min(view.netlane, network.trainers.length) - 1;
    const looks = looksOf(terrain, network.trainers);
    const names = laneNames(this.words, network.trainers.map(asLane));
    const rows = new URLSearchParams(data.spelling).get("nettable");
    this.panel.show(view.lab, network, looks.styles, open, rows);
    open.show({ network, view, lane, names, looks, at: at() });
  }

  /** @param {number} at */
  move(at) {
    this.lab?.move(at);
  }
}

/**
 * @param {Terrain} terrain
 * @param {Trainer[]} trainers
 * @returns {Looks}
 */
function looksOf({ map, movers, losses, playhead }, trainers) {
  const { methods, paper, relief } = map.layout.meta;
  const colors = laneColors(
    trainers.map(({ optimizer }) => ({ id: optimizer })),
    methods,
  );
  const symbols = movers.data.flatMap(({ meta }) => (meta.role === "path" ? [meta.symbol ?? "circle"] : []));
  const styles = colors.map((color, lane) => ({
    color,
    dash: "solid", // dashes tell validation from training
    symbol: symbols[lane],
  }));
  const { line } = trace(playhead, "playhead");
  const pens = map.data.filter(({ meta: { role } }) => role === "contours").map((each) => each.line);
  const drawn = { rules: map.layout.meta, pens };
  return { styles, base: losses.layout, line, paper, methods, inks: INKS, symbols, ramp: relief.ramp, map: drawn };
}
