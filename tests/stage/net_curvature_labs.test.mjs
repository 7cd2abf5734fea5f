// What the labs on the edge of stability and on spectra draw and say.

import assert from "node:assert/strict";
import { test } from "node:test";

import { edgeLosses, sharpnessCurves, standingAt } from "../../stage/networks/edge_curves.js";
import { edgeFinding } from "../../stage/networks/edge_findings.js";
import { sharpnessPairs, spectrumCurves } from "../../stage/networks/spectrum_curves.js";
import { spectrumFinding } from "../../stage/networks/spectrum_findings.js";
import { given } from "./given.mjs";

const { edge, spectrum } = given.words.en.network.lab_texts;
const rows = (...values) => new Float32Array(values);
const whole = (said) => said.every((sentence) => !/[{}]|NaN|null|undefined|Infinity/.test(sentence));
const run = {
  ...{ rate: 0.5, bound: 4, first_loss: 1, diverged: -1, steps: rows(1, 10, 20) },
  ...{ sharpness: rows(1, 3.5, 400), losses: rows(0.5, 0.25, 1e9), low: rows(0.5, 0.25, 0.5), high: rows(1, 0.5, 1e9) },
};

test("λ stands on the line of its bound, and what flies off is left out", () => {
  const { data, changes, range } = sharpnessCurves([run, { ...run, bound: 8 }], ["red", "blue"], 20);
  assert.deepEqual(
    data.map(({ meta, line }) => [meta.role, meta.lane, line.color, line.dash]),
    [
      ["bound", 0, "red", "dash"],
      ["bound", 1, "blue", "dash"],
      ["sharpness", 0, "red", "solid"],
      ["sharpness", 1, "blue", "solid"],
    ],
  );
  assert.deepEqual(changes.bound1, { x: [0, 20], y: [8, 8] });
  assert.deepEqual(changes.sharpness0.y, [1, 3.5, null]);
  assert.ok(10 ** range[0] < 1 && 10 ** range[1] > 8 && 10 ** range[1] < 20);
});

test("losses stand in a band of all that they were, and the playhead on what was measured last", () => {
  const { data, changes } = edgeLosses([run], ["red"]);
  assert.deepEqual(
    data.map(({ meta }) => meta.role),
    ["band", "loss"],
  );
  assert.deepEqual(changes.loss0.y, [0.5, 0.25, null]);
  assert.equal(Math.max(...changes.band0.y), 30);
  assert.deepEqual(standingAt([run], "sharpness", 15), { x: [10], y: [3.5] });
  assert.deepEqual(standingAt([{ ...run, steps: rows(), sharpness: rows(), losses: rows() }], "losses", 5), {
    x: [null],
    y: [null],
  });
});

const settled = {
  bound: 4,
  median: 1.004,
  low: 0.99,
  high: 1.01,
  reached: 300,
  rises: 0.482,
  first: 0.74,
  last: 0.0096,
  diverged: -1,
};
const answer = (...finding) => ({
  runs: finding.map(() => ({ rate: 0.5 })),
  finding,
  limit: 2,
  frozen: false,
  classes: 0,
});

test("where λ settles is said with its median, and that the loss rises and falls", () => {
  const said = edgeFinding(edge, answer(settled));
  assert.equal(said.length, 3);
  assert.match(said[0], /below 2\./);
  assert.match(
    said[1],
    /^α = 0\.5: .* comes to its bound 4 by step 300 and stays: .* 1\.004 times .* 0\.990 and 1\.010/,
  );
  assert.match(said[2], /at α = 0\.5 it rose in 48% of the steps, and went from 0\.74 to 0\.0096/);
  assert.ok(whole(said));
});

test("below, above, left, gone and too short are other sentences", () => {
  const kinds = [
    [{ median: 0.5, reached: null }, /stays below its bound/],
    [{ median: 0.5 }, /and falls again/],
    [{ median: 1.2 }, /passes its bound 4 .* stays above/],
    [{ median: null, low: null, high: null, last: null, diverged: 77 }, /beyond all bounds at step 77/],
    [{ median: null, low: null, high: null }, /too few steps/],
  ];
  for (const [change, expected] of kinds) {
    const said = edgeFinding(edge, { ...answer({ ...settled, ...change }), frozen: true, classes: 2 });
    assert.match(said[1], expected);
    assert.ok(said.includes(edge.found_frozen) && said.includes(edge.found_classes) && whole(said));
  }
  assert.deepEqual(edgeFinding(edge, { ...answer(), finding: null }), []);
});

