// Work in parts: asked for one after another, watched, cancelled and resumed.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Facts } from "../../stage/session/facts.js";
import { RequestQueue } from "../../stage/session/request_queue.js";
import { fakeClock } from "./clock.mjs";
import { given } from "./given.mjs";
import { fakePage, happen } from "./page.mjs";

const MS = 600; // that each answer takes

/** A queue; `parts` says how many times each path has to be asked for; `broken` paths fail. */
function begin(context, { parts = 1, broken = [] } = {}) {
  const clock = fakeClock(context);
  fakePage(context);
  const asked = [];
  const dropped = [];
  const facts = new Facts((path, signal) => {
    asked.push(path);
    signal.addEventListener("abort", () => dropped.push(path));
    const times = asked.filter((other) => other === path).length;
    return new Promise((resolve, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
      setTimeout(() => {
        if (broken.includes(path)) reject(new Error(path));
        else resolve(times < parts ? { done: times, parts } : { of: path });
      }, MS);
    });
  });
  const took = [];
  const failed = [];
  const queue = new RequestQueue(
    facts,
    given.words.en,
    (shown, done) => took.push([shown.map((answer) => answer.of).join(""), done]),
    (error) => failed.push(error.message),
  );
  return { ...clock, queue, asked, dropped, took, failed };
}

test("parts are asked for in turn, and each is shown as it comes", async (context) => {
  const { queue, pass, asked, took } = begin(context);
  queue.ask(["a", "b"]);
  await pass(1);
  assert.deepEqual(asked, ["a"]);
  await pass(2000);
  assert.deepEqual(asked, ["a", "b"]);
  assert.deepEqual(took, [
    ["a", false],
    ["ab", true],
  ]);
  assert.ok(queue.done && queue.node.hidden);
});

test("the bar appears after a second, and says how far it is between answers too", async (context) => {
  const { queue, pass } = begin(context, { parts: 3 });
  queue.ask(["a", "b"]);
  await pass(900);
  assert.equal(queue.node.hidden, true);
  await pass(200);
  assert.equal(queue.node.hidden, false);
  assert.deepEqual([queue.bar.max, queue.bar.value], ["2", "0.3333333333333333"]);
  assert.match(queue.count.textContent, /0 .*2/);
  await pass(900);
  assert.equal(queue.bar.value, "1");
});

test("who asks the same again asks nothing; who asks something else is heard when the hand pauses", async (context) => {
  const { queue, pass, asked, dropped } = begin(context);
  queue.ask(["a", "b"]);
  await pass(100);
  queue.ask(["a", "b"]);
  assert.deepEqual(dropped, []);
  queue.ask(["c"]);
  await pass(300);
  queue.ask(["d"]);
  await pass(300);
  assert.deepEqual([asked, dropped], [["a"], ["a"]]);
  await pass(2000);
  assert.deepEqual(asked, ["a", "d"]);
});

test("while a knob turns a table keeps its rows, if there will be as many", async (context) => {
  const { queue, pass, took } = begin(context);
  queue.ask(["a", "b"]);
  await pass(2000);
  queue.ask(["c", "d"]);
  await pass(1100);
  assert.deepEqual(took.at(-1), ["cb", false]);
  assert.deepEqual(queue.answers, [{ of: "c" }]);
  await pass(1000);
  queue.ask(["e"]);
  await pass(2000);
  assert.deepEqual(took.at(-1), ["e", true]);
});

test("“cancel” asks for no more and keeps what has come; “go on” goes on", async (context) => {
  const { queue, pass, asked, dropped, took } = begin(context);
  const { ui } = given.words.en;
  queue.ask(["a", "b", "c"]);
  await pass(1100);
  assert.equal(queue.button.textContent, ui.batch_cancel);
  happen(queue.button, "click");
  await pass(5000);
  assert.deepEqual([asked, dropped], [["a", "b"], ["b"]]);
  assert.equal(queue.button.textContent, ui.batch_go_on);
  assert.equal(document.activeElement, queue.button);
  happen(queue.button, "click");
  await pass(5000);
  assert.deepEqual(asked, ["a", "b", "b", "c"]);
  assert.deepEqual(took.at(-1), ["abc", true]);
});

test("nothing wanted means nothing asked", async (context) => {
  const { queue, pass, dropped, took } = begin(context);
  queue.ask(["a"]);
  await pass(10);
  queue.ask(null);
  await pass(5000);
  assert.deepEqual([dropped, took], [["a"], []]);
});

test("what went wrong is said once, and no more is asked for", async (context) => {
  const { queue, pass, asked, failed } = begin(context, { broken: ["b"] });
  queue.ask(["a", "b", "c"]);
  await pass(5000);
  assert.deepEqual([asked, failed], [["a", "b"], ["b"]]);
  assert.equal(queue.running, false);
});
