// What the labs on linear paths and on saddles draw and say.

import assert from "node:assert/strict";
import { test } from "node:test";

import { linesFinding } from "../../stage/networks/line_findings.js";
import { barrierMarks, pathCurves, startCurves } from "../../stage/networks/path_curves.js";
import { pointMarks, spectrum, waysDown } from "../../stage/networks/saddle_curves.js";
import { saddlesFinding } from "../../stage/networks/saddle_findings.js";
import { given } from "./given.mjs";

const { lines, saddles } = given.words.en.network.lab_texts;
const row = (...values) => new Float32Array(values);
const places = row(-0.5, 0, 0.5, 1, 1.5);
const paths = (rise) => ({
  start: row(9, 2, 1, 0.01, 0.2),
  straight: row(9, 0.1, rise, 0.1, 8),
  matched: row(9, 0.1, 0.3, 0.1, 8),
  bent: row(NaN, 0.1, 0.1, 0.1, NaN),
});
const pairs = [
  { loss: paths(1), accuracy: paths(0.5) },
  { loss: paths(2), accuracy: paths(0.6) },
];
const clean = (said) =>
  assert.ok(
    said.every((sentence) => !/[{}]|NaN|null|undefined/.test(sentence)),
    said.join("\n"),
  );

test("three paths of each pair, the first on top, and an axis for what rises between the solutions", () => {
  const { data, changes, range } = pathCurves(places, pairs, "loss");
  assert.equal(data.length, 6);
  assert.deepEqual(
    data.slice(3).map(({ meta, opacity }) => [meta.lane, opacity]),
    [0, 0, 0].map((lane) => [lane, undefined]),
  );
  assert.deepEqual(changes.bent0.y, [null, ...[0.1, 0.1, 0.1].map(Math.fround), null]);
  assert.ok(range[1] > 2 && range[1] < 2.5 && range[0] < 0);
  assert.deepEqual(pathCurves(places, pairs, "accuracy").range, [0, 1.03]);
  assert.equal(startCurves(places, pairs).changes.start1.y.length, 5);
  assert.ok(pathCurves(places, [], "loss").range.every(Number.isFinite));
});

const mean = (value, half) => ({ value, low: value - half, high: value + half });
const finding = {
  ...{ pairs: 2, gone: 0, lower: 2, end_loss: 0.0042, end_accuracy: 1, falling: 2 },
  barriers: { straight: mean(1.4, 0.5), matched: mean(0.2, 0.1), bent: mean(0.001, 0.0005) },
  removed: mean(1.2, 0.4),
  each: { straight: [0.9, 1.9], matched: [0.1, 0.3], bent: [0.001, 0.001] },
  accuracy: { straight: 0.55, matched: 0.91, bent: 1 },
};

test("barriers are told with their intervals, and what matching takes from them", () => {
  const said = linesFinding(lines, finding, "seed");
  clean(said);
  assert.match(said[0], /barrier is 1\.4 .*2 pairs.* 0\.9 to 1\.9\).* 55%/);
  assert.match(said[1], /it is 0\.2 \(0\.1 to 0\.3\), lower in 2 of 2 pairs, and 91%/);
  assert.match(said[2], /^Matching takes 1\.2 off .*0\.8 to 1\.6/);
  assert.match(said[3], /0\.001 \(0\.0005 to 0\.0015\), and 100%/);
  const unsure = linesFinding(lines, { ...finding, removed: mean(0.1, 0.4) }, "seed");
  assert.match(unsure[2], /chance could explain/);
});

test("a permuted twin has no barrier after matching, and nobody is said to have one who has no answer", () => {
  const tiny = { barriers: { ...finding.barriers, matched: mean(4e-19, 1e-19) } };
  const zero = { ...finding, ...tiny, each: { ...finding.each, matched: [4e-19, 0] } };
  const said = linesFinding(lines, zero, "permuted");
  clean(said);
  assert.match(said[1], /^After matching it is 0 up to rounding/);
  assert.equal(said[2], lines.found_twins);
  assert.deepEqual(linesFinding(lines, null, "seed"), [lines.found_nothing]);
  const few = linesFinding(lines, { ...finding, pairs: 1, gone: 1, barriers: null, removed: null }, "seed");
  clean(few);
  assert.ok(few.includes(lines.found_few) && few.some((sentence) => /bounds: 1\.$/.test(sentence)));
});

test("barriers are marks beside one another, with mean and interval", () => {
  const { data, changes, range } = barrierMarks(finding);
  assert.equal(data.length, 9);
  assert.deepEqual(changes.each0.y, [0.9, 1.9]);
  assert.deepEqual(changes.interval1.y, [finding.barriers.matched.low, finding.barriers.matched.high]);
  assert.ok(range[1] > 1.9);
  assert.equal(barrierMarks(null).data.length, 0);
  const one = { ...finding, barriers: null, each: { straight: [1], matched: [null], bent: [0] } };
  assert.ok(Object.values(barrierMarks(one).changes).every(({ x }) => Array.from(x).every(Number.isFinite)));
});

