// What the numbers of many runs say, in sentences. A difference counts where intervals do not overlap.

import { fill, spell } from "../lib/format.js";

/** @import { RuleName } from "../types/answer.d.ts" */
/** @import { Minima, Reach, Scaling, Shares, Sweep } from "../types/facts.d.ts" */
/** @import { Sentences, Words } from "../types/words.d.ts" */

/** @typedef {Pick<Sweep, "now" | "count" | "members" | "starts" | "gradients"> & { reach: Reach }} Judged what a lane is judged by */

/**
 * A share as a person writes it: "71%", "0.4%".
 * @param {number} share
 */
export function percent(share) {
  return `${figures(share)}%`;
}

/**
 * An interval of shares: "69–73%".
 * @param {{ low: number, high: number }} share
 */
export function interval({ low, high }) {
  const [from, to] = [figures(low), figures(high)];
  return from === to ? `${to}%` : `${from}–${to}%`;
}

/** @param {number} share */
function figures(share) {
  const value = 100 * share;
  // Near its ends a share has one decimal: 100% is all of them, 0% is none.
  const close = (value > 0 && value < 9.95) || (value > 99.05 && value < 100);
  if (!close) return String(Math.round(value));
  return String(Number(Math.min(Math.max(value, 0.1), 99.9).toFixed(1)));
}

/**
 * Which lanes are not clearly behind the first (intervals that overlap prove no tie): { loss, reach } of indices, from `now` and `reach` of each lane.
 * @param {Judged[]} lanes
 */
function winners(lanes) {
  const judged = lanes.flatMap(({ now: { median, low, high } }, index) =>
    median === null ? [] : [{ index, median, low, high }],
  );
  const first = least(judged, ({ median }) => median);
  const reached = lanes.flatMap(({ reach }, index) => (reach.known ? [{ index, ...reach }] : []));
  const most = least(reached, ({ share }) => -share);
  const top = first?.high ?? Infinity;
  return {
    loss: judged.filter(({ low }) => first && low !== null && low <= top).map(({ index }) => index),
    reach: most?.count ? reached.filter(({ high }) => high >= most.low).map(({ index }) => index) : [],
  };
}

/**
 * The first of `things` of which this is least.
 * @template Thing
 * @param {Thing[]} things
 * @param {(thing: Thing) => number} of
 * @returns {Thing | undefined}
 */
function least(things, of) {
  const values = things.map(of);
  return things[values.indexOf(Math.min(...values))];
}

/**
 * The verdict on a race of lanes with these `names`: by what rule, how many runs, who is first.
 * @param {Pick<Words, "ui" | "tag">} words
 * @param {RuleName} rule
 * @param {Judged[]} lanes
 * @param {string[]} names
 */
export function verdict({ ui, tag }, rule, lanes, names) {
  const [{ count, members, starts, gradients }] = lanes;
  const values = { runs: members, gradients };
  const seeds = starts === "same";
  const runs = seeds ? fill(ui.said_seeds, { runs: values.runs }) : fill(ui.said_starts, { runs: values.runs });
  const rules = { own: ui.said_own, same: ui.said_same, defaults: ui.said_defaults };
  const how = rule === "best" ? fill(ui.said_best, { rates: count }) : rules[rule];
  const sentences = [fill(ui.said_how, { how, runs, gradients: values.gradients })];
  const { loss, reach } = winners(lanes);
  /** @param {number[]} first */
  const all = (first) => first.length === lanes.length && lanes.length > 1;
  const list = new Intl.ListFormat(tag, { type: "conjunction" });
  /** @param {number[]} first */
  const who = (first) => list.format(first.map((index) => names[index]));
  if (!loss.length) sentences.push(ui.said_loss_none);
  else if (all(loss)) sentences.push(ui.said_loss_all);
  else if (loss.length > 1) sentences.push(fill(ui.said_loss_tie, { who: who(loss) }));
  else sentences.push(fill(ui.said_loss, { who: who(loss) }));
  const reaches = lanes.map((lane) => lane.reach).filter((each) => each.known);
  if (reaches.length === lanes.length) {
    const spans = reach.map((index) => reaches[index]);
    const span = { low: Math.min(...spans.map(({ low }) => low)), high: Math.max(...spans.map(({ high }) => high)) };
    if (!reach.length) sentences.push(ui.said_reach_none);
    else if (all(reach)) sentences.push(fill(ui.said_reach_all, { share: interval(span) }));
    else if (reach.length > 1) sentences.push(fill(ui.said_reach_tie, { who: who(reach), share: interval(span) }));
    else sentences.push(fill(ui.said_reach, { who: who(reach), share: interval(span) }));
  }
  return sentences;
}

