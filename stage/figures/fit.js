// The data that a surface is made of, each lane's fit to them at the playhead, and rings around the
// examples of the mini-batch that the picked lane's next step sees.

import { few } from "./few_ticks.js";
import { Sheets } from "./figure.js";
import { head } from "./frames.js";
import { typeOf } from "./large_type.js";
import { unpack, unpackBytes } from "../lib/packing.js";
import { LatestRequest } from "../session/latest_request.js";

/** @import { Answer, Model, Point, View } from "../types/answer.d.ts" */
/** @import { Changes, Terrain } from "../types/figures.d.ts" */
/** @import { Batches, Examples, FactPath } from "../types/facts.d.ts" */
/** @import { At, Fail } from "../types/stage.d.ts" */
/** @import { Facts } from "../session/facts.js" */
/** @import { Figures } from "./figures.js" */

const BENDS = 80; // pieces of a curve
const ROOM = 0.08; // of the spread of the data, on each side

export class FitChart {
  /**
   * @param {HTMLElement} node
   * @param {Facts} facts
   * @param {Figures} figures
   * @param {Fail} fail
   */
  constructor(node, facts, figures, fail) {
    this.figures = figures;
    this.fail = fail;
    this.sheets = new Sheets(node);
    /** @type {Answer | null} */
    this.data = null;
    /** @type {At} */
    this.at = () => 0;
    /** @type {Model | null} */
    this.model = null;
    /** @type {{ x: Float32Array, y: Float32Array } | null} */
    this.points = null;
    /** @type {Float32Array | null} the class of each point, where classes are parted */
    this.classes = null;
    /** @type {Uint8Array | null} */
    this.members = null;
    this.size = 0;
    this.nobody = 0; // fills up a mini-batch that is smaller than the others
    /** @type {Terrain | null} */
    this.drawn = null;
    /** @type {import("./large_type.js").Type | undefined} how it is written */
    this.type = undefined;
    /** @type {Point} */
    this.range = [0, 1];
    /** @type {LatestRequest<FactPath<"data.json">>} */
    this.examples = new LatestRequest(facts, (answer) => this.receiveData(answer), fail);
    /** @type {LatestRequest<FactPath<"batches.json">>} */
    this.batches = new LatestRequest(facts, (answer) => this.receiveBatches(answer), fail);
  }

  /**
   * `data` is on the screen; `at` gives the playhead.
   * @param {Answer} data
   * @param {View} view
   * @param {At} at
   */
  show(data, view, at) {
    this.data = data;
    this.at = at;
    const { ground, spelling } = data;
    const wanted = ground.examples && !view.hide.has("data") && this.sheets.visible;
    this.members = null; // those of other lanes until the answer comes
    this.examples.ask(wanted ? `data.json?${ground.query}` : null);
    this.batches.forget();
    this.batches.ask(wanted ? `batches.json?${spelling}` : null);
    if (wanted && this.examples.shown === `data.json?${ground.query}`) this.draw().catch(this.fail);
  }

  /** @param {Examples} examples */
  receiveData({ model, inputs, targets }) {
    const [rows, y] = [unpack(inputs), unpack(targets)];
    const width = rows.length / y.length;
    /** @param {number} index */
    const column = (index) => rows.filter((_, place) => place % width === index);
    this.model = model;
    // Where classes are parted both axes are inputs.
    const classes = model === "boundary";
    this.points = { x: column(0), y: classes ? column(1) : y };
    this.classes = classes ? y : null;
    this.drawn = null;
    this.draw().catch(this.fail);
  }

  /** @param {Batches} batches */
  receiveBatches({ size, members, nobody }) {
    this.members = members === null ? null : unpackBytes(members);
    this.size = size;
    this.nobody = nobody;
    this.move(this.at());
  }

  async draw() {
    const { data, points } = this;
    const { terrain } = this.figures;
    if (!terrain?.examples || !terrain.fits || !points || !data) return;
    const type = typeOf(this.sheets.node);
    if (this.drawn === terrain && this.type === type && this.sheets.lower.ready) return this.move(this.at());
    this.drawn = terrain;
    this.type = type;
    const { x, y } = points;
    const { xaxis, yaxis } = terrain.examples.layout;
    this.range = span(x);
    const names = this.classes ? ["x₁", "x₂"] : ["x", "y"];
    /** @param {string} text */
    const title = (text) => ({ title: { text, standoff: 4 } });
    await this.sheets.show(
      { figure: terrain.examples, changes: this.classes ? parted(x, y, this.classes) : { examples: { x, y } } },
      { figure: terrain.fits, changes: this.frame(data, this.at()) },
      {
        xaxis: { ...xaxis, ...title(names[0]), range: this.range },
        yaxis: { ...yaxis, ...few(this.sheets.node), ...title(names[1]), range: span(y) },
      },
    );
  }

  /** @param {number} at */
  move(at) {
    if (this.drawn && this.data?.ground.examples) this.sheets.update(this.frame(this.data, at), true);
  }

  /**
   * @param {Answer} data
   * @param {number} at
   * @returns {Changes}
   */
  frame(data, at) {
    const fits = data.lanes.map((lane, index) => [`fit${index}`, fit(this.model, head(lane, at), this.range)]);
    return { ...Object.fromEntries(fits), ...this.rings(data, Math.floor(at)) };
  }

  /**
   * A ring around each example of the mini-batch of step `row`, a second one where it was drawn again.
   * @param {Answer} data
   * @param {number} row
   * @returns {Changes}
   */
  rings(data, row) {
    const { points } = this;
    if (!this.members || !points || row >= data.detail.rates.length) return {};
    const drawn = this.members
      .subarray(row * this.size, (row + 1) * this.size)
      .filter((member) => member !== this.nobody);
    const again = drawn.filter((member, place) => drawn.indexOf(member) !== place);
    /** @param {Set<number>} members */
    const at = (members) => ({
      x: Array.from(members, (i) => points.x[i]),
      y: Array.from(members, (i) => points.y[i]),
    });
    return { batch: at(new Set(drawn)), again: at(new Set(again)) };
  }
}

/**
 * The fit θ of `model` over the inputs from `low` to `high`.
 * @param {Model | null} model
 * @param {Point} theta
 * @param {Point} range
 */
function fit(model, [a, b], [low, high]) {
  if (model === "line") return { x: [low, high], y: [a * low + b, a * high + b] };
  if (model === "curve") {
    const x = Array.from({ length: BENDS + 1 }, (_, piece) => low + ((high - low) * piece) / BENDS);
    return { x, y: x.map((value) => b * Math.tanh(a * value)) };
  }
  // θ·x = 0: through the origin, across θ, further than anything that is shown.
  const far = (100 * Math.max(Math.abs(low), Math.abs(high))) / Math.hypot(a, b);
  return Number.isFinite(far) ? { x: [-b * far, b * far], y: [a * far, -a * far] } : { x: [], y: [] };
}

/**
 * The points of each class.
 * @param {Float32Array} x
 * @param {Float32Array} y
 * @param {Float32Array} classes
 * @returns {Changes}
 */
function parted(x, y, classes) {
  /**
   * @param {Float32Array} values
   * @param {number} wanted
   */
  const of = (values, wanted) => values.filter((_, place) => classes[place] === wanted);
  return Object.fromEntries([0, 1].map((wanted) => [`class${wanted}`, { x: of(x, wanted), y: of(y, wanted) }]));
}

/**
 * @param {Float32Array} values
 * @returns {Point}
 */
function span(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = ROOM * (high - low) || 1;
  return [low - room, high + room];
}
