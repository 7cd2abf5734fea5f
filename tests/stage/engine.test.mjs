// The race in the browser: which changes it takes over, what it makes of them, and when the server hears of it.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Engine } from "../../stage/engine/engine.js";
import { Live } from "../../stage/engine/live.js";
import { changed, completed, raced } from "../../stage/engine/predict.js";
import { partings } from "../../stage/engine/rounding.js";
import { Surface } from "../../stage/engine/terrain.js";
import { unpackAnswer } from "../../stage/figures/frames.js";
import { fakeClock } from "./clock.mjs";
import { given } from "./given.mjs";

const answer = unpackAnswer(given.answer);
const loaded = (path) => import(`data:text/javascript,${encodeURIComponent(given.modules[path])}`);

async function engineOf(from = answer) {
  const engine = new Engine(async (path) => given.tables[path], loaded);
  await engine.prepare(from);
  return engine;
}

const near = (one, other, bound = 1e-5) =>
  one.length === other.length &&
  one.every((value, k) => Math.abs(value - other[k]) <= bound * (1 + Math.abs(other[k])));

test("what the server has raced comes out of the race here", async () => {
  const engine = await engineOf();
  const again = raced(answer, engine.partsOf(answer));
  for (const [index, lane] of again.lanes.entries()) {
    const before = answer.lanes[index];
    for (const name of ["x", "y", "losses"]) assert.ok(near(lane[name], before[name]), `${before.id} ${name}`);
    assert.equal(lane.last, before.last);
  }
  for (const name of ["points", "gradients", "estimates", "seen", "rates", "M", "G", "updates"])
    assert.ok(near(again.detail[name], answer.detail[name]), name);
});

test("where a lane of the server's is seen to part from the race here is measured", async () => {
  const engine = await engineOf();
  const [[x0, x1], [y0, y1]] = answer.ground.box;
  const diagonal = Math.hypot(x1 - x0, y1 - y0);
  const moved = (step, by) => answer.lanes[1].x.map((at, t) => at + (t < step ? 0 : by * diagonal));
  const apart = { ...answer.lanes[1], x: moved(7, 0.006) };
  const hardly = { ...answer.lanes[1], x: moved(7, 0.004) };
  const of = (lane) => partings({ ...answer, lanes: answer.lanes.with(1, lane) }, engine.partsOf(answer));
  assert.deepEqual(of(answer.lanes[1]), [null, null, null, null]);
  assert.deepEqual(of(hardly), [null, null, null, null]);
  assert.deepEqual(of(apart), [null, 7, null, null]);
});

test("a draft is raced here, on ground that is known or looked at here", async () => {
  const engine = await engineOf();
  const parts = engine.partsOf(answer);
  const { ground } = answer;
  const lanes = answer.lanes.map((lane) => ({ ...lane, x: [], y: [], losses: [], last: -1, ending: null }));
  const draft = { ...answer, lanes, draft: true, ground: { ...ground, least: null, searching: true } };
  const known = completed(draft, parts, ground);
  assert.deepEqual([known.ground.least, known.ground.terrain], [ground.least, undefined]);
  const looked = completed(draft, parts, { ...ground, query: "f=another" });
  assert.ok(Math.abs(looked.ground.least - ground.least) < 1e-6);
  assert.equal(looked.ground.terrain.losses.length, looked.ground.terrain.columns * looked.ground.terrain.rows);
  for (const made of [known, looked])
    for (const [index, lane] of made.lanes.entries()) {
      assert.ok(near(lane.x, answer.lanes[index].x), lane.id);
      assert.equal(lane.last, answer.lanes[index].last);
    }
});

test("a path that flies off is drawn as far as the server draws it", async () => {
  const away = unpackAnswer(given.away);
  const engine = await engineOf(away);
  const [lane] = raced(away, engine.partsOf(away)).lanes;
  const [before] = away.lanes;
  assert.ok(before.x.length < before.losses.length, "it leaves what can be drawn");
  for (const name of ["x", "y", "losses"]) assert.ok(near(lane[name], before[name], 1e-4), name);
});

