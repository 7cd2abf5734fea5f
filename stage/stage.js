// The stage: figures, transport and panels around one playhead. The server says what is true (paths,
// losses, endings, the spelling of the scene); everything that only moves or hides happens here.

import { Curvature } from "./cards/curvature.js";
import { Experiments } from "./cards/experiments.js";
import { Inspector } from "./cards/inspector.js";
import { Notes } from "./cards/notes.js";
import { Parts, charts } from "./cards/parts.js";
import { Results } from "./cards/results.js";
import { Header } from "./controls/header.js";
import { LayerTools } from "./controls/layers.js";
import { LossToolbar } from "./controls/loss_toolbar.js";
import { MapPointer } from "./controls/map_pointer.js";
import { Panel } from "./controls/panel.js";
import { Share } from "./controls/share.js";
import { Transport } from "./controls/transport.js";
import { Figures, painted } from "./figures/figures.js";
import { FitChart } from "./figures/fit.js";
import { unpackAnswer } from "./figures/frames.js";
import { LossQuantiles } from "./figures/loss_quantiles.js";
import { swatch } from "./figures/marks.js";
import { el } from "./lib/dom.js";
import { fill } from "./lib/format.js";
import { Address } from "./session/address.js";
import { Connection } from "./session/connection.js";
import { Facts } from "./session/facts.js";
import { Fetching } from "./session/fetching.js";
import { listen } from "./session/keys.js";
import { Player } from "./session/player.js";
import { Reader } from "./session/reader.js";
import { chancy, measureOf, spelled, taken } from "./session/view.js";
import { Wire } from "./session/wire.js";

const stages = new WeakMap();
const SURFACE_WAITS = 160; // ms

/** Called by Streamlit with each new answer; the same node keeps the same stage. */
export function mount({ data, parentElement, setTriggerValue }) {
  let stage = stages.get(parentElement);
  if (!stage) {
    stage = new Stage(parentElement, data);
    stages.set(parentElement, stage);
  }
  stage.send = setTriggerValue;
  stage.receive(data);
  // Streamlit calls this when the component goes, but also when an answer has overtaken the one before.
  return () =>
    setTimeout(() => {
      if (parentElement.isConnected || !stages.delete(parentElement)) return;
      stage.close();
    });
}

class Stage {
  constructor(parent, data) {
    this.assets = new URL(data.assets, document.baseURI);
    this.address = new Address((search) => this.visit(search));
    this.reader = new Reader(this.address, () => this.dress());
    this.visits = data.visit;
    this.connection = new Connection(() => this.wire.reconnected());
    this.wire = new Wire((name, message) => this.send(name, message), this.connection);
    this.player = new Player((at, playing) => this.moved(at, playing));
    this.unlisten = listen(this.player);
    this.root = el("div.os-root", { "data-embed": String(this.address.embedded) });
    parent.append(this.root);
    this.view = taken(data.view);
    const plot = (name) => el(`div.os-${name}`);
    this.nodes = { map: plot("map"), surface: plot("surface3d"), losses: plot("lossplot"), measures: plot("lossplot"), data: plot("dataplot") };
    const library = new URL("plotly.js", this.assets).href;
    this.fetching = new Fetching(this.assets, (count) => this.notes?.postponed(count));
    const fetchJSON = (path, signal) => this.fetching.json(path, signal);
    this.facts = new Facts(fetchJSON);
    this.figures = new Figures(fetchJSON, this.nodes, library);
    this.curvature = new Curvature(this.facts, this.figures, this.nodes.measures, {
      ask: (point) => this.ask(point),
      start: (point) => this.begin(point),
      touched: () => this.drawSurfaceSoon(),
      fail: (error) => this.fail(error),
    });
    this.experiments = new Experiments(this.facts, this.figures, {
      push: (change) => this.wire.push(change),
      look: (change) => this.look(change),
      fail: (error) => this.fail(error),
    });
    this.fit = new FitChart(this.nodes.data, this.facts, this.figures, (error) => this.fail(error));
    this.quantiles = new LossQuantiles(this.facts, this.figures, { told: (done, all) => this.losses?.progress(done, all), fail: (error) => this.fail(error) });
  }

