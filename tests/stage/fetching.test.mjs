// How facts are asked for: again when the server is busy, and not at all when nobody wants them any more.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Facts, whole } from "../../stage/session/facts.js";
import { Fetching } from "../../stage/session/fetching.js";
import { LatestRequest } from "../../stage/session/latest_request.js";
import { fakeClock } from "./clock.mjs";

/** A server that gives `answers` in turn, { status, after, ms, body }, and then "of /path"; and who asks it. */
function begin(context, answers = []) {
  const clock = fakeClock(context);
  const asked = [];
  const readers = new Set();
  const { fetch } = globalThis;
  context.after(() => (globalThis.fetch = fetch));
  const bodies = [];
  globalThis.fetch = (url, { headers, signal, method = "GET", body: sent }) => {
    asked.push([clock.now(), url.pathname]);
    bodies.push([method, url.search, sent]);
    readers.add(headers["X-Optiscape-Reader"]);
    const { status, after = null, ms = 0, body } = answers.shift() ?? { status: 200 };
    return new Promise((resolve, reject) => {
      signal?.addEventListener("abort", () => reject(signal.reason));
      setTimeout(() => {
        const json = async () => body ?? `of ${url.pathname}`;
        resolve({ status, ok: status === 200, headers: { get: () => after }, json });
      }, ms);
    });
  };
  const counts = [];
  const fetching = new Fetching(new URL("http://x/"), {}, (count) => counts.push(count));
  const facts = new Facts((path, signal) => fetching.json(path, signal));
  const said = [];
  const request = new LatestRequest(
    facts,
    (answer) => said.push(answer),
    (error) => said.push(`failed ${error.message}`),
  );
  return { ...clock, asked, bodies, readers, counts, fetching, facts, said, request };
}

test("what is too long for an address is the body of the request", (context) => {
  const { fetching, asked, bodies } = begin(context);
  const long = `f=bowl&change=${"x".repeat(4000)}?&`;
  fetching.json("answer.json?f=bowl");
  fetching.json(`answer.json?${long}`);
  assert.deepEqual(bodies, [
    ["GET", "?f=bowl", undefined],
    ["POST", "", long],
  ]);
  assert.deepEqual(
    asked.map(([, path]) => path),
    ["/answer.json", "/answer.json"],
  );
});

test("who is sent away asks again after the pause that was named", async (context) => {
  const answers = [{ status: 429, after: "5" }, { status: 429, after: "2" }, { status: 200 }];
  const { fetching, pass, asked, counts, readers } = begin(context, answers);
  let got;
  fetching.json("a.json").then((json) => (got = json));
  await pass(60000);
  assert.equal(got, "of /a.json");
  const times = asked.map(([when]) => when);
  assert.deepEqual(times, [0, 6250, 8750]); // a quarter later: Math.random() is 0.5
  assert.deepEqual(counts, [1, 0, 1, 0]);
  assert.equal(readers.size, 1);
});

for (const [after, pause] of [
  [null, 1250],
  ["soon", 1250],
  ["-3", 1250],
  ["900", 75000],
]) {
  test(`a pause that makes no sense is put right: ${after}`, async (context) => {
    const { fetching, pass, asked } = begin(context, [{ status: 429, after }]);
    fetching.json("a");
    await pass(100000);
    assert.equal(asked[1][0], pause);
  });
}

test("any other status is an error at once", async (context) => {
  const { fetching, pass, asked } = begin(context, [{ status: 500 }]);
  let error;
  fetching.json("a").catch((reason) => (error = reason.message));
  await pass(1);
  assert.deepEqual([error, asked.length], ["500 a", 1]);
});

test("an answer is asked for once, and for good", async (context) => {
  const { facts, pass, asked } = begin(context);
  facts.get("a");
  await pass(10);
  assert.equal(await facts.get("a"), "of /a");
  assert.equal(asked.length, 1);
});

test("what failed is asked for another time", async (context) => {
  const { facts, pass, asked } = begin(context, [{ status: 500 }]);
  facts.get("a").catch(() => {});
  await pass(10);
  facts.get("a");
  await pass(10);
  assert.equal(asked.length, 2);
});

