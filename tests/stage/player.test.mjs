// The playhead: it moves by the clock, stands on whole steps, and stays within the race.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Player, SPEEDS } from "../../stage/session/player.js";
import { fakeClock } from "./clock.mjs";
import { fakePage } from "./page.mjs";

function begin(context, { last = 120, ...page } = {}) {
  const clock = fakeClock(context);
  const around = fakePage(context, page);
  const moves = [];
  const player = new Player((at, playing) => moves.push([at, playing]));
  player.setLast(last);
  player.standAt(0);
  return { ...clock, ...around, player, moves };
}

test("a race takes six seconds, however many steps it has", async (context) => {
  for (const last of [120, 1000]) {
    const { player, moves, pass } = begin(context, { last });
    player.play();
    await pass(3000);
    assert.ok(Math.abs(player.at / last - 0.5) < 0.02, `${player.at} of ${last}`);
    await pass(3200);
    assert.deepEqual(moves.at(-1), [last, false]);
    assert.equal(player.playing, false);
  }
});

test("a short race does not drag: five steps a second at least", async (context) => {
  const { player, pass } = begin(context, { last: 10 });
  player.play();
  await pass(1000);
  assert.ok(Math.abs(player.at - 5) < 0.2, `${player.at}`);
});

test("it never goes back while it plays, and is twice as far at twice the speed", async (context) => {
  const { player, moves, pass } = begin(context);
  assert.ok(SPEEDS.includes(2));
  player.speed = 2;
  player.play();
  await pass(1500);
  const places = moves.map(([at]) => at);
  assert.deepEqual(
    places,
    places.toSorted((a, b) => a - b),
  );
  assert.ok(places.length > 50 && Math.abs(player.at - 60) < 3, `${player.at}`);
});

test("a tab that was away for long goes on where it was", async (context) => {
  const { player, pass } = begin(context);
  player.play();
  await pass(500);
  const before = player.at;
  player.tick(performance.now() + 60000);
  assert.ok(player.at - before <= 0.1 * 20 + 1e-9, `${player.at - before}`);
});

test("a pause stands on a whole step and says so; another pause says nothing", async (context) => {
  const { player, moves, pass } = begin(context);
  player.play();
  await pass(510);
  player.pause();
  assert.ok(Number.isInteger(player.at) && player.at > 5);
  assert.deepEqual(moves.at(-1), [player.at, false]);
  const { length } = moves;
  player.pause();
  await pass(1000);
  assert.equal(moves.length, length);
});

test("playing from the end begins anew", (context) => {
  const { player, moves } = begin(context);
  player.standAt(120);
  player.toggle();
  assert.deepEqual(moves, [[0, true]]);
  player.toggle();
  assert.equal(player.playing, false);
});

test("in a loop it begins anew and goes on", async (context) => {
  const { player, pass } = begin(context);
  player.loop = true;
  player.play();
  await pass(7000);
  assert.ok(player.playing && player.at > 5 && player.at < 35, `${player.at}`);
});

test("readers who asked for less motion see whole steps only", async (context) => {
  const { player, moves, pass } = begin(context, { calm: true });
  player.play();
  await pass(1000);
  assert.ok(moves.length > 10 && moves.every(([at]) => Number.isInteger(at)));
});

test("seeking stays within the race and is said; resting is not said", (context) => {
  const { player, moves } = begin(context);
  player.seek(500);
  player.seek(-3);
  player.step(1);
  player.standAt(7);
  assert.deepEqual(moves, [
    [120, false],
    [0, false],
    [1, false],
  ]);
  assert.equal(player.at, 7);
});

test("whoever stands at the end stays there when the race becomes longer or shorter", (context) => {
  const { player } = begin(context);
  player.standAt(120);
  player.setLast(300);
  assert.equal(player.at, 300);
  player.standAt(200);
  player.setLast(100);
  assert.equal(player.at, 100);
  player.standAt(50);
  player.setLast(400);
  assert.equal(player.at, 50);
});
