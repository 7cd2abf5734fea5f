// The data that a surface is made of, each lane's fit to them at the playhead, and rings around the
// examples of the mini-batch that the picked lane's next step sees.

import { Sheets } from "./figure.js";
import { head } from "./frames.js";
import { unpack, unpackBytes } from "../lib/packing.js";
import { LatestRequest } from "../session/latest_request.js";

const BENDS = 80; // pieces of a curve
const ROOM = 0.08; // of the spread of the data, on each side
const NOBODY = 255; // fills up a mini-batch that is smaller than the others

export class FitChart {
  constructor(node, facts, figures, fail) {
    this.figures = figures;
    this.fail = fail;
    this.sheets = new Sheets(node);
    this.examples = new LatestRequest(facts, (answer) => this.tookData(answer), fail);
    this.batches = new LatestRequest(facts, (answer) => this.tookBatches(answer), fail);
  }

  /** `data` is on the screen; `at` gives the playhead. */
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

  tookData({ model, inputs, targets }) {
    const [rows, y] = [unpack(inputs), unpack(targets)];
    const width = rows.length / y.length;
    const column = (index) => rows.filter((_, place) => place % width === index);
    this.model = model;
    // Where classes are parted both axes are inputs.
    const classes = model === "boundary";
    this.points = { x: column(0), y: classes ? column(1) : y };
    this.classes = classes ? y : null;
    this.drawn = null;
    this.draw().catch(this.fail);
  }

  tookBatches({ size, members }) {
    this.members = members && unpackBytes(members);
    this.size = size;
    this.move(this.at());
  }

  async draw() {
    const { terrain } = this.figures;
    if (!terrain?.examples || !this.points) return;
    if (this.drawn === terrain && this.sheets.lower.ready) return this.move(this.at());
    this.drawn = terrain;
    const { x, y } = this.points;
    const { xaxis, yaxis } = terrain.examples.layout;
    this.range = span(x);
    const names = this.classes ? ["x₁", "x₂"] : ["x", "y"];
    const title = (text) => ({ title: { text, standoff: 4 } });
    await this.sheets.show(
      { figure: terrain.examples, changes: this.classes ? parted(x, y, this.classes) : { examples: { x, y } } },
      { figure: terrain.fits, changes: this.frame(this.at()) },
      { xaxis: { ...xaxis, ...title(names[0]), range: this.range }, yaxis: { ...yaxis, ...title(names[1]), range: span(y) } },
    );
  }

  move(at) {
    if (this.drawn && this.data.ground.examples) this.sheets.update(this.frame(at), true);
  }

  frame(at) {
    const fits = this.data.lanes.map((lane, index) => [`fit${index}`, fit(this.model, head(lane, at), this.range)]);
    return { ...Object.fromEntries(fits), ...this.rings(Math.floor(at)) };
  }

  /** A ring around each example of the mini-batch of step `row`, a second one where it was drawn again. */
  rings(row) {
    if (!this.members || row >= this.data.detail.rates.length) return {};
    const drawn = this.members.subarray(row * this.size, (row + 1) * this.size).filter((member) => member !== NOBODY);
    const again = drawn.filter((member, place) => drawn.indexOf(member) !== place);
    const at = (members) => ({ x: Array.from(members, (i) => this.points.x[i]), y: Array.from(members, (i) => this.points.y[i]) });
    return { batch: at(new Set(drawn)), again: at(new Set(again)) };
  }

  close() {
    this.sheets.close();
  }
}

/** The fit θ of `model` over the inputs from `low` to `high`. */
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

/** The points of each class. */
function parted(x, y, classes) {
  const of = (values, wanted) => values.filter((_, place) => classes[place] === wanted);
  return Object.fromEntries([0, 1].map((wanted) => [`class${wanted}`, { x: of(x, wanted), y: of(y, wanted) }]));
}

function span(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = ROOM * (high - low) || 1;
  return [low - room, high + room];
}
