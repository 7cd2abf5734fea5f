// The stage: figures, transport and panels around one playhead. The server says what is true (paths,
// losses, endings, the spelling of the scene); everything that only moves or hides happens here.

import { Address } from "./address.js";
import { el, fill, icon, svg, unpack } from "./dom.js";
import { unpackLane } from "./frames.js";
import { Inspector } from "./inspector.js";
import { swatch } from "./marks.js";
import { Panel } from "./panel.js";
import { Placing } from "./placing.js";
import { Player } from "./player.js";
import { LANGUAGES, Reader } from "./reader.js";
import { Results } from "./results.js";
import { Scenery, painted } from "./scenery.js";
import { Share } from "./share.js";
import { Transport } from "./transport.js";
import { Wire } from "./wire.js";

const stages = new WeakMap();
const SURFACE_WAITS = 160; // ms
const PACKED = ["points", "gradients", "seen", "rates", "M", "G", "updates"];

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
    this.wire = new Wire((message) => this.send("edits", message));
    this.player = new Player((at, playing) => this.moved(at, playing));
    this.onKey = (event) => this.key(event);
    document.addEventListener("keydown", this.onKey);
    this.root = el("div.os-root", { "data-embed": String(this.address.embedded) });
    parent.append(this.root);
    this.view = { loss: data.view.loss, hide: new Set(data.view.hide) };
    this.nodes = { map: el("div.os-map"), surface: el("div.os-surface3d"), losses: el("div.os-lossplot") };
    const library = new URL("plotly.js", this.assets).href;
    this.scenery = new Scenery((path) => this.fetchJSON(path), this.nodes, library);
  }

  async fetchJSON(path) {
    const response = await fetch(new URL(path, this.assets));
    if (!response.ok) throw new Error(`${response.status} ${path}`);
    return response.json();
  }

  /** Build everything that has words in it, in the reader's language. */
  async build() {
    const { language } = this.reader;
    this.words = await this.fetchJSON(`words-${language}.json`);
    document.documentElement.lang = this.words.tag;
    const { ui } = this.words;
    const push = (change) => this.wire.push(change);
    this.panel = new Panel(this.words, push);
    this.inspector = new Inspector(this.words, push);
    this.results = new Results(this.words);
    this.transport = new Transport(this.words, this.player);
    this.share = new Share(this.words, this.address);
    this.notes = el("div.os-notes", { role: "status" });
    this.legend = el("ul.os-legend", { "aria-label": ui.lanes });
    this.lossAxis = el("button.os-quiet.os-axisbutton", { type: "button", onclick: () => this.toggleLossAxis() });
    this.lossTitle = el("span.os-charttitle");
    const labels = { map: ui.map_label, surface: ui.surface_label, losses: ui.losses_label };
    for (const [name, label] of Object.entries(labels)) {
      this.nodes[name].setAttribute("role", "group");
      this.nodes[name].setAttribute("aria-label", label);
    }
    this.parts = {
      surface: chart("surfacechart", this.nodes.surface, el("span.os-charttitle", {}, ui.surface_title)),
      losses: chart("losschart", this.nodes.losses, this.lossTitle, el("span.os-spring"), this.lossAxis),
      controls: this.panel.node,
      inspector: this.inspector.node,
      results: this.results.node,
    };
    this.root.replaceChildren(
      this.header(language),
      this.notes,
      el(
        "div.os-stage",
        {},
        el("div.os-mapframe", {}, this.nodes.map),
        el("div.os-side", {}, this.parts.surface, this.parts.losses),
        el("div.os-under", {}, this.legend, this.transport.node, el("p.os-maphint", {}, ui.place_hint)),
        this.parts.controls,
      ),
      el("div.os-below", {}, this.parts.inspector, this.parts.results),
      this.share.dialog,
    );
    this.applyHiding();
  }

  header(language) {
    const { ui } = this.words;
    const other = language === "en" ? "zh" : "en";
    const speak = () => {
      this.reader.language = other;
      this.retell();
    };
    const dim = () => {
      this.reader.theme = this.reader.theme === "dark" ? "light" : "dark";
      this.dress();
    };
    return el(
      "header.os-header",
      {},
      el("h1.os-brand", {}, mark(), "Optiscape"),
      el("p.os-tagline", {}, ui.tagline),
      el("span.os-spring"),
      ...this.share.buttons,
      el("button.os-quiet", { type: "button", lang: other === "zh" ? "zh-Hans" : "en", onclick: speak }, LANGUAGES[other]),
      el("button.os-icon", { type: "button", title: ui.theme, "aria-label": ui.theme, onclick: dim }, icon("moon")),
    );
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
    this.paint();
    this.building ??= this.build();
    const [terrain] = await Promise.all([this.scenery.load("terrain", this.reader.theme, answer.ground), this.building]);
    if (this.incoming !== answer) return; // a newer one came meanwhile
    const moved = this.data?.ground.id !== answer.ground.id;
    // A copy: Streamlit may hand over the same answer twice.
    const rows = Object.fromEntries(PACKED.map((name) => [name, unpack(answer.detail[name])]));
    const data = { ...answer, lanes: answer.lanes.map(unpackLane), detail: { ...answer.detail, ...rows } };
    this.data = data;
    if (visited) {
      this.view = { loss: data.view.loss, hide: new Set(data.view.hide) };
      this.applyHiding();
    }
    this.player.setLast(data.budget.steps);
    if (visited) this.player.rest(data.view.step ?? data.budget.steps);
    else if (moved) this.player.rest(data.budget.steps);
    if (data.visit === this.visits) {
      this.address.view = this.viewParts();
      this.address.setScene(data.spelling);
    }
    await this.draw(terrain);
    if (!this.placing && this.incoming === answer) await this.opened();
  }

  /** What follows the first picture. */
  async opened() {
    const start = () => this.data.ground.start;
    this.placing = new Placing(this.nodes.map, this.scenery.map.node, start, (point) => this.place(point));
    if (this.address.reader("autoplay") === "1" && !this.player.calm.matches) this.player.play();
    await painted();
    this.root.dataset.ready = Math.round(performance.now()); // ms after the page was asked for
    // Only now the surface: it keeps the browser busy for longer than everything else.
    this.watch = new IntersectionObserver(() => this.drawSurface());
    this.watch.observe(this.nodes.surface);
  }

  fail(error) {
    console.warn(error);
    const sentence = this.words?.ui.loading_failed ?? "The picture could not be loaded ({what}).";
    this.root.prepend(el("p.os-note", { role: "alert" }, fill(sentence, { what: error.message })));
  }

  // --- drawing ---------------------------------------------------------------------------------

  get lossAxisKind() {
    return this.data.ground.least === null ? "linear" : this.view.loss;
  }

  async draw(terrain) {
    if (!this.wire.busy) this.scenery.start = null; // the hand has let go, and this is the answer
    await this.scenery.show(this.data, terrain, {
      axis: this.lossAxisKind,
      at: () => this.player.at,
      inspecting: !this.view.hide.has("inspector") && !this.address.embedded,
      stepAxis: this.words.ui.step_axis,
      words: () => this.present(),
    });
    // The surface is the heaviest: it waits until the answers pause.
    clearTimeout(this.surfaceLater);
    if (this.watch) this.surfaceLater = setTimeout(() => this.drawSurface(), SURFACE_WAITS);
  }

  drawSurface() {
    this.scenery.showSurface(this.reader.theme).catch((error) => this.fail(error));
  }

  paint() {
    this.root.dataset.theme = document.documentElement.dataset.optiscape = this.reader.theme;
  }

  /** The theme has changed. */
  async dress() {
    this.paint();
    if (!this.data) return;
    const terrain = await this.scenery.load("terrain", this.reader.theme, this.data.ground);
    await this.draw(terrain);
  }

  /** The language has changed: the words around the figures, and those in them. */
  async retell() {
    await this.build();
    if (this.scenery.terrain) await this.draw(this.scenery.terrain);
  }

  /** Everything that is words and numbers. */
  present() {
    if (!this.data) return;
    const { styles } = this.scenery;
    const names = new Map(this.words.methods.map(({ id, name }) => [id, name]));
    this.panel.update(this.data, styles);
    this.inspector.update(this.data, styles, Math.floor(this.player.at));
    this.results.update(this.data, styles);
    this.legend.replaceChildren(...this.data.lanes.map((lane, index) => el("li", {}, swatch(styles[index]), names.get(lane.id))));
    this.transport.show(this.player.at, this.player.last, this.player.playing);
    this.nameLossAxis();
    this.showNotes();
  }

  nameLossAxis() {
    const { ui } = this.words;
    const log = this.lossAxisKind === "log";
    this.lossTitle.textContent = log ? ui.losses_title_log : ui.losses_title;
    this.lossAxis.textContent = log ? ui.axis_linear : ui.axis_log;
    this.lossAxis.hidden = this.data.ground.least === null;
  }

  showNotes() {
    const { repairs, ui } = this.words;
    const key = JSON.stringify(this.data.repairs);
    if (key === this.dismissed || !this.data.repairs.length) return this.notes.replaceChildren();
    const dismiss = () => {
      this.dismissed = key;
      this.notes.replaceChildren();
    };
    this.notes.replaceChildren(
      el(
        "div.os-note",
        {},
        el("ul", {}, this.data.repairs.map((repair) => el("li", {}, fill(repairs[repair.why], repair)))),
        el("button.os-icon", { type: "button", title: ui.dismiss, "aria-label": ui.dismiss, onclick: dismiss }, icon("close")),
      ),
    );
  }

  applyHiding() {
    const { hide } = this.view;
    for (const [name, node] of Object.entries(this.parts ?? {})) node.hidden = hide.has(name);
    this.root.classList.toggle("os-nostory", hide.has("story"));
    this.root.classList.toggle("os-noside", hide.has("surface") && hide.has("losses"));
    this.root.classList.toggle("os-nocontrols", hide.has("controls"));
  }

  // --- what the reader does --------------------------------------------------------------------

  moved(at, playing) {
    if (!this.placing) return; // the first picture is still being drawn
    this.transport.show(at, this.player.last, playing);
    this.scenery.move(at);
    this.inspector.show(Math.floor(at));
    if (!playing) this.address.setView(this.viewParts());
  }

  viewParts() {
    const at = Math.round(this.player.at);
    return {
      step: at >= this.player.last ? null : at,
      loss: this.view.loss === "log" ? null : this.view.loss,
      hide: [...this.view.hide].sort().join(","),
    };
  }

  async toggleLossAxis() {
    this.view.loss = this.view.loss === "log" ? "linear" : "log";
    this.address.setView(this.viewParts());
    this.nameLossAxis();
    this.scenery.measureLosses(this.lossAxisKind);
    await this.scenery.showLosses(this.lossAxisKind, this.words.ui.step_axis);
  }

  place(point) {
    const { box } = this.data.ground;
    const within = point.map((value, axis) => Math.min(Math.max(value, box[axis][0]), box[axis][1]));
    this.scenery.moveStart(within);
    this.wire.push({ do: "start", to: within });
  }

  key(event) {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, select, textarea, dialog, [contenteditable]")) return;
    if (event.key === " " && event.target.closest?.("button, a, summary")) return;
    const actions = {
      " ": () => this.player.toggle(),
      ArrowLeft: () => this.player.step(-1),
      ArrowRight: () => this.player.step(1),
      Home: () => this.player.seek(0),
      End: () => this.player.seek(this.player.last),
    };
    if (!(event.key in actions)) return;
    event.preventDefault();
    actions[event.key]();
  }

  /** The browser went back or forward: the URL has changed from outside. */
  visit(search) {
    this.visits += 1;
    this.send("visit", { visit: this.visits, search });
    this.dress();
    if (this.words && this.words.lang !== this.reader.language) this.retell();
  }

  close() {
    this.player.pause();
    for (const part of [this.address, this.reader, this.wire, this.placing, this.scenery]) part?.close();
    clearTimeout(this.surfaceLater);
    this.watch?.disconnect();
    document.removeEventListener("keydown", this.onKey);
    this.root.remove();
  }
}

function chart(name, node, ...head) {
  return el(`div.os-chart.os-${name}`, {}, el("div.os-charthead", {}, ...head), node);
}

/** The wordmark: three contour lines around a minimum. */
function mark() {
  const drawing = svg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true", class: "os-mark" });
  const tilt = "rotate(-24 12 12)";
  const pen = { fill: "none", stroke: "currentColor", "stroke-width": 1.6, transform: tilt };
  drawing.append(
    svg("ellipse", { ...pen, cx: 12, cy: 12, rx: 10.5, ry: 7 }),
    svg("ellipse", { ...pen, cx: 12.6, cy: 12.2, rx: 6.5, ry: 4, opacity: 0.7 }),
    svg("circle", { cx: 13.2, cy: 12.4, r: 1.9, fill: "currentColor" }),
  );
  return drawing;
}
