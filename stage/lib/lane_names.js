// What a lane is called wherever it is named: by its method, by how its gradient is clipped, and by what tells it from
// the other lanes of the same method.

import { fill, spell } from "./format.js";

/** @import { Answer, Value } from "../types/answer.d.ts" */
/** @import { Sentences, Words } from "../types/words.d.ts" */

/** @typedef {Pick<Answer["lanes"][number], "id" | "knobs" | "extras">} Named */

/**
 * How a lane's gradient is clipped: "clip norm 0.5"; null where it is not.
 * @param {Sentences} ui
 * @param {Named["extras"]} extras
 */
export function clipOf(ui, { clip, clip_at }) {
  const at = spell(clip_at, 3);
  return clip === "norm" ? fill(ui.tag_clip_norm, { at }) : clip === "value" ? fill(ui.tag_clip_value, { at }) : null;
}

/**
 * The names of all `lanes`: "SGD · α 0.1 · clip norm 0.5". Lanes that are alike in all of that are numbered.
 * @param {Words} words
 * @param {Named[]} lanes
 */
export function laneNames(words, lanes) {
  const names = lanes.map((lane) =>
    nameOf(
      words,
      lane,
      lanes.filter(({ id }) => id === lane.id),
    ),
  );
  return names.map((name, index) =>
    names.filter((other) => other === name).length > 1
      ? `${name} (${names.slice(0, index + 1).filter((other) => other === name).length})`
      : name,
  );
}

/**
 * The rate of a lane, to stand behind its name: nothing where that says it, as it does of lanes that differ by it.
 * @param {string} name
 * @param {number} rate
 * @param {number} [digits]
 */
export const rateBehind = (name, rate, digits) => (name.includes(" α ") ? "" : ` α ${spell(rate, digits)}`);

/**
 * @param {Words} words
 * @param {Named} lane
 * @param {Named[]} peers the lanes of its method
 */
function nameOf({ methods, schedules, ui }, lane, peers) {
  const method = methods.find(({ id }) => id === lane.id);
  const schedule = schedules.find(({ id }) => id === lane.extras.schedule);
  const [rate, ...others] = method?.knobs ?? [];
  /** @param {(lane: Named) => Value | undefined} of */
  const differ = (of) => peers.some((peer) => of(peer) !== of(lane));
  /** @param {Value} value */
  const said = (value) => (typeof value === "number" ? spell(value, 3) : value);
  return [
    method?.name ?? lane.id,
    rate && differ(({ knobs }) => knobs[rate.id]) ? `α ${said(lane.knobs[rate.id])}` : null,
    ...others
      .filter(({ id }) => differ(({ knobs }) => knobs[id]))
      .map(({ id, label }) => `${label} ${said(lane.knobs[id])}`),
    differ(({ extras }) => extras.schedule) ? schedule?.name : null,
    ...(schedule?.knobs ?? [])
      .filter(({ id }) => differ(({ extras }) => extras[id]) && !differ(({ extras }) => extras.schedule))
      .map(({ id, label }) => `${label} ${said(lane.extras[id])}`),
    lane.extras.warmup && differ(({ extras }) => extras.warmup)
      ? fill(ui.tag_warmup, { steps: lane.extras.warmup })
      : null,
    clipOf(ui, lane.extras),
    lane.extras.penalty === "decoupled" && differ(({ extras }) => extras.penalty) ? ui.tag_decoupled : null,
  ]
    .filter((part) => typeof part === "string")
    .join(" · ");
}
