// The stage: figures, transport and panels around one playhead. The server says what is true (paths,
// losses, endings, the spelling of the scene); everything that only moves or hides happens here.

import { Address } from "./address.js";
import { el, fill, icon, unpack } from "./dom.js";
import { Figure, plotly } from "./figure.js";
import { arrows, curve, heights, inside, lossFrame, mapFrame, surfaceFrame, unpackLane } from "./frames.js";
import { Inspector } from "./inspector.js";
import { Panel, swatch } from "./panel.js";
import { Placing } from "./placing.js";
import { Player } from "./player.js";
import { Results } from "./results.js";
import { Share } from "./share.js";
import { Transport } from "./transport.js";
import { Wire } from "./wire.js";

const stages = new WeakMap();
const LANGUAGES = { en: "English", zh: "中文" };
const NARROW = 900; // px below which the surface waits until it is asked for by scrolling

/** Called by Streamlit with each new answer; the same node keeps the same stage. */
export async function mount({ data, parentElement, setTriggerValue }) {
  let stage = stages.get(parentElement);
  if (!stage) {
    stage = new Stage(parentElement, data);
    stages.set(parentElement, stage);
  }
  stage.send = (name, value) => setTriggerValue(name, value);
  await stage.receive(data);
  return () => {
    stages.delete(parentElement);
    stage.close();
  };
}

class Stage {
  constructor(parent, data) {
    this.assets = new URL(data.assets, document.baseURI);
    this.address = new Address((search) => this.visit(search));
    this.visits = data.visit;
    this.wire = new Wire((message) => this.send("edits", message));
    this.player = new Player((at, playing) => this.moved(at, playing));
    this.media = window.matchMedia("(prefers-color-scheme: dark)");
    this.onMedia = () => this.dress();
    this.media.addEventListener("change", this.onMedia);
    this.onKey = (event) => this.key(event);
    document.addEventListener("keydown", this.onKey);
    this.root = el("main.os-root", { "data-embed": String(this.address.embedded) });
    parent.append(this.root);
    this.first = true;
    this.plotly = plotly(new URL("plotly.js", this.assets).href);
    this.view = { loss: data.view.loss, hide: new Set(data.view.hide) };
  }

  // --- language and theme: the reader's -------------------------------------------------------

  get language() {
    const asked = this.address.reader("lang");
    if (asked in LANGUAGES) return asked;
    return navigator.languages?.find((tag) => /^(zh|en)\b/i.test(tag))?.slice(0, 2).toLowerCase() ?? "en";
  }

  get theme() {
    const asked = this.address.reader("theme");
    if (asked === "light" || asked === "dark") return asked;
    return this.media.matches ? "dark" : "light";
  }

  async fetchJSON(path) {
    const response = await fetch(new URL(path, this.assets));
    if (!response.ok) throw new Error(`${response.status} ${path}`);
    return response.json();
  }

  /** Build everything that has words in it, in the reader's language. */
  async build() {
    const language = this.language;
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
    const other = language === "en" ? "zh" : "en";
    const header = el(
      "header.os-header",
      {},
      el("h1.os-brand", {}, mark(), "Optiscape"),
      el("p.os-tagline", {}, ui.tagline),
      el("span.os-spring"),
      ...this.share.buttons,
      el("button.os-quiet", { type: "button", lang: other === "zh" ? "zh-Hans" : "en", onclick: () => this.speak(other) }, LANGUAGES[other]),
      el("button.os-icon", { type: "button", title: ui.theme, "aria-label": ui.theme, onclick: () => this.switchTheme() }, icon("moon")),
    );
    this.mapNode ??= el("div.os-map");
    this.surfaceNode ??= el("div.os-surface3d");
    this.lossNode ??= el("div.os-lossplot");
    this.mapNode.setAttribute("aria-label", ui.map_label);
    this.surfaceNode.setAttribute("aria-label", ui.surface_label);
    this.lossNode.setAttribute("aria-label", ui.losses_label);
    for (const node of [this.mapNode, this.surfaceNode, this.lossNode]) node.setAttribute("role", "img");
    this.mapFrame = el("div.os-mapframe", {}, this.mapNode);
    this.parts = {
      surface: el("div.os-chart.os-surfacechart", {}, el("div.os-charthead", {}, el("span.os-charttitle", {}, ui.surface_title)), this.surfaceNode),
      losses: el("div.os-chart.os-losschart", {}, el("div.os-charthead", {}, this.lossTitle, el("span.os-spring"), this.lossAxis), this.lossNode),
      controls: this.panel.node,
      inspector: this.inspector.node,
      results: this.results.node,
    };
    this.hint = el("p.os-maphint", {}, ui.place_hint);
    this.root.replaceChildren(
      header,
      this.notes,
      el(
        "div.os-stage",
        {},
        this.mapFrame,
        el("div.os-side", {}, this.parts.surface, this.parts.losses),
        el("div.os-under", {}, this.legend, this.transport.node, this.hint),
        this.parts.controls,
      ),
      el("div.os-below", {}, this.parts.inspector, this.parts.results),
      this.share.dialog,
    );
    this.applyHiding();
  }

