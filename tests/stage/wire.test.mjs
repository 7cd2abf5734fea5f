// How changes travel to the server: one message at a time, repeated ever more seldom, never for nothing.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Wire } from "../../stage/session/wire.js";
import { fakeClock } from "./clock.mjs";

/** A wire and what it sends: [when, name, numbers of the changes] of every message. */
function begin(context) {
  const clock = fakeClock(context);
  const sent = [];
  const connection = { connected: true, running: false };
  const wire = new Wire((name, message) => {
    sent.push([clock.now(), name, message.changes?.map(([number]) => number)]);
  }, connection);
  wire.answered({ token: "a", applied: 0, visit: 0 });
  return { ...clock, wire, sent, connection, turn: (to) => wire.push({ do: "setting", knob: "steps", to }) };
}

test("an answered message is sent once", async (context) => {
  const { wire, sent, turn, pass } = begin(context);
  turn(1);
  await pass(500);
  wire.answered({ token: "a", applied: 1 });
  await pass(600000);
  assert.deepEqual(sent, [[0, "edits", [1]]]);
});

test("an unanswered message is repeated after growing pauses with an upper bound", async (context) => {
  const { sent, turn, pass } = begin(context);
  turn(1);
  await pass(300000);
  const pauses = sent.slice(1).map(([when], index) => when - sent[index][0]);
  assert.deepEqual(pauses, [8000, 16000, 32000, 60000, 60000, 60000, 60000]);
});

test("pauses differ from reader to reader", async (context) => {
  for (const [random, pause] of [
    [0, 6000],
    [0.999, 10000],
  ]) {
    const { sent, turn, pass } = begin(context);
    Math.random = () => random;
    turn(1);
    await pass(20000);
    assert.ok(Math.abs(sent[1][0] - pause) <= 10, `${sent[1][0]}`);
  }
});

test("nothing is repeated while the server works on it", async (context) => {
  const { sent, turn, pass, connection } = begin(context);
  turn(1);
  connection.running = true;
  await pass(300000);
  assert.deepEqual(sent, [[0, "edits", [1]]]);
});

test("a message is repeated once the server works no more and has not answered", async (context) => {
  const { sent, turn, pass, connection } = begin(context);
  turn(1);
  connection.running = true;
  await pass(30000);
  connection.running = false;
  await pass(9000);
  assert.equal(sent.length, 2);
});

test("nothing is sent into a broken connection, and soon after it stands again", async (context) => {
  const { wire, sent, turn, pass, connection } = begin(context);
  turn(1);
  await pass(1000);
  connection.connected = false;
  await pass(100000);
  connection.connected = true;
  wire.reconnected();
  await pass(1100);
  assert.deepEqual(
    sent.map(([when]) => when),
    [0, 102000],
  );
});

test("after a reconnection nothing is repeated that was answered", async (context) => {
  const { wire, sent, turn, pass } = begin(context);
  turn(1);
  wire.answered({ token: "a", applied: 1 });
  wire.reconnected();
  await pass(300000);
  assert.deepEqual(sent, [[0, "edits", [1]]]);
});

test("changes wait for the answer, and the last turn of a knob replaces earlier ones", async (context) => {
  const { wire, sent, turn, pass } = begin(context);
  for (const to of [1, 2, 3]) turn(to);
  wire.push({ do: "start", to: [0, 0] });
  await pass(100);
  wire.answered({ token: "a", applied: 1 });
  await pass(100);
  assert.deepEqual(sent, [
    [0, "edits", [1]],
    [100, "edits", [3, 4]],
  ]);
});

test("only turns of the very same knob replace each other", (context) => {
  const { wire, sent } = begin(context);
  wire.push({ do: "lane_knob", lane: 0, knob: "beta1", to: 0.5 }); // under way
  wire.push({ do: "lane_knob", lane: 0, knob: "beta1", to: 0.6 });
  wire.push({ do: "lane_knob", lane: 0, knob: "beta2", to: 0.6 });
  wire.push({ do: "lane_knob", lane: 1, knob: "beta2", to: 0.6 });
  wire.push({ do: "lane_add" });
  wire.push({ do: "lane_add" });
  wire.answered({ token: "a", applied: 1 });
  assert.deepEqual(sent.at(-1), [0, "edits", [2, 3, 4, 5, 6]]);
});

test("what is only partly applied is repeated in that part", async (context) => {
  const { wire, sent, turn, pass } = begin(context);
  turn(1);
  turn(2);
  wire.push({ do: "start", to: [0, 0] });
  wire.answered({ token: "a", applied: 1 });
  wire.answered({ token: "a", applied: 2 });
  await pass(9000);
  assert.deepEqual(sent.at(-1), [8000, "edits", [3]]);
});

test("another session is not told of changes of the one before", async (context) => {
  const { wire, sent, turn, pass } = begin(context);
  turn(1);
  wire.answered({ token: "b", applied: 0 });
  await pass(300000);
  assert.deepEqual(sent, [[0, "edits", [1]]]);
});

test("a visit that was lost with the connection is sent again", async (context) => {
  const { wire, sent, pass } = begin(context);
  wire.visit({ visit: 1, search: "?f=bowl" });
  wire.reconnected();
  await pass(1);
  assert.deepEqual(
    sent.map(([, name]) => name),
    ["visit", "visit"],
  );
});

test("a visit that was answered is not sent again", async (context) => {
  const { wire, sent, pass } = begin(context);
  wire.visit({ visit: 1, search: "" });
  wire.answered({ token: "a", applied: 0, visit: 1 });
  wire.reconnected();
  await pass(1);
  assert.equal(sent.length, 1);
});

test("an answer is asked for anew with a message that changes nothing", async (context) => {
  const { wire, sent, turn, pass } = begin(context);
  wire.again();
  await pass(60000);
  turn(1);
  wire.again();
  await pass(60);
  turn(2);
  assert.deepEqual(sent, [
    [0, "edits", []],
    [60000, "edits", [1]],
  ]);
});