test("a question that nobody waits for is taken back", async (context) => {
  const { facts, pass, asked, counts, said } = begin(context, [{ status: 429, after: "9" }]);
  facts.get("a").catch((error) => said.push(error.name));
  await pass(10);
  facts.drop("a");
  await pass(60000);
  assert.deepEqual([said, asked.length, counts], [["AbortError"], 1, [1, 0]]);
});

test("a question that another waits for goes on", async (context) => {
  const { facts, pass, asked, said } = begin(context, [{ status: 200, ms: 500 }]);
  const ask = () => facts.get("a").then((json) => said.push(json));
  ask();
  ask();
  facts.drop("a");
  await pass(1000);
  facts.drop("a");
  ask();
  await pass(1);
  assert.deepEqual([said, asked.length], [["of /a", "of /a", "of /a"], 1]);
});

test("a long answer is asked for until it is whole, and says how far it is", async (context) => {
  const parts = [1, 2].map((done) => ({ status: 200, body: { done, parts: 3 } }));
  const { facts, pass, asked, said } = begin(context, parts);
  let got;
  const hear = ({ done, parts: all }) => said.push(done / all);
  whole(facts, "a", () => true, hear).then((answer) => (got = answer));
  await pass(10);
  assert.deepEqual([got, said, asked.length], ["of /a", [1 / 3, 2 / 3], 3]);
});

test("a long answer that is no longer wanted is not asked for again", async (context) => {
  const { facts, pass, asked } = begin(context, [{ status: 200, body: { done: 1, parts: 3 } }]);
  let got;
  whole(facts, "a", () => false).then((answer) => (got = answer));
  await pass(10);
  assert.deepEqual([got, asked.length], [null, 1]);
});

test("the latest request asks one question at a time and skips what is past", async (context) => {
  const answers = [
    { status: 200, ms: 60 },
    { status: 200, ms: 60 },
  ];
  const { request, pass, asked, said } = begin(context, answers);
  for (const path of "abc") {
    request.ask(path);
    await pass(10);
  }
  await pass(500);
  assert.deepEqual(said, ["of /a", "of /c"]);
  assert.deepEqual(
    asked.map(([, path]) => path),
    ["/a", "/c"],
  );
});

test("the latest request takes a slow question back for another", async (context) => {
  const { request, pass, asked, said } = begin(context, [{ status: 200, ms: 90000 }]);
  request.ask("a");
  await pass(2000);
  request.ask("b");
  await pass(100);
  assert.deepEqual(said, ["of /b"]);
  assert.deepEqual(asked, [
    [0, "/a"],
    [2000, "/b"],
  ]);
});

test("the latest request comes back to a question that it took back", async (context) => {
  const answers = [
    { status: 200, ms: 90000 },
    { status: 200, ms: 5 },
  ];
  const { request, pass, asked, said } = begin(context, answers);
  request.ask("a");
  await pass(2000);
  request.ask("b");
  request.ask("a");
  await pass(100);
  assert.deepEqual([said, asked.length], [["of /a"], 2]);
});

test("a latest request that wants nothing takes its question back and says nothing", async (context) => {
  const { request, pass, said } = begin(context, [{ status: 200, ms: 900 }]);
  request.ask("a");
  await pass(10);
  request.ask(null);
  await pass(2000);
  assert.deepEqual(said, []);
});

test("a latest request says what failed", async (context) => {
  const { request, pass, said } = begin(context, [{ status: 500 }]);
  request.ask("a");
  await pass(10);
  assert.deepEqual(said, ["failed 500 a"]);
});

test("the same question is shown again only after it was forgotten", async (context) => {
  const { request, pass, said, asked } = begin(context);
  for (const again of [false, true]) {
    request.ask("a");
    await pass(10);
    request.ask("a");
    await pass(10);
    assert.equal(said.length, again ? 2 : 1);
    request.forget();
  }
  assert.equal(asked.length, 1);
});
