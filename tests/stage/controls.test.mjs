// One control per knob: what it shows, and what it says when it is turned.

import assert from "node:assert/strict";
import { test } from "node:test";

import { control, row, segments } from "../../stage/controls/controls.js";
import { fakePage, happen } from "./page.mjs";
import { given } from "./given.mjs";

const KNOB = { id: "k", label: "Knob", math: "", default: 1, low: 0, high: 10, scale: "linear", step: 0.5 };
const NUMBER = { ...KNOB, kind: "number", choices: [], options: [] };
const RATE = { ...NUMBER, low: 1e-4, high: 10, scale: "log", step: 0.05 };

function begin(context, knob) {
  fakePage(context);
  const heard = [];
  const made = control(knob, "the knob", (value) => heard.push(value));
  const inputs = made.node.all(({ tagName }) => tagName === "INPUT");
  const box = inputs.at(-1);
  const slider = inputs.length > 1 ? inputs[0] : null;
  const slide = (position) => {
    slider.value = position;
    happen(slider, "input");
  };
  const type = (text) => {
    document.activeElement = box;
    box.value = text;
    happen(box, "change");
  };
  return { ...made, heard, box, slider, slide, type };
}

test("it shows what it is set to", (context) => {
  const { set, box, slider, heard } = begin(context, NUMBER);
  set(7.5);
  assert.deepEqual([box.value, slider.value, slider.getAttribute("aria-valuetext")], ["7.5", "7.5", "7.5"]);
  assert.equal(slider.style["--filled"], "75%");
  set(0.00001);
  assert.equal(box.value, "1e-5");
  assert.deepEqual(heard, []);
});

test("a slider gives values on its grid, in its range, each once", (context) => {
  const { slide, heard, box, set } = begin(context, NUMBER);
  set(1);
  for (const position of [2.6, 2.5, 99]) slide(position);
  assert.deepEqual(heard, [2.5, 10]);
  assert.equal(box.value, "10");
});

test("a swipe that begins on a slider turns nothing; a finger that goes along it, or taps, does", (context) => {
  const { slide, heard, slider, set } = begin(context, NUMBER);
  set(1);
  const touch = (what, clientX) => happen(slider, what, { pointerType: "touch", clientX });
  touch("pointerdown", 100);
  slide(6); // browsers put the slider where the finger is
  touch("pointermove", 103);
  touch("pointercancel", 103); // the page scrolls
  assert.deepEqual([heard, slider.value], [[], "1"]);
  touch("pointerdown", 100);
  slide(6);
  touch("pointermove", 110);
  slide(7);
  touch("pointerup", 115);
  assert.deepEqual(heard, [6, 7]);
  touch("pointerdown", 30);
  slide(3);
  touch("pointerup", 30);
  assert.deepEqual(heard, [6, 7, 3]);
});

test("a logarithmic slider gives two digits", (context) => {
  const { slide, heard, slider } = begin(context, RATE);
  assert.deepEqual([Number(slider.min), Number(slider.max)], [-4, 1]);
  slide(-1.234);
  slide(0.3);
  assert.deepEqual(heard, [0.058, 2]);
});

test("whole knobs give whole numbers", (context) => {
  const { slide, heard } = begin(context, { ...RATE, kind: "whole", low: 1, high: 1000 });
  slide(0.7);
  slide(2.345);
  assert.deepEqual(heard, [5, 220]);
});

test("a number may be typed with a comma or a real minus", (context) => {
  const { type, heard, set } = begin(context, NUMBER);
  set(1);
  for (const text of ["2,5", "−3", " 4 "]) type(text);
  assert.deepEqual(heard, [2.5, -3, 4]);
});

test("what is no number goes to the server as it stands, and is marked until it is mended", (context) => {
  const { type, heard, box, set } = begin(context, NUMBER);
  set(1);
  type("abc");
  type("x".repeat(100));
  assert.deepEqual(heard, ["abc", "x".repeat(60)]);
  assert.equal(box.getAttribute("aria-invalid"), "true");
  set(2);
  assert.equal(box.hasAttribute("aria-invalid"), false);
  assert.equal(box.value, "2");
});

test("what is typed and not yet said is left alone", (context) => {
  const { set, box } = begin(context, NUMBER);
  set(1);
  document.activeElement = box;
  box.value = "1.2";
  set(5);
  assert.equal(box.value, "1.2");
});

test("the box shows what is used of what was typed, though the focus is still there", (context) => {
  const { set, type, box, heard } = begin(context, NUMBER);
  set(1);
  type("1e9");
  assert.deepEqual(heard, [1e9]);
  set(10);
  assert.equal(box.value, "10");
  type("99");
  set(10); // the same as before
  assert.equal(box.value, "10");
});

test("a slider under the reader's hand is left alone", (context) => {
  const { set, slider, slide } = begin(context, NUMBER);
  set(1);
  happen(slider, "pointerdown");
  slide(6);
  set(3); // the answer to an earlier turn
  assert.equal(slider.value, "6");
  happen(slider, "pointerup");
  set(3);
  assert.equal(slider.value, "3");
});

test("arrow keys turn by one step, on a logarithmic scale by a factor, and stay in the range", (context) => {
  const { set, box, heard } = begin(context, NUMBER);
  set(9.8);
  const press = (key) => happen(box, "keydown", { key });
  assert.ok(press("ArrowUp").defaultPrevented);
  press("ArrowDown");
  assert.deepEqual(heard, [10, 9.5]);
  const rate = begin(context, RATE);
  rate.set(0.1);
  happen(rate.box, "keydown", { key: "ArrowUp" });
  assert.deepEqual(rate.heard, [0.11]);
});

test("a range that no slider can be aimed at has a box only", (context) => {
  const seed = given.words.en.budget.find(({ id }) => id === "seed");
  assert.equal(begin(context, seed).slider, null);
  assert.notEqual(begin(context, NUMBER).slider, null);
});

test("a choice shows its options in the reader's language and says the choice", (context) => {
  fakePage(context);
  const knob = given.words.zh.lane.find(({ id }) => id === "clip");
  const heard = [];
  const { node, set } = control(knob, "clip", (value) => heard.push(value));
  assert.deepEqual(
    node.children.map((option) => [option.value, option.children[0]]),
    knob.choices.map((choice, index) => [choice, knob.options[index]]),
  );
  set("norm");
  assert.equal(node.value, "norm");
  node.value = "value";
  happen(node, "change");
  assert.deepEqual(heard, ["value"]);
});

test("a row has the knob's name and a hint", (context) => {
  fakePage(context);
  const { node, hint } = row({ ...NUMBER, label: "Steps" }, () => {});
  hint("of 12");
  const texts = node.all(({ tagName }) => tagName === "SPAN").flatMap((span) => [...span.children, span.textContent]);
  assert.ok(texts.includes("Steps") && texts.includes("of 12"));
});

test("of segments one is pressed", (context) => {
  fakePage(context);
  const knob = given.words.en.budget.find(({ id }) => id === "rule");
  const heard = [];
  const { node, set } = segments(knob, (value) => heard.push(value));
  const buttons = node.all(({ tagName }) => tagName === "BUTTON");
  set(knob.choices[2]);
  const pressed = buttons.map((button) => button.getAttribute("aria-pressed"));
  assert.deepEqual(
    pressed,
    knob.choices.map((_, index) => String(index === 2)),
  );
  happen(buttons[1], "click");
  assert.deepEqual(heard, [knob.choices[1]]);
});
