// The lab on landscapes: one scale for two slices, what is drawn of two networks, and what is said of them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { armBands, armGradients, armLosses, roughRows } from "../../stage/networks/residual_charts.js";
import { residualFinding } from "../../stage/networks/residual_findings.js";
import { heightOf, shadesOf, slicePixels, sliceScale } from "../../stage/networks/slice_scale.js";
import { given } from "./given.mjs";

const texts = given.words.en.network.lab_texts.residual;
const row = (...values) => new Float32Array(values);

test("one scale goes from the least of both to the largest, by powers", () => {
  const scale = sliceScale([0.02, 20]);
  assert.deepEqual([scale.low, scale.high], [0.02, 20]);
  assert.deepEqual(
    [0.02, 20, 1e9, 0].map((loss) => heightOf(scale, loss)),
    [0, 1, 1, 0],
  );
  assert.ok(Math.abs(heightOf(scale, Math.sqrt(0.02 * 20)) - 0.5) < 1e-12);
  assert.ok(scale.levels.length > 4 && scale.levels.every((level) => level > 0.02 && level < 20));
  assert.deepEqual(
    scale.levels,
    [...scale.levels].sort((a, b) => a - b),
  );
});

test("a scale has no more than a handful of lines, and no loss of 0 breaks it", () => {
  for (const ends of [
    [0, 1e6],
    [1e-9, 1e4],
    [2.3, 2.3],
    [0, 0],
    [2, 7],
    [0.11, 950],
  ]) {
    const scale = sliceScale(ends);
    assert.ok(scale.low > 0 && scale.levels.length <= 13, String(ends));
    assert.ok(
      [ends[0], ends[1], 1].every((loss) => Number.isFinite(heightOf(scale, loss))),
      String(ends),
    );
  }
});

test("the same loss has the same colour in both maps, the first row is the lowest, and what is not known has none", () => {
  const shades = shadesOf(["#000000", "#ff0000"]);
  const scale = sliceScale([1, 100]);
  const pixels = slicePixels(row(1, 10, 100, NaN), 2, scale, shades);
  const at = (place) => Array.from(pixels.subarray(4 * place, 4 * place + 4));
  assert.deepEqual(at(2), [0, 0, 0, 255]);
  assert.deepEqual(at(3), [128, 0, 0, 255]);
  assert.deepEqual(at(0), [255, 0, 0, 255]);
  assert.deepEqual(at(1), [0, 0, 0, 0]);
  assert.deepEqual(slicePixels(row(10, 1, 1, 1), 2, scale, shades).slice(8, 12), pixels.slice(12, 16));
});

const arm = {
  ...{ of: 10, measured: row(0, 5, 10), train_loss: row(1, 0.1, 3e38), validation_loss: row(1, 0.5, 0.2) },
  ...{ gradients: [row(0.1, 0.01), row(0.2, 0)], looks: row(0, 10), loss: row(1, 0.5) },
  ...{ low: row(0.8, 0.4), high: row(1.5, 3.4e38), change_low: row(0.1, 0.2), change_high: row(0.3, 0.4) },
  smoothness: row(2, 4),
};

test("curves are drawn as far as they are finite and positive, and told apart by colour", () => {
  const losses = armLosses([arm, arm]);
  assert.deepEqual(losses.changes.train0.y.slice(2), [null]);
  assert.equal(new Set(losses.data.map(({ line }) => line.color)).size, 2);
  assert.deepEqual([...new Set(losses.data.map(({ line }) => line.dash))].sort(), ["dash", "solid"]);
  const gradients = armGradients([arm, { ...arm, gradients: [] }]);
  assert.equal(gradients.layers, 2);
  assert.deepEqual(gradients.changes.first0.x, [1, 2]);
  assert.deepEqual(gradients.changes.last0.y[1], null);
  assert.ok(gradients.range.every(Number.isFinite));
});

test("bands go from the least to the largest that steps meet", () => {
  const { changes, data, range } = armBands([arm], "range");
  assert.deepEqual(
    data.map(({ meta }) => meta.role),
    ["band", "line"],
  );
  assert.equal(changes.band0.x.length, 4);
  assert.ok(changes.band0.y.every(Number.isFinite) && range.every(Number.isFinite));
  assert.deepEqual(armBands([arm], "change").changes.line0.y, Array.from(arm.change_high));
  assert.deepEqual(armBands([arm], "smoothness").changes.smoothness0.y, [2, 4]);
});

