// What a network says of every place: colours, classes of points, steps between measurements.

import assert from "node:assert/strict";
import { test } from "node:test";

import { colorOf, pixels, ramp, wrong } from "../../stage/networks/shades.js";
import { factPath, pictured, rowAt, trained } from "../../stage/networks/unpacked.js";

const red = [255, 0, 0];
const blue = [0, 0, 255];
const paper = [255, 255, 255];

const packed = (values) => Buffer.from(new Float32Array(values).buffer).toString("base64");
const bytes = (values) => Buffer.from(values).toString("base64");

test("a ramp goes from the first class through the paper to the second", () => {
  const colors = ramp([red, blue], paper);
  assert.equal(colors.length, 256);
  assert.deepEqual(colors[0], [255, 173, 173]);
  assert.deepEqual(colors[255], [173, 173, 255]);
  for (const middle of [colors[127], colors[128]]) for (const part of middle) assert.ok(part >= 254);
});

test("of more classes each has one colour", () => {
  const green = [0, 255, 0];
  const colors = ramp([red, green, blue], paper);
  assert.equal(new Set(colors.map(String)).size, 3);
});

test("colours are read as styles write them", () => assert.deepEqual(colorOf(" #0a6b50"), [10, 107, 80]));

test("the upper edge of an image is the last row of a frame", () => {
  const colors = ramp([red, blue], paper);
  const image = pixels(new Uint8Array([0, 0, 255, 255]), 2, colors);
  assert.deepEqual([...image.slice(0, 4)], [...colors[255], 255]);
  assert.deepEqual([...image.slice(8, 12)], [...colors[0], 255]);
});

test("a point has the class of its place, between places that of the value there", () => {
  const picture = { box: [0, 2, 0, 2], grid: 3, classes: 2 };
  const frame = new Uint8Array([0, 255, 255, 0, 255, 255, 0, 255, 255]);
  /** Whether a point at x is of this class. */
  const is = (x, label, more = {}) =>
    wrong({ ...picture, points: [x, 1], labels: new Uint8Array([label]), ...more }, frame).length === 0;
  assert.ok(is(0.45, 0) && !is(0.45, 1));
  assert.ok(is(0.55, 1) && !is(0.55, 0));
  assert.ok(is(-9, 0) && is(9, 1)); // beyond the box: as at its edge
  assert.ok(is(0.6, 2, { classes: 3 })); // the nearest place, not a class between two
});

test("points that are said wrongly are found, in what the server has packed", () => {
  const picture = pictured({
    kind: "boundary",
    box: [0, 1, 0, 1],
    grid: 2,
    classes: 2,
    frames: bytes([0, 255, 0, 255, 255, 0, 255, 0]),
    measured: packed([0, 10]),
    points: packed([0.1, 0.5, 0.9, 0.5, 0.9, 0.1]),
    labels: bytes([0, 1, 0]),
    validation: bytes([0, 0, 1]),
  });
  assert.equal(picture.frames.length, 2);
  assert.deepEqual(wrong(picture, picture.frames[0]), [2]);
  assert.deepEqual(wrong(picture, picture.frames[1]), [0, 1]);
});

test("between two measurements the earlier one holds", () => {
  const rows = [-1, 0, 9.9, 10, 25, 99].map((t) => rowAt([0, 10, 20], t));
  assert.deepEqual(rows, [0, 0, 0, 1, 2, 2]);
});

test("images are cut apart, and what is predicted step by step", () => {
  const grid = pictured({
    kind: "examples",
    size: [1, 2],
    images: bytes([1, 2, 3, 4]),
    truth: bytes([7, 3]),
    predicted: bytes([0, 3, 7, 3]),
    measured: packed([0, 5]),
  });
  assert.deepEqual(
    grid.images.map((image) => [...image]),
    [
      [1, 2],
      [3, 4],
    ],
  );
  assert.deepEqual(
    grid.predicted.map((row) => [...row]),
    [
      [0, 3],
      [7, 3],
    ],
  );
});

test("a lane keeps what is not packed", () => {
  const names = ["losses", "loss_steps", "measured", "train_loss", "validation_loss", "train_accuracy"];
  const rest = ["validation_accuracy", "norms", "dead", "saturated"];
  const sent = Object.fromEntries([...names, ...rest].map((name) => [name, packed([1, 2])]));
  const lane = trained({ ...sent, steps: 3, of: 10, ending: { kind: "running", step: 3 } });
  assert.deepEqual([...lane.saturated], [1, 2]);
  assert.equal(lane.of, 10);
});

test("the usual network is spelled with nothing", () => {
  assert.equal(factPath("net_train.json", ""), "net_train.json?");
  assert.equal(factPath("net_boundary.json", "", "of=1"), "net_boundary.json?of=1");
  assert.equal(factPath("net_boundary.json", "net=xor", "of=1"), "net_boundary.json?net=xor&of=1");
});
