// What many runs are said to show, computed from their numbers.

import assert from "node:assert/strict";
import { test } from "node:test";

import * as findings from "../../stage/cards/findings.js";
import { fill, fixed, spell } from "../../stage/lib/format.js";
import { given } from "./given.mjs";

const { ui } = given.words.en;

/** Shares with intervals of five per cent to either side. */
const rows = (...shares) =>
  shares.map((share) => ({ share, low: Math.max(0, share - 0.05), high: Math.min(1, share + 0.05) }));

const RATES = [0.1, 0.3, 1, 3];
const dependence = (...curves) =>
  findings.dependence(
    ui,
    curves.map(([size, each]) => ({ size, rates: RATES, rows: each })),
  );

test("a share that rises and falls", () => {
  const same = rows(0.2, 0.5, 0.9, 0.1);
  assert.deepEqual(dependence([1, same], [64, same]), [
    "With B = 1, the share rises from 20% at α = 0.1 to 90% at α = 1.",
    "Beyond that it falls again, to 10% at α = 3.",
  ]);
});

test("a share that falls with the batch", () => {
  const said = dependence([1, rows(0.5, 0.5, 0.5, 0.5)], [64, rows(0.5, 0.2, 0.5, 0.5)]);
  assert.equal(said.length, 1);
  assert.ok(said[0].startsWith("At α = 0.3, it is 50% with B = 1 and 20% with B = 64: the smaller batch"), said[0]);
});

test("both directions are told", () => {
  const said = dependence([1, rows(0.5, 0.5, 0.5, 0.1)], [64, rows(0.5, 0.2, 0.5, 0.5)]);
  const directions = said.slice(-2).map((sentence) => sentence.split(":")[1].split(/\s+/)[2]);
  assert.deepEqual(directions, ["smaller", "larger"]);
});

test("what intervals cannot tell apart is no difference", () => {
  const said = dependence([1, rows(0.5, 0.55, 0.58, 0.5)], [64, rows(0.45, 0.5, 0.5, 0.5)]);
  assert.equal(said.length, 1);
  assert.ok(said[0].startsWith("No difference beyond the intervals"), said[0]);
});

function lane(median, low, high, share) {
  const reach = share === null ? { known: false } : { known: true, count: 2000 * share, ...rows(share)[0] };
  return { count: 37, members: 64, starts: "box", gradients: 100, now: { median, low, high }, reach };
}

const NAMES = ["SGD", "Momentum", "Adam"];
const verdict = (rule, lanes, language = "en") =>
  findings.verdict({ ui: given.words[language].ui, tag: language }, rule, lanes, NAMES.slice(0, lanes.length));

test("the verdict names rule, budget and winners", () => {
  const lanes = [lane(1, 0.9, 1.1, 0.2), lane(0.1, 0.05, 0.2, 0.4), lane(0.5, 0.4, 0.6, 0.73)];
  assert.deepEqual(verdict("best", lanes), [
    "Each at its best of 37 rates (64 starts, 100 gradients each):",
    "Lowest median loss: Momentum.",
    "Most starts reach the global minimum: Adam (68–78%).",
  ]);
  const seeds = lanes.map((each) => ({ ...each, starts: "same", members: 13 }));
  assert.equal(verdict("same", seeds)[0], "All at the same rate (13 seeds, 100 gradients each):");
  assert.ok(verdict("defaults", lanes)[0].startsWith("All at their usual defaults ("));
  assert.ok(verdict("own", lanes)[0].startsWith("Rates as set ("));
});

test("overlapping intervals have no clear winner", () => {
  const lanes = [lane(1, 0.9, 1.1, 0.5), lane(0.95, 0.9, 1.05, 0.45), lane(5, 4, 6, 0.1)];
  assert.deepEqual(verdict("own", lanes).slice(1), [
    "Lowest median loss: SGD and Momentum. No clear winner among them:" +
      " their 95% intervals overlap with that of the lowest.",
    "Most starts reach the global minimum: SGD and Momentum (40–55%); no clear winner among them.",
  ]);
  const alike = [1, 2, 3].map(() => lane(1, 0.9, 1.1, 0.5));
  assert.ok(verdict("own", alike)[1].startsWith("Median loss: no clear winner"));
  assert.ok(verdict("own", alike)[2].startsWith("Starts that reach the global minimum: 45–55% in every lane"));
});