  async speak(language) {
    this.address.setReader("lang", language);
    await this.build();
    this.present();
  }

  switchTheme() {
    this.address.setReader("theme", this.theme === "dark" ? "light" : "dark");
    this.dress();
  }

  dress() {
    this.root.dataset.theme = this.theme;
    document.documentElement.dataset.optiscape = this.theme;
    if (this.terrain) this.draw(true);
  }

  // --- what the server says --------------------------------------------------------------------

  async receive(data) {
    this.wire.answered(data);
    const visited = data.visit !== this.data?.visit;
    const before = this.data;
    this.incoming = data;
    if (!this.words) {
      this.root.dataset.theme = document.documentElement.dataset.optiscape = this.theme;
      const started = [this.build(), this.loadTerrain(data), this.plotly];
      this.building ??= Promise.all(started);
      await this.building;
      if (this.incoming !== data) return; // a newer answer came while the first was being drawn
    }
    data.lanes = data.lanes.map((lane) => unpackLane(lane, unpack));
    for (const name of ["gradients", "seen", "rates", "M", "G", "updates"]) data.detail[name] = unpack(data.detail[name]);
    const { terrain } = await this.loadTerrain(data).then((loaded) => ({ terrain: loaded }));
    if (this.incoming !== data) return;
    this.data = data;
    if (visited) {
      this.view = { loss: data.view.loss, hide: new Set(data.view.hide) };
      this.applyHiding();
    }
    this.player.setLast(data.budget.steps);
    if (visited) this.player.seek(data.view.step ?? data.budget.steps);
    else if (before?.ground.id !== data.ground.id) this.player.seek(data.budget.steps);
    if (data.visit === this.visits) {
      this.address.view = { ...this.viewParts() };
      this.address.setScene(data.spelling);
    }
    await this.draw(terrain !== this.terrain, terrain);
    this.present();
    if (this.first) this.opened();
  }

