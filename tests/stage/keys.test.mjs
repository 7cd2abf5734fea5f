// One table of keys: what is listened for is what is listed.

import assert from "node:assert/strict";
import { test } from "node:test";

import { KeyList, chordsOf } from "../../stage/controls/key_list.js";
import { KEYS, listen, working } from "../../stage/session/keys.js";
import { given } from "./given.mjs";
import { fakePage, happen } from "./page.mjs";

function begin(context, { framed = false, travels = true } = {}) {
  const { document, element } = fakePage(context);
  const heard = [];
  const hear =
    (name) =>
    (...values) =>
      heard.push([name, ...values]);
  const player = { last: 90, toggle: hear("toggle"), step: hear("step"), seek: hear("seek") };
  const actions = { stage: { player }, framed, travels, asks: true };
  for (const name of ["tellHost", "travel", "hero", "present", "listKeys", "leave", "question"])
    actions[name] = hear(name);
  listen(actions);
  const press = (key, more = {}) => {
    heard.length = 0;
    const { defaultPrevented } = happen(document, "keydown", { key, ...more });
    assert.equal(defaultPrevented, heard.length > 0, "what is ours is not the browser's, and the other way round");
    return heard[0];
  };
  return { press, element, actions };
}

test("each key does what the table says", (context) => {
  const { press } = begin(context);
  assert.deepEqual(press(" "), ["toggle"]);
  assert.deepEqual(press("ArrowLeft"), ["step", -1]);
  assert.deepEqual(press("ArrowRight"), ["step", 1]);
  assert.deepEqual(press("Home"), ["seek", 0]);
  assert.deepEqual(press("End"), ["seek", 90]);
  assert.deepEqual(
    ["1", "2", "3"].map((key) => press(key)[1]),
    ["map", "surface", "both"],
  );
  for (const key of ["n", "N"]) assert.deepEqual(press(key), ["question", 1]);
  assert.deepEqual(press("p"), ["question", -1]);
  for (const key of ["f", "F"]) assert.deepEqual(press(key), ["present"]);
  assert.deepEqual(press("?", { shiftKey: true }), ["listKeys"]);
  assert.deepEqual(press("Escape"), ["leave"]);
});

test("figures are chosen only where there are several: not among networks", (context) => {
  const { press, actions } = begin(context);
  actions.stage.view = { page: "networks" };
  assert.equal(press("2"), undefined);
  assert.ok(!working(actions).some(({ does }) => does === "surface"));
  actions.stage.view = { page: "race" };
  assert.deepEqual(press("2"), ["hero", "surface"]);
});

test("undo and redo, with either key that commands", (context) => {
  const { press } = begin(context);
  for (const more of [{ ctrlKey: true }, { metaKey: true }]) {
    assert.deepEqual(press("z", more), ["travel", -1]);
    assert.deepEqual(press("Z", { ...more, shiftKey: true }), ["travel", 1]);
    assert.deepEqual(press("y", more), ["travel", 1]);
  }
  assert.equal(press("z"), undefined);
});

test("keys of a control stay with it, and a text has an undo of its own", (context) => {
  const { press, element } = begin(context);
  const target = element("input");
  const pressed = (key, more = {}) => press(key, { target, ...more });
  for (const key of ["ArrowLeft", " ", "1", "f", "?"]) assert.equal(pressed(key), undefined, key);
  assert.equal(pressed("z", { ctrlKey: true }), undefined);
  target.setAttribute("type", "range");
  assert.equal(pressed("ArrowLeft"), undefined);
  assert.deepEqual(pressed("z", { ctrlKey: true }), ["travel", -1]);
  for (const tag of ["textarea", "dialog"])
    assert.equal(press("z", { ctrlKey: true, target: element(tag) }), undefined);
  assert.deepEqual(press("z", { ctrlKey: true, target: element("select") }), ["travel", -1]);
  assert.equal(press(" ", { target: element("button") }), undefined);
  assert.deepEqual(press("Home", { target: element("button") }), ["seek", 0]);
});

test("other keys are the browser's", (context) => {
  const { press } = begin(context);
  for (const key of ["a", "Tab", "PageDown", "ArrowUp"]) assert.equal(press(key), undefined, key);
  assert.equal(press("ArrowLeft", { ctrlKey: true }), undefined);
  assert.equal(press("ArrowLeft", { altKey: true }), undefined);
  assert.equal(press("f", { metaKey: true }), undefined);
});

test("in a frame, keys of the page around it are handed on", (context) => {
  const { press, element } = begin(context, { framed: true, travels: false });
  for (const key of ["PageUp", "PageDown", "ArrowLeft", "ArrowUp"]) assert.deepEqual(press(key), ["tellHost", key]);
  const inside = element("button");
  inside.closest = (selector) => (selector === ".os-transport" ? inside : null);
  assert.deepEqual(press("ArrowLeft", { target: inside }), ["step", -1]);
  const slider = element("input");
  assert.deepEqual(press("PageDown", { target: slider }), ["tellHost", "PageDown"]);
  assert.deepEqual(press("Escape", { target: slider }), ["leave"]);
  assert.equal(press("ArrowRight", { target: slider }), undefined);
  assert.equal(press("z", { ctrlKey: true }), undefined);
});

test("the list has a row, with words, for each that works here", (context) => {
  for (const framed of [false, true])
    for (const { ui } of Object.values(given.words)) {
      const { actions, element } = begin(context, { framed, travels: !framed });
      const list = new KeyList({ ui }, actions);
      list.dialog = Object.assign(element("dialog"), { showModal: () => {} });
      list.open();
      const rows = list.list.all(({ tagName }) => tagName === "DD").map(({ children }) => children[0]);
      assert.deepEqual(
        rows,
        working(actions).map(({ does }) => ui[`does_${does}`]),
      );
      assert.ok(rows.every(Boolean));
    }
  const works = (framed) => working({ stage: {}, framed, travels: !framed, asks: framed }).map(({ does }) => does);
  assert.deepEqual(new Set([...works(true), ...works(false)]).size, KEYS.length);
  assert.ok(!works(false).includes("turn_slides") && !works(true).includes("undo"));
  assert.ok(!works(false).includes("next_question")); // on a page that was saved
});

test("a title names the first chord, on an Apple keyboard with its own key", (context) => {
  fakePage(context);
  const { ui } = given.words.en;
  const on = (platform) => {
    Object.defineProperty(globalThis, "navigator", { value: { platform }, configurable: true });
    return chordsOf("redo", ui);
  };
  const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  context.after(() => Object.defineProperty(globalThis, "navigator", before));
  assert.deepEqual([on("Linux x86_64"), on("MacIntel")], ["Ctrl+Shift+Z", "⌘+Shift+Z"]);
});
