// The lab on slices: the loss on a plane through the end of one trainer, what of all paths lies in it, and where the picture lies.

import { SliceChart } from "./slice_chart.js";
import { sliceFinding, sliceWarnings } from "./slice_findings.js";
import { planeOf } from "./slice_ground.js";
import { SliceList } from "./slice_list.js";
import { pathOf, raceOf, standing } from "./slice_paths.js";
import { SlicePicture } from "./slice_picture.js";
import { percentage } from "./said.js";
import { Streamed } from "./streamed.js";
import { factPath } from "./unpacked.js";
import { row, segments } from "../controls/controls.js";
import { el } from "../lib/dom.js";
import { fill, spell } from "../lib/format.js";

/** @import { Facts } from "../session/facts.js" */
/** @import { View } from "../types/answer.d.ts" */
/** @import { NetSlice } from "../types/network_slice.d.ts" */
/** @import { Fail, Look } from "../types/stage.d.ts" */
/** @import { Sentences, Words } from "../types/words.d.ts" */
/** @import { ShownNetwork } from "./networks.js" */
/** @import { Path, Race } from "./slice_paths.js" */

/** What of the view the slice depends on, in the order in which it is asked for. */
const ASKED = /** @type {const} */ (["slice", "slicenorm", "sliceextent", "slicepoints", "sliceseed", "slicerace"]);

/** Which knobs have no say, by what spans the plane. @type {Record<View["slice"], string[]>} */
const IDLE = {
  path: ["slicenorm", "sliceextent", "sliceseed"],
  random: [],
  hessian: [],
  trainers: ["slicenorm", "sliceextent"],
  seeds: ["slicenorm", "sliceextent", "sliceseed"],
};

export class SliceLab {
  /**
   * `look` turns what is shown.
   * @param {Words} words
   * @param {Facts} facts
   * @param {{ look: Look, fail: Fail }} on
   */
  constructor({ ui, network }, facts, { look, fail }) {
    const { texts, knobs, race } = network.slice;
    this.ui = ui;
    this.texts = texts;
    this.picture = new SlicePicture(texts.picture, texts.scale, texts.end_seed);
    this.list = new SliceList(texts, (lane) => look({ netlane: lane + 1 }));
    this.chart = new SliceChart(texts);
    this.caption = el("p.os-netcaption");
    this.keyRace = el("li", {}, el("span.os-netkey.os-netink.os-slicedashed"), texts.key_race);
    this.key = el(
      "ul.os-keys",
      {},
      el("li", {}, el("span.os-netkey.os-netink"), texts.key_path),
      this.keyRace,
      el("li", {}, el("span.os-slicegauge", { "aria-hidden": "true" }), texts.distances),
    );
    this.node = el(
      "div.os-netlab.os-netslice",
      {},
      el("div.os-netlarge", {}, this.picture.node, el("div.os-netbelow", {}, this.caption, this.key)),
      el("div.os-netside", {}, this.list.head, this.list.node, this.chart.node),
    );
    this.finding = el("div.os-netruling", { role: "status" });
    this.streamed = new Streamed(facts, ui, (answer) => this.receive(answer), fail);
    this.progress = this.streamed.node;
    this.node.append(this.streamed.waiting);
    this.rows = new Map(knobs.map((knob) => [knob.id, row(knob, (to) => look({ [knob.id]: to }))]));
    this.race = segments(race, (to) => look({ slicerace: to === "on" ? "on" : "off" }));
    /** What stands in the panel. */
    this.controls = el(
      "div.os-group",
      { role: "group", "aria-label": knobs[0].label },
      ...Array.from(this.rows.values(), ({ node }) => node),
      this.race.node,
    );
    /** @type {NetSlice | null} */
    this.told = null;
    /** @type {Path[]} */
    this.paths = [];
    /** @type {Race[]} */
    this.races = [];
    /** @type {ShownNetwork | null} */
    this.shown = null;
    this.at = 0;
  }

