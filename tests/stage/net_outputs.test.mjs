// Scores, probabilities, losses and gradients, against those of JAX; and what is drawn and said of them.

import assert from "node:assert/strict";
import { test } from "node:test";

import { outputFinding, signed } from "../../stage/networks/output_findings.js";
import { ROWS, chosenOf, outlineOf, outputRows } from "../../stage/networks/output_rows.js";
import { changes, gradients, losses, saturated, sigmoids, softmax } from "../../stage/networks/outputs.js";
import { spell } from "../../stage/lib/format.js";
import { given } from "./given.mjs";

const { outputs } = given;
const both = ["en", "zh"].map((language) => {
  const { network, tag } = given.words[language];
  return { texts: network.outputs.texts, tag };
});
const LETTERS = ["A", "B", "C", "D"];

/** Whether numbers are the same but for what single precision rounds. */
function near(found, expected, what) {
  [found].flat().forEach((value, at) => {
    const wanted = [expected].flat()[at];
    assert.ok(Math.abs(value - wanted) <= 3e-6 * Math.max(1, Math.abs(wanted)), `${what}: ${value} for ${wanted}`);
  });
}

test("probabilities, losses and gradients are those of JAX", () => {
  assert.equal(outputs.length, 32);
  for (const { scores, truth, outputs: shares, losses: lost, gradients: slopes, changes: moves } of outputs) {
    near(softmax(scores), shares.softmax, "softmax");
    near(sigmoids(scores), shares.sigmoids, "sigmoids");
    for (const name of ["cross", "binary", "squared"]) {
      near(losses(scores, truth)[name], lost[name], name);
      near(gradients(scores, truth)[name], slopes[name], `the gradient of ${name}`);
    }
    for (const { k, by, ...expected } of moves)
      for (const name of ["softmax", "sigmoids"])
        near(changes(scores, k, by)[name], expected[name], `a raise, ${name}`);
  }
});

test("one sigmoid moves alone, and with softmax all probabilities do, by nothing in all", () => {
  const scores = [2, 1, 0, -4];
  const moved = changes(scores, 1, 1);
  assert.deepEqual(
    moved.sigmoids.map((by) => by !== 0),
    [false, true, false, false],
  );
  assert.ok(moved.softmax.every((by) => by !== 0) && moved.softmax[1] > 0);
  near(
    moved.softmax.reduce((sum, by) => sum + by),
    0,
    "the sum",
  );
});

test("large scores overflow nothing", () => {
  for (const size of [10, 800]) {
    const scores = [size, -size, size, -size];
    const found = [softmax(scores), sigmoids(scores), Object.values(losses(scores, 1)), changes(scores, 0, 1).softmax];
    assert.ok(found.flat().every(Number.isFinite));
  }
});

test("the ratio of both gradients is what the sentence says, of the most saturated sigmoid", () => {
  for (const { scores, truth, gradients: slopes } of outputs) {
    const most = saturated(scores);
    assert.equal(
      most === null,
      scores.every((score) => score === 0),
    ); // then no sigmoid is saturated
    if (!most) continue;
    const { k, ratio } = most;
    assert.equal(Math.abs(scores[k]), Math.max(...scores.map(Math.abs)));
    near(slopes.squared[k], ratio * slopes.binary[k], "the ratio");
    assert.ok(truth >= 0);
  }
});

test("bars stand on their line: probabilities at the foot, gradients in the middle", () => {
  const rows = outputRows({ scores: [2, 1, 0, -4], truth: 3, raised: 0 });
  assert.deepEqual(Object.keys(rows), [...ROWS]);
  near(rows.softmax.whole, 1, "the sum of softmax");
  near(
    rows.sigmoids.whole,
    sigmoids([2, 1, 0, -4]).reduce((sum, share) => sum + share),
    "the sum of sigmoids",
  );
  assert.ok(rows.softmax.bars.every(({ from, to, ghost }) => from === 0 && to > 0 && ghost !== null));
  assert.deepEqual(
    rows.sigmoids.bars.map(({ ghost }) => ghost !== null),
    [true, false, false, false],
  );
  for (const name of ["cross", "binary", "squared"]) {
    const { bars } = rows[name];
    assert.ok(bars.every(({ from }) => from === 0.5));
    assert.deepEqual(
      bars.map(({ to }) => to > 0.5),
      [true, true, true, false], // only the true class is to rise
    );
  }
  assert.equal(outlineOf({ from: 0, to: 0.25 }), "M0 100.00V75.00H100V100.00z");
  assert.equal(outlineOf({ from: 0.5, to: 0.25 }), "M0 75.00V50.00H100V75.00z");
  assert.notEqual(outlineOf({ from: 0, to: 0 }), "M0 100.00V100.00H100V100.00z"); // a sliver
});

test("what is found is told from the numbers, in both languages", () => {
  const chosen = { scores: [2, 1, 0, -4], truth: 3, raised: 0 };
  const moved = changes(chosen.scores, 0, 1);
  for (const words of both) {
    const { texts } = words;
    const found = (more) => outputFinding(words, LETTERS, { ...chosen, ...more });
    const [softmaxed, sigmoided, squared, wrong] = found();
    for (const by of moved.softmax) assert.ok(softmaxed.includes(signed(by)), softmaxed);
    assert.ok(sigmoided.includes(signed(moved.sigmoids[0])));
    const { share, ratio } = saturated(chosen.scores);
    assert.ok(squared.includes(spell(share, 3)) && squared.includes(spell(ratio, 2)), squared);
    assert.equal(wrong, texts.found_wrong);
    assert.ok(!/\{\w+\}/.test(found().join("")));
    assert.equal(found({ truth: 0 }).length, 3); // D is right then
    assert.equal(found({ scores: [9, 0, 0, 0], truth: 0 }).length, 3);
    assert.equal(found({ scores: [9, 0, 0, 0], truth: 1 })[3], texts.found_wrong);
    const even = found({ scores: [0, 0, 0, 0] }); // no sigmoid is saturated, and none more than another
    assert.equal(even.length, 2);
    assert.ok(!even.join("").includes(texts.found_squared.split("{")[0]), even.join(""));
  }
  const [softmaxed, sigmoided] = outputFinding(both[0], LETTERS, chosen);
  assert.match(softmaxed, /those of B, C, and D by −0\.\d+, −0\.\d+, and −0\.\d+\.$/);
  assert.match(sigmoided, /those of B, C, and D by 0\.$/);
  assert.deepEqual([0, 0.12, -0.12, 0.0001, -2e-7].map(signed), ["0", "+0.12", "−0.12", "+0.0001", "−2·10⁻⁷"]);
});

test("a view says which classes are meant", () => {
  const view = { scorea: 1, scoreb: 2, scorec: 3, scored: 4, truth: "c", raised: "b" };
  assert.deepEqual(chosenOf(view), { scores: [1, 2, 3, 4], truth: 2, raised: 1 });
});
