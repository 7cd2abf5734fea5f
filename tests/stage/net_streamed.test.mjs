// A fact that is drawn while it is worked on, and can be stopped.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Streamed } from "../../stage/networks/streamed.js";
import { given } from "./given.mjs";
import { fakePage, happen } from "./page.mjs";

const { ui } = given.words.en;
const turns = async (count = 16) => {
  for (let turn = 0; turn < count; turn++) await new Promise((done) => setTimeout(done, 1));
};

/** A request around made-up answers to each path; `said` is what was asked, forgotten and dropped. */
function streamed(test, answers) {
  fakePage(test);
  const said = [];
  const shown = [];
  const failed = [];
  const facts = {
    get: async (path) => {
      said.push(`get ${path}`);
      await new Promise((done) => setTimeout(done, 1)); // an answer takes its time
      const answer = answers[path].length > 1 ? answers[path].shift() : answers[path][0];
      if (answer instanceof Error) throw answer;
      return answer;
    },
    forget: (path) => said.push(`forget ${path}`),
    drop: (path) => said.push(`drop ${path}`),
  };
  const request = new Streamed(
    facts,
    ui,
    (answer, whole) => shown.push([answer.lanes, whole]),
    (error) => failed.push(error.message),
  );
  return { request, said, shown, failed };
}

test("each part is shown, and the whole last", async (t) => {
  const parts = [{ done: 1, parts: 4, lanes: 1 }, { done: 3, parts: 4, lanes: 2 }, { lanes: 3 }];
  const { request, said, shown } = streamed(t, { a: parts });
  request.ask("a");
  await turns();
  assert.deepEqual(shown, [
    [1, false],
    [2, false],
    [3, true],
  ]);
  assert.deepEqual(said, ["get a", "forget a", "get a", "forget a", "get a"]);
  assert.ok(request.whole && !request.running);
  request.ask("a"); // which is known
  await turns();
  assert.equal(shown.length, 3);
});

test("another question ends the one before, and what comes of that is not shown", async (t) => {
  const { request, said, shown } = streamed(t, { a: [{ done: 1, parts: 9, lanes: "a" }], b: [{ lanes: "b" }] });
  request.ask("a");
  await turns(6);
  request.ask(null);
  assert.equal(said.at(-1), "drop a");
  const count = shown.length;
  await turns();
  assert.equal(shown.length, count);
});

test("cancel stops it, and the same button goes on", async (t) => {
  const { request, said } = streamed(t, { a: [{ done: 1, parts: 3, lanes: 0 }] });
  request.ask("a");
  await turns(6);
  request.reveal();
  assert.equal(request.button.textContent, ui.batch_cancel);
  happen(request.button, "click");
  const count = said.length;
  await turns();
  assert.equal(said.length, count);
  assert.equal(request.button.textContent, ui.batch_go_on);
  assert.equal(request.node.hidden, false);
  assert.equal(request.said.textContent, "33% trained");
  happen(request.button, "click");
  await turns(6);
  const again = said.length > count && request.running;
  request.ask(null); // or it would go on for ever
  assert.ok(again);
});

test("what fails is told once", async (t) => {
  const { request, failed } = streamed(t, { a: [new Error("gone")] });
  request.ask("a");
  await turns();
  assert.deepEqual(failed, ["gone"]);
  assert.ok(!request.running);
});

test("a picture that stays empty says why, until something else is asked for", async (t) => {
  const { request, shown } = streamed(t, { a: [{ missing: true, lanes: [] }], b: [{ lanes: 1 }] });
  request.ask("a");
  await turns();
  assert.deepEqual([request.waiting.hidden, request.waiting.textContent], [false, ui.net_missing]);
  request.ask("b");
  assert.ok(request.waiting.hidden);
  await turns(300);
  assert.deepEqual(shown.at(-1), [1, true]);
  assert.ok(request.waiting.hidden);
});

test("an empty picture says what it waits for until the first answer, and not after a stop", async (t) => {
  let answer = () => {};
  fakePage(t);
  const facts = { get: () => new Promise((done) => (answer = done)), forget: () => {}, drop: () => {} };
  const request = new Streamed(facts, ui, () => {}, assert.fail);
  request.ask("a");
  await turns(3);
  assert.ok(request.waiting.hidden); // what is known is there at once
  await new Promise((done) => setTimeout(done, 450));
  assert.ok(!request.waiting.hidden);
  answer({ done: 1, parts: 2 });
  await turns(3);
  assert.ok(request.waiting.hidden && request.running);
  request.ask("b");
  await new Promise((done) => setTimeout(done, 750));
  assert.ok(!request.waiting.hidden);
  request.cancel();
  assert.ok(request.waiting.hidden);
});