const points = (parameters, ...loss) => ({
  ...{ parameters, searches: 5, failed: 1, loss: row(...loss), flat: row(...loss.map(() => 0)) },
  ...{ negative: row(...loss.map((each) => each / 2)), predicted: row(...loss.map(() => 0.4)) },
});
const left = {
  ...{ number: 1, loss: 0.4, negative: 3, flat: 0, parameters: 20, smallest: -0.02, largest: 1.5 },
  ...{ edges: row(-0.1, 0.7, 1.5), counts: row(15, 5), centre: 0.3, radius: 0.9, ends: [0.11, 0.12] },
  line: { at: row(-1, 0, 1), loss: row(0.3, 0.4, 0.35) },
  ways: [
    { at: row(-0.01, -2), loss: row(0.399, 0.11) },
    { at: row(0.01, 3), loss: row(0.399, 0.12) },
  ],
};

test("points stand over their losses beside what a semicircle would have, and one is ringed", () => {
  const { data, changes, x } = pointMarks([points(10, 0.1, 0.2), points(20, 0.1, 0.4)], left);
  assert.deepEqual(Array.from(changes.left.x), [Math.fround(0.4)]);
  assert.equal(data.length, 5);
  assert.ok(x[0] < 0.1 && x[1] > 0.4);
  assert.ok(pointMarks([points(10)], null).x.every(Number.isFinite));
});

test("the histogram is a density, and so is the semicircle", () => {
  const { changes } = spectrum(left);
  const area = (xs, ys) =>
    xs.slice(1).reduce((sum, at, k) => sum + ((at - xs[k]) * (10 ** ys[k] - 1 + 10 ** ys[k + 1] - 1)) / 2, 0);
  for (const name of ["histogram", "semicircle"])
    assert.ok(Math.abs(area(Array.from(changes[name].x), Array.from(changes[name].y)) - 1) < 0.01, name);
  assert.deepEqual(spectrum(null).data, []);
});

test("both ways down begin at the point", () => {
  const { changes, x, y } = waysDown(left);
  assert.deepEqual([changes.way0.x[0], changes.way0.y[0], changes.way1.x[0]], [0, 0.4, 0]);
  assert.ok(x[0] < -2 && x[1] > 3 && y[0] < 0.11 && y[1] > 0.4);
  assert.ok([...waysDown(null).x, ...waysDown({ ...left, ways: [] }).y].every(Number.isFinite));
});

const relation = {
  ...{ parameters: 42, searches: 25, failed: 2, distinct: 16, saddles: 15, minima: 1, rho: [0.94, 0.84, 0.98] },
  ...{ least: 0, largest: 0.17, flat: 0, predicted: 0.41, found: 0.11 },
};
const told = { bound: 1e-9, tolerance: 1e-6, aside: 0.01, left };

test("the correlation is told for each network, with what random matrices would give and what was not found", () => {
  const other = { ...relation, parameters: 82, rho: [0.4, -0.1, 0.7], predicted: 0.43 };
  const said = saddlesFinding(saddles, told, [relation, { ...relation, parameters: 60 }]);
  clean(said);
  assert.match(said[0], /^The higher the loss .* all 2 networks/);
  assert.match(said[1], /^42 parameters: correlation 0\.94 .*0\.84 to 0\.98\) over 16 .* 0% to 17%/);
  assert.match(said.at(-2), /10⁻⁹\. Of 50 searches 4 ended at none; 32 points are distinct, 2 of them minima/);
  const unsure = saddlesFinding(saddles, told, [relation, other, null]);
  clean(unsure);
  assert.match(unsure[0], /in 1 of 2 networks/);
  assert.match(unsure[3], /would have 43% .* with 82 parameters have 11%/);
  assert.match(unsure[4], /loss 0\.4, 3 of 20 .* −0\.02\).* 0\.01 beside .* 0\.11 .* 0\.12/);
});

test("few points have no correlation, none have nothing to say, and without a saddle nothing is left", () => {
  const few = saddlesFinding(saddles, { ...told, left: null }, [{ ...relation, distinct: 3, rho: [0, -1, 1] }]);
  clean(few);
  assert.match(few[0], /in 0 of 1 networks/);
  assert.match(few[1], /3 distinct points are too few/);
  assert.ok(few.includes(saddles.found_no_way));
  assert.deepEqual(saddlesFinding(saddles, told, [null]), [saddles.found_nothing]);
});