test("a start is kept in the box, and knobs are turned where they are", () => {
  const [[low], [, high]] = answer.ground.box;
  assert.deepEqual(changed(answer, { do: "start", to: [low - 9, high + 9] }).ground.start, [low, high]);
  const turned = changed(answer, { do: "lane_knob", lane: 1, knob: "learning_rate", to: 0.5 });
  assert.deepEqual(
    turned.lanes.map(({ knobs }) => knobs.learning_rate === 0.5),
    [false, true, false, false],
  );
  const same = { ...answer, budget: { ...answer.budget, rule: "same" } };
  const all = changed(same, { do: "lane_knob", lane: 1, knob: "learning_rate", to: 0.5 });
  assert.ok(all.lanes.every(({ knobs }) => knobs.learning_rate === 0.5));
  assert.equal(changed(answer, { do: "lane_knob", lane: 0, knob: "clip_at", to: 3 }).lanes[0].extras.clip_at, 3);
});

test("a knob of the surface is a turned ground, sampled when it is raced", async () => {
  const { ground } = answer;
  const turned = changed(answer, { do: "surface_knob", knob: "l2", to: 0.5 });
  assert.deepEqual(turned.ground, { ...ground, knobs: { ...ground.knobs, l2: 0.5 }, terrain: null });
  const engine = await engineOf();
  const made = raced(turned, engine.partsOf(turned));
  const { columns, rows, losses } = made.ground.terrain;
  assert.equal(losses.length, columns * rows);
  const [[x0, x1], [y0, y1]] = ground.box;
  const plain = engine.partsOf(answer).surface.sample(ground.knobs, ground.box, columns);
  losses.forEach((loss, place) => {
    const x = x0 + ((x1 - x0) * (place % columns)) / (columns - 1);
    const y = y0 + ((y1 - y0) * Math.floor(place / columns)) / (rows - 1);
    assert.ok(Math.abs(loss - plain.losses[place] - 0.25 * (x * x + y * y)) < 1e-9);
  });
  assert.notDeepEqual(made.lanes[0].x, answer.lanes[0].x);
  // What was sampled stays while only the start moves.
  const moved = raced(changed(made, { do: "start", to: [1, 1] }), engine.partsOf(made));
  assert.equal(moved.ground.terrain, made.ground.terrain);
  assert.equal(raced(answer, engine.partsOf(answer)).ground.terrain, undefined);
});

test("the least loss is found between the samples, and none where it leads out of the box", () => {
  const box = [
    [-2, 2],
    [-1, 3],
  ];
  const surface = (loss) => new Surface({ ground: ["k"], loss }, [41, 41], new Float64Array(0), 0);
  const least = (loss) => {
    const made = surface(loss);
    return made.least({ k: 100 }, box, made.sample({ k: 100 }, box));
  };
  assert.ok(Math.abs(least(([k], x, y) => (1.03 - x) ** 2 + k * (y - x * x) ** 2)) < 1e-12);
  assert.ok(Math.abs(least(([k], x, y) => k * (x - 0.77) ** 2 + (y + 0.31) ** 2 - 4) + 4) < 1e-12);
  assert.equal(
    least((_, x, y) => x + y * y),
    null,
  );
  assert.equal(
    least(() => NaN),
    null,
  );
});

test("a grid is as fine as frames have time for", () => {
  const surface = new Surface({ ground: [], loss: () => 0 }, [161, 121], new Float64Array(0), 0);
  const spend = (ms, frames) => {
    for (let k = 0; k < frames; k++) surface.spent(ms);
    return surface.columns;
  };
  assert.equal(spend(7, 50), 161);
  assert.equal(spend(300, 1), 81);
  assert.equal(surface.sample({}, answer.ground.box).rows, 61);
  assert.equal(spend(5, 50), 81, "four times as long would be too long");
  assert.equal(spend(500, 50), 41, "and no coarser");
  assert.equal(spend(0.5, 50), 161);
});

