// Five lanes side by side: what is drawn of them, and what is said.

import assert from "node:assert/strict";
import { test } from "node:test";

import { gapRows, laneCurves, normCurves, sharedRange } from "../../stage/networks/regularization_charts.js";
import { regularizationFinding } from "../../stage/networks/regularization_findings.js";
import { given } from "./given.mjs";

const { shapes: symbols } = given.drawing;
const list = new Intl.ListFormat("en-GB");
const sayings = (...given) => regularizationFinding(...given).join(" ");

const { en, zh } = given.words;
const rows = (...values) => new Float32Array(values);
const lane = {
  stop: null,
  measured: rows(0, 10, 20),
  train_accuracy: rows(0.25, 0.75, 1),
  validation_accuracy: rows(0.25, 0.5, 0.5),
  train_loss: rows(2, 0.5, 0),
  validation_loss: rows(2, 1, 1.5),
  norms: rows(10, 11, 12),
};
const stopped = { ...lane, stop: 10 };

test("between training and validation lies the gap, there and back", () => {
  const { data, changes } = laneCurves(lane, "accuracy", "red");
  assert.deepEqual(changes.gap, { x: [0, 10, 20, 20, 10, 0], y: [0.25, 0.75, 1, 0.5, 0.5, 0.25] });
  assert.deepEqual(
    data.map(({ meta, line, fill }) => [meta.role, line.dash, fill]),
    [
      ["gap", "solid", "toself"],
      ["train", "solid", undefined],
      ["validation", "dash", undefined],
    ],
  );
});

test("a loss of nothing has no place on an axis of powers of ten, nor has its gap", () => {
  const { changes } = laneCurves(lane, "loss", "red");
  assert.deepEqual(changes.train.y, [2, 0.5, null]);
  assert.deepEqual(changes.gap.x, [0, 10, 10, 0]);
  const [low, high] = sharedRange([lane, stopped], "loss");
  assert.ok(low < Math.log10(0.5) && high > Math.log10(2) && high < 1);
});

test("a lane that stops is faint from there on", () => {
  assert.deepEqual(laneCurves({ ...lane, stop: 0 }, "loss", "red").changes.train.x, [0]);
  const { data, changes } = laneCurves(stopped, "accuracy", "red");
  assert.deepEqual(changes.train, { x: [0, 10], y: [0.25, 0.75] });
  assert.deepEqual(changes.validation_later, { x: [10, 20], y: [0.5, 0.5] });
  assert.deepEqual(data.map(({ meta, line }) => [meta.role, line.color]).slice(0, 2), [
    ["train_later", "var(--os-line)"],
    ["validation_later", "var(--os-line)"],
  ]);
});

test("lanes share an axis that ends at one", () => {
  const [low, high] = sharedRange([lane], "accuracy");
  assert.ok(low <= 0.2 && low > 0.1 && high > 1 && high < 1.1);
});

const end = (gap, half = 0.02) => ({ step: 300, gap, gap_low: gap - half, gap_high: gap + half });
const dropout = { closed: 0.07, training: 0.1, validation: -0.03, low: -0.05, high: -0.01 };
const finding = {
  examples: 1000,
  lanes: [end(0.157), end(0.17), null, end(0.087), { ...end(0.162), step: 52 }],
  smaller: [3],
  less: [],
  dropout,
};
const names = ["None", "L2", "Decay", "Dropout", "Early"];

test("gaps are rows from the top, in percentage points, with their intervals", () => {
  const { data, changes, range } = gapRows(finding, ["a", "b", "c", "d", "e"], symbols);
  assert.deepEqual(changes.gap3.y, [2]);
  assert.ok(Math.abs(changes.gap3.x[0] - 8.7) < 1e-9);
  assert.ok(changes.interval0.x[0] < 15.7 && changes.interval0.x[1] > 15.7);
  assert.equal(changes.gap2, undefined); // it diverged
  assert.ok(range[0] < 0 && range[1] > 19);
  assert.deepEqual(gapRows(null, [], symbols).data, []);
  assert.deepEqual(
    data.filter(({ meta }) => meta.role === "gap").map(({ marker }) => marker.symbol),
    [0, 1, 3, 4].map((place) => symbols[place]),
  );
});

test("norms are curves, that of the lane that stops a mark where it does", () => {
  const { data, changes, range } = normCurves([lane, stopped], ["a", "b"], symbols);
  assert.deepEqual(changes.norm1, { x: [10], y: [11] });
  assert.deepEqual(
    data.map(({ mode }) => mode),
    ["lines", "markers"],
  );
  assert.equal(data[1].marker.symbol, symbols[1]);
  assert.ok(range[0] === 0 && range[1] > 12);
});

test("the sentence names the gaps that are smaller beyond chance, and no others", () => {
  const { regularization: texts } = en.network.lab_texts;
  const said = sayings(texts, list, finding, names);
  assert.match(said, /gap is 15\.7 percentage points \(13\.7 to 17\.7, 95% interval from 1000/);
  assert.match(said, /Diverged: Decay\. Smaller by more than chance: Dropout, 8\.7 \(6\.7 to 10\.7\)\./);
  assert.match(said, /changes by −7\.0 points: .* training data by −10\.0, .* by −3\.0 \(−5\.0 to −1\.0\)\./);
  assert.match(said, /by worse training, not by better validation\..* step 52;/);
  const none = sayings(texts, list, { ...finding, smaller: [] }, names);
  assert.ok(none.includes(texts.found_alike));
  const lost = sayings(texts, list, { ...finding, lanes: Array(5).fill(null), dropout: null }, names);
  assert.equal(lost, `Diverged: ${list.format(names)}.`);
  const chinese = zh.network.lab_texts.regularization;
  assert.match(
    sayings(chinese, new Intl.ListFormat("zh-CN"), finding, names),
    /差距为 15\.7 个百分点.*训练变差.*第 52 步/,
  );
});

test("how dropout closes a gap is said only where chance does not decide", () => {
  const { regularization: texts } = en.network.lab_texts;
  /** @param {object} other @param {string} verdict */
  const says = (other, verdict) => {
    const found = { ...finding, dropout: { ...dropout, ...other } };
    const said = sayings(texts, list, found, names);
    const all = ["found_worse", "found_open", "found_unsure", "found_both", "found_better"];
    assert.deepEqual(
      all.filter((each) => said.includes(texts[each])),
      [verdict],
    );
  };
  says({}, "found_worse");
  says({ closed: -0.01 }, "found_open");
  says({ low: -0.01, high: 0.02 }, "found_unsure");
  says({ low: 0.01, high: 0.05 }, "found_both");
  says({ low: 0.01, high: 0.05, training: 0 }, "found_better");
});
