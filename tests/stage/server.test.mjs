// Who answers: the server by address, and where that is refused a session.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Conversation } from "../../stage/session/conversation.js";
import { fakeClock } from "./clock.mjs";

const GROUND = { searching: false };
const SESSION = { token: "s", applied: 0, visit: 0, spelling: "f=bowl", ground: GROUND };
const TURN = (to) => ({ do: "setting", knob: "steps", to });
const spellingOf = (path) => decodeURIComponent(path.slice("answer.json?".length));

/** A server that answers when told to; what it was asked, what was shown, and what a session was sent. */
function begin(context, search = "?f=bowl", brought = null) {
  const clock = fakeClock(context);
  globalThis.location = { search };
  const document = globalThis.document;
  globalThis.document = { querySelector: () => null };
  context.after(() => (globalThis.document = document));
  const asked = [];
  const shown = [];
  const failed = [];
  const sent = [];
  const handed = [];
  const conversation = new Conversation(
    (path, signal) =>
      new Promise((answer, fail) => {
        signal.addEventListener("abort", () => fail(signal.reason));
        asked.push({
          path,
          answer: async (more) => (answer({ spelling: spellingOf(path), ground: GROUND, ...more }), settle()),
          fail,
        });
      }),
    {
      answered: async (message) => {
        shown.push(message);
      },
      failed: (error) => failed.push(error.message),
      sent: () => handed.push(conversation.visits),
    },
  );
  conversation.begin(search, brought);
  const send = (name, message) => sent.push([name, message]);
  return {
    ...clock,
    conversation,
    asked,
    shown,
    failed,
    sent,
    send,
    handed,
    paths: () => asked.map(({ path }) => path),
  };
}

const settle = () => new Promise((done) => setImmediate(done));
const told = ({ spelling, applied, visit }) => [spelling, applied, visit];

test("what the page has brought is shown, and nothing is asked for", async (context) => {
  const { shown, asked } = begin(context, "?f=bowl", { spelling: "v=1&f=bowl", ground: GROUND });
  assert.deepEqual(shown.map(told), [["v=1&f=bowl", 0, 0]]);
  assert.equal(asked.length, 0);
});

test("what it has not is asked for, and where that fails it is said", async (context) => {
  const { shown, asked, failed } = begin(context);
  assert.equal(asked[0].path, "answer.json?f=bowl");
  asked[0].fail(new Error("no network"));
  await settle();
  assert.deepEqual([shown, failed], [[], ["no network"]]);
});

test("without a session turns go into the address, in their order, one question at a time", async (context) => {
  const { conversation, asked, shown, paths } = begin(context, "?f=bowl", { spelling: "f=bowl", ground: GROUND });
  conversation.push(TURN(7));
  conversation.push(TURN(8));
  conversation.push(TURN(9)); // replaces the one before, which still waits
  const change = (to) => `change=${encodeURIComponent(JSON.stringify(TURN(to)))}`;
  assert.deepEqual(paths(), [`answer.json?f=bowl&${change(7)}`]);
  await asked[0].answer({ spelling: "f=bowl&steps=7" });
  assert.deepEqual(paths().slice(1), [`answer.json?f=bowl&steps=7&${change(9)}`]);
  await asked[1].answer({ spelling: "f=bowl&steps=9" });
  assert.deepEqual(shown.map(told).slice(1), [
    ["f=bowl&steps=7", 1, 0],
    ["f=bowl&steps=9", 3, 0],
  ]);
  assert.equal(conversation.busy, false);
});

test("a question that takes long is not asked twice, one that failed is asked again", async (context) => {
  const { conversation, asked, pass } = begin(context, "?f=bowl", { spelling: "f=bowl", ground: GROUND });
  conversation.push(TURN(7));
  await pass(100_000);
  assert.equal(asked.length, 1);
  asked[0].fail(new Error("no network"));
  await settle();
  await pass(100_000);
  assert.equal(asked.length, 2);
  assert.equal(asked[0].path, asked[1].path);
});

test("who goes elsewhere is not held up by what was asked before", async (context) => {
  const { conversation, asked, shown } = begin(context, "?f=bowl", { spelling: "f=bowl", ground: GROUND });
  conversation.push(TURN(7));
  conversation.visit("?f=saddle");
  await settle();
  await asked[1].answer({ spelling: "f=saddle" });
  assert.deepEqual(shown.map(told).at(-1), ["f=saddle", 1, 1]);
  await asked[0].answer({ spelling: "f=bowl&steps=7" });
  assert.equal(shown.length, 2);
  assert.equal(conversation.busy, false);
});

test("a session that comes when addresses are answered again stands by", async (context) => {
  const { conversation, asked, sent, send, pass } = begin(context, "?f=bowl", { spelling: "f=bowl", ground: GROUND });
  conversation.push(TURN(7));
  asked[0].fail(new Error("403"));
  await settle();
  await pass(100_000);
  await asked[1].answer({ spelling: "f=bowl&steps=7" });
  conversation.join(SESSION, send);
  conversation.push(TURN(8));
  assert.deepEqual([asked.length, sent], [3, []]);
});