  /** @param {ShownNetwork} shown */
  show(shown) {
    this.shown = shown;
    this.at = shown.at;
    const { network, view, names, looks, lane } = shown;
    for (const [id, made] of this.rows) {
      made.set(view[/** @type {typeof ASKED[number]} */ (id)]);
      made.node.hidden = IDLE[view.slice].includes(id);
    }
    this.race.set(view.slicerace);
    this.keyRace.hidden = view.slicerace !== "on";
    this.list.name(names, looks.styles, lane);
    const path = factPath(
      "net_slice.json",
      network.query,
      ...["page=networks", "lab=slice", `of=${lane}`, ...ASKED.map((name) => `${name}=${view[name]}`)],
    );
    if (this.streamed.path !== path) {
      this.finding.replaceChildren();
      this.node.classList.add("os-stale");
      this.node.setAttribute("aria-busy", "true");
    }
    this.streamed.ask(path);
    this.draw();
  }

  /** @param {NetSlice} answer */
  receive(answer) {
    this.told = answer;
    this.paths = answer.paths.map(pathOf);
    this.races = answer.race.map(raceOf);
    this.node.classList.remove("os-stale");
    const { shown, texts } = this;
    if (!shown) return;
    if (answer.missing) this.finding.replaceChildren(el("p", {}, this.ui.net_missing));
    else {
      const found = sliceFinding(texts, answer, this.paths, this.races, shown.names);
      const wrong = sliceWarnings(texts, answer.finding?.warnings ?? [], shown.names);
      this.finding.replaceChildren(
        ...found.map((sentence) => el("p", {}, sentence)),
        ...(wrong.length ? [misleading(texts, wrong)] : []),
      );
    }
    this.node.setAttribute("aria-busy", String(answer.parts !== undefined));
    this.draw();
  }

  draw() {
    const { shown, told, paths, races, texts } = this;
    if (!shown) return;
    const plane = told && planeOf(told);
    const drawn = told && plane && { plane, paths, races, ends: told.ends, lane: told.lane, axes: axesOf(texts, told) };
    this.picture.show(drawn, shown.looks, this.at);
    this.list.show(paths, this.at);
    if (paths.length) this.chart.show(paths, shown.looks, Number(shown.network.values.netsteps), this.at);
    this.say();
  }

  /** What the picture says of the trainer in its middle, and what is true; for whoever does not see it, of all. */
  say() {
    const { shown, paths, told, texts } = this;
    if (!shown) return;
    const said = paths.map((path) => {
      const { step, relative, shown: plane, true: loss } = standing(path, this.at);
      const lane = shown.names[path.lane];
      const now = fill(texts.now, { lane, step, shown: spell(plane, 3), true: spell(loss, 3) });
      return { lane: path.lane, now, distance: Number.isFinite(relative) ? percentage(relative) : percentage(0) };
    });
    const own = told && fill(texts.caption, { lane: shown.names[told.lane] });
    this.caption.textContent = own ?? (this.streamed.running ? this.ui.net_compiling : "");
    const all = said.map(({ now, distance }) => `${now}; ${texts.distances} ${distance}`);
    this.picture.canvas.setAttribute("aria-label", [texts.picture, ...all].join(". "));
  }

  /** @param {number} t */
  move(t) {
    this.at = t;
    this.picture.move(t);
    this.list.move(t);
    this.chart.move(t);
    this.say();
  }

  stop() {
    this.streamed.ask(null);
  }

  close() {
    this.stop();
    this.picture.close();
    this.chart.close();
  }
}

/**
 * @param {Sentences} texts
 * @param {string[]} wrong
 */
const misleading = (texts, wrong) =>
  el(
    "div.os-slicewarn",
    {},
    el("h3.os-subhead", {}, texts.mislead),
    el("ul", {}, ...wrong.map((sentence) => el("li", {}, sentence))),
  );

/**
 * What both axes are.
 * @param {Sentences} texts
 * @param {NetSlice} told
 * @returns {[string, string]}
 */
function axesOf(texts, { kind, shares }) {
  if (kind === "path" && shares) {
    const [a, b] = shares.map((share) => percentage(share).replace("%", ""));
    return [fill(texts.axis_path, { axis: "a", percent: a }), fill(texts.axis_path, { axis: "b", percent: b })];
  }
  if (kind === "hessian") return [fill(texts.axis_hessian_a, { axis: "a" }), fill(texts.axis_hessian_b, { axis: "b" })];
  if (kind === "random") return [fill(texts.axis_random, { axis: "a" }), fill(texts.axis_random, { axis: "b" })];
  return [fill(texts.axis_ends_a, { axis: "a" }), fill(texts.axis_ends_b, { axis: "b" })];
}
