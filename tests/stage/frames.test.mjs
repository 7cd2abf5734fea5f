// What the figures show when the playhead stands at a step.

import assert from "node:assert/strict";
import { test } from "node:test";

import { framed } from "../../stage/figures/camera.js";
import * as frames from "../../stage/figures/frames.js";
import * as space from "../../stage/figures/space.js";
import { areas } from "../../stage/figures/loss_quantiles.js";
import { lossRange } from "../../stage/figures/loss_range.js";
import { dashes, outline, plotlyDashes } from "../../stage/figures/marks.js";
import { LARGEST, numbers, unpack } from "../../stage/lib/packing.js";
import { given } from "./given.mjs";

const lane = (x, y, losses = x.map(() => 1)) => ({
  x: Float32Array.from(x),
  y: Float32Array.from(y),
  losses: Float32Array.from(losses),
  last: losses.length - 1,
});
const pack = (values) => Buffer.from(Float32Array.from(values).buffer).toString("base64");

test("rows are unpacked, and the answer stays as it came", () => {
  const before = structuredClone(given.answer);
  const answer = frames.unpackAnswer(given.answer);
  assert.deepEqual(given.answer, before);
  const { steps } = answer.budget;
  for (const one of answer.lanes) {
    assert.equal(one.losses.length, one.last + 1);
    assert.equal(one.x.length, one.y.length);
    assert.deepEqual([one.x[0], one.y[0]], answer.ground.start);
  }
  const texts = Object.entries(given.answer.detail).filter(([, value]) => typeof value === "string");
  assert.ok(texts.length > 5);
  for (const [name] of texts) assert.ok(answer.detail[name] instanceof Float32Array, name);
  assert.equal(answer.detail.rates.length, steps);
  assert.equal(answer.detail.points.length, 2 * (steps + 1));
});

test("rates are rows where they move, and nothing where they do not", () => {
  const [first, ...others] = given.answer.lanes;
  const moving = { ...given.answer, lanes: [{ ...first, rates: pack([1, 0.5]) }, ...others] };
  const { lanes } = frames.unpackAnswer(moving);
  assert.deepEqual([...lanes[0].rates], [1, 0.5]);
  assert.equal(lanes[1].rates, null);
});

test("numbers are read as the server packs them", () => {
  assert.deepEqual([...unpack(pack([1, -2.5, 3e38]))], [1, -2.5, Math.fround(3e38)]);
  assert.deepEqual(numbers([1, null]), [1, null]);
  assert.deepEqual([...numbers({ dtype: "f4", bdata: pack([0.5]) })], [0.5]);
  const doubles = Buffer.from(Float64Array.from([0.1]).buffer).toString("base64");
  assert.deepEqual([...numbers({ dtype: "f8", bdata: doubles })], [0.1]);
});

test("a course ends exactly at the playhead, the heads stand there, and the start comes first", () => {
  const [short, long] = [lane([0, 2], [0, 4]), lane([0, 1, 2, 3], [0, 0, 0, 8])];
  const { path0, path1, marks } = frames.mapFrame([short, long], 2.5, [7, 7]);
  assert.deepEqual(
    [[...path0.x], [...path0.y]],
    [
      [0, 2],
      [0, 4],
    ],
  );
  assert.deepEqual(
    [[...path1.x], [...path1.y]],
    [
      [0, 1, 2, 2.5],
      [0, 0, 0, 4],
    ],
  );
  assert.deepEqual(marks, { x: [7, 2, 2.5], y: [7, 4, 4] });
  const { path1: begun } = frames.mapFrame([short, long], 0, [7, 7]);
  assert.deepEqual([...begun.x], [0]);
});

test("a path that flies off ends earlier than its losses", () => {
  const gone = { ...lane([0, 1], [0, 1], [1, 2, 3, 4]) };
  assert.deepEqual(frames.head(gone, 3), [1, 1]);
});

