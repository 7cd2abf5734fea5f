// Traces as they are drawn without Plotly, in an axes' rectangle of 100 × 100 pixels from (0, 0) to (10, 10).

import assert from "node:assert/strict";
import { test } from "node:test";

import { Overlay } from "../../stage/figures/overlay.js";
import { fakePage } from "./page.mjs";

const axis = { range: [0, 10] };
const area = { left: 0, top: 0, width: 100, height: 100 };

/** The group in which `trace` is drawn, with these coordinates. */
function drawn(trace, change, pattern) {
  const figure = { layout: { xaxis: axis, yaxis: axis }, getBoundingClientRect: () => area };
  const overlay = new Overlay(figure, () => area, "os-upper", pattern);
  const whole = { meta: { role: "path" }, line: { color: "red", width: 2, dash: "dash" }, ...trace };
  overlay.show({ data: [whole] }, { path: change });
  return overlay.items.get("path").node;
}
const d = (node) => node.children[0].getAttribute("d");

test("a line is parted where there is nothing", (t) => {
  fakePage(t);
  const line = drawn({ mode: "lines" }, { x: [0, 1, null, 2, 3], y: [0, 1, 1, 2, 3] });
  assert.equal(d(line), "M0.0 100.0L10.0 90.0M20.0 80.0L30.0 70.0");
});

test("a line to a point beyond what can be drawn keeps its direction", (t) => {
  fakePage(t);
  const far = drawn({ mode: "lines" }, { x: [5, 5e9, 5, NaN, 5], y: [5, 1e10, 5, 5, Infinity] });
  const [to, back] = d(far)
    .slice(1)
    .split("M")
    .map((part) => part.split("L").map((point) => point.split(" ").map(Number)));
  assert.deepEqual(to[0], [50, 50]);
  assert.deepEqual(back[1], [50, 50]);
  assert.deepEqual(to[1], back[0]);
  const [u, v] = to[1];
  assert.ok(u > 4000 && Math.abs((50 - v) / (u - 50) - 2) < 0.02, `${u} ${v}`);
});

test("paths have marks, of many only some, within the axes; arrows have heads", (t) => {
  fakePage(t);
  const marker = { symbol: "square", size: 5, color: "red", maxdisplayed: 10 };
  const x = Array.from({ length: 40 }, (_, step) => step / 2);
  const [line, marks] = drawn({ mode: "lines+markers", marker, opacity: 0.5 }, { x, y: x }).children;
  assert.ok(line.getAttribute("d").includes("L"));
  assert.equal(marks.children.length, 7); // every third of the 21 that are within
  assert.equal(marks.children[1].getAttribute("transform"), "translate(15.00 85.00) scale(0.5)");
  assert.equal(marks.children[1].getAttribute("stroke"), "none");
  const arrow = { symbol: ["circle", "arrow"], size: [0, 11], color: "red", angleref: "previous" };
  const [shaft, head] = drawn({ mode: "lines+markers", marker: arrow }, { x: [0, 5], y: [0, 0] }).children;
  assert.equal(shaft.getAttribute("d"), "M0.0 100.0L41.0 100.0");
  assert.ok(head.getAttribute("d").startsWith("M50.0 100.0"));
});

test("dashes are as the figure has them", (t) => {
  fakePage(t);
  const line = drawn({ mode: "lines" }, { x: [0, 1], y: [0, 1] }, (dash, width) => `${dash} of ${width}`);
  assert.equal(line.children[0].getAttribute("stroke-dasharray"), "dash of 2");
});

test("halos of lanes lie below the lines of all: between the dashes of one the other is seen", (t) => {
  fakePage(t);
  const figure = { layout: { xaxis: axis, yaxis: axis }, getBoundingClientRect: () => area };
  const halo = { color: "white", width: 2 };
  const path = (lane, dash) => ({
    mode: "lines",
    line: { color: `lane ${lane}`, width: 3, dash },
    meta: { role: "path", lane, halo },
  });
  const arrow = {
    mode: "lines",
    line: { color: "ink", width: 2 },
    meta: { role: "step", halo },
  };
  const overlay = new Overlay(figure, () => area);
  const diagonal = { x: [0, 10], y: [0, 10] };
  overlay.show(
    { data: [path(0, "solid"), path(1, "dash"), arrow] },
    { path0: diagonal, path1: diagonal, step: diagonal },
  );
  const strokes = (node) =>
    node.tagName === "PATH" ? [node.getAttribute("stroke")] : [...node.children].flatMap(strokes);
  const inOrder = ["white", "white", "lane 0", "lane 1", "white", "ink"];
  assert.deepEqual(strokes(overlay.clip), inOrder);
  assert.deepEqual(
    overlay.traces().map(({ line }) => line.color),
    inOrder,
  );
  overlay.update({ path1: diagonal }, true); // whose halo goes with it
  assert.deepEqual(strokes(overlay.clip), ["white", "lane 1"]);
});
