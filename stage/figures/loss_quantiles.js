// How far the losses of each lane spread over many seeds: fetched lane by lane, drawn behind the curves.

import { LARGEST, unpack } from "../lib/packing.js";
import { whole } from "../session/facts.js";
import { isStochastic } from "../session/view.js";

/** @import { Answer, LossAxis, Point, View } from "../types/answer.d.ts" */
/** @import { Changes } from "../types/figures.d.ts" */
/** @import { Fail } from "../types/stage.d.ts" */
/** @import { Facts } from "../session/facts.js" */
/** @import { Figures } from "./figures.js" */

const PAUSE = 350; // ms without another scene before the first lane is asked for
const BEYOND = 1e3; // times the top of the chart, or its height above it: far enough to be out of sight

export class LossQuantiles {
  /**
   * `figures` draws them; `progress(done, all)` hears how far it is, `fail(error)` what went wrong.
   * @param {Facts} facts
   * @param {Figures} figures
   * @param {{ progress: (done: number, all: number) => void, fail: Fail }} on
   */
  constructor(facts, figures, { progress, fail }) {
    this.facts = facts;
    this.figures = figures;
    this.progress = progress;
    this.fail = fail;
    /** @type {string | null | undefined} the scene whose spread is asked for */
    this.wanted = undefined;
    /** @type {string | undefined} the address that is asked */
    this.asked = undefined;
  }

  /**
   * Show what `view` asks for of `data`.
   * @param {Answer} data
   * @param {View} view
   */
  show(data, view) {
    const wanted = view.band === "on" && isStochastic(data) ? data.spelling : null;
    if (wanted === this.wanted) return;
    this.wanted = wanted;
    clearTimeout(this.later);
    if (this.asked) this.facts.drop(this.asked);
    this.figures.showQuantiles([]).catch(this.fail);
    this.progress(0, wanted === null ? 0 : data.lanes.length);
    if (wanted !== null) this.later = setTimeout(() => this.fetch(wanted, data.lanes.length), PAUSE);
  }

  /**
   * @param {string} wanted
   * @param {number} lanes
   */
  async fetch(wanted, lanes) {
    /** @type {(Float32Array[] | null)[]} */
    const bands = Array.from({ length: lanes }, () => null);
    try {
      for (let lane = 0; lane < lanes; lane++) {
        const asked = /** @type {const} */ (`band.json?${wanted}&of=${lane}`);
        this.asked = asked;
        const answer = await whole(this.facts, asked, () => this.wanted === wanted);
        if (this.wanted !== wanted || answer === null) return; // the scene has moved on
        const { quantiles, levels } = answer;
        if (quantiles) bands[lane] = columns(unpack(quantiles), levels.length);
        await this.figures.showQuantiles([...bands]);
        if (this.wanted === wanted) this.progress(lane + 1, lanes);
      }
    } catch (error) {
      if (this.wanted !== wanted) return;
      this.wanted = undefined; // another time it may work
      this.progress(0, 0);
      this.fail(/** @type {Error} */ (error));
    }
  }
}

/**
 * One array for each level, from rows one after another.
 * @param {Float32Array} rows
 * @param {number} width
 */
function columns(rows, width) {
  return Array.from({ length: width }, (_, level) => rows.filter((_, index) => index % width === level));
}

/**
 * The areas and the median of each band, for the traces of the loss curves: from the second-lowest level
 * to the second-highest is the core. On the logarithmic axis losses are those above `least`; what is
 * below the axis, or infinite, is cut out of sight. `low` and `high` are the ends of the axis.
 * @param {(Float32Array[] | null)[]} bands
 * @param {LossAxis} axis
 * @param {number} least
 * @param {Point} range
 */
export function areas(bands, axis, least, [low, high]) {
  const log = axis === "log";
  const reach = BEYOND * (high - low);
  /** @param {number} value */
  const inSight = (value) => {
    const shown = log ? value - least : value;
    if (log) return Math.min(Math.max(value < LARGEST ? shown : Infinity, low / BEYOND), high * BEYOND);
    return Math.min(Math.max(value < LARGEST ? shown : Infinity, low - reach), high + reach);
  };
  /** @type {Changes} */
  const changes = {};
  bands.forEach((levels, lane) => {
    if (!levels) return;
    const lines = levels.map((values) => Array.from(values, inSight));
    const steps = lines[0].map((_, step) => step);
    /**
     * @param {number} from
     * @param {number} to
     */
    const between = (from, to) => ({
      x: [...steps, ...[...steps].reverse()],
      y: [...lines[to], ...[...lines[from]].reverse()],
    });
    changes[`wide${lane}`] = between(0, lines.length - 1);
    changes[`core${lane}`] = between(1, lines.length - 2);
    changes[`median${lane}`] = { x: steps, y: lines[(lines.length - 1) / 2] };
  });
  return changes;
}
