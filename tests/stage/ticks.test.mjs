// Marks of an axis: where they stand, and what is written at them. tests/browser/test_plain.py compares with Plotly.

import assert from "node:assert/strict";
import { test } from "node:test";

import { axisTicks } from "../../stage/figures/axis_ticks.js";
import { marks } from "../../stage/figures/log_axis.js";

const written = (axis) => axisTicks(axis).map(({ text, power }) => (power ? `${text}^${power}` : text));
const linear = (range, more = {}) => ({ type: "linear", range, ...more });
const log = (range, more = {}) => ({ type: "log", range, exponentformat: "power", ...more });

test("marks of a linear axis are round, and no more than were asked for", () => {
  assert.deepEqual(written(linear([-8, 8], { nticks: 7 })), ["−5", "0", "5"]);
  assert.deepEqual(written(linear([0, 152.25])), ["0", "50", "100", "150"]);
  assert.deepEqual(written(linear([-0.2, 0.9])), ["−0.2", "0", "0.2", "0.4", "0.6", "0.8"]);
  assert.deepEqual(
    axisTicks(linear([-2, 3])).map(({ value }) => value),
    [-2, -1, 0, 1, 2, 3],
  );
  for (const nticks of [1, 3, 7])
    for (const high of [0.013, 1, 77, 3e5]) assert.ok(axisTicks(linear([0, high], { nticks })).length <= nticks + 1);
});

test("a mark that rounding has put just outside still stands", () => {
  assert.deepEqual(written(linear([0.1 + 1e-9, 0.3 - 1e-9], { nticks: 4 })), ["0.1", "0.15", "0.2", "0.25", "0.3"]);
});

test("large and small numbers have letters or powers, but zero has none", () => {
  assert.deepEqual(written(linear([0, 20000])), ["0", "5k", "10k", "15k", "20k"]);
  assert.deepEqual(written(linear([0, 4.1e9], { nticks: 5 })), ["0", "1B", "2B", "3B", "4B"]);
  assert.deepEqual(written(linear([0, 3e-5], { nticks: 4 })), ["0", "10μ", "20μ", "30μ"]);
  assert.deepEqual(written(linear([-30000, 30000], { nticks: 4, exponentformat: "power" })), [
    "−2×10^4",
    "0",
    "2×10^4",
  ]);
  assert.deepEqual(written(linear([1234.1, 1234.9], { nticks: 2 })), ["1,234.5"]);
  assert.deepEqual(written(linear([0, 4000], { nticks: 5 })), ["0", "1000", "2000", "3000", "4000"]);
});

test("marks of a logarithmic axis are decades, every nth where they are many", () => {
  assert.deepEqual(written(log([-2.3, 1.2], { dtick: 1 })), ["10^−2", "10^−1", "1", "10"]);
  assert.deepEqual(written(log([-16, 1.5], { dtick: 3 })), ["10^−15", "10^−12", "10^−9", "10^−6", "10^−3", "1"]);
  assert.deepEqual(written(log([0, 6])), ["1", "10", "10^2", "10^3", "10^4", "10^5", "10^6"]);
  assert.ok(Math.abs(axisTicks(log([-16, 1.5], { dtick: 3 }))[0].value - 1e-15) < 1e-28);
});

test("between few decades there are digits, and within one the numbers themselves", () => {
  assert.deepEqual(written(log([-0.1, 2.1], { nticks: 6 })), ["1", "2", "5", "10", "2", "5", "10^2"]);
  const all = axisTicks(log([0, 1.2], { nticks: 6 }));
  assert.deepEqual(
    all.map(({ text }) => text),
    ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"],
  );
  assert.deepEqual([all[0].size, all[1].size], [1.25, 0.75]); // digits are small
  assert.deepEqual([all[0].aside > 0, all[1].aside], [true, 0]); // and the decades keep away from nines
  assert.deepEqual(written(log([Math.log10(1.5), Math.log10(4.2)])), ["1.5", "2", "2.5", "3", "3.5", "4"]);
});

test("what is written at a logarithmic axis lies on it, and is more than one number", () => {
  for (const most of [2, 4, 7])
    for (let low = -9; low < 2; low += 0.37)
      for (const span of [0.2, 0.42, 0.8, 1.3, 2.4, 2.6, 3.4, 5, 11]) {
        const { tickvals } = marks([low, low + span], most);
        assert.ok(tickvals.length > 1, `${low} to ${low + span}, at most ${most}`);
        for (const value of tickvals)
          assert.ok(Math.log10(value) > low - 1e-6 && Math.log10(value) < low + span + 1e-6);
      }
  assert.deepEqual(marks([-0.6, -0.1]).ticktext, ["0.3", "0.35", "0.4", "0.45", "0.5", "0.6", "0.7"]);
  assert.deepEqual(marks([-3.3, 0.2], 2).ticktext, ["0.01", "1"]);
});
