// The page around the figures: everything that has words in it, in one language.

import { Inspector } from "./cards/inspector.js";
import { Notes } from "./cards/notes.js";
import { Parts, charts } from "./cards/parts.js";
import { Results } from "./cards/results.js";
import { Header } from "./controls/header.js";
import { LayerTools } from "./controls/layers.js";
import { LossToolbar } from "./controls/loss_toolbar.js";
import { Panel } from "./controls/panel.js";
import { Share } from "./controls/share.js";
import { Transport } from "./controls/transport.js";
import { swatch } from "./figures/marks.js";
import { el } from "./lib/dom.js";
import { isStochastic, lossAxisOf, measureOf } from "./session/view.js";

/** @import { Actions } from "./actions.js" */
/** @import { Figures } from "./figures/figures.js" */
/** @import { Screen } from "./screen.js" */
/** @import { Address } from "./session/address.js" */
/** @import { Facts } from "./session/facts.js" */
/** @import { Player } from "./session/player.js" */
/** @import { Answer, View } from "./types/answer.d.ts" */
/** @import { Look, Push } from "./types/stage.d.ts" */
/** @import { Words } from "./types/words.d.ts" */

export class Page {
  /**
   * Around what there is without words: the figures and the controllers of the cards, address, player and facts.
   * `actions` hears what the reader does.
   * @param {Words} words
   * @param {{ screen: Screen, address: Address, player: Player, facts: Facts, home?: string }} around
   * @param {Actions} actions
   */
  constructor(words, { screen, address, player, facts, home }, actions) {
    this.words = words;
    this.player = player;
    this.nodes = screen.nodes;
    const { nodes, curvature, experiments } = screen;
    /** @type {Push} */
    const push = (change) => actions.push(change);
    /** @type {Look} */
    const look = (change) => actions.look(change);
    const { ui } = words;
    this.panel = new Panel(words, push, facts, look, home !== undefined);
    this.inspector = new Inspector(words, push);
    this.results = new Results(words);
    this.transport = new Transport(words, player);
    this.share = new Share(words, address, home);
    this.notes = new Notes(words);
    const { critical, probe, stability } = curvature.build(words);
    const many = experiments.build(words);
    this.legend = el("ul.os-legend", { "aria-label": ui.lanes });
    this.hint = el("p.os-maphint");
    this.tools = new LayerTools(words, {
      layer: (layer) => look({ layer }),
      tint: (tint) => look({ tint }),
      measure: (measure) => look({ measure }),
      points: (shown) => actions.hide("points", !shown),
    });
    const { surface } = screen.figures;
    const resetView = el(
      "button.os-quiet.os-resetview",
      { type: "button", title: ui.surface_hint, onclick: () => surface.lookAgain() },
      ui.surface_reset,
    );
    this.losses = new LossToolbar(words, { spread: () => actions.spread(), axis: () => actions.lossAxis() });
    this.measureTitle = el("span.os-charttitle");
    this.parts = new Parts({
      ...charts(nodes, ui, { surface: [resetView], losses: this.losses.nodes, measures: [this.measureTitle] }),
      controls: this.panel.node,
      inspector: this.inspector.node,
      results: this.results.node,
      critical: critical.node,
      probe: probe.node,
      stability: stability.node,
      ...many,
    });
    this.header = new Header(words, this.share.buttons, {
      setPage: (page) => look({ page }),
      setLanguage: (language) => actions.setLanguage(language),
      toggleTheme: () => actions.toggleTheme(),
    });
  }

  /**
   * What `root` holds, from the head of the page down.
   * @param {HTMLElement} root
   */
  fill(root) {
    const parts = this.parts.nodes;
    root.replaceChildren(
      this.header.node,
      this.notes.node,
      el(
        "div.os-stage",
        {},
        el("div.os-mapframe", {}, this.nodes.map),
        el("div.os-side", {}, parts.surface, parts.data, parts.losses, parts.measures),
        el("div.os-under", {}, this.legend, this.share.home, this.transport.node, this.tools.node, this.hint),
        parts.controls,
      ),
      this.parts.below,
      this.share.dialog,
    );
  }

  /**
   * Show of the page what `view` asks for and `data`, if there is any yet, has.
   * @param {HTMLElement} root
   * @param {View} view
   * @param {Answer | undefined} data
   */
  apply(root, view, data) {
    const { ui } = this.words;
    const measure = measureOf(view, data);
    this.parts.apply(root, view, data);
    this.header.show(view.page);
    this.hint.textContent = view.page === "curvature" ? ui.ask_hint : ui.place_hint;
    if (root.dataset.saved === "true") this.hint.textContent += ` ${ui.saved_story}`;
    this.measureTitle.textContent = measure === "stability" ? ui.measure_title_stability : ui[`measure_${measure}`];
  }

  /**
   * Say `data`, as `figures` draw it. `settled`: no change of ours is on its way.
   * @param {Answer} data
   * @param {View} view
   * @param {Figures} figures
   * @param {boolean} settled
   */
  present(data, view, figures, settled) {
    const { player } = this;
    const { styles, layer } = figures;
    const names = new Map(this.words.methods.map(({ id, name }) => [id, name]));
    this.panel.update(data, styles, settled);
    this.inspector.update(data, styles, Math.floor(player.at));
    this.results.update(data, styles);
    this.legend.replaceChildren(
      ...data.lanes.map((lane, index) => el("li", {}, swatch(styles[index]), names.get(lane.id))),
    );
    figures.nameEnds(data.lanes.map(({ id }) => names.get(id)));
    this.transport.show(player.at, player.last, player.playing);
    this.tools.show(view, layer?.bar);
    this.nameLosses(data, view);
    this.notes.show(data.repairs);
  }

  /**
   * Say of `data` what moves with a hand.
   * @param {Answer} data
   * @param {Figures} figures
   */
  follow(data, { styles }) {
    this.panel.setStart(data.ground.start);
    this.inspector.update(data, styles, Math.floor(this.player.at));
  }

  /**
   * @param {Answer} data
   * @param {View} view
   */
  nameLosses(data, view) {
    const { least } = data.ground;
    this.losses.show({
      kind: lossAxisOf(view, data),
      least: least !== null,
      chance: isStochastic(data),
      spread: view.band === "on",
    });
  }

  /**
   * What stands at the axis of the steps: nothing where the chart below the losses says it.
   * @param {Answer} data
   * @param {View} view
   */
  stepAxis(data, view) {
    return measureOf(view, data) === "none" ? this.words.ui.step_axis : "";
  }

  /**
   * The playhead has moved.
   * @param {number} at
   * @param {boolean} playing
   */
  move(at, playing) {
    this.transport.show(at, this.player.last, playing);
    this.inspector.show(Math.floor(at));
  }
}
