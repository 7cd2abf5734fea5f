// What could not be used is told in the words of the page, not of the link.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Notes } from "../../stage/cards/notes.js";
import { given } from "./given.mjs";
import { fakePage } from "./page.mjs";

const { en, zh } = given.words;

test("places in a link have plain names", (context) => {
  fakePage(context);
  const named = (words, ...parameters) => parameters.map((parameter) => new Notes(words).plainName(parameter));
  assert.deepEqual(named(en, "sgd:lr", "sgd:learning_rate", "bowl:stretch", "sgd:l2"), [
    "SGD, learning rate",
    "SGD, learning rate",
    "Stretched bowl, stretch",
    "SGD, L2 penalty",
  ]);
  assert.deepEqual(named(en, "adam:warmup", "steps", "at"), ["Adam, warm-up steps", "Steps", "Start"]);
  assert.deepEqual(named(zh, "sgd:lr", "at"), ["SGD 的学习率", "起点"]);
});

test("what the page has no name for is said as it came", (context) => {
  fakePage(context);
  for (const parameter of ["sgd:foo", "nobody:lr", "foo", "constructor", ""])
    assert.equal(new Notes(en).plainName(parameter), parameter);
});

test("places of networks have the names of their labs", (context) => {
  fakePage(context);
  const named = (words, ...parameters) => parameters.map((parameter) => new Notes(words).plainName(parameter));
  assert.deepEqual(named(en, "net:depth", "net:steps", "net:netsteps", "inside:activation", "inside"), [
    "Train, hidden layers",
    "Train, steps",
    "Train, steps",
    "Starting weights, activation",
    "Starting weights",
  ]);
  assert.deepEqual(named(en, "search:side", "batches:lr", "scales:data", "regularization:dropout"), [
    "Search, trials along each side of the grid",
    "Batch size, learning rate",
    "Normalisation, data",
    "Regularisation, dropout",
  ]);
  assert.deepEqual(named(en, "net", "trainer", "nettable", "lab", "net:foo", "search:foo"), [
    "Train",
    "Trainers",
    "Your own table",
    "Lab",
    "net:foo",
    "search:foo",
  ]);
  assert.deepEqual(named(zh, "net:depth", "inside"), ["训练 的隐藏层数", "初始化"]);
});

test("a note says in words which network is trained in place of one that costs too much", (context) => {
  fakePage(context);
  const used = (parameter, used) => new Notes(en).plainUse({ why: "", parameter, value: "", used });
  assert.equal(used("net", "steps=300, width=64"), "steps 300, units in a layer 64");
  assert.equal(used("search", "epochs=2"), "epochs 2");
  assert.equal(used("net:data", "moons"), "Two moons");
  assert.equal(used("lane", "sgd, adam"), "SGD, Adam");
  assert.equal(used("sgd:lr", "0.1"), "0.1");
  assert.equal(used("at", "x=1"), "x=1");
});

test("a note names methods and surfaces as the page does, and leaves alone what the reader wrote", (context) => {
  fakePage(context);
  const said = (repair) => {
    const notes = new Notes(en);
    notes.show([repair]);
    const [line] = notes.repairs.all(({ tagName }) => tagName === "LI");
    return line.children[0];
  };
  assert.equal(
    said({ why: "clamped", parameter: "sgd:lr", value: "1000000000", used: "100" }),
    "SGD, learning rate: 1000000000 is out of range; the nearest value, 100, is used.",
  );
  assert.equal(
    said({ why: "no_lane_left", parameter: "lane", value: "1", used: "sgd, adam" }),
    "None of the lanes in the link can be used; instead, SGD, Adam race.",
  );
  assert.equal(
    said({ why: "last_lane", parameter: "lane", value: "sgd", used: "" }),
    "SGD is the only lane, so it stays.",
  );
  assert.match(said({ why: "unknown_landscape", parameter: "f", value: "sgd", used: "bowl" }), /“sgd”.*Stretched bowl/);
});
