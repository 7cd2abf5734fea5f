// Further seeds: what is drawn of them, and how trainers compare.

import assert from "node:assert/strict";
import { test } from "node:test";

import { bandAreas, bandFinding, bandTooDear } from "../../stage/networks/seed_bands.js";
import { accuracyCurves, lossCurves } from "../../stage/networks/curves.js";
import { given } from "./given.mjs";

const { en, zh } = given.words;
const rows = (...values) => new Float32Array(values);
const band = {
  measured: rows(0, 5, 10, 15),
  loss: [rows(0.5, 0.25, 0.125, NaN), rows(1, 0.5, 0.25, NaN)],
  accuracy: [rows(0.25, 0.5, 0.75, NaN), rows(0.5, 0.75, 1, NaN)],
  diverged: 0,
};
const lane = {
  losses: rows(0.7, 0.1),
  loss_steps: rows(0, 15),
  measured: rows(0, 15),
  train_loss: rows(0.7, 0.1),
  validation_loss: rows(0.69, 0.2),
  train_accuracy: rows(0.5, 1),
  validation_accuracy: rows(0.48, 0.91),
};

test("a band goes along its upper end and back along the lower one, as far as it is known", () => {
  const { data, changes } = bandAreas([band], "accuracy", ["red"]);
  assert.deepEqual(changes.band0.x, [0, 5, 10, 10, 5, 0]);
  assert.deepEqual(changes.band0.y, [0.5, 0.75, 1, 0.75, 0.5, 0.25]);
  assert.deepEqual(
    [data[0].fill, data[0].fillcolor, data[0].meta],
    ["toself", "red", { role: "band", lane: 0, still: true }],
  );
});

test("what flies off ends at what is in sight", () => {
  const { changes } = bandAreas([band], "loss", ["red"], 0.75);
  assert.deepEqual(changes.band0.y, [0.75, 0.5, 0.25, 0.125, 0.25, 0.5]);
  assert.deepEqual(bandAreas([band], "loss", ["red"], 0.3).changes.band0.x, [5, 10, 10, 5]);
});

test("bands lie below all curves, and the axes hold them", () => {
  for (const curves of [lossCurves, accuracyCurves]) {
    const { data } = curves([lane], ["red"], [band]);
    assert.deepEqual([data[0].meta.role, data.filter(({ meta }) => meta.role === "band").length], ["band", 1]);
    assert.ok(curves([lane], ["red"]).data.every(({ meta }) => meta.role !== "band"));
  }
  assert.ok(accuracyCurves([lane], ["red"], [band]).range[0] < accuracyCurves([lane], ["red"]).range[0]);
  assert.ok(lossCurves([lane], ["red"], [band]).range[1] > lossCurves([lane], ["red"]).range[1]);
});

const names = ["SGD", "Adam", "Momentum", "Lion"];
const finding = {
  lane: 1,
  value: 0.9512,
  low: 0.94,
  high: 0.9625,
  others: [
    { lane: 0, value: 0.02, low: 0.011, high: 0.029 },
    { lane: 2, value: 0.004, low: -0.003, high: 0.011 },
  ],
  diverged: [{ lane: 3, seeds: 2 }],
};

test("trainers are compared seed by seed, and who may be as good is said to be", () => {
  const said = bandFinding(en.ui, { finding, seeds: 8 }, names).join(" ");
  assert.match(said, /^With 8 further seeds Adam has .*: 95\.1% \(95% interval 94\.0 to 96\.3%\)\./);
  assert.match(said, /2\.0 percentage points more than SGD \(1\.1 to 2\.9\), beyond chance\./);
  assert.match(said, /0\.4 percentage points more than Momentum, but the interval −0\.3 to 1\.1 holds 0/);
  assert.match(said, /Lion diverged with 2 of 8 seeds/);
  const chinese = bandFinding(zh.ui, { finding, seeds: 8 }, names).join("");
  for (const number of ["95.1", "94.0", "96.3", "2.0", "1.1", "2.9", "0.4", "−0.3"])
    assert.ok(chinese.includes(number));
  assert.ok(!/\{\w+\}/.test(said + chinese));
  const same = { ...finding, others: [{ lane: 0, value: 0, low: 0, high: 0 }], diverged: [] };
  assert.match(bandFinding(en.ui, { finding: same, seeds: 8 }, names)[1], /^With every seed SGD has as many right\.$/);
  assert.deepEqual(bandFinding(en.ui, { finding: null, seeds: 8 }, names), [en.ui.net_found_nothing]);
});

test("what is too dear is said with what it would cost", () => {
  const dear = { cost: 4e11, most: 2e11, steps: 730 };
  assert.match(bandTooDear(en.ui, { dear, seeds: 8 }).join(" "), /4·10¹¹ .* 2·10¹¹ are done\. With 730 steps/);
  assert.equal(bandTooDear(zh.ui, { dear: { ...dear, steps: 0 }, seeds: 8 }).length, 1);
  assert.deepEqual(bandTooDear(en.ui, { seeds: 8 }), []);
});
