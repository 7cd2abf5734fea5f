// Losses and accuracies on paths between solutions as curves, and barriers as marks. No element is touched here.

import { curve, known } from "./chart.js";
import { decades } from "../figures/log_axis.js";

/** @import { Point } from "../types/answer.d.ts" */
/** @import { Changes, Trace } from "../types/figures.d.ts" */
/** @import { NetLinesFinding, PairPaths, PathName } from "../types/network_paths.d.ts" */

/** @typedef {{ data: Trace[], changes: Changes, range: Point }} Drawn */

/** @type {PathName[]} */
export const PATHS = ["straight", "matched", "bent"];
/** How each path is drawn. @type {Record<PathName, { color: string, dash: string, symbol: string }>} */
const LOOKS = {
  straight: { color: "var(--os-warn)", dash: "dash", symbol: "circle" },
  matched: { color: "var(--os-ink)", dash: "dot", symbol: "square" },
  bent: { color: "var(--os-accent)", dash: "solid", symbol: "diamond" },
};
const FAINT = 0.28; // of pairs after the first
const ROOM = 1.12; // above the highest
const LOW = 0.02; // of that, below 0
const BESIDE = 0.11; // of the width of a path: how far from the middle the marks of pairs stand
const SPREAD = 0.5;

/**
 * The three paths of each pair, those of the first in strong lines.
 * @param {ArrayLike<number>} places
 * @param {PairPaths[]} pairs
 * @param {"loss" | "accuracy"} what
 * @returns {Drawn}
 */
export function pathCurves(places, pairs, what) {
  /** @type {Changes} */
  const changes = {};
  const x = Array.from(places);
  // The first pair comes last, on top.
  const data = pairs
    .map((pair, lane) => ({ pair, lane }))
    .reverse()
    .flatMap(({ pair, lane }) =>
      PATHS.map((id) => {
        changes[`${id}${lane}`] = { x, y: known(pair[what][id]) };
        const { color, dash } = LOOKS[id];
        const line = lane ? { color, dash, width: 1.2 } : { color, dash, width: 2.8 };
        return curve({ role: id, lane }, line, lane ? { opacity: FAINT } : {});
      }),
    );
  if (what === "accuracy") return { data, changes, range: [0, 1.03] };
  const between = pairs.flatMap(({ loss }) =>
    PATHS.flatMap((id) => known(loss[id]).filter((value, at) => value !== null && x[at] >= 0 && x[at] <= 1)),
  );
  const top = ROOM * Math.max(...between.map(Number), 1e-3);
  return { data, changes, range: [-LOW * top, top] };
}

/**
 * Losses on the lines from the first weights to the solutions.
 * @param {ArrayLike<number>} places
 * @param {PairPaths[]} pairs
 * @returns {Drawn}
 */
export function startCurves(places, pairs) {
  /** @type {Changes} */
  const changes = {};
  const x = Array.from(places);
  const color = "var(--os-accent)";
  const data = pairs
    .map((pair, lane) => {
      const y = known(pair.loss.start).map((value) => (value !== null && value > 0 ? value : null));
      changes[`start${lane}`] = { x, y };
      return curve({ role: "start", lane }, { color, width: lane ? 1.2 : 2.4 }, lane ? { opacity: FAINT } : {});
    })
    .reverse();
  return { data, changes, range: decades(Object.values(changes).flatMap(({ y }) => Array.from(y))) };
}

/**
 * Barriers of all pairs beside one another, and their means with intervals: one place for each path.
 * @param {NetLinesFinding | null} finding
 * @returns {Drawn}
 */
export function barrierMarks(finding) {
  /** @type {Changes} */
  const changes = {};
  /** @type {Trace[]} */
  const data = [];
  let top = 0;
  if (finding)
    PATHS.forEach((id, place) => {
      const { color, symbol } = LOOKS[id];
      const rows = finding.each[id].flatMap((value, pair) => (value === null ? [] : [{ value, pair }]));
      const step = SPREAD / Math.max(finding.each[id].length - 1, 1);
      changes[`each${place}`] = {
        x: rows.map(({ pair }) => place + BESIDE + pair * step - (BESIDE + SPREAD) / 2),
        y: rows.map(({ value }) => value),
      };
      data.push(
        curve({ role: "each", lane: place }, { color }, { mode: "markers", marker: { symbol, size: 7, color } }),
      );
      top = Math.max(top, ...rows.map(({ value }) => value));
      const mean = finding.barriers?.[id];
      if (!mean) return;
      const x = place + BESIDE + SPREAD / 2 + 0.02;
      changes[`mean${place}`] = { x: [place - BESIDE - SPREAD / 2, x], y: [mean.value, mean.value] };
      changes[`interval${place}`] = { x: [x, x], y: [mean.low, mean.high] };
      data.push(curve({ role: "mean", lane: place }, { color, width: 1.6 }));
      data.push(curve({ role: "interval", lane: place }, { color, width: 4 }));
      top = Math.max(top, mean.high);
    });
  const high = ROOM * Math.max(top, 1e-3);
  return { data, changes, range: [-0.06 * high, high] };
}
