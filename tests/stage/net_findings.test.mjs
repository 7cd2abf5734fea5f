// Sentences of labs are made of their numbers.

import assert from "node:assert/strict";
import { test } from "node:test";

import { activationFinding, signalFinding, trainingFinding } from "../../stage/networks/findings.js";
import { asLane, ofTrainer } from "../../stage/networks/trainers.js";
import { given } from "./given.mjs";

const { en, zh } = given.words;
const finding = { lane: 1, accuracy: 0.97, low: 0.915, high: 0.99, examples: 100, alike: [1, 2], gap: 0.03 };
const names = ["SGD", "Adam", "Momentum"];

test("whose interval overlaps with the best one's is named, and only they", () => {
  const said = trainingFinding(en.ui, finding, names);
  assert.match(said, /^Adam has most .* 97 % of 100 \(95 % interval 92 % to 99 %\)\./);
  assert.match(said, /overlaps with that of Momentum:/);
  assert.match(said, / 3 percentage points higher\.$/);
  assert.match(trainingFinding(en.ui, { ...finding, gap: -0.02 }, names), / 2 percentage points lower\.$/);
  assert.match(trainingFinding(en.ui, { ...finding, alike: [] }, names), new RegExp(en.ui.net_found_alone));
  const alone = trainingFinding(en.ui, { ...finding, lane: 0, alike: [] }, ["SGD"]);
  assert.ok(!alone.includes(en.ui.net_found_alone)); // there is no other
  assert.equal(trainingFinding(zh.ui, null, names), zh.ui.net_found_nothing);
});

test("signals are told from the first layer to the last, gradients the other way", () => {
  const layer = { dead: 0.5, saturated: 0, std: 1, gradient_std: 1e-6, theory: 1.1 };
  const last = { ...layer, dead: 0, std: 0.02, gradient_std: 0.25, theory: 0.03 };
  const said = signalFinding(en.ui, [layer, last], false);
  assert.match(said, /Through 2 layers .* from 1 to 0\.02; theory says 0\.03\./);
  assert.match(said, /from 0\.25 in the last layer to 10⁻⁶ in the first/);
  assert.match(said, /25 % are dead and 0 % saturated/);
  assert.ok(!said.includes(en.ui.net_found_equal));
  const lost = signalFinding(en.ui, [layer, { ...last, std: null, theory: null }], true);
  assert.match(lost, /from 1 to ∞\. /);
  assert.ok(lost.endsWith(en.ui.net_found_equal));
  assert.equal(signalFinding(en.ui, [], false), "");
});

test("how much a function lets through is its steepest slope, so many times", () => {
  const x = new Float32Array([-1, 0, 1]);
  const curve = { id: "sigmoid", x, value: x, derivative: new Float32Array([0.2, 0.25, 0.05]) };
  const said = activationFinding(en.ui, curve, "Sigmoid");
  assert.match(said, /Sigmoid is 0\.25 at most, first at 0: .* 10 layers .* by 9\.5·10⁻⁷ at most\./);
  assert.match(said, /Between −1 and 1 the slope is below 0\.1 on 33 % of the line\./);
  assert.equal(activationFinding(en.ui, undefined, "Sigmoid"), "");
});

test("changes of a row of a lane are those of a trainer, and what trainers do not have is dropped", () => {
  assert.deepEqual(ofTrainer({ do: "lane_knob", lane: 1, knob: "learning_rate", to: 1 }), {
    ...{ do: "trainer_knob", lane: 1, knob: "learning_rate", to: 1 },
  });
  assert.equal(ofTrainer({ do: "lane_suggest", lane: 1 }), null);
});

test("a trainer is named as a lane is", () => {
  const [trainer] = given.answer.network.trainers;
  const lane = asLane(trainer);
  assert.equal(lane.id, trainer.optimizer);
  assert.equal(lane.extras.schedule, trainer.extras.schedule);
  assert.equal(lane.extras.clip, "none");
});
