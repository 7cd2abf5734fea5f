// The page around the figures: everything that has words in it, in one language.

import { Board } from "./cards/board.js";
import { Caption } from "./cards/caption.js";
import { Inspector } from "./cards/inspector.js";
import { Notes } from "./cards/notes.js";
import { Parts, charts } from "./cards/parts.js";
import { Questions } from "./cards/questions.js";
import { Results } from "./cards/results.js";
import { Header } from "./controls/header.js";
import { HeroButtons } from "./controls/hero_buttons.js";
import { KeyList } from "./controls/key_list.js";
import { LayerTools } from "./controls/layers.js";
import { LossToolbar } from "./controls/loss_toolbar.js";
import { Panel } from "./controls/panel.js";
import { Share } from "./controls/share.js";
import { Tabs } from "./controls/tabs.js";
import { nameDocument } from "./controls/title.js";
import { Transport } from "./controls/transport.js";
import { el } from "./lib/dom.js";
import { laneNames } from "./lib/lane_names.js";
import { isStochastic, lossAxisOf, measureOf } from "./session/view.js";

/** @import { Actions } from "./actions.js" */
/** @import { Figures } from "./figures/figures.js" */
/** @import { Screen } from "./screen.js" */
/** @import { Address } from "./session/address.js" */
/** @import { Facts } from "./session/facts.js" */
/** @import { Player } from "./session/player.js" */
/** @import { Answer, View } from "./types/answer.d.ts" */
/** @import { Look, Push, Travel } from "./types/stage.d.ts" */
/** @import { Words } from "./types/words.d.ts" */

const LOW = 180; // px, in which curves need all the height

export class Page {
  /**
   * Around what there is without words: the figures and the controllers of the cards, address, player and facts.
   * `actions` hears what the reader does.
   * @param {Words} words
   * @param {{ screen: Screen, address: Address, player: Player, facts: Facts, home?: string, first: boolean }} around
   * @param {Actions} actions
   */
  constructor(words, { screen, address, player, facts, home, first }, actions) {
    this.words = words;
    /** @type {string[]} what the lanes are called */
    this.names = [];
    this.player = player;
    this.nodes = screen.nodes;
    const { nodes, curvature, experiments } = screen;
    /** @type {Push} */
    const push = (change) => actions.push(change);
    /** @type {Look} */
    const look = (change) => actions.look(change);
    const { ui } = words;
    this.panel = new Panel(words, push, facts, home !== undefined);
    /** @type {Travel} */
    const travel = { go: (query) => actions.go(query), href: (query) => address.href(query) };
    this.caption = new Caption(words, travel);
    const leave = () => look({ question: "none" });
    this.questions = new Questions(words, { travel, leave, unfolded: first });
    this.inspector = new Inspector(words, push, facts);
    this.results = new Results(words);
    this.transport = new Transport(words, player);
    this.share = new Share(words, address, {
      rest: () => player.pause(),
      eye: () => screen.figures.surface.direction,
      home,
    });
    this.notes = new Notes(words);
    const { critical, probe, stability } = curvature.build(words);
    const many = experiments.build(words);
    this.networks = screen.networks.build(words);
    this.board = new Board(words);
    this.hero = new HeroButtons(words, (hero) => look({ hero }));
    this.hint = el("p.os-maphint");
    this.tools = new LayerTools(words, {
      layer: (layer) => look({ layer }),
      tint: (tint) => look({ tint }),
      measure: (measure) => look({ measure }),
      hide: (part, hidden) => actions.hide(part, hidden),
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
      ...charts(nodes, ui, {
        surface: [resetView, ...this.hero.swaps.surface],
        losses: this.losses.nodes,
        measures: [this.measureTitle],
      }),
      controls: this.panel.node,
      inspector: this.inspector.node,
      results: this.results.node,
      critical: critical.node,
      probe: probe.node,
      stability: stability.node,
      networks: this.networks.panel,
      ...many,
    });
    if (home === undefined) this.parts.body.prepend(this.questions.node); // on a page that was saved nobody answers
    this.tabs = new Tabs(words, this.parts.body, (page) => {
      look({ page });
      // A question that is open stands above every tab; what was asked for is what is to be seen.
      this.parts.body.scrollTop = page === "race" ? 0 : this.parts.top;
    });
    this.header = new Header(words, this.share.buttons, {
      setLanguage: (language) => actions.setLanguage(language),
      toggleTheme: () => actions.toggleTheme(),
      travel: (by) => actions.travel(by),
      listKeys: () => actions.listKeys(),
    });
    this.keys = new KeyList(words, actions);
    address.onSteps = () => this.header.showSteps(address.steps);
    address.onSteps();
  }

  /**
   * What `root` holds, from the head of the page down.
   * @param {HTMLElement} root
   */
  fill(root) {
    const parts = this.parts.nodes;
    const embedded = root.dataset.embed === "true";
    root.replaceChildren(
      this.header.node,
      this.notes.node,
      this.caption.node,
      el(
        "div.os-stage",
        {},
        el(
          "div.os-hero",
          {},
          el("div.os-mapframe", {}, ...this.hero.swaps.map, this.nodes.map),
          parts.surface,
          ...(embedded ? [] : [this.board.node, this.hint]),
        ),
        el("div.os-charts", {}, parts.data, parts.losses, parts.measures),
        this.networks.stage,
        el(
          "div.os-under",
          {},
          ...(embedded ? [this.board.node, this.share.home] : [this.share.home]),
          el("div.os-transportrow", {}, this.transport.node, this.hero.node),
          this.tools.node,
        ),
        this.tabs.node,
      ),
      this.share.builder.dialog,
      this.share.exporting.dialog,
      this.keys.dialog,
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
    root.dataset.present = view.present;
    this.tabs.show(view.page);
    this.hero.show(root.dataset.hero ?? view.hero);
    this.caption.show(view.question);
    this.questions.show(view.question);
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
    this.names = laneNames(this.words, data.lanes);
    this.panel.update(data, styles, settled);
    this.inspector.update(data, styles, Math.floor(player.at), settled);
    this.results.update(data, styles);
    this.board.update(data.lanes, styles, this.names, player.at);
    figures.nameEnds(this.names);
    nameDocument(this.words, data, this.names, view);
    this.transport.show(player.at, player.last, player.playing);
    this.tools.show(view, layer?.bar);
    this.nameLosses(data, view);
    this.notes.show(data.repairs);
    this.share.about(data, view);
  }

  /**
   * Say of `data` what moves with a hand.
   * @param {Answer} data
   * @param {Figures} figures
   */
  follow(data, { styles }) {
    this.panel.setStart(data.ground.start);
    this.board.follow(data.lanes, this.player.at);
    this.inspector.update(data, styles, Math.floor(this.player.at), false);
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
   * What stands at the axis of the steps: nothing where the chart below the losses says it, or it would take room.
   * @param {Answer} data
   * @param {View} view
   */
  stepAxis(data, view) {
    return measureOf(view, data) === "none" && this.nodes.losses.clientHeight > LOW ? this.words.ui.step_axis : "";
  }

  /**
   * The playhead has moved.
   * @param {number} at
   * @param {boolean} playing
   */
  move(at, playing) {
    this.transport.show(at, this.player.last, playing);
    this.board.show(at);
    this.inspector.show(Math.floor(at));
  }
}
