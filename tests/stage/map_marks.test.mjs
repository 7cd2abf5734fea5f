// What stands on the map besides the lanes: names at the ends of their paths, critical points, and colours of methods.

import assert from "node:assert/strict";
import { test } from "node:test";

import { arms } from "../../stage/figures/cross_names.js";
import { uncrowded } from "../../stage/figures/crowded.js";
import { places } from "../../stage/figures/name_places.js";
import { colored, laneColors } from "../../stage/figures/lane_colors.js";

const area = { left: 0, top: 0, right: 300, bottom: 200 };
const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

test("names of paths that end in one place stand apart, off the marks, and inside the figure", () => {
  for (const end of [
    [150, 100],
    [298, 2],
    [2, 198],
    [298, 100],
  ]) {
    const paths = [40, 60, 80, 120].map((from) => [[from, 20], [from, 60], end]);
    const found = places(paths, [30, 62, 50, 40], area);
    const shown = found.filter(Boolean);
    assert.ok(shown.length >= 2, `${end}: ${shown.length}`);
    const marks = [end, [40, 20]].map(([u, v]) => ({ left: u - 6, top: v - 6, right: u + 6, bottom: v + 6 }));
    shown.forEach((rect, index) => {
      assert.ok(rect.left >= 0 && rect.right <= 300 && rect.top >= 0 && rect.bottom <= 200);
      for (const other of [...shown.slice(index + 1), ...marks]) assert.ok(!overlap(rect, other));
    });
  }
  assert.equal(
    places([[[150, 100]], [[150, 100]], [[150, 100]], [[150, 100]]], [30, 62, 50, 40], area).filter(Boolean).length,
    4,
  );
});

test("a name has no place where its path ends outside, or where it is too long; and it keeps off the paths", () => {
  assert.deepEqual(
    places(
      [
        [
          [10, 10],
          [400, 100],
        ],
      ],
      [30],
      area,
    ),
    [null],
  );
  assert.deepEqual(places([[[150, 100]]], [290], area), [null]);
  const along = Array.from({ length: 40 }, (_, k) => [150 + 2 * k, 100]);
  const [there] = places([[...along.toReversed(), [150, 100]]], [30], area);
  assert.ok(there.right <= 150, "the path is on the right");
});

const minima = (count) =>
  Array.from({ length: count }, (_, k) => ({
    point: [k % 10, Math.floor(k / 10)],
    kind: "minimum",
    loss: k ? 1 + k : 0,
    published: false,
  }));
const marks = { minimum: { x: [0], y: [0] }, saddle: { x: [5], y: [5] }, critical_curve: { x: [1, 2], y: [1, 2] } };
const box = [
  [0, 10],
  [0, 10],
];

test("few critical points are all marked; of many minima the global ones alone, until the reader zooms in", () => {
  assert.equal(uncrowded(marks, minima(25), box), marks);
  const many = [...minima(100), { point: [5, 5], kind: "saddle", loss: 3, published: false }];
  const whole = uncrowded(marks, many, box);
  assert.deepEqual(whole, { critical_curve: marks.critical_curve, minimum: { x: [0], y: [0] } });
  const close = uncrowded(marks, many, [
    [4, 6],
    [4, 6],
  ]);
  assert.equal(close.minimum.x.length, 9);
  assert.deepEqual(close.saddle, { x: [5], y: [5] });
  const starred = many.map((each) => ({ ...each, published: each.loss === 0 }));
  assert.deepEqual(uncrowded(marks, starred, box), { critical_curve: marks.critical_curve });
});

test("a colour belongs to a method, whatever the order of the lanes; a second lane has another shade of it", () => {
  const methods = { sgd: ["#a00000", "#b00000", "#c00000"], adam: ["#0000a0", "#0000b0", "#0000c0"] };
  const of = (...ids) =>
    laneColors(
      ids.map((id) => ({ id })),
      methods,
    );
  assert.deepEqual(of("sgd", "adam"), ["#a00000", "#0000a0"]);
  assert.deepEqual(of("adam", "sgd"), ["#0000a0", "#a00000"]);
  assert.deepEqual(of("sgd", "adam", "sgd", "sgd", "sgd"), ["#a00000", "#0000a0", "#b00000", "#c00000", "#a00000"]);
  const figure = {
    data: [
      { meta: { role: "path", lane: 1 }, line: { color: "#111111", width: 3 } },
      { meta: { role: "course_halo", lane: 1 }, line: { color: "#ffffff", width: 4 } },
      { meta: { role: "marks", first: 1 }, marker: { color: ["#222222", "#111111", "#333333", "#444444"] } },
      { meta: { role: "band", lane: 0 }, fillcolor: "rgba(1, 2, 3, 0.16)", line: { color: "#010203", width: 0 } },
      { meta: { role: "best", lane: 0 }, marker: { color: "#010203", line: { color: "#010203", width: 2 } } },
      { meta: { role: "contours" }, line: { color: "#999999", width: 1 } },
    ],
    layout: {},
  };
  const [path, halo, heads, band, best, contours] = colored(figure, ["#0a0b0c", "#d00d00"]).data;
  assert.deepEqual([path.line, halo.line.color], [{ color: "#d00d00", width: 3 }, "#ffffff"]);
  assert.deepEqual(heads.marker.color, ["#222222", "#0a0b0c", "#d00d00", "#444444"]);
  assert.equal(band.fillcolor, "rgba(10, 11, 12, 0.16)");
  assert.equal(best.marker.line.color, "#0a0b0c");
  assert.equal(contours, figure.data[5]);
});

test("each arm of a cross has its eigenvalue, whichever way the ground curves along it", () => {
  const marks = (up, down) => ({ cross_up: { x: up, y: up }, cross_down: { x: down, y: down } });
  const told = (eigenvalues, up, down) => arms({ eigenvalues }, marks(up, down)).map(({ text, x }) => [text, ...x]);
  assert.deepEqual(told([-0.9, 1.1], [3, 4], [1, 2]), [
    ["λ₁ = −0.9", 1, 2],
    ["λ₂ = 1.1", 3, 4],
  ]);
  assert.deepEqual(told([1, 2], [1, 2, NaN, 3, 4], []), [
    ["λ₁ = 1", 1, 2],
    ["λ₂ = 2", 3, 4],
  ]);
  assert.deepEqual(told([0, 2], [3, 4], []), [["λ₂ = 2", 3, 4]]); // no curvature, no arm
  assert.deepEqual(told([-1e-17, 2], [3, 4], []), [["λ₂ = 2", 3, 4]]);
});
