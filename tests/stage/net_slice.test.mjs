// The lab on slices: what is drawn of a plane, and what is said of paths and pictures.

import assert from "node:assert/strict";
import { test } from "node:test";

import { sliceFinding, sliceWarnings } from "../../stage/networks/slice_findings.js";
import { barMarks, groundOf, planeOf, roundMarks } from "../../stage/networks/slice_ground.js";
import { distanceCurves, held, lastOf, standing } from "../../stage/networks/slice_paths.js";
import { given } from "./given.mjs";

const { texts } = given.words.en.network.slice;
const names = ["SGD", "Adam"];
/** @param {...number} values */
const row = (...values) => Float32Array.from(values);
/** @param {Float32Array} values */
const packed = (values) => Buffer.from(values.buffer).toString("base64");
/** @type {any} */
const RULES = {
  view: "linear",
  extent: { largest: 1e300, tail: 0.01, far: 3, jump: 0.5, margin: 0.3, rounding: 1e-9, smallest: 1e-300 },
  heights: {
    ...{ nice: [1, 2, 5], pieces: 12, fine: [], apart: 0.4, hair: 1e-9, deeper: 10, decades: 4, most_decades: 8 },
    ...{ finest: 1e-3, deepest: 1e-9 },
  },
  relief: { ramp: ["#000000", "#ffffff"], shade: 0, sun: [1, 1], steep: 0.5 },
};

test("a plane has its first row below, unknown places are bare and what is too large is known as such", () => {
  const losses = packed(row(1, 2, 3, 4, 5, 3.4e38, NaN, NaN, NaN));
  const plane = planeOf({ a: packed(row(-1, 0, 1)), b: packed(row(-2, 0, 2)), losses });
  assert.ok(plane);
  assert.deepEqual([...plane.losses.slice(0, 6)], [1, 2, 3, 4, 5, Infinity]);
  const ground = groundOf(plane, RULES);
  assert.ok(ground);
  const alpha = Array.from({ length: 9 }, (_, k) => ground.pixels[4 * k + 3]);
  assert.deepEqual(alpha, [0, 0, 0, 255, 255, 255, 255, 255, 255]); // the last row of losses is the first of pixels
  const [lowest, next] = [6, 7].map((k) => ground.pixels[4 * k]);
  assert.ok(lowest < next, "heights rise along the first row, from the left");
  assert.equal(planeOf({ a: "", b: "", losses: "" }), null);
  assert.equal(groundOf({ ...plane, losses: new Float64Array(9).fill(NaN) }, RULES), null);
});

test("the numbers of the scale bar keep apart, and its ends are among them", () => {
  const plane = { a: row(0, 1), b: row(0, 1), losses: Float64Array.of(0.01, 0.1, 1, 10), columns: 2, rows: 2 };
  const ground = groundOf(plane, RULES);
  assert.ok(ground);
  const marks = barMarks(ground.scale, ground.levels, 0.1);
  assert.deepEqual(
    [marks[0], marks[marks.length - 1]],
    [
      { loss: 0.01, at: 0 },
      { loss: 10, at: 1 },
    ],
  );
  marks.slice(1).forEach(({ at }, k) => assert.ok(at - marks[k].at >= 0.1 - 1e-9));
  assert.deepEqual(roundMarks(-1, 1, 4), [-1, -0.5, 0, 0.5, 1]);
  assert.deepEqual(roundMarks(-0.71, 0.3, 3), [-0.5, 0]);
});

const path = {
  ...{ lane: 1, steps: row(0, 5, 10), a: row(0, 1, 2), b: row(0, 0, 0) },
  ...{ relative: row(0.25, 0.5, NaN), shown: row(2, 1, 0.5), true: row(2, 0.5, 0.25) },
};

test("trainers stand at the last kept step, and their distances are lines", () => {
  assert.deepEqual(standing(path, 7), { step: 5, relative: 0.5, shown: 1, true: 0.5 });
  assert.equal(standing({ ...path, shown: row(2, 3.4e38, 1) }, 5).shown, Infinity);
  assert.equal(lastOf(row(1, 3.4e38)), Infinity);
  const { data, changes } = distanceCurves([path], ["#111", "#222"]);
  assert.deepEqual([data[0].line?.color, changes.distance1.y], ["#222", [0.25, 0.5, null]]);
});

test("a mark beyond the picture stands at its edge", () => {
  /** @type {any} */
  const frame = { left: 0, top: 0, width: 100, height: 50, x: (/** @type {number} */ a) => 10 * a, y: () => 25 };
  assert.deepEqual(held(frame, 5, 0), [50, 25]);
  assert.deepEqual(held(frame, 99, 0), [93, 25]);
});

/** @type {any} */
const answer = {
  ...{ lane: 0, points: 51, asked: 51, diverged: null, flat: false },
  finding: { own: 0.11, others: 0.9987, warnings: [] },
};

test("what is found is said with its numbers", () => {
  const race = { lane: 1, steps: row(0), a: row(0), b: row(0), losses: row(0.75), diverged: -1 };
  const said = sliceFinding(texts, answer, [path], [race, { ...race, diverged: 7 }], names);
  assert.match(said[0], /11% .* of SGD/);
  assert.match(said[1], /99\.9%/);
  assert.match(said[2], /^At its end Adam has the loss 0\.25; .* the plane has 0\.5\.$/);
  assert.match(said[3], /^Adam reaches the loss 0\.75 within the plane, and 0\.25 in the whole space/);
  assert.match(said[4], /^Adam diverges within the plane at step 7/);
  assert.ok(said.every((sentence) => !/[{}]|NaN|null|undefined/.test(sentence)));
  assert.match(sliceFinding(texts, { ...answer, diverged: 3 }, [], [], names)[0], /^SGD diverged at step 3/);
  assert.deepEqual(sliceFinding(texts, { ...answer, flat: true }, [], [], names), [texts.flat]);
  assert.deepEqual(sliceFinding(texts, { ...answer, finding: null }, [], [], names), []);
  const fewer = sliceFinding(texts, { ...answer, points: 31, asked: 101 }, [], [], names);
  assert.match(fewer[fewer.length - 1], /31 places: with 101/);
});

test("every warning has a sentence of its own in both languages", () => {
  /** @type {any[]} */
  const warnings = ["symmetry", "far", "axes", "steps", "outside", "clipped"].map((id) => ({
    ...{ id, lane: 1, share: 0.625, ratio: 3.74, factor: 4, here: 0.5, there: 2 },
  }));
  for (const language of /** @type {const} */ (["en", "zh"])) {
    const said = sliceWarnings(given.words[language].network.slice.texts, warnings, names);
    assert.equal(new Set(said).size, warnings.length);
    assert.ok(said.every((sentence) => !/[{}]|NaN|undefined/.test(sentence)));
    assert.match(said[2], /3\.7/);
    assert.match(said[4], /Adam.*63|63.*Adam/);
  }
});
