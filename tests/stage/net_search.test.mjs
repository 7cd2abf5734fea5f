// Trials of a search: where they stand, how they are marked, and what is said of them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { bestCurves } from "../../stage/networks/best_curves.js";
import { searchFinding } from "../../stage/networks/search_findings.js";
import { along, marked, powers } from "../../stage/networks/trial_marks.js";

test("logarithmic axes run from end to end", () => {
  assert.equal(along(1e-6, 1e-6, 1e-2), 0);
  assert.ok(Math.abs(along(1e-4, 1e-6, 1e-2) - 0.5) < 1e-12);
  assert.ok(Math.abs(along(1e-2, 1e-6, 1e-2) - 1) < 1e-12);
  assert.equal(along(3, 3, 3), 0.5);
  assert.deepEqual(powers(1e-6, 1e-2, 5), [-6, -5, -4, -3, -2]);
  assert.deepEqual(powers(1e-6, 100, 5), [-6, -4, -2, 0, 2]);
  assert.deepEqual(powers(0.0017, 0.0081, 5), []);
});

test("a mark says where a trial stands and how it ended, and nothing of what is not known", () => {
  const way = { rate: [1e-4, 1e-2, 1e-6], decay: [1e-8, 1e-6, 1e-4], accuracy: [0.75, 0, NaN], diverged: [1] };
  const ranges = [1e-6, 1e-2, 1e-8, 1e-4];
  assert.deepEqual(
    [0, 1, 2].map((trial) => marked(way, trial, ranges).state),
    ["done", "diverged", "waiting"],
  );
  const { left, up, share } = marked(way, 0, ranges);
  assert.ok(Math.abs(left - 0.5) < 1e-12 && up === 0 && share === 0.75);
  assert.equal(marked(way, 2, ranges).share, 0);
});

test("the best so far has a mean and both ends of its interval, and none before it is known", () => {
  const best = { mean: [0.1, 0.2], low: [0, 0.1], high: [0.3, 0.3] };
  const { data, changes } = bestCurves([{ best }, { best: null }], ["red", "blue"]);
  assert.deepEqual(Object.keys(changes).sort(), ["high0", "low0", "mean0"]);
  assert.deepEqual(changes.mean0, { x: [1, 2], y: [0.1, 0.2] });
  assert.ok(data.every(({ line }) => line.color === "red") && data.length === 3);
});

const texts = {
  found_best: "B {rate} {decay} {reached} {count} {low} {high}",
  found_small: "S {small} {limit} {reached}",
  found_decay: "D {ten} {least} {largest} {rate} {decay}",
  found_rho: "{value}:{low}:{high}",
  found_mean: "M {n} {mean} {low} {high} {grid} {grid_low} {grid_high}",
  found_diverged: "X {diverged}",
};
const finding = {
  ...{ rate: 0.01, decay: 0.5, accuracy: 0.84, low: 0.78, high: 0.88, limit: 0.001, small: 55, small_best: 0.25 },
  ...{ ten: 10, decay_least: 0.1, decay_largest: 0.9, by_rate: [0.5, 0.25, 0.75], by_decay: [0, -1, 1] },
  ...{ diverged: 3, narrow: [1, 2, 3, 4] },
};
const ways = [
  { best: { mean: [0.1, 0.7], low: [0, 0.4], high: [0.5, 0.8] } },
  { best: { mean: [0.1, 0.5], low: [0, 0.3], high: [0.5, 0.6] } },
];

test("the closing sentences have every number of the finding", () => {
  const said = searchFinding(texts, finding, ways, 200).join(" ").replaceAll(/\s?%/g, "").replaceAll("−", "-");
  assert.equal(
    said,
    "B 0.01 0.5 84 200 78 88 S 55 0.001 25 D 10 0.1 0.9 0.5:0.25:0.75 0:-1:1 M 2 70 40 80 50 30 60 X 3",
  );
});

test("of what there is none nothing is said", () => {
  const none = [{ best: null }, { best: null }];
  const said = searchFinding(texts, { ...finding, small: 0, diverged: 0 }, none, 200).join(" ");
  assert.ok(!/[SMX]/.test(said) && said.startsWith("B "));
});