test("on the surface a course is interrupted where it leaves the box, and goes on where it comes back", () => {
  const box = [
    [0, 2],
    [0, 2],
  ];
  const out = lane([0, 1, 3, 1], [0, 1, 1, 1]);
  assert.ok(space.leaves(out, box) && !space.leaves(lane([0, 1], [0, 1]), box));
  const scale = { view: "linear", floor: 0, span: 4, unit: 1 };
  const lifted = { ...out, leaves: true, z: space.heights(Float32Array.of(4, 2, 99, -1), scale) };
  assert.deepEqual(
    [...lifted.z].map((z) => Number(z.toFixed(3))),
    [1.012, 0.512, 1.012, 0.012],
  );
  const heightOn = ([x, y]) => (x * x + y) / 5;
  const { path0, marks } = space.surfaceFrame([lifted], 3, box, heightOn);
  const gap = path0.x.findIndex(Number.isNaN);
  assert.deepEqual([path0.x[0], path0.x[1], path0.x[gap - 1], path0.x[gap + 1], path0.x.at(-1)], [0, 1, 2, 2, 1]);
  for (let row = 2; row < gap; row++) {
    assert.ok(path0.x[row] > path0.x[row - 1] && path0.y[row] === 1);
    assert.ok(Math.abs(path0.z[row] - 0.012 - heightOn([path0.x[row], 1])) < 1e-6, "on the surface up to its edge");
  }
  assert.deepEqual(marks.x, [0, 1]);
  const away = space.surfaceFrame([lifted], 2, box, heightOn);
  assert.equal(away.path0.x.at(-1), 2);
  const hole = space.surfaceFrame([lifted], 2, box, () => NaN);
  assert.ok(Math.abs(hole.path0.z.at(-1) - (0.512 + 1.012) / 2) < 1e-6, "half way to what lies outside");
  assert.ok(Number.isNaN(away.marks.z[1]) && away.marks.z[0] > 1, "outside there is no mark");
  const through = { ...lane([-1, 3], [1, 1]), leaves: true, z: Float32Array.of(0, 4) };
  const crossed = space.surfaceFrame([through], 1, box, heightOn).path0;
  assert.deepEqual([crossed.x[0], crossed.x.at(-1), crossed.y.at(-1)], [0, 2, 1]);
  assert.deepEqual(space.shadows([lane([3, 4, 5], [1, 1, 9])], box, 0).shadow0.x, []);
  const { shadow0 } = space.shadows([out], box, -0.3);
  assert.deepEqual([shadow0.x, shadow0.z[0]], [[0, 1, 2, null, 2, 1], Math.fround(-0.3)]);
});

test("the surface fills its frame, whatever the shape of the frame and of the box", () => {
  for (const [width, height] of [
    [480, 420],
    [270, 310],
    [900, 400],
  ])
    for (const y of [1.3, 0.4]) {
      const scene = { aspectratio: { x: 1.3, y, z: 0.8 }, camera: { eye: { x: -0.9, y: -1.7, z: 1.15 } } };
      const { aspectratio, camera } = framed(scene, width, height);
      const { eye, center } = camera;
      assert.ok(aspectratio.z >= 0.8 && aspectratio.z <= 1.3 && aspectratio.y === y);
      const seen = corners(aspectratio).map((corner) => onScreen(corner, eye, center, width, height));
      const [u, v] = [0, 1].map((axis) => seen.map((point) => point[axis]));
      assert.ok(Math.min(...u) >= 40 && Math.max(...u) <= width - 18, `${u}`);
      assert.ok(Math.min(...v) >= 2 && Math.max(...v) <= height - 26, `${v}`);
      const filled = Math.max(
        (Math.max(...u) - Math.min(...u)) / (width - 68),
        (Math.max(...v) - Math.min(...v)) / (height - 34),
      );
      assert.ok(filled > 0.97 && filled < 1.01, `${filled}`);
    }
});

const corners = ({ x, y, z }) =>
  [-1, 1].flatMap((a) => [-1, 1].flatMap((b) => [-1, 1].map((c) => [(a * x) / 2, (b * y) / 2, (c * z) / 2])));

/** Pixels of a point, as a camera with 45 degrees from top to bottom sees it. */
function onScreen(point, eye, center, width, height) {
  const sub = (a, b) => a.map((part, axis) => part - b[axis]);
  const dot = (a, b) => a.reduce((sum, part, axis) => sum + part * b[axis], 0);
  const unit = (a) => a.map((part) => part / Math.hypot(...a));
  const [from, to] = [eye, center].map(({ x, y, z }) => [x, y, z]);
  const ahead = unit(sub(to, from));
  const right = unit([ahead[1], -ahead[0], 0]);
  const up = [
    right[1] * ahead[2] - right[2] * ahead[1],
    right[2] * ahead[0] - right[0] * ahead[2],
    right[0] * ahead[1] - right[1] * ahead[0],
  ];
  const seen = sub(point, from);
  const scale = height / 2 / Math.tan(Math.PI / 8) / dot(seen, ahead);
  return [width / 2 + dot(seen, right) * scale, height / 2 - dot(seen, up) * scale];
}