const between = (value, low, high) => ({ value, low, high });
const rough = { own: between(0.6, 0.5, 0.7), plain: between(0.7, 0.65, 0.75), apart: between(-0.1, -0.2, 0.05) };

test("how rough slices are has a mark for each seed, and the mean with its interval when it is known", () => {
  const seeds = [
    { nonconvex: [0.5, null, 0.7], variation: [1, null, 2] },
    { nonconvex: [0.7, null, null], variation: [2, null, null] },
  ];
  const early = roughRows(seeds, "nonconvex", null, [0.5, 0.7]);
  assert.deepEqual(early.changes.seeds0.x, [50, 70]);
  assert.ok(!("mean0" in early.changes));
  const late = roughRows(seeds, "nonconvex", rough, [0.5, 0.7]);
  assert.deepEqual(late.changes.interval1.x, [65, 75]);
  assert.deepEqual(late.changes.mean0.x, [60]);
  assert.ok(late.range[0] < 50 && late.range[1] > 75);
});

const finding = {
  ...{ nonconvex: rough, variation: { ...rough, apart: between(0.5, 0.1, 0.9) } },
  accuracy: { own: between(0.984, 0.97, 1), plain: between(0.604, 0.4, 0.8), apart: between(0.38, 0.212, 0.548) },
  loss: { own: between(0.003, 0, 0.01), plain: between(0.623, 0.5, 0.7), apart: between(-0.6, -0.7, -0.5) },
  ...{ fading: [61.4, 0.148], range: null, change: null, smoothness: null, diverged: [0, 2], validated: 100 },
};
const said = (more) => residualFinding(texts, { compare: "residual", seeds: 5, finding, ...more }, "X");
const clean = (sentences) => sentences.every((each) => !/[{}]|NaN|null|undefined/.test(each));

test("what is found says its intervals, and honestly where they hold 0", () => {
  const sentences = said({});
  assert.equal(sentences.length, 5);
  assert.match(
    sentences[0],
    /0\.003 with X and 0\.623 without; .* 100 .* 98% and 60% .* 38\.0 .* 5 seeds.* 21\.2 to 54\.8/,
  );
  assert.match(sentences[1], /61 times .* with X, and 0\.15 times without/);
  assert.match(
    sentences[2],
    /60\.0% \(50\.0% to 70\.0%\) .* −10\.0 percentage points \(−20\.0 to 5\.0\): chance could explain/,
  );
  assert.match(sentences[3], /0\.5 \(0\.1 to 0\.9\): by this measure it is rougher with X/);
  assert.match(sentences[4], /without X: 2 of 5 diverged/);
  assert.ok(clean(sentences));
});

test("of a normalisation, how many times as large is what steps meet, and that smooth is not convex", () => {
  const met = { range: between(0.2, 0.1, 0.4), change: between(1.1, 0.9, 1.3), smoothness: between(0.3, 0.2, 0.4) };
  const more = { ...finding, ...met, diverged: [0, 0], nonconvex: { ...rough, apart: between(0.1, 0.05, 0.2) } };
  const sentences = said({ compare: "normalization", finding: more });
  assert.match(sentences[1], /0\.2 times as far with X \(0\.1 to 0\.4\): less, and not by chance/);
  assert.match(sentences[2], /1\.1 times .*: chance could explain/);
  assert.equal(sentences.at(-1), texts.found_two);
  assert.ok(clean(sentences));
});

test("where seeds diverged, what is not known is not said", () => {
  const none = { own: null, plain: null, apart: null };
  const unknown = { nonconvex: none, variation: none, accuracy: none, loss: none, fading: [null, null] };
  const sentences = said({ finding: { ...finding, ...unknown, diverged: [5, 5] } });
  assert.equal(sentences.length, 2);
  assert.ok(clean(sentences) && sentences.every((each) => /5 of 5 diverged/.test(each)));
  assert.deepEqual(said({ finding: null }), []);
});