test("a session stands by, and is told nothing while addresses are answered", async (context) => {
  const { conversation, asked, shown, sent, send } = begin(context, "?f=bowl", { spelling: "f=bowl", ground: GROUND });
  conversation.join(SESSION, send);
  conversation.push(TURN(7));
  conversation.join(SESSION, send);
  assert.deepEqual([shown.length, sent, asked.length], [1, [], 1]);
  await asked[0].answer({ spelling: "f=bowl&steps=7" });
  assert.deepEqual(shown.map(told).at(-1), ["f=bowl&steps=7", 1, 0]);
  conversation.visit("?f=saddle");
  assert.deepEqual([sent, asked.length], [[], 2]);
});

test("a session does not take over because nobody can be reached", async (context) => {
  const { conversation, asked, sent, send, pass } = begin(context, "?f=bowl", { spelling: "f=bowl", ground: GROUND });
  conversation.join(SESSION, send);
  conversation.push(TURN(7));
  asked[0].fail(new TypeError("no network"));
  await settle();
  await pass(100_000);
  assert.deepEqual([sent, asked.length], [[], 2]);
});

test("a session takes over where an address is refused, with what was turned", async (context) => {
  const { conversation, asked, shown, sent, send } = begin(context, "?f=bowl", { spelling: "f=bowl", ground: GROUND });
  conversation.join(SESSION, send);
  conversation.push(TURN(7));
  asked[0].fail(new Error("414 answer.json"));
  await settle();
  assert.deepEqual(sent, [["edits", { token: "s", changes: [[1, TURN(7)]] }]]);
  conversation.join({ ...SESSION, applied: 1, spelling: "f=bowl&steps=7" }, send);
  assert.deepEqual(shown.map(told).at(-1), ["f=bowl&steps=7", 1, 0]);
  assert.equal(conversation.busy, false);
});

test("so does one that comes after the refusal", async (context) => {
  const { conversation, asked, sent, send } = begin(context, "?f=bowl", { spelling: "f=bowl", ground: GROUND });
  conversation.push(TURN(7));
  asked[0].fail(new Error("414 answer.json"));
  await settle();
  conversation.join(SESSION, send);
  assert.deepEqual(sent, [["edits", { token: "s", changes: [[1, TURN(7)]] }]]);
});

test("a session that knows an older scene is told where the reader is", async (context) => {
  const { conversation, asked, sent, send, handed } = begin(context, "?f=bowl", { spelling: "f=bowl", ground: GROUND });
  conversation.join(SESSION, send);
  conversation.push(TURN(7));
  await asked[0].answer({ spelling: "f=bowl&steps=7" });
  globalThis.location.search = "?f=bowl&steps=7"; // as the stage writes it
  conversation.push(TURN(8));
  asked[1].fail(new Error("414 answer.json"));
  await settle();
  assert.deepEqual(sent, [
    ["visit", { visit: 1, search: "?f=bowl&steps=7" }],
    ["edits", { token: "s", changes: [[2, TURN(8)]] }],
  ]);
  assert.deepEqual(handed, [1], "what is on the screen is that visit's");
  conversation.join({ ...SESSION, applied: 2, visit: 1, spelling: "f=bowl&steps=8" }, send);
  assert.equal(conversation.busy, false);
});

test("what a session says before it has heard where the reader is, is not shown", async (context) => {
  const { conversation, asked, shown, send } = begin(context, "?f=bowl", { spelling: "f=bowl", ground: GROUND });
  conversation.join(SESSION, send);
  conversation.visit("?f=saddle");
  await asked[0].answer({ spelling: "f=saddle" });
  conversation.visit("?f=beale");
  asked[1].fail(new Error("414 answer.json"));
  await settle();
  conversation.join(SESSION, send);
  assert.deepEqual(shown.map(told).at(-1), ["f=saddle", 0, 1]);
  conversation.join({ ...SESSION, visit: 3, spelling: "f=beale" }, send);
  assert.deepEqual(shown.map(told).at(-1), ["f=beale", 0, 3]);
});

test("a session that comes before there is any answer gives the first one", async (context) => {
  const { conversation, shown, asked, send } = begin(context);
  conversation.join(SESSION, send);
  assert.equal(shown.length, 0);
  asked[0].fail(new TypeError("no network"));
  await settle();
  assert.deepEqual(shown.map(told), [["f=bowl", 0, 0]]);
});

test("what is searched for or compiled is asked for again, with what was turned", async (context) => {
  const { conversation, asked, paths, pass } = begin(context, "?f=bowl", { spelling: "f=bowl", ground: GROUND });
  conversation.push(TURN(7));
  await asked[0].answer({ spelling: "f=bowl&steps=7", draft: true, ground: { searching: true } });
  assert.equal(asked.length, 1, "a draft stands for a while");
  await pass(300);
  assert.equal(asked.length, 2);
  await asked[1].answer({ spelling: "f=bowl&steps=7", ground: { searching: true } });
  await asked[2].answer({ spelling: "f=bowl&steps=7" });
  await pass(100_000);
  assert.deepEqual(paths(), Array(3).fill(paths()[0]));
});

test("a draft is not asked for again when something else was turned", async (context) => {
  const { conversation, asked, pass } = begin(context, "?f=bowl", { spelling: "f=bowl", ground: GROUND });
  conversation.push(TURN(7));
  await asked[0].answer({ spelling: "f=bowl&steps=7", draft: true, ground: { searching: true } });
  conversation.push(TURN(8));
  await asked[1].answer({ spelling: "f=bowl&steps=8" });
  await pass(100_000);
  assert.equal(asked.length, 2);
});