test("heights on a logarithmic surface are those of the server's scale", () => {
  const scale = { view: "log", floor: 1, span: 10, unit: 0.1 };
  const [low, middle, top] = space.heights(Float32Array.of(1, 1.1, 11), scale);
  assert.ok(Math.abs(low - 0.012) < 1e-6 && Math.abs(top - 1.012) < 1e-6);
  assert.ok(Math.abs(middle - 0.012 - Math.log1p(1) / Math.log1p(100)) < 1e-6);
});

test("on the logarithmic axis only what is above the least loss exists", () => {
  const one = lane([0, 0, 0, 0], [0, 0, 0, 0], [5, 2, 1, Infinity]);
  assert.deepEqual(frames.curve(one, "log", 1).y, [4, 1, null, null]);
  assert.deepEqual(frames.curve(one, "linear", 0).y, [5, 2, 1, null]);
});

test("heads ride on the curves: on a straight line of the logarithmic axis", () => {
  const one = { ...lane([0, 0, 0], [0, 0, 0]), curve: { x: [0, 1, 2], y: [100, 1, null] } };
  const at = (t) => frames.lossFrame([one], t, [1, 9]);
  assert.deepEqual(at(0.5).heads, { x: [0.5], y: [10] });
  assert.deepEqual(at(1.5).heads, { x: [1.5], y: [1] });
  assert.deepEqual(at(2).heads, { x: [null], y: [null] });
  assert.deepEqual(at(9).playhead, { x: [9, 9], y: [1, 9] });
  const falling = { ...one, curve: { x: [0, 1, 2], y: [1, -1, -3] } };
  assert.deepEqual(frames.lossFrame([falling], 0.25, [0, 1]).heads.y, [0.5]);
});

test("arrows point down the gradient; the one that was seen is as long as it is larger, up to a limit", () => {
  const one = lane([0, 1, 2], [0, 0, 0]);
  const detail = {
    rates: Float32Array.of(0.1, 0.1),
    gradients: Float32Array.of(1, 0, 1, 0),
    seen: Float32Array.of(2, 0, 1, 0),
    M: Float32Array.of(0, 3, 0, 0),
  };
  const box = [
    [0, 3],
    [0, 4],
  ];
  const first = frames.arrows(one, detail, 0, box);
  assert.deepEqual(first.step, { x: [0, 1], y: [0, 0] });
  assert.ok(Math.abs(first.gradient.x[1] + 0.55) < 1e-6);
  assert.ok(Math.abs(first.seen.x[1] + 1.1) < 1e-6);
  assert.ok(Math.abs(first.momentum.y[1] + 0.55) < 1e-6);
  detail.seen[0] = 1000;
  assert.ok(Math.abs(frames.arrows(one, detail, 0, box).seen.x[1] + 2.5 * 0.55) < 1e-6);
  const second = frames.arrows(one, detail, 1, box);
  assert.deepEqual([second.seen.x, second.momentum.x], [[], []]); // the same gradient; no momentum at all
  assert.deepEqual(frames.arrows(one, detail, 2, box).step.x, []);
});

test("gradients agree up to what float32 leaves between equal ones", () => {
  const same = (u, v) => frames.agree(Float32Array.of(1, 2, u, v), Float32Array.of(1, 2, 3, 4), 1);
  assert.deepEqual([same(3, 4), same(3.00003, 4), same(3.01, 4), same(-3, 4)], [true, true, false, false]);
});

test("the second-order model is a frame of wires where the picture has room", () => {
  const surface = {
    data: [{ meta: { role: "ground" }, x: [0, 1, 5], y: [0, 1] }],
    layout: {
      meta: { view: "linear", floor: 0, span: 2, unit: 1 },
      scene: { zaxis: { range: [-0.3, 1.05] } },
    },
  };
  const model = {
    point: [0, 0],
    loss: 0.5,
    gradient: [1, 0],
    hessian: [
      [1, 0],
      [0, -2],
    ],
  };
  const { x, y, z } = space.wireFrame(model, surface);
  // Along y at each x, then along x at each y; at x = 5 it is above the room.
  assert.deepEqual(z, [0.25, -0.25, null, 1, 0.5, null, null, null, null, 0.25, 1, null, null, -0.25, 0.5, null, null]);
  assert.deepEqual(x.slice(0, 6), [0, 0, null, 1, 1, null]);
  assert.deepEqual(y.slice(9), [0, 0, null, null, 1, 1, null, null]);
});