test("what nobody did is said", () => {
  const gone = [1, 2].map(() => lane(null, null, null, 0));
  assert.deepEqual(verdict("own", gone).slice(1), [
    "No lane has a finite median loss.",
    "No start reaches the global minimum.",
  ]);
  assert.equal(verdict("own", [lane(1, 0.9, 1.1, null), lane(3, 2.9, 3.1, null)]).length, 2);
});

test("Chinese is joined as Chinese", () => {
  const lanes = [lane(1, 0.9, 1.1, 0.5), lane(0.95, 0.9, 1.05, 0.45), lane(5, 4, 6, 0.1)];
  assert.ok(verdict("own", lanes, "zh")[1].replaceAll(" ", "").includes("SGD和Momentum"));
});

/** The sentence for a flattest and a sharpest minimum of [training loss, test loss]. */
function shiftEffect(flat, sharp, more = {}) {
  const minimum = ([loss, tested], flattest) => ({ loss, test: tested, flattest, sharpest: !flattest });
  const minima = [minimum(flat, true), minimum(sharp, false)];
  return findings.shiftEffect(ui, 0.5, { minima, differ: true, count: 2, ...more });
}

test("what a shift does to both minima", () => {
  const both = "Shifting by 0.5 changes the loss by +0.25 at the flattest minimum and by +2 at the sharpest.";
  assert.equal(shiftEffect([0, 0.25], [1, 3]), both);
  assert.ok(shiftEffect([1, 0.75], [1, 3]).includes("by −0.25 at the flattest"));
  assert.ok(shiftEffect([1, 1], [2, 2]).includes("by 0 at the flattest minimum and by 0 at"));
  assert.equal(shiftEffect([0, null], [1, 3]), "");
});

for (const [flat, sharp, said] of [
  [2, 1, true],
  [1, 2, false],
  [1, 1, false],
  [-1, -2, false],
]) {
  test(`it is said where the flattest pays more: ${flat}, ${sharp}`, () => {
    assert.equal(shiftEffect([0, flat], [0, sharp]).includes("Here the flattest pays more"), said);
  });
}

test("equally sharp minima are not said to pay alike", () => {
  const equal = shiftEffect([0, 1.56], [0, 0.56], { differ: false });
  assert.equal(equal, "These minima are equally sharp (λ is the same).");
  assert.ok(shiftEffect([0, 1], [0, 1], { differ: false, count: 1 }).includes("There is one minimum only"));
  assert.equal(findings.shiftEffect(ui, 0.5, { minima: [], differ: false, count: 0 }), "");
});

for (const [share, text] of [
  [0, "0%"],
  [0.0005, "0.1%"],
  [0.004, "0.4%"],
  [0.714, "71%"],
  [0.996, "99.6%"],
  [0.9999, "99.9%"],
  [1, "100%"],
]) {
  test(`shares have one decimal near their ends: ${text}`, () => assert.equal(findings.percent(share), text));
}

test("batch and rate scale together while the last losses agree within a factor of two", () => {
  const said = (...last) =>
    findings.scaling(
      ui,
      last.map((value, index) => ({ times: 2 ** index, median: [9, value] })),
    );
  assert.equal(said(1, 1.99, 0.51), fill(ui.scaling_holds, { times: 4 }));
  assert.equal(said(1, 2.01, 1), fill(ui.scaling_fails, { next: 2 }));
  assert.equal(said(1, 1, 0.49), fill(ui.scaling_breaks, { times: 2, next: 4 }));
  assert.equal(said(1, 1, null), fill(ui.scaling_breaks, { times: 2, next: 4 }));
  assert.deepEqual([said(1), said(null, 1)], ["", ""]);
});

test("numbers are spelled as a person writes them", () => {
  const cases = [
    [0, "0"],
    [-0.5, "−0.5"],
    [1234.5678, "1235"],
    [123456, "1.23·10⁵"],
    [1e-5, "10⁻⁵"],
    [-2e-7, "−2·10⁻⁷"],
    [Infinity, "∞"],
  ];
  for (const [value, text] of cases) assert.equal(spell(value), text);
  assert.deepEqual([fixed(-0.004, 2), fixed(-1.5, 1), fixed(2, 3)], ["0.00", "−1.5", "2.000"]);
});

test("sentences are filled where they name something, and left alone where that is missing", () => {
  assert.equal(fill("{a} of {b}, {a}", { a: 1, b: 0 }), "1 of 0, 1");
  assert.equal(fill("{a} {b}", { a: "x" }), "x {b}");
  assert.equal(fill(undefined), "");
});