/**
 * How a shift of the loss changes it at the flattest and at the sharpest of `minima`, and why the flattest may pay more.
 * @param {Sentences} ui
 * @param {number} shift
 * @param {Pick<Minima, "minima" | "differ" | "count">} found
 */
export function shiftEffect(ui, shift, { minima, differ, count }) {
  if (!minima.length) return "";
  if (!differ) return count > 1 ? ui.minima_alike : ui.minima_single;
  const ends = [minima.find(({ flattest }) => flattest), minima.find(({ sharpest }) => sharpest)];
  const changes = ends.flatMap((end) => {
    if (!end || end.test === null) return [];
    const { test, loss } = end;
    return [Math.abs(test - loss) < 1e-9 ? 0 : test - loss];
  });
  if (changes.length < 2) return "";
  const [low, high] = changes.map((change) => `${change > 0 ? "+" : ""}${spell(change, 3)}`);
  const values = { shift: spell(shift, 3), low, high };
  const flattestPaysMore = changes[0] > Math.max(changes[1], 0);
  return flattestPaysMore ? fill(ui.minima_cost_flattest, values) : fill(ui.minima_cost, values);
}

/**
 * How a share depends on the learning rate and on the batch: `curves` are { size, rates, rows }.
 * @param {Sentences} ui
 * @param {Pick<Shares, "size" | "rates" | "rows">[]} curves
 */
export function dependence(ui, curves) {
  /** @type {string[]} */
  const sentences = [];
  const rises = curves.map(({ size, rates, rows }) => {
    const top = rows.reduce((best, row, index) => (row.share > rows[best].share ? index : best), 0);
    const from = rows.slice(0, top).reduce((best, row, index) => (row.share < rows[best].share ? index : best), 0);
    return { size, rates, rows, from, top, gain: top > 0 ? rows[top].low - rows[from].high : 0 };
  });
  const rise = rises.reduce((a, b) => (b.gain > a.gain ? b : a));
  if (rise.gain > 0) {
    const { size, rates, rows, from, top } = rise;
    sentences.push(
      fill(ui.found_rise, {
        size,
        from: percent(rows[from].share),
        low: spell(rates[from], 2),
        to: percent(rows[top].share),
        high: spell(rates[top], 2),
      }),
    );
    const after = rows
      .map(({ high }, index) => (index > top && high < rows[top].low ? index : -1))
      .filter((index) => index >= 0);
    const far = after.at(-1);
    if (far !== undefined)
      sentences.push(fill(ui.found_fall, { to: percent(rows[far].share), high: spell(rates[far], 2) }));
  }
  const [first, last] = [curves[0], curves[curves.length - 1]];
  const gaps = first.rates.map((_, index) => apart(first.rows[index], last.rows[index]));
  /** @param {1 | -1} sign */
  const widest = (sign) =>
    gaps.reduce((best, gap, index) => (sign * gap > (best < 0 ? 0 : sign * gaps[best]) ? index : best), -1);
  const noted = [widest(1), widest(-1)].filter((index) => index >= 0).sort((a, b) => a - b);
  for (const index of noted) {
    const [few, many, rate] = [first.size, last.size, spell(first.rates[index], 2)];
    const [small, large] = [first, last].map(({ rows }) => percent(rows[index].share));
    sentences.push(
      gaps[index] > 0
        ? fill(ui.found_small, { rate, few, many, small, large })
        : fill(ui.found_large, { rate, few, many, small, large }),
    );
  }
  return sentences.length ? sentences : [ui.found_none];
}

/**
 * How far two intervals are apart: positive where the first is higher, 0 where they overlap.
 * @param {{ low: number, high: number }} one
 * @param {{ low: number, high: number }} other
 */
function apart(one, other) {
  if (one.low > other.high) return one.low - other.high;
  if (one.high < other.low) return one.high - other.low;
  return 0;
}

const FACTOR = 2; // within which losses agree

/**
 * Up to which multiple of batch and rate the last losses agree with those of the lane itself.
 * @param {Sentences} ui
 * @param {Pick<Scaling, "times" | "median">[]} ready
 */
export function scaling(ui, ready) {
  const last = ready.map(({ median }) => median[median.length - 1]);
  const [plain] = last;
  if (plain === null || ready.length < 2) return "";
  const off = last.findIndex((value) => value === null || value > FACTOR * plain || value < plain / FACTOR);
  const times = ready[(off < 0 ? ready.length : off) - 1].times;
  if (off === 1) return fill(ui.scaling_fails, { next: ready[1].times });
  if (off < 0) return fill(ui.scaling_holds, { times });
  const next = ready[off].times;
  return fill(ui.scaling_breaks, { times, next });
}