test("the height of a point lies between those of the samples around it", () => {
  const ground = { x: [0, 2], y: [0, 1, 2], z: [0, 2, 4, 6, 8, 10] };
  const heightOn = space.heightsOn(ground);
  assert.equal(heightOn([1, 0.5]), 3);
  assert.equal(heightOn([2, 2]), 10);
});

test("the spread of the losses is a pair of areas and a median; what is out of sight is cut there", () => {
  const rows = [
    [1, 1],
    [2, 2],
    [3, 4],
    [5, 6],
    [9, LARGEST * 1.1],
  ].map((values) => Float32Array.from(values));
  const { wide1, core1, median1, wide0 } = areas([null, rows], "linear", 0, [0, 10]);
  assert.equal(wide0, undefined);
  assert.deepEqual(wide1.x, [0, 1, 1, 0]);
  assert.deepEqual(wide1.y, [9, 10 + 1e3 * 10, 1, 1]);
  assert.deepEqual(core1.y, [5, 6, 2, 2]);
  assert.deepEqual(median1.y, [3, 4]);
  const above = areas([rows], "log", 2, [0.1, 10]);
  assert.deepEqual(above.median0.y, [1, 2]);
  assert.deepEqual(above.wide0.y.slice(2), [1e-4, 1e-4]); // below the least loss: out of sight, below
});

test("every dash and shape that the server gives can be drawn", () => {
  const { dashes: given_dashes, shapes } = given.drawing;
  assert.ok(given_dashes.length > 3 && shapes.length > 8);
  for (const dash of given_dashes)
    for (const pattern of [dashes, plotlyDashes]) assert.equal(pattern(dash) === "none", dash === "solid", dash);
  const outlines = shapes.map(outline);
  for (const [index, shape] of shapes.entries())
    assert.equal(outlines[index] === outline("no such shape"), shape.replace("-open", "") === "circle", shape);
  assert.equal(dashes("dash", 5.2), "12 8");
  // As Plotly has them, which draws thin lines with the dashes of thicker ones.
  assert.deepEqual([plotlyDashes("dash", 1.4), plotlyDashes("dashdot", 4)], ["9 9", "12 4 4 4"]);
});

test("near a pointer lies the nearest step, of steps within a pixel the earliest, and none where none is near", () => {
  const lanes = [
    { x: [0, 10, 10.2, 50], y: [0, 0, 0, 0] },
    { x: [0, NaN, 30], y: [0, 5, 4] },
  ];
  const project = ({ x, y }) => x.map((value, step) => [value, y[step]]);
  const at = (...place) => {
    const found = frames.nearest(lanes, project, place, 12);
    return found && [found.lane, found.step];
  };
  assert.deepEqual(
    [at(1, 1), at(10.3, 0), at(31, 3), at(47, 0)],
    [
      [0, 0],
      [0, 1],
      [1, 2],
      [0, 3],
    ],
  );
  assert.deepEqual(frames.nearest(lanes, project, [30, 8], 12)?.pixels, [30, 4]);
  assert.equal(at(50, 14), null);
});

test("a lane that rises is followed on the axis of the losses, but not wherever it goes", () => {
  const lanes = (...ends) => ends.map((end) => ({ curve: { x: [0, 1], y: [4, end] } }));
  const holds = ([low, high], value) => low < value && value < high;
  const logs = (...ends) => lossRange(lanes(...ends), true).map((power) => 10 ** power);
  assert.ok(holds(logs(0.001, 23), 23) && holds(logs(0.001, 23), 0.001));
  assert.ok(!holds(logs(0.001, 1e9), 1e9));
  assert.ok(Math.abs(logs(0.001, 1e9)[1] - 400) < 1e-6);
  const wide = lossRange(lanes(0.5, 23), false);
  assert.ok(holds(wide, 23) && holds(wide, 0.5));
  assert.ok(!holds(lossRange(lanes(0.5, 1e9), false), 100));
  const [low, high] = lossRange(lanes(0, 4), false); // of one that falls, as a little room asks
  assert.ok(Math.abs(low + 0.24) < 1e-9 && Math.abs(high - 4.48) < 1e-9);
});