test("what only the server can tell is left to it", () => {
  for (const change of [
    { do: "surface", to: "saddle" },
    { do: "surface_knob", knob: "scaling", to: "standard" },
    { do: "surface_knob", knob: "l2", to: "1e" },
    { do: "lane_method", lane: 0, to: "adam" },
    { do: "lane_knob", lane: 9, knob: "learning_rate", to: 1 },
    { do: "lane_knob", lane: 0, knob: "schedule", to: "cosine" },
    { do: "lane_knob", lane: 0, knob: "learning_rate", to: "1e" },
    { do: "lane_knob", lane: 0, knob: "learning_rate", to: NaN },
    { do: "setting", knob: "noise", to: 1 },
    { do: "setting", knob: "steps", to: 10 },
    { do: "start", to: [NaN, 0] },
    { do: "start", to: "1,2" },
  ])
    assert.equal(changed(answer, change), null, JSON.stringify(change));
});

async function hand(context) {
  const engine = await engineOf();
  const clock = fakeClock(context);
  const listeners = {};
  globalThis.window = { addEventListener: (event, call) => (listeners[event] = call) };
  context.after(() => delete globalThis.window);
  const [shown, told] = [[], []];
  const live = new Live(engine, { show: (made) => shown.push(made), push: (change) => told.push(change) });
  const rate = (to) => live.turn({ do: "lane_knob", lane: 0, knob: "learning_rate", to }, shown.at(-1) ?? answer);
  return { ...clock, live, shown, told, rate, listeners };
}

test("many turns are one picture a frame, and one message when the hand rests", async (context) => {
  const { pass, shown, told, rate, live } = await hand(context);
  for (let k = 1; k <= 40; k++) {
    assert.ok(rate(k / 100));
    await pass(8);
  }
  assert.ok(shown.length >= 18 && shown.length <= 21, `${shown.length}`);
  assert.deepEqual(told, []);
  assert.ok(live.busy);
  await pass(1000);
  assert.deepEqual(told, [{ do: "lane_knob", lane: 0, knob: "learning_rate", to: 0.4 }]);
  assert.equal(shown.at(-1).lanes[0].knobs.learning_rate, 0.4);
  assert.ok(!live.busy);
});

test("while a button is down the server is not asked at every pause, and at once when it is released", async (context) => {
  const { pass, told, rate, listeners } = await hand(context);
  listeners.pointerdown();
  rate(0.1);
  await pass(900);
  assert.deepEqual(told, []);
  listeners.pointerup();
  await pass(1);
  assert.equal(told.length, 1);
});

test("a change that is the server's comes after those before it", async (context) => {
  const { told, rate, live } = await hand(context);
  rate(0.1);
  assert.equal(live.turn({ do: "lane_add" }, answer), false);
  assert.equal(told.length, 1);
});

test("an answer that knows less is shown with what it does not know yet", async (context) => {
  const { live, rate } = await hand(context);
  rate(0.2);
  const unanswered = [{ do: "start", to: [1, 1] }];
  const over = live.over(answer, unanswered);
  assert.deepEqual(over.ground.start, [1, 1]);
  assert.equal(over.lanes[0].knobs.learning_rate, 0.2);
  assert.equal(over.lanes[0].x[0], 1);
});

test("without its modules nothing is taken over", async (context) => {
  fakeClock(context);
  globalThis.window = { addEventListener: () => {} };
  context.after(() => delete globalThis.window);
  const engine = new Engine(
    async () => ({}),
    () => Promise.reject(new Error("offline")),
  );
  await assert.rejects(engine.prepare(answer), /offline/);
  const live = new Live(engine, { show: assert.fail, push: assert.fail });
  assert.equal(live.turn({ do: "start", to: [1, 1] }, answer), false);
});
