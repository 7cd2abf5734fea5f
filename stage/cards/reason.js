// Why a step went where it went, in one sentence: rules over the numbers that were recorded of it, the most telling
// first. The words are in locales/*/interface.toml under `reasons`; tests/stage/test_reason.py works out each claim again.

import { fixed, spell } from "../lib/format.js";

/** @import { Detail, Lane } from "../types/answer.d.ts" */
/** @import { Direction } from "../types/words.d.ts" */

/**
 * What a step is judged by: rows of a lane's record, x and y in each.
 * @typedef {object} Facts
 * @property {number[]} slope the true gradient where the step begins
 * @property {number[]} after and where it ends
 * @property {number[]} estimate of the mini-batch, with its noise
 * @property {number[]} seen that, clipped
 * @property {number[]} M
 * @property {number[]} G
 * @property {number[]} scale √G + ε
 * @property {number[]} move
 * @property {number[]} decay what the step has beside M/(√G + ε): decoupled decay
 * @property {number} rate
 * @property {number} peak the rate before any schedule
 * @property {boolean} signs whether M is made of signs at every step
 * @property {Direction} direction what the method makes its direction of, besides the gradient
 */

/** @typedef {Record<string, string | number>} Fields what a sentence has blanks for; `axis` is 0 or 1 and becomes a name */
/** @typedef {Pick<Lane, "knobs" | "epsilon" | "decoupled">} Judged */
/** @typedef {[key: string, judge: (facts: Facts) => Fields | null]} Rule */

const NEARLY = 1e-4; // relative: what float32 leaves of equal numbers
const CLIPPED = 0.99; // of its length: a gradient that is hardly shorter says nothing
const SHARE = 0.3; // of the longer coordinate of a step, from which on the other is worth a word
const LOW_RATE = 0.25;
const UNEQUAL = 2; // times, from which on two scales differ
const LONGER = 1.5;
const ALIGNED = 20; // degrees
const TURNED = 25; // degrees
const EVENED = 5; // degrees
const BACK = 0.01; // of the slope before: less of the opposite slope is an arrival

const AXES = [0, 1];

/** @param {number[]} a */
const norm = (a) => Math.hypot(...a);
/**
 * @param {number[]} a
 * @param {number[]} b
 */
const dot = (a, b) => a[0] * b[0] + a[1] * b[1];
/**
 * Degrees between two directions; 0 where one is none.
 * @param {number[]} a
 * @param {number[]} b
 */
const angle = (a, b) => (Math.atan2(Math.abs(a[0] * b[1] - a[1] * b[0]), dot(a, b)) / Math.PI) * 180;
/** @param {number[]} a */
const against = (a) => a.map((value) => -value);
/**
 * @param {number[]} a
 * @param {number[]} b
 */
const same = (a, b) => norm([a[0] - b[0], a[1] - b[1]]) <= NEARLY * Math.max(norm(a), norm(b));
/** @param {number} degrees */
const whole = (degrees) => fixed(degrees, 0);
/**
 * The axes along which a step goes far enough to speak of, the longer way first.
 * @param {number[]} move
 */
const main = (move) =>
  AXES.filter((axis) => Math.abs(move[axis]) >= SHARE * Math.max(...move.map(Math.abs))).sort(
    (a, b) => Math.abs(move[b]) - Math.abs(move[a]),
  );
/** @param {Facts} facts */
const usual = ({ decay, M, scale }) =>
  AXES.every((axis) => Math.abs(decay[axis]) <= NEARLY * Math.abs(M[axis] / scale[axis]));