  /** What follows the first picture. */
  opened() {
    this.first = false;
    this.root.dataset.ready = "true";
    this.placing = new Placing(this.mapNode, () => this.data.ground.start, (point) => this.place(point));
    // The surface is the heaviest figure; it comes when somebody can see it.
    this.watch = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && this.drawSurface());
    this.watch.observe(this.surfaceNode);
    if (this.address.reader("autoplay") === "1" && !this.player.calm.matches) this.player.play();
  }

  async loadTerrain(data) {
    const path = `terrain-${this.theme}.json?${data.ground.terrain}`;
    if (this.terrain?.path === path) return this.terrain;
    this.loading = this.loading?.path === path ? this.loading : { path, answer: this.fetchJSON(path) };
    const { answer } = this.loading;
    const figures = await answer;
    return { path, ...figures };
  }

  // --- drawing ---------------------------------------------------------------------------------

  /** Styles of the lanes: [{ color, dash, symbol }], from the figure that Python made. */
  styles() {
    return this.data.lanes.map((_, index) => {
      const path = this.terrain.map.data.find(({ meta }) => meta?.role === "path" && meta.lane === index);
      return { color: path.line.color, dash: path.line.dash, symbol: path.marker.symbol };
    });
  }

  async draw(redress, terrain = null) {
    if (redress) {
      const wanted = terrain ?? (await this.loadTerrain(this.data));
      this.terrain = wanted;
      this.mapFigure ??= new Figure(this.mapNode, { modeBar: ["zoomIn2d", "zoomOut2d", "pan2d", "resetScale2d", "toImage"] });
      this.lossFigure ??= new Figure(this.lossNode);
    }
    this.measure();
    if (redress || !this.mapFigure.ready) {
      await this.mapFigure.show(this.terrain.map, this.wholeFrame());
      await this.showLosses();
      if (terrain === null) this.present();
    } else {
      this.mapFigure.update(this.wholeFrame());
      await this.showLosses();
    }
    if (this.surfaceFigure) this.drawSurface(redress);
  }

  /** Numbers that several figures need, worked out once per answer. */
  measure() {
    const { ground } = this.data;
    for (const lane of this.data.lanes) {
      lane.curve = curve(lane, this.axis, ground.least ?? 0);
      lane.insideTo = inside(lane, ground.box);
      if (this.surface) lane.z = heights(lane.losses, this.surface.layout.meta);
    }
  }

  /** The map's moving traces, those of the whole race included. */
  wholeFrame() {
    const { lanes, ground } = this.data;
    const styles = this.styles();
    const frame = this.frame();
    for (let index = 0; index < 8; index++) {
      const lane = lanes[index];
      frame[`ghost${index}`] = lane ? { x: lane.x, y: lane.y } : { x: [], y: [] };
      frame[`path${index}`] ??= { x: [], y: [] };
    }
    frame.start = { x: [ground.start[0]], y: [ground.start[1]] };
    Object.assign(frame.heads, {
      "marker.color": styles.map(({ color }) => color),
      "marker.symbol": styles.map(({ symbol }) => symbol),
    });
    return frame;
  }

  frame() {
    const { lanes, detail, ground } = this.data;
    const frame = mapFrame(lanes, this.player.at);
    const shown = !this.view.hide.has("inspector") && !this.address.embedded;
    return Object.assign(frame, arrows(lanes[detail.lane], shown ? detail : null, Math.floor(this.player.at), ground.box));
  }

  get axis() {
    return this.data.ground.least === null ? "linear" : this.view.loss;
  }

  async showLosses() {
    const { lanes, budget } = this.data;
    const { ui } = this.words;
    const log = this.axis === "log";
    const shown = lanes.flatMap((lane) => lane.curve.y.filter((value) => value !== null));
    const range = lossRange(shown, log, lanes);
    this.lossRange = log ? range.map((power) => 10 ** power) : range;
    const styles = this.styles();
    const frame = { ...lossFrame(lanes, this.player.at, this.lossRange) };
    Object.assign(frame.heads, {
      "marker.color": styles.map(({ color }) => color),
      "marker.symbol": styles.map(({ symbol }) => symbol),
    });
    for (let index = 0; index < 8; index++) frame[`curve${index}`] = lanes[index]?.curve ?? { x: [], y: [] };
    const axes = this.terrain.losses.layout;
    this.lossTitle.textContent = log ? ui.losses_title_log : ui.losses_title;
    this.lossAxis.textContent = log ? ui.axis_linear : ui.axis_log;
    this.lossAxis.hidden = this.data.ground.least === null;
    await this.lossFigure.show(this.terrain.losses, frame, {
      xaxis: { ...axes.xaxis, range: [0, budget.steps * 1.015], title: { text: ui.step_axis, standoff: 4 } },
      yaxis: { ...axes.yaxis, type: log ? "log" : "linear", range, exponentformat: "power", tickfont: { ...axes.yaxis.tickfont, size: log ? 9 : 11 } },
    });
  }

  toggleLossAxis() {
    this.view.loss = this.view.loss === "log" ? "linear" : "log";
    this.address.setView(this.viewParts());
    this.measure();
    this.showLosses();
  }

  async drawSurface(redress = false) {
    if (this.view.hide.has("surface") || this.surfaceNode.offsetParent === null || this.drawingSurface) return;
    const path = `surface-${this.theme}.json?${this.data.ground.terrain}`;
    this.drawingSurface = true;
    try {
      if (this.surfacePath !== path) {
        this.surface = await this.fetchJSON(path);
        this.surfacePath = path;
        redress = true;
      }
      this.surfaceFigure ??= new Figure(this.surfaceNode);
      this.measure();
      const styles = this.styles();
      const frame = surfaceFrame(this.data.lanes, this.player.at);
      for (let index = 0; index < 8; index++) frame[`path${index}`] ??= { x: [], y: [], z: [] };
      Object.assign(frame.heads, {
        "marker.color": styles.map(({ color }) => color),
        "marker.symbol": styles.map((_, index) => this.surface.data.at(-1).meta.symbols[index]),
      });
      if (redress || !this.surfaceFigure.ready) {
        await this.surfaceFigure.show(this.surface, frame);
      } else this.surfaceFigure.update(frame);
    } finally {
      this.drawingSurface = false;
    }
    // Another ground may have been chosen while this one was on its way.
    if (`surface-${this.theme}.json?${this.data.ground.terrain}` !== path) await this.drawSurface();
  }

  /** Everything that is words and numbers. */
  present() {
    if (!this.data || !this.terrain) return;
    const styles = this.styles();
    const names = new Map(this.words.methods.map(({ id, name }) => [id, name]));
    this.panel.update(this.data, styles);
    this.inspector.update(this.data, styles);
    this.results.update(this.data, styles);
    this.legend.replaceChildren(...this.data.lanes.map((lane, index) => el("li", {}, swatch(styles[index]), names.get(lane.id))));
    this.transport.show(this.player.at, this.player.last, this.player.playing);
    this.inspector.show(Math.floor(this.player.at));
    this.showNotes();
    if (this.lossFigure?.ready) this.lossTitle.textContent = this.axis === "log" ? this.words.ui.losses_title_log : this.words.ui.losses_title;
    this.lossAxis.textContent = this.axis === "log" ? this.words.ui.axis_linear : this.words.ui.axis_log;
    this.lossAxis.hidden = this.data.ground.least === null;
  }

  showNotes() {
    const { repairs, ui } = this.words;
    const key = JSON.stringify(this.data.repairs);
    if (key === this.dismissed || !this.data.repairs.length) return this.notes.replaceChildren();
    this.notes.replaceChildren(
      el(
        "div.os-note",
        {},
        el("ul", {}, this.data.repairs.map((repair) => el("li", {}, fill(repairs[repair.why], repair)))),
        el("button.os-icon", { type: "button", title: ui.dismiss, "aria-label": ui.dismiss, onclick: () => {
          this.dismissed = key;
          this.notes.replaceChildren();
        } }, icon("close")),
      ),
    );
  }

  // --- what the reader does --------------------------------------------------------------------

  moved(at, playing) {
    if (!this.data || !this.terrain) return;
    this.transport.show(at, this.player.last, playing);
    this.mapFigure?.update(this.frame());
    if (this.lossFigure?.ready && this.lossFigure.visible) this.lossFigure.update(lossFrame(this.data.lanes, at, this.lossRange));
    // Every second frame is enough for the heavier figure, and keeps the map smooth.
    this.odd = !this.odd;
    if (this.surfaceFigure?.ready && this.surfaceFigure.visible && (this.odd || !playing)) this.surfaceFigure.update(surfaceFrame(this.data.lanes, at));
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

  place(point) {
    const { ground } = this.data;
    const within = point.map((value, axis) => Math.min(Math.max(value, ground.box[axis][0]), ground.box[axis][1]));
    this.mapFigure.update({ start: { x: [within[0]], y: [within[1]] } });
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
    if (this.words && this.words.lang !== this.language) this.build().then(() => this.present());
  }

  applyHiding() {
    for (const [name, node] of Object.entries(this.parts ?? {})) node.hidden = this.view.hide.has(name);
    this.root.classList.toggle("os-nostory", this.view.hide.has("story"));
    this.root.classList.toggle("os-noside", this.view.hide.has("surface") && this.view.hide.has("losses"));
    this.root.classList.toggle("os-nocontrols", this.view.hide.has("controls"));
  }

  close() {
    this.player.pause();
    this.address.close();
    this.wire.close();
    this.placing?.close();
    this.watch?.disconnect();
    this.media.removeEventListener("change", this.onMedia);
    document.removeEventListener("keydown", this.onKey);
    for (const figure of [this.mapFigure, this.lossFigure, this.surfaceFigure]) figure?.close();
    this.root.remove();
  }
}

