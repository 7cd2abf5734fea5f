// What keys and letters mean in a list that something is chosen from.

import assert from "node:assert/strict";
import { test } from "node:test";

import { begins, led, matches } from "../../stage/controls/choosing.js";
import { given } from "./given.mjs";

const at = (left, top) => ({ left, top });
// Two groups beside each other, then a line with two, then one by itself.
const TILES = [at(0, 10), at(100, 10), at(260, 10), at(0, 90), at(180, 90), at(0, 170)];
const LIST = [0, 30, 60, 90].map((top) => at(8, top));

test("arrows to the side go on to the next, and stay at the ends", () => {
  assert.deepEqual(
    TILES.map((_, index) => led(TILES, index, "ArrowRight")),
    [1, 2, 3, 4, 5, 5],
  );
  assert.deepEqual(
    TILES.map((_, index) => led(TILES, index, "ArrowLeft")),
    [0, 0, 1, 2, 3, 4],
  );
});

test("arrows up and down go to the nearest of the next line", () => {
  assert.deepEqual(
    TILES.map((_, index) => led(TILES, index, "ArrowDown")),
    [3, 4, 4, 5, 5, 5],
  );
  assert.deepEqual(
    TILES.map((_, index) => led(TILES, index, "ArrowUp")),
    [-1, -1, -1, 0, 1, 3],
  );
});

test("in a list of one column they go one by one", () => {
  assert.deepEqual(
    LIST.map((_, index) => [led(LIST, index, "ArrowUp"), led(LIST, index, "ArrowDown")]),
    [
      [-1, 1],
      [0, 2],
      [1, 3],
      [2, 3],
    ],
  );
});

test("Home and End, and keys that lead nowhere", () => {
  assert.deepEqual([led(TILES, 3, "Home"), led(TILES, 1, "End")], [0, 5]);
  for (const key of ["Enter", "Escape", "a", "Tab", "PageDown"]) assert.equal(led(TILES, 2, key), null);
  assert.equal(led(LIST, -1, "ArrowDown"), 0); // from nowhere to the first
});

const NAMES = given.words.en.methods.map(({ id, name }) => [name, id]);
const nth = (id) => NAMES.findIndex(([, own]) => own === id);
const after = (id, letters) => NAMES[begins(NAMES, id === null ? -1 : nth(id), letters)]?.[1];

test("letters lead to the method that begins with them", () => {
  assert.equal(after("sgd", "lion".slice(0, 2)), "lion");
  assert.equal(after("sgd", "AdaB"), "adabelief");
  assert.equal(after("adam", "adam"), "adam"); // it still fits
  assert.equal(after("adam", "adamw"), "adamw");
  assert.equal(after(null, "s"), "sgd");
  assert.equal(after("sgd", "zz"), undefined);
});

test("one letter again and again goes round all that begin with it", () => {
  const seen = ["s"];
  let here = "sgd";
  for (let k = 1; k <= 3; k++) seen.push((here = after(here, "s".repeat(k))));
  assert.deepEqual(seen, ["s", "sam", "saddle_free_newton", "sgd"]);
});

test("in Chinese a method is found by its id as well", () => {
  const names = given.words.zh.methods.map(({ id, name }) => [name, id]);
  assert.equal(names[begins(names, 0, "mom")][1], "momentum");
  assert.equal(names[begins(names, 0, "动")][1], "momentum");
});

test("a surface is found by id, by its name and family in either language, by parts of them and in any order", () => {
  const found = (text) =>
    [...given.words.en.own, ...given.words.en.surfaces]
      .filter(({ keywords }) => matches(keywords, text))
      .map(({ id }) => id);
  assert.deepEqual(found("rosen"), ["rosenbrock"]);
  assert.deepEqual(found("BOWL stretched"), ["bowl"]);
  assert.deepEqual(found("双势阱"), ["double_well"]);
  assert.deepEqual(found("levy_13"), ["levy_13"]);
  assert.deepEqual(found("  own  "), ["formula", "data"]);
  assert.deepEqual(found("由数据构成"), found("made of data"));
  assert.equal(found("made of data").length, 3);
  assert.equal(found("").length, given.words.en.surfaces.length + 2);
  assert.deepEqual(found("no such surface"), []);
});
