// What lanes are called: everywhere the same, and no two alike.

import assert from "node:assert/strict";
import { test } from "node:test";

import { laneNames } from "../../stage/lib/lane_names.js";
import { given } from "./given.mjs";

const EXTRAS = { schedule: "constant", warmup: 0, clip: "none", clip_at: 0.5, penalty: "coupled" };
const sgd = (rate, more = {}) => ({ id: "sgd", knobs: { learning_rate: rate }, extras: { ...EXTRAS, ...more } });
const momentum = (mu) => ({ id: "momentum", knobs: { learning_rate: 0.1, momentum: mu }, extras: EXTRAS });
const names = (...lanes) => laneNames(given.words.en, lanes);

test("a lane alone has the name of its method", () => {
  assert.deepEqual(names(sgd(0.1), momentum(0.9)), ["SGD", "Momentum"]);
});

test("clipping is named, by norm or by value", () => {
  assert.deepEqual(names(sgd(0.1, { clip: "norm" })), ["SGD · clip norm 0.5"]);
  assert.deepEqual(names(sgd(0.1, { clip: "norm" }), sgd(0.1, { clip: "value" }), sgd(0.1)), [
    "SGD · clip norm 0.5",
    "SGD · clip value 0.5",
    "SGD",
  ]);
  assert.deepEqual(laneNames(given.words.zh, [sgd(0.1, { clip: "norm" })]), ["SGD · 范数截断 0.5"]);
});

test("lanes of one method are told apart by what differs, and by nothing else", () => {
  assert.deepEqual(names(sgd(0.1), sgd(0.3)), ["SGD · α 0.1", "SGD · α 0.3"]);
  assert.deepEqual(names(momentum(0.5), momentum(0.9)), ["Momentum · Momentum 0.5", "Momentum · Momentum 0.9"]);
  const cosine = given.words.en.schedules.find(({ id }) => id === "cosine").name;
  const constant = given.words.en.schedules.find(({ id }) => id === "constant").name;
  assert.deepEqual(names(sgd(0.1), sgd(0.1, { schedule: "cosine" })), [`SGD · ${constant}`, `SGD · ${cosine}`]);
  assert.deepEqual(names(sgd(0.1, { warmup: 5 }), sgd(0.1)), ["SGD · warm-up 5", "SGD"]);
  assert.deepEqual(names(sgd(0.1, { penalty: "decoupled" }), sgd(0.1)), ["SGD · decoupled λ", "SGD"]);
});

test("lanes that are alike are numbered", () => {
  assert.deepEqual(names(sgd(0.1), sgd(0.1), momentum(0.9)), ["SGD (1)", "SGD (2)", "Momentum"]);
});