/** The range of the loss axis: where the curves are, but not where a diverging one ends. */
function lossRange(values, log, lanes) {
  if (!values.length) return log ? [-1, 1] : [0, 1];
  const starts = lanes.map((lane) => lane.curve.y[0]).filter((value) => value !== null);
  const low = values.reduce((a, b) => Math.min(a, b));
  const top = starts.length ? Math.max(...starts) : values[0];
  if (log) {
    const high = Math.log10(top) + 0.6;
    return [Math.max(Math.log10(low), high - 17) - 0.3, high];
  }
  const span = Math.max(top - Math.max(low, top - 1e6), Math.abs(top) * 1e-6, 1e-12);
  return [Math.max(low, top - span) - 0.06 * span, top + 0.12 * span];
}

/** The wordmark: three contour lines around a minimum. */
function mark() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "os-mark");
  svg.innerHTML =
    '<g fill="none" stroke="currentColor" stroke-width="1.6"><ellipse cx="12" cy="12" rx="10.500" ry="7" transform="rotate(-24 12 12)"/><ellipse cx="12.600" cy="12.200" rx="6.500" ry="4" transform="rotate(-24 12 12)" opacity=".7"/></g><circle cx="13.200" cy="12.400" r="1.900" fill="currentColor"/>';
  return svg;
}