/** @type {Rule[]} */
const RULES = [
  ["no_step", ({ move }) => (norm(move) === 0 ? {} : null)],
  [
    "clipped_norm",
    ({ estimate, seen }) =>
      norm(seen) < CLIPPED * norm(estimate) && angle(estimate, seen) < 0.1
        ? { before: spell(norm(estimate), 3), after: spell(norm(seen), 3) }
        : null,
  ],
  [
    "clipped_value",
    ({ estimate, seen }) => {
      const axis = AXES.find((each) => Math.abs(seen[each]) < CLIPPED * Math.abs(estimate[each]));
      return axis === undefined || !(angle(estimate, seen) >= 0.1)
        ? null
        : {
            axis,
            before: spell(estimate[axis], 3),
            after: spell(seen[axis], 3),
            angle: spell(angle(estimate, seen), 2),
          };
    },
  ],
  [
    "misled",
    ({ slope, seen, move }) =>
      dot(move, slope) > 0 && dot(move, seen) < 0 && angle(slope, seen) > 90
        ? { angle: whole(angle(slope, seen)) }
        : null,
  ],
  [
    "decay",
    ({ decay, M, scale, move }) => {
      const axis = main(move).find((each) => Math.abs(decay[each]) > 1.01 * Math.abs(M[each] / scale[each]));
      return axis === undefined ? null : { axis };
    },
  ],
  [
    "climbs",
    ({ direction, move, M, seen }) =>
      direction === "hessian" && dot(move, seen) > NEARLY * norm(move) * norm(seen) && dot(M, seen) < 0 ? {} : null,
  ],
  [
    "memory_wins",
    ({ direction, move, M, seen, slope }) => {
      if (direction !== "memory") return null;
      const axis = main(move).find(
        (each) => move[each] * seen[each] > 0 && M[each] * seen[each] < 0 && slope[each] * seen[each] > 0,
      );
      return axis === undefined
        ? null
        : { axis, way: Math.sign(move[axis]), M: spell(M[axis], 3), g: spell(seen[axis], 3) };
    },
  ],
  [
    "too_far",
    ({ move, slope, after }) => {
      const axis = main(move).find(
        (each) =>
          move[each] * slope[each] < 0 &&
          after[each] * slope[each] < 0 &&
          Math.abs(after[each]) > BACK * Math.abs(slope[each]),
      );
      return axis === undefined ? null : { axis, before: spell(slope[axis], 3), after: spell(after[axis], 3) };
    },
  ],
  ["low_rate", ({ rate, peak }) => (rate < LOW_RATE * peak ? { share: spell((100 * rate) / peak, 2) } : null)],
  ["signs", ({ signs, M }) => (signs && M.every((value) => Math.abs(value) === 1) ? {} : null)],
  [
    "scaled",
    ({ scale }) => {
      const axis = scale[0] > scale[1] ? 0 : 1;
      const ratio = scale[axis] / scale[1 - axis];
      return ratio >= UNEQUAL && Number.isFinite(ratio) ? { axis, ratio: spell(ratio, 2) } : null;
    },
  ],
  ["no_slope", ({ seen }) => (norm(seen) === 0 ? {} : null)],
  [
    "adds_up",
    ({ direction, signs, M, seen }) =>
      direction === "memory" && !signs && norm(M) >= LONGER * norm(seen) && angle(M, seen) <= ALIGNED
        ? { ratio: spell(norm(M) / norm(seen), 2) }
        : null,
  ],
  ["turned_memory", (facts) => turnedBy("memory", facts)],
  ["turned_hessian", (facts) => turnedBy("hessian", facts)],
  [
    "evened",
    ({ M, scale }) => {
      const between = angle(
        M.map((value, axis) => value / scale[axis]),
        M,
      );
      return between >= EVENED ? { angle: whole(between) } : null;
    },
  ],
  ["turned_elsewhere", (facts) => turnedBy("elsewhere", facts)],
  [
    "plain",
    (facts) => {
      const { M, seen, scale, slope } = facts;
      return usual(facts) && same(M, seen) && scale.every((each) => each === 1) && same(slope, seen) ? {} : null;
    },
  ],
  [
    "plain_estimate",
    (facts) => {
      const { M, seen, scale } = facts;
      return usual(facts) && same(M, seen) && scale.every((each) => each === 1) ? {} : null;
    },
  ],
  ["off_slope", ({ move, seen }) => ({ angle: whole(angle(against(move), seen)) })],
];

/**
 * @param {Direction} direction
 * @param {Facts} facts
 */
function turnedBy(direction, { direction: made, M, seen }) {
  return made === direction && angle(M, seen) >= TURNED ? { angle: whole(angle(M, seen)) } : null;
}

/**
 * Key and fields of the sentence on step `row` of a lane, whose method makes its direction as `direction` says.
 * @param {Detail} detail
 * @param {Judged} lane
 * @param {Direction} direction
 * @param {number} row
 * @returns {[string, Fields]}
 */
export function reason(detail, lane, direction, row) {
  const facts = factsOf(detail, lane, direction, row);
  for (const [key, judge] of RULES) {
    const fields = judge(facts);
    if (fields) return [key, fields];
  }
  throw new Error("Expected a rule that always has something to say at the end of RULES.");
}

/**
 * @param {Detail} detail
 * @param {Judged} lane
 * @param {Direction} direction
 * @param {number} row
 * @returns {Facts}
 */
function factsOf(detail, { knobs, epsilon, decoupled }, direction, row) {
  /** @param {Float32Array} values */
  const of = (values, at = row) => [values[2 * at], values[2 * at + 1]];
  const { rates } = detail;
  const [M, G, move] = [of(detail.M), of(detail.G), of(detail.updates)];
  const scale = G.map((each) => Math.sqrt(each) + epsilon);
  return {
    slope: of(detail.gradients),
    after: of(detail.gradients, row + 1),
    estimate: of(detail.estimates),
    seen: of(detail.seen),
    M,
    G,
    scale,
    move,
    decay: AXES.map((axis) => (decoupled ? -move[axis] / rates[row] - M[axis] / scale[axis] : 0)),
    rate: rates[row],
    peak: knobs.learning_rate,
    signs: direction === "memory" && detail.M.every((each) => each === 0 || Math.abs(each) === 1),
    direction,
  };
}
