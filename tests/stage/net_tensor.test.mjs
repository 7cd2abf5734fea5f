// Which numbers of a tensor share statistics, where its cells are seen, and small multiples.

import assert from "node:assert/strict";
import { test } from "node:test";

import { cross, path, reached } from "../../stage/networks/scale_paths.js";
import { scalesFinding } from "../../stage/networks/scales.js";
import { cellAt, cells, faces, moved, projection, SHAPE, sharing } from "../../stage/networks/tensor.js";

const [N, C, P] = SHAPE;
const ALL = N * C * P;

/** How many numbers share statistics with one, by the definition of each normalisation. */
const COUNTS = { batch: N * P, layer: C * P, rms: C * P, instance: P, group: (C / 4) * P, weight: N * P };

test("as many numbers share statistics as the normalisation says", () => {
  for (const [norm, count] of Object.entries(COUNTS))
    for (const cell of cells()) assert.equal(sharing(norm, cell).length, count, norm);
  assert.deepEqual(sharing("none", [0, 0, 0]), []);
});

test("which numbers these are is what a mean over those axes adds up", () => {
  // A loop that sums over the axes of PyTorch's normalisations: of ones put at a cell, only its own group sees any.
  const axes = {
    batch: (n, c) => `${c}`,
    layer: (n) => `${n}`,
    instance: (n, c) => `${n},${c}`,
    group: (n, c) => `${n},${Math.floor(c / (C / 4))}`,
  };
  for (const [norm, key] of Object.entries(axes))
    for (const chosen of cells()) {
      const own = key(...chosen);
      const expected = cells().filter(([n, c]) => key(n, c) === own);
      assert.deepEqual(sharing(norm, chosen), expected);
    }
});

test("but for local response whoever shares with one shares with all of them", () => {
  for (const norm of Object.keys(COUNTS))
    for (const cell of sharing(norm, [1, 2, 3])) assert.deepEqual(sharing(norm, cell), sharing(norm, [1, 2, 3]));
});

test("a local response looks at five channels of one place, fewer at the ends", () => {
  const count = (channel) => sharing("local_response", [1, channel, 2]).length;
  assert.deepEqual([0, 1, 2, 5, 6, 7].map(count), [3, 4, 5, 5, 4, 3]);
  assert.ok(sharing("local_response", [1, 4, 2]).every(([n, , p]) => n === 1 && p === 2));
});

test("a step stays inside the tensor", () => {
  assert.deepEqual(moved([0, 2, 3], 1, 1), [0, 3, 3]);
  assert.deepEqual(moved([0, 2, 4], 2, 1), [0, 2, 4]);
  assert.deepEqual(moved([0, 2, 4], 0, -1), [0, 2, 4]);
});

test("what is seen in the middle of a face in front is the cell that it is of", () => {
  for (const [yaw, pitch] of [
    [-0.55, 0.5],
    [0.8, 0.3],
    [2.5, -0.4],
    [0, 0],
  ]) {
    const seen = faces(yaw, pitch);
    assert.ok(seen.length === 3 * ALL || (yaw === 0 && seen.length === ALL));
    // The face that is drawn last lies over all others.
    const last = seen[seen.length - 1];
    const middle = ["x", "y"].map((name) => last.corners.reduce((sum, corner) => sum + corner[name] / 4, 0));
    assert.equal(cellAt(seen, middle[0], middle[1]), last.cell);
    assert.equal(cellAt(seen, 100, 100), null);
  }
});

test("a projection keeps lengths in all directions together", () => {
  const project = projection(0.7, -0.3);
  for (const point of [
    [1, 0, 0],
    [0, 1, 0],
    [1, -2, 3],
  ]) {
    const { x, y, depth } = project(point);
    assert.ok(Math.abs(Math.hypot(x, y, depth) - Math.hypot(...point)) < 1e-12);
  }
});

test("a curve goes as far as it is known, and a run that diverged is crossed out there", () => {
  assert.equal(path([0, 0.5, 1], 4), "M0.0 60.0L25.0 30.0L50.0 0.0");
  assert.equal(path([0.5, NaN, NaN], 2), "M0.0 30.0");
  assert.equal(path([], 4), "");
  assert.equal(cross([0.5, 0.5, NaN], 4), "M22 27l6 6m0 -6l-6 6");
  assert.equal(cross([NaN], 4), "M0 54l6 6m0 -6l-6 6");
});

test("what was reached is the last that is known", () => {
  const texts = { diverged: "gone" };
  const row = { looks: 2, train: new Float32Array([0.1, 0.25, 0.5, NaN]), diverged: [-1, -1] };
  assert.match(reached(texts, row, 0), /^25/);
  assert.match(reached(texts, row, 1), /^50/);
  assert.equal(reached(texts, { ...row, diverged: [3, -1] }, 0), "gone");
  assert.equal(reached(texts, undefined, 0), "…");
});

test("the closing sentence has every number of the finding", () => {
  const list = new Intl.ListFormat("en");
  const texts = {
    found: "{name} {better} {all} {worse} {low} {high} {held}",
    found_worse: "W {which}",
    found_against: "{sigma}:{own}/{plain}",
    found_learned: "L {learned} {without} {enough}",
  };
  const finding = { better: 12, worse: 1, low: 0.5, high: 0.9, held: 11, learned: 5, learned_without: 1, enough: 0.9 };
  const said = (against) =>
    scalesFinding(list, texts, { ...finding, against }, [1, 0.5], "BN")
      .join(" ")
      .replaceAll(/\s?%/g, "");
  assert.equal(said([[1, 0.25, 0.75]]), "BN 12 2 1 50 90 11 W 0.5:25/75 L 5 1 90");
  assert.equal(said([]), "BN 12 2 1 50 90 11 L 5 1 90");
});
