// What the lab on batches draws and says.

import assert from "node:assert/strict";
import { test } from "node:test";

import { epochCurves, standing, timeCurves, varianceCurves } from "../../stage/networks/batch_charts.js";
import { batchFinding } from "../../stage/networks/batch_findings.js";
import { given } from "./given.mjs";

const { en, zh } = given.words;
const rows = (...values) => new Float32Array(values);
const sizes = {
  sizes: rows(1, 4, 16),
  update: rows(0.25, 0.5, 1),
  epoch: rows(4, 2, 1),
  variance: rows(1, 0.25, 0),
  half: rows(0.125, 0.5, 0),
  line: rows(1, 4),
  law: rows(1, 0.25),
};

test("losses of training are solid, those of validation dashed, by epochs", () => {
  const lane = { epochs: rows(0, 1), train_loss: rows(2, 0.5), validation_loss: rows(2, Infinity) };
  const { data, changes, range } = epochCurves([lane, lane, lane], ["a", "b", "c"]);
  assert.deepEqual(
    data.map(({ line }) => line.dash),
    ["solid", "dash", "solid", "dash", "solid", "dash"],
  );
  assert.deepEqual(changes.validation2.y, [2, null]);
  assert.ok(range[0] < Math.log10(0.5) && range[1] > Math.log10(2));
});

test("every lane stands on its curve of validation where the playhead is", () => {
  const lane = { epochs: rows(0, 1, 2), validation_loss: rows(2, 0.5, Infinity) };
  const shorter = { epochs: rows(0), validation_loss: rows(2) };
  assert.deepEqual(standing([lane, shorter], 1.5), { x: [1, 0], y: [0.5, 2] });
  assert.deepEqual(standing([lane], 2), { x: [2], y: [null] });
  assert.deepEqual(standing([{ epochs: rows(), validation_loss: rows() }], 2), { x: [null], y: [null] });
});

test("times are drawn once that with all examples is known", () => {
  const { changes } = timeCurves(sizes, { update: "u", epoch: "e" });
  assert.deepEqual(changes.epoch, { x: [1, 4, 16], y: [4, 2, 1] });
  const early = timeCurves({ ...sizes, update: rows(), epoch: rows() }, { update: "u", epoch: "e" });
  assert.deepEqual(early.changes.update, { x: [], y: [] });
});

test("variances stand on the law with their intervals; with all examples there is none", () => {
  const { data, changes, range } = varianceCurves(sizes, { law: "l", drawn: "d" });
  assert.deepEqual(changes.drawn, { x: [1, 4], y: [1, 0.25] });
  assert.deepEqual(changes.interval0, { x: [1, 1], y: [0.875, 1.125] });
  assert.ok(changes.interval1.y[0] > 0); // it has a place on the axis
  assert.deepEqual(
    data.map(({ meta }) => meta.role),
    ["law", "interval", "interval", "drawn"],
  );
  assert.ok(range.every(Number.isFinite));
});

const end = { loss: 0.0361, validation: 0.977, low: 0.9646, high: 0.9857, updates: 1860 };
const finding = {
  ...{ draws: 2000, sizes: 5, held: 4, update: 0.0057, epoch: 5.74, validated: 797 },
  lanes: [null, end, { ...end, updates: 800 }],
};
const names = ["Constant", "Rate decayed", "Batch grown"];

test("what decaying and growing come to is compared by their intervals", () => {
  const { batch: texts } = en.network.lab_texts;
  const said = batchFinding(texts, finding, 1000, names);
  assert.equal(said[0], "Constant: diverged.");
  assert.match(said[2], /^Batch grown: training loss 0\.036 after 800 updates, 98% of 797 .*\(96\.5% to 98\.6%,/);
  assert.equal(said[3], texts.found_alike);
  assert.match(said[4], /4 of 5 sizes .* 2000 draws/);
  assert.match(said[5], /took 0\.57% of .* all 1000, .* 5\.7 times/);
  const apart = { ...finding, lanes: [end, end, { ...end, low: 0.99, high: 1 }] };
  assert.equal(batchFinding(texts, apart, 1000, names)[3], texts.found_apart);
  const lost = batchFinding(texts, { ...finding, lanes: [end, null, end] }, 1000, names);
  assert.ok(![texts.found_apart, texts.found_alike].some((sentence) => lost.includes(sentence)));
  assert.match(batchFinding(zh.network.lab_texts.batch, finding, 1000, names)[2], /更新 800 次/);
});
