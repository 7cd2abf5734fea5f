// Trainers with further seeds: between which losses and accuracies they lie, and how they compare seed by seed.

import { curve } from "./chart.js";
import { fill, fixed, spell } from "../lib/format.js";
import { unpack } from "../lib/packing.js";

/** @import { Changes, Trace } from "../types/figures.d.ts" */
/** @import { SeedBand } from "../types/network_pictures.d.ts" */
/** @import { NetBand, NetBandLane } from "../types/networks.d.ts" */
/** @import { Sentences } from "../types/words.d.ts" */

const FAINT = 0.16;
const LARGEST = 3e38; // what float32 cannot hold

/**
 * The band of a trainer, with rows in place of what the server packed.
 * @param {NetBandLane} sent
 * @returns {SeedBand}
 */
export function banded(sent) {
  const [measured, lossLow, lossHigh, low, high] = [
    ...[sent.measured, sent.loss_low, sent.loss_high, sent.accuracy_low, sent.accuracy_high],
  ].map(unpack);
  return { measured, loss: [lossLow, lossHigh], accuracy: [low, high], diverged: sent.diverged };
}

/**
 * What is drawn of `bands`: an area for each from the lower end to the upper one, as far as it has come. `most` is the
 * largest value that is in sight, and nothing is drawn where the lower end is not.
 * @param {SeedBand[]} bands
 * @param {"loss" | "accuracy"} name
 * @param {string[]} colors
 * @param {number} [most]
 * @returns {{ data: Trace[], changes: Changes }}
 */
export function bandAreas(bands, name, colors, most = LARGEST) {
  /** @type {Changes} */
  const changes = {};
  const data = bands.map((band, lane) => {
    const [low, high] = band[name];
    const rows = Array.from(low, (_, row) => row).filter(
      (row) => low[row] < most && Number.isFinite(high[row]) && (name === "accuracy" || low[row] > 0),
    );
    const back = [...rows].reverse();
    changes[`band${lane}`] = {
      x: [...rows, ...back].map((row) => band.measured[row]),
      y: [...rows.map((row) => Math.min(high[row], most)), ...back.map((row) => low[row])],
    };
    const line = { color: colors[lane], width: 0 };
    return curve({ role: "band", lane }, line, { fill: "toself", fillcolor: colors[lane], opacity: FAINT });
  });
  return { data, changes };
}

/**
 * A share in percent with one decimal.
 * @param {number} share
 */
const percent = (share) => fixed(100 * share, 1);

/**
 * Who is better, seed by seed, and by how much.
 * @param {Sentences} ui
 * @param {NetBand} answer
 * @param {string[]} names
 */
export function bandFinding(ui, { finding, seeds }, names) {
  if (!finding) return [ui.net_found_nothing];
  const { lane, value, low, high, others, diverged } = finding;
  /** @type {(other: (typeof others)[number]) => string} */
  const against = (other) => {
    const [by, from, to] = [other.value, other.low, other.high].map(percent);
    const name = names[other.lane];
    if (other.low === 0 && other.high === 0) return fill(ui.net_band_same, { lane: name });
    if (other.low > 0) return fill(ui.net_band_better, { lane: name, by, low: from, high: to });
    return fill(ui.net_band_alike, { lane: name, by, low: from, high: to });
  };
  const [mean, from, to] = [value, low, high].map(percent);
  return [
    fill(ui.net_band_best, { lane: names[lane], seeds, mean, low: from, high: to }),
    ...others.map(against),
    ...diverged.map((each) => fill(ui.net_band_diverged, { lane: names[each.lane], count: each.seeds, seeds })),
  ];
}

/**
 * What further seeds would cost where that is too much.
 * @param {Sentences} ui
 * @param {NetBand} answer
 */
export function bandTooDear(ui, { dear, seeds }) {
  if (!dear) return [];
  const said = fill(ui.net_band_dear, { seeds, cost: spell(dear.cost, 2), most: spell(dear.most, 2) });
  return dear.steps ? [said, fill(ui.net_band_fewer, { steps: dear.steps })] : [said];
}
