// “As set” gives the reader's own rates back.

import assert from "node:assert/strict";
import { test } from "node:test";

import { OwnRates } from "../../stage/session/own_rates.js";

const lane = (id, learning_rate, more = {}) => ({ id, knobs: { learning_rate, ...more } });
const under = (rule, ...lanes) => ({ budget: { rule }, lanes });

test("what differs is given back, and nothing else", () => {
  const own = new OwnRates();
  own.keep(under("own", lane("sgd", 0.95), lane("adam", 0.3, { beta1: 0.8 })));
  assert.deepEqual(own.back(under("defaults", lane("sgd", 0.01), lane("adam", 0.3, { beta1: 0.9 }))), [
    { do: "lane_knob", lane: 0, knob: "learning_rate", to: 0.95 },
    { do: "lane_knob", lane: 1, knob: "beta1", to: 0.8 },
  ]);
});

test("rates that a rule has chosen are nobody's own", () => {
  const own = new OwnRates();
  own.keep(under("own", lane("sgd", 0.95)));
  own.keep(under("same", lane("sgd", 0.3)));
  assert.equal(own.back(under("defaults", lane("sgd", 0.01)))[0].to, 0.95);
});

test("lanes that have another method by now keep what they have, and so do new ones", () => {
  const own = new OwnRates();
  assert.deepEqual(own.back(under("same", lane("sgd", 1))), []);
  own.keep(under("own", lane("sgd", 0.95)));
  assert.deepEqual(own.back(under("same", lane("lion", 1), lane("sgd", 1))), []);
});