  /** Build everything that has words in it, in the reader's language. */
  async build() {
    const { language } = this.reader;
    this.words = await this.fetching.json(`words-${language}.json`);
    document.documentElement.lang = this.words.tag;
    const { ui } = this.words;
    const push = (change) => this.wire.push(change);
    this.panel = new Panel(this.words, push, this.facts, (change) => this.look(change));
    this.inspector = new Inspector(this.words, push);
    this.results = new Results(this.words);
    this.transport = new Transport(this.words, this.player);
    this.share = new Share(this.words, this.address);
    this.notes = new Notes(this.words);
    this.notes.postponed(this.fetching.count);
    this.curvature.build(this.words);
    this.experiments.build(this.words);
    this.legend = el("ul.os-legend", { "aria-label": ui.lanes });
    this.hint = el("p.os-maphint");
    this.tools = new LayerTools(this.words, {
      layer: (layer) => this.look({ layer }),
      measure: (measure) => this.look({ measure }),
      points: (shown) => this.hide("points", !shown),
    });
    this.losses = new LossToolbar(this.words, {
      spread: () => this.look({ band: this.view.band === "on" ? "off" : "on" }),
      axis: () => this.toggleLossAxis(),
    });
    this.measureTitle = el("span.os-charttitle");
    this.parts = new Parts({
      ...charts(this.nodes, ui, { losses: this.losses.nodes, measures: [this.measureTitle] }),
      controls: this.panel.node,
      inspector: this.inspector.node,
      results: this.results.node,
      critical: this.curvature.card.node,
      probe: this.curvature.probe.node,
      stability: this.curvature.stability.node,
      ...this.experiments.cards,
    });
    this.header = new Header(this.words, language, this.share.buttons, {
      turn: (page) => this.look({ page }),
      speak: (other) => {
        this.reader.language = other;
        this.retell();
      },
      dim: () => {
        this.reader.theme = this.reader.theme === "dark" ? "light" : "dark";
        this.dress();
      },
    });
    const parts = this.parts.nodes;
    this.root.replaceChildren(
      this.header.node,
      this.notes.node,
      el(
        "div.os-stage",
        {},
        el("div.os-mapframe", {}, this.nodes.map),
        el("div.os-side", {}, parts.surface, parts.data, parts.losses, parts.measures),
        el("div.os-under", {}, this.legend, this.transport.node, this.tools.node, this.hint),
        parts.controls,
      ),
      this.parts.below,
      this.share.dialog,
    );
    this.applyView();
  }

  // --- what the server says --------------------------------------------------------------------

  async receive(data) {
    // After a restart of the server another session answers, which counts visits from zero.
    if (data.token !== this.token) this.visits = data.visit;
    this.token = data.token;
    this.wire.answered(data);
    this.incoming = data;
    try {
      await this.take(data);
    } catch (error) {
      this.fail(error);
    }
  }

  async take(answer) {
    const visited = answer.visit !== this.data?.visit;
    if (visited && this.data) this.view = taken(answer.view);
    this.paint();
    this.building ??= this.build();
    const [terrain, layer] = await Promise.all([...this.pictures(answer), this.building]);
    if (this.incoming !== answer) return; // a newer one came meanwhile
    if (answer.ground.searching) this.wire.again(); // by now the minima are known
    const moved = this.data && this.data.ground.query !== answer.ground.query;
    const elsewhere = moved && this.data.ground.id !== answer.ground.id;
    const data = unpackAnswer(answer);
    this.data = data;
    this.applyView();
    if (!visited && (elsewhere || (moved && data.ground.formula))) this.view.probe = null;
    this.player.setLast(data.budget.steps);
    if (visited) this.player.rest(data.view.step ?? data.budget.steps);
    else if (elsewhere) this.player.rest(data.budget.steps);
    if (data.visit === this.visits) {
      this.address.view = this.viewParts();
      this.address.setScene(data.spelling);
    }
    await this.draw(terrain, layer);
    if (!this.pointer && this.incoming === answer) await this.opened();
  }

  /** The figures of a ground, and the layer on it: two promises. */
  pictures({ ground }) {
    const { theme } = this.reader;
    const { layer } = this.view;
    const coloured = layer === "height" ? null : this.facts.get(`layer-${layer}-${theme}.json?${ground.query}`);
    return [this.figures.load("terrain", theme, ground), coloured];
  }

  /** What follows the first picture. */
  async opened() {
    const start = () => this.data.ground.start;
    this.pointer = new MapPointer(this.nodes.map, this.figures.map.node, start, (point, on) => this.pointed(point, on));
    if (this.address.reader("autoplay") === "1" && !this.player.calm.matches) this.player.play();
    await painted();
    this.root.dataset.ready = Math.round(performance.now()); // ms after the page was asked for
    this.showMore();
    // Only now the surface: it keeps the browser busy for longer than everything else.
    this.watch = new IntersectionObserver(() => this.drawSurface());
    this.watch.observe(this.nodes.surface);
  }

  /** What is fetched when somebody looks at it. */
  showMore() {
    for (const part of [this.curvature, this.experiments, this.fit, this.quantiles]) part.show(this.data, this.view, () => this.player.at);
  }

  fail(error) {
    console.warn(error);
    const sentence = this.words?.ui.loading_failed ?? "The picture could not be loaded ({what}).";
    this.root.prepend(el("p.os-note", { role: "alert" }, fill(sentence, { what: error.message })));
  }

  // --- drawing ---------------------------------------------------------------------------------

  /** The chart below the losses has the same axis, and says what it is. */
  get stepAxis() {
    return measureOf(this.view, this.data) === "none" ? this.words.ui.step_axis : "";
  }

  get lossAxisKind() {
    return this.data.ground.least === null ? "linear" : this.view.loss;
  }

  async draw(terrain, layer) {
    if (!this.wire.busy) this.figures.start = null; // the hand has let go, and this is the answer
    await this.figures.show(this.data, terrain, {
      layer,
      axis: this.lossAxisKind,
      at: () => this.player.at,
      inspecting: this.view.page === "race" && !this.view.hide.has("inspector") && !this.address.embedded,
      stepAxis: this.stepAxis,
      words: () => this.present(),
    });
    if (this.pointer) this.showMore();
    this.drawSurfaceSoon();
  }

