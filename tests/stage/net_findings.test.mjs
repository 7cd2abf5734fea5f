// Sentences of labs are made of their numbers.

import assert from "node:assert/strict";
import { test } from "node:test";

import { asLane, ofTrainer } from "../../stage/networks/as_lane.js";
import { activationFinding, signalFinding, trainingFinding } from "../../stage/networks/findings.js";
import { given } from "./given.mjs";

const { en, zh } = given.words;
const finding = { lane: 1, accuracy: 0.97, low: 0.915, high: 0.99, examples: 100, alike: [1, 2], gap: 0.03 };
const names = ["SGD", "Adam", "Momentum"];

test("whose interval overlaps with the best one's is named, and only they", () => {
  const [best, close, gap] = trainingFinding(en, finding, names);
  assert.match(best, /^Adam has most .* 97% of 100 \(95% interval 92% to 99%\)\.$/);
  assert.match(close, /overlaps with that of Momentum:/);
  assert.match(gap, / 3 percentage points higher\.$/);
  assert.match(trainingFinding(en, { ...finding, gap: -0.02 }, names)[2], / 2 percentage points lower\.$/);
  assert.equal(trainingFinding(en, { ...finding, alike: [] }, names)[1], en.ui.net_found_alone);
  const all = trainingFinding(zh, { ...finding, alike: [0, 2] }, names);
  assert.match(all[1], /SGD和Momentum/);
});

test("a network that has no rival is compared with nobody, and where all diverged none is best", () => {
  const alone = trainingFinding(en, { ...finding, lane: 0, alike: [] }, ["SGD"]);
  assert.equal(alone.length, 2);
  assert.ok(!alone.includes(en.ui.net_found_alone));
  assert.deepEqual(trainingFinding(zh, null, names), [zh.ui.net_found_nothing]);
});

test("signals are told from the first layer to the last, gradients the other way", () => {
  const layer = { dead: 0.5, saturated: 0, std: 1, gradient_std: 1e-6, theory: 1.1 };
  const last = { ...layer, dead: 0, std: 0.02, gradient_std: 0.25, theory: 0.03 };
  const [spread, back, units, ...more] = signalFinding(en.ui, [layer, last], false);
  assert.match(spread, /Through 2 layers .* from 1 to 0\.02; theory says 0\.03\.$/);
  assert.match(back, /from 0\.25 in the last layer to 10⁻⁶ in the first/);
  assert.match(units, /25% are dead and 0% saturated/);
  assert.deepEqual(more, []);
  const lost = signalFinding(en.ui, [layer, { ...last, std: null, theory: null }], true);
  assert.match(lost[0], /from 1 to ∞\.$/);
  assert.equal(lost.at(-1), en.ui.net_found_equal);
  assert.deepEqual(signalFinding(en.ui, [], false), []);
});

test("how much a function lets through is its steepest slope, so many times", () => {
  const x = new Float32Array([-1, 0, 1]);
  const curve = { id: "sigmoid", x, value: x, derivative: new Float32Array([0.2, 0.25, 0.05]) };
  const [most, flat] = activationFinding(en.ui, curve, "Sigmoid");
  assert.match(most, /Sigmoid is 0\.25 at most, first at 0: .* 10 layers .* by 9\.5·10⁻⁷ at most\.$/);
  assert.match(flat, /^Between −1 and 1 the slope is below 0\.1 on 33% of the line\.$/);
  assert.deepEqual(activationFinding(en.ui, undefined, "Sigmoid"), []);
});

test("changes of a row of a lane are those of a trainer, and what trainers do not have is dropped", () => {
  const change = { do: "lane_knob", lane: 1, knob: "learning_rate", to: 1 };
  assert.deepEqual(ofTrainer(change), { ...change, do: "trainer_knob" });
  assert.deepEqual(ofTrainer({ do: "lane_suggest", lane: 1 }), { do: "trainer_suggest", lane: 1 });
  assert.equal(ofTrainer({ do: "pick", lane: 1 }), null);
});

test("a trainer is named as a lane is", () => {
  const [trainer] = given.answer.network.trainers;
  const lane = asLane(trainer);
  assert.equal(lane.id, trainer.optimizer);
  assert.equal(lane.extras.schedule, trainer.extras.schedule);
  assert.equal(lane.extras.clip, "none");
});
