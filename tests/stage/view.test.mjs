// What is shown of a scene, and how the address says it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { isStochastic, lossAxisOf, measureOf, addressParts, viewOf } from "../../stage/session/view.js";
import { given } from "./given.mjs";

const { usual } = given.words.en;
const sent = given.answer.view;

test("a view as usual, at the end of the race, leaves the address empty", () => {
  const parts = addressParts(viewOf(sent), usual, 100, 100);
  assert.ok(Object.keys(usual).length > 5);
  assert.deepEqual(Object.keys(parts), ["step", "hide", "probe", ...Object.keys(usual)]);
  assert.deepEqual(
    Object.values(parts).filter((part) => part),
    [],
  );
});

test("what is not as usual is said", () => {
  const view = { ...viewOf(sent), page: "fair", shift: 1, probe: [1, -2], hide: new Set(["story", "losses"]) };
  const parts = addressParts(view, usual, 3, 100);
  const said = Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== null));
  assert.deepEqual(said, { step: 3, hide: "losses,story", probe: "1,-2", page: "fair", shift: 1 });
});

test("the start is a step like any other", () => {
  assert.equal(addressParts(viewOf(sent), usual, 0, 100).step, 0);
});

test("the view that is changed here is not the one that was sent", () => {
  const mine = viewOf({ ...sent, hide: ["story"] });
  mine.hide.add("losses");
  mine.page = "fair";
  assert.deepEqual([sent.hide, sent.page], [[], "race"]);
});

test("below the losses stand the rates where one of them moves, or what the reader chose", () => {
  const still = { lanes: [{ rates: null }, { rates: null }] };
  const moving = { lanes: [{ rates: null }, { rates: [1, 2] }] };
  const view = viewOf(sent);
  assert.deepEqual(
    [still, moving, undefined].map((data) => measureOf(view, data)),
    ["none", "rate", "none"],
  );
  assert.equal(measureOf({ ...view, measure: "condition" }, still), "condition");
});

test("seeds matter where there is noise, or a mini-batch that is not all data", () => {
  const budget = { noise: 0, batch: 4, sampling: "epochs" };
  const ground = (count) => ({ examples: count && { count, model: "line" } });
  const race = (count, more) => isStochastic({ ground: ground(count), budget: { ...budget, ...more } });
  assert.deepEqual([race(null), race(null, { noise: 0.1 })], [false, true]);
  assert.deepEqual([race(12), race(4), race(4, { sampling: "replacement" })], [true, false, true]);
});

test("without a least loss nothing is told to be above it", () => {
  const view = { ...viewOf(sent), loss: "log" };
  assert.equal(lossAxisOf(view, { ground: { least: null } }), "linear");
  assert.equal(lossAxisOf(view, { ground: { least: 0 } }), "log");
});