  /** Draw what is on the screen again, for another view, theme or language. */
  async redraw() {
    if (!this.data) return;
    const [terrain, layer] = await Promise.all(this.pictures(this.data));
    await this.draw(terrain, layer);
  }

  /** The surface is the heaviest: it waits until the answers pause. */
  drawSurfaceSoon() {
    clearTimeout(this.surfaceLater);
    if (this.watch) this.surfaceLater = setTimeout(() => this.drawSurface(), SURFACE_WAITS);
  }

  drawSurface() {
    this.figures.showSurface(this.reader.theme).catch((error) => this.fail(error));
  }

  paint() {
    this.root.dataset.theme = document.documentElement.dataset.optiscape = this.reader.theme;
  }

  /** The theme has changed. */
  async dress() {
    this.paint();
    await this.redraw();
  }

  /** The language has changed: the words around the figures, and those in them. */
  async retell() {
    await this.build();
    await this.redraw();
  }

  /** Everything that is words and numbers. */
  present() {
    if (!this.data) return;
    const { styles, layer } = this.figures;
    const names = new Map(this.words.methods.map(({ id, name }) => [id, name]));
    this.panel.update(this.data, styles, !this.wire.busy);
    this.inspector.update(this.data, styles, Math.floor(this.player.at));
    this.results.update(this.data, styles);
    this.legend.replaceChildren(...this.data.lanes.map((lane, index) => el("li", {}, swatch(styles[index]), names.get(lane.id))));
    this.transport.show(this.player.at, this.player.last, this.player.playing);
    this.tools.show(this.view, layer?.bar);
    this.nameLosses();
    this.notes.show(this.data.repairs);
  }

  nameLosses() {
    this.losses.show({ kind: this.lossAxisKind, least: this.data.ground.least !== null, chance: chancy(this.data), spread: this.view.band === "on" });
  }

  applyView() {
    const { page } = this.view;
    const { ui } = this.words;
    const measure = measureOf(this.view, this.data);
    this.parts.apply(this.root, this.view, this.data);
    this.header.show(page);
    this.hint.textContent = page === "curvature" ? ui.ask_hint : ui.place_hint;
    this.measureTitle.textContent = measure === "stability" ? ui.measure_title_stability : ui[`measure_${measure}`];
  }

  // --- what the reader does --------------------------------------------------------------------

  moved(at, playing) {
    if (!this.pointer) return; // the first picture is still being drawn
    this.transport.show(at, this.player.last, playing);
    this.figures.move(at);
    for (const part of [this.curvature, this.experiments, this.fit]) part.move(at);
    this.inspector.show(Math.floor(at));
    if (!playing) this.address.setView(this.viewParts());
  }

  viewParts() {
    return spelled(this.view, Math.round(this.player.at), this.player.last);
  }

  /** Look at something else: { page }, { layer }, { measure }. */
  look(change) {
    Object.assign(this.view, change);
    this.address.setView(this.viewParts());
    this.applyView();
    this.redraw();
  }

  hide(name, hidden) {
    this.view.hide[hidden ? "add" : "delete"](name);
    this.look({});
  }

  async toggleLossAxis() {
    this.view.loss = this.view.loss === "log" ? "linear" : "log";
    this.address.setView(this.viewParts());
    this.nameLosses();
    this.figures.measureLosses(this.lossAxisKind);
    await this.figures.showLosses(this.lossAxisKind, this.stepAxis);
  }

  /** The map was clicked, or is being dragged over: on the page of curvature that is a question. */
  pointed(point, { grip, moved, pixel }) {
    if (this.view.page !== "curvature" || (grip && moved)) this.place(point);
    else this.ask(moved ? point : this.curvature.snap(point, pixel));
  }

  within(point) {
    const { box } = this.data.ground;
    return point.map((value, axis) => Math.min(Math.max(value, box[axis][0]), box[axis][1]));
  }

  place(point) {
    const start = this.within(point);
    this.figures.moveStart(start);
    this.wire.push({ do: "start", to: start });
  }

  /** What is the terrain like there? */
  ask(point) {
    this.view.probe = point && this.within(point);
    this.address.setView(this.viewParts());
    this.curvature.askProbe();
  }

  /** Race from there, from the beginning. */
  begin(point) {
    this.place(point);
    this.player.rest(0);
    this.player.play();
  }

  /** The browser went back or forward: the URL has changed from outside. */
  visit(search) {
    this.visits += 1;
    this.wire.visit({ visit: this.visits, search });
    this.dress();
    if (this.words && this.words.lang !== this.reader.language) this.retell();
  }

  close() {
    this.player.pause();
    for (const part of [this.address, this.reader, this.connection, this.wire, this.pointer, this.figures, this.curvature, this.experiments, this.fit, this.quantiles]) part?.close();
    clearTimeout(this.surfaceLater);
    this.watch?.disconnect();
    this.unlisten();
    this.root.remove();
  }
}