const known = {
  ...{ middles: rows(0, 1, 2), counts: rows(20, 0, 1), largest: rows(2, 0.5, 0.25), errors: rows(0, 0, 0) },
  ...{ smallest: rows(0, -0.5), smallest_errors: rows(0, 0), negative: { value: 0.1, low: 0.1, high: 0.1 } },
  ...{ mean: { value: 0, low: 0, high: 0 }, outliers: { count: 1, ratio: 4, classes: 2 } },
};

test("a histogram has a floor for bins with nothing in them, and the values before the gap apart", () => {
  const { data, changes, range } = spectrumCurves(known, { bulk: "blue", out: "red" });
  assert.deepEqual(
    data.map(({ meta }) => meta.role),
    ["counts", "others", "outliers"],
  );
  assert.deepEqual(changes.counts.y, [0.5, 20, 20, 0.5, 0.5, 1, 1, 0.5]);
  assert.deepEqual([changes.outliers.x, changes.others.x], [[2], [0.5, 0.25]]);
  assert.ok(10 ** range[1] > 20);
});

const runs = [
  { batch: 16, sharpness: [1, 2, null] },
  { batch: 1000, sharpness: [2, null, null] },
];
const found = {
  ...{
    small: { value: 1.5, low: 1, high: 2 },
    large: { value: 3, low: -1, high: 7 },
    ratio: { value: 2, low: 1.5, high: 2.6 },
  },
  ...{ small_loss: 0.08, large_loss: 0.07, small_right: 0.9, large_right: 0.9, lost: 1 },
};

test("pairs of equal seeds are joined as far as they are known, and means have intervals that an axis of powers can hold", () => {
  const { changes } = sharpnessPairs(runs, found, { seed: "blue", mean: "red" });
  assert.deepEqual([changes.seed0.x, changes.seed1.y, changes.seed2.x], [[16, 1000], [2], []]);
  assert.ok(changes.interval1.y[0] > 0);
  assert.deepEqual(changes.mean.y, [1.5, 3]);
  assert.equal(sharpnessPairs(runs, null, { seed: "blue", mean: "red" }).changes.mean, undefined);
});

test("the gap is counted against the classes, and batches are said to differ only beyond chance", () => {
  const told = { parameters: 21, exact: true, step: 40, classes: 2, runs, sharpness: found, diverged: false };
  const said = spectrumFinding(spectrum, told, known);
  assert.ok(whole(said), said.join("\n"));
  assert.match(said[0], /At step 40 all 21 eigenvalues lie between −0\.5 and 2\./);
  assert.match(said[1], /after 1, one fewer than there are classes \(2\): .* 4 times/);
  assert.ok(said.some((sentence) => /2\.00 times as sharp \(1\.50 to 2\.60\): more than chance/.test(sentence)));
  assert.match(said.at(-1), /left out.*: 1/);
  const other = { ...found, ratio: { value: 1.1, low: 0.9, high: 1.3 } };
  const alike = spectrumFinding(spectrum, { ...told, sharpness: other }, null);
  assert.ok(alike.some((sentence) => /the interval holds 1/.test(sentence)));
  const flat = spectrumFinding(
    spectrum,
    { ...told, sharpness: { ...found, ratio: { value: 0.5, low: 0.4, high: 0.6 } } },
    null,
  );
  assert.ok(flat.some((sentence) => /so flatter/.test(sentence)));
  const some = {
    ...known,
    errors: rows(0.02, 0, 0),
    outliers: { count: 3, ratio: 2, classes: 2 },
    negative: { value: 0.3, low: -0.2, high: 0.9 },
  };
  const lanczos = spectrumFinding(spectrum, { ...told, exact: false }, some);
  assert.ok(lanczos.some((sentence) => /known to 1% of itself/.test(sentence)));
  assert.ok(lanczos.some((sentence) => /Between 0% and 90% of all/.test(sentence)));
  assert.ok(lanczos.some((sentence) => /after 3, where 2 classes would let one expect 1/.test(sentence)));
  assert.deepEqual(spectrumFinding(spectrum, { ...told, sharpness: null, diverged: true }, null), [
    spectrum.found_nothing,
  ]);
});
