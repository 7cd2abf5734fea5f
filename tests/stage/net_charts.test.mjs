// What charts of networks draw: losses, accuracies, histograms, spreads, functions.

import assert from "node:assert/strict";
import { test } from "node:test";

import { bars, commonAxis } from "../../stage/networks/bins.js";
import {
  accuracyCurves,
  activationCurves,
  lossCurves,
  outlined,
  spreadCurves,
  steepest,
} from "../../stage/networks/curves.js";
import { reachedAt } from "../../stage/networks/lane_list.js";
import { percentage } from "../../stage/networks/said.js";

const rows = (...values) => new Float32Array(values);
const lane = {
  losses: rows(0.7, 0.1, NaN),
  loss_steps: rows(0, 5, 10),
  measured: rows(0, 10),
  train_loss: rows(0.7, 0.1),
  validation_loss: rows(0.69, 1000),
  train_accuracy: rows(0.5, 1),
  validation_accuracy: rows(0.48, 0.91),
};

test("losses of training are solid, those of validation dashed, and what flies off is left out", () => {
  const { data, changes, range } = lossCurves([lane, lane], ["red", "blue"]);
  assert.deepEqual(
    data.map(({ meta, line }) => [meta.role, meta.lane, line.color, line.dash]),
    [
      ["batch", 0, "red", "solid"],
      ["train", 0, "red", "solid"],
      ["validation", 0, "red", "dash"],
      ["batch", 1, "blue", "solid"],
      ["train", 1, "blue", "solid"],
      ["validation", 1, "blue", "dash"],
    ],
  );
  assert.deepEqual(
    changes.batch0.y.map((value) => value && Number(value.toFixed(2))),
    [0.7, 0.1, null],
  );
  assert.equal(changes.validation1.y[1], null); // more than thirty times what it began with
  assert.ok(range[0] < -1 && range[1] > Math.log10(0.7) && range[1] < 1);
});

test("the axis of accuracies ends at one and begins below the least", () => {
  const { range } = accuracyCurves([lane], ["red"]);
  assert.ok(range[0] <= 0.4 && range[0] > 0.3);
  assert.ok(range[1] > 1 && range[1] < 1.1);
});

test("a lane has reached what was measured last", () => {
  assert.equal(reachedAt(lane, 9.9), "48%");
  assert.equal(reachedAt(lane, 10), "91%");
  assert.equal(reachedAt(undefined, 3), "…");
  assert.equal(reachedAt({ measured: rows(), validation_accuracy: rows() }, 3), "…");
});

test("a share that is not none or all is not rounded to that", () => {
  assert.deepEqual([0, 1e-9, 0.004, 0.5, 0.996, 0.99999, 1].map(percentage), [
    ...["0%", "< 0.1%", "0.4%", "50%", "99.6%", "99.9%", "100%"],
  ]);
});

test("histograms of a column have one axis, which a few values far out do not stretch", () => {
  const wide = { edges: rows(-100, -1, 0, 1), counts: rows(1, 500, 500) };
  const narrow = { edges: rows(-0.1, 0, 0.1, 0.2), counts: rows(10, 10, 10) };
  assert.deepEqual(commonAxis([wide, narrow]), [-1, 1]);
  const same = { edges: rows(1.5, 1.9, 2.1, 2.5), counts: rows(0, 9, 0) };
  assert.deepEqual(commonAxis([same]), [1.5, 2.5].map(Math.fround)); // not the width of one bin
});

test("bars stand where their values are, the fullest over all the height", () => {
  const path = bars({ edges: rows(-1, 0, 1), counts: rows(1, 2) }, [-1, 1]);
  assert.equal(path, "M0.0 40v-20.0h150.0V40zM150.0 40v-40.0h150.0V40z");
  assert.equal(bars({ edges: rows(-1, 0, 1), counts: rows(0, 0) }, [-1, 1]), "");
  const [, width] = bars({ edges: rows(0, 0, 0), counts: rows(0, 9) }, [-1, 1]).match(/h([\d.]+)/);
  assert.ok(Number(width) > 1); // one value is a line, not nothing
});

test("spreads are drawn against theory, and nothing where there is none on the axis", () => {
  const layers = [
    { std: 1, gradient_std: 0, theory: 0.9 },
    { std: 0.1, gradient_std: 1e-3, theory: null },
  ];
  const colors = { signal: "s", theory: "t" };
  const up = spreadCurves(layers, "activations", colors);
  assert.deepEqual(up.changes.measured, { x: [1, 2], y: [1, 0.1] });
  assert.deepEqual(up.changes.theory.y, [0.9, null]);
  assert.deepEqual(
    up.data.map(({ line }) => line.color),
    ["s", "t"],
  );
  const back = spreadCurves(layers, "gradients", colors);
  assert.deepEqual(back.changes, { measured: { x: [1, 2], y: [null, 1e-3] } });
  assert.ok(back.range[0] < -3 && back.range[1] > -3 && back.range[1] < -2);
});

test("the chosen function lies above all others, with its derivative", () => {
  const x = rows(-1, 0, 1);
  const curves = ["a", "b", "c"].map((id) => ({ id, x, value: x, derivative: rows(0.1, -0.7, 0.2) }));
  const { data, changes } = activationCurves(curves, "b", { value: "v", derivative: "d", others: "o" });
  assert.deepEqual(
    data.map(({ meta }) => meta.role),
    ["other", "other", "derivative", "value"],
  );
  assert.equal(changes.derivative.y, curves[1].derivative);
  const { at, slope } = steepest(curves[1]);
  assert.equal(at, 0);
  assert.ok(Math.abs(slope - 0.7) < 1e-6);
});

test("a function that leaves its small picture is cut there and does not run along the edge", () => {
  const path = outlined(rows(-4, 0, 4), rows(0, 0, 4), [-1, 3], { width: 80, height: 40 });
  assert.equal(path, "M0.0 30.0L40.0 30.0L80.0 -10.0");
});
