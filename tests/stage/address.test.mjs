// The address: the server's spelling, the view's, and the reader's; one gesture is one step of the history.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Address } from "../../stage/session/address.js";
import { LANGUAGES, Reader } from "../../stage/session/reader.js";
import { fakeClock } from "./clock.mjs";
import { given } from "./given.mjs";
import { fakePage } from "./page.mjs";

function begin(context, search = "", saved = null) {
  const clock = fakeClock(context);
  const page = fakePage(context, { search });
  const visits = [];
  const address = new Address((where) => visits.push(where), saved);
  address.kept = ["lang", "theme", "embed"];
  const press = (type, timeStamp, target = page.element("button")) => {
    const event = new Event(type);
    Object.defineProperties(event, { timeStamp: { value: timeStamp }, target: { value: target } });
    page.window.dispatchEvent(event);
  };
  return { ...clock, ...page, address, visits, press };
}

test("the first spelling takes the place of what was asked for", (context) => {
  const { address, entries } = begin(context, "?f=bowl&lang=zh&other=1");
  address.setScene("v=1&f=bowl");
  assert.deepEqual(entries, ["?v=1&f=bowl&lang=zh"]);
});

test("each gesture is one step of the history, and all that follows from it is the same step", (context) => {
  const { address, entries, press } = begin(context);
  address.setScene("v=1");
  press("pointerdown", 0);
  address.setScene("v=1&steps=2");
  address.setScene("v=1&steps=3");
  press("pointerdown", 10);
  address.setScene("v=1&steps=4");
  assert.deepEqual(entries, ["?v=1", "?v=1&steps=3", "?v=1&steps=4"]);
});

test("keys pressed in a row are one gesture, keys after a pause another", (context) => {
  const { address, entries, press } = begin(context);
  address.setScene("v=1");
  press("keydown", 0);
  address.setScene("v=1&steps=2");
  press("keydown", 800);
  address.setScene("v=1&steps=3");
  press("keydown", 1900);
  address.setScene("v=1&steps=4");
  assert.deepEqual(entries, ["?v=1", "?v=1&steps=3", "?v=1&steps=4"]);
});

test("a choice from a menu is a gesture; the change of a slider belongs to the press before", (context) => {
  const { address, entries, press, element } = begin(context);
  address.setScene("v=1");
  press("pointerdown", 0);
  address.setScene("v=1&steps=2");
  press("change", 5, element("input"));
  address.setScene("v=1&steps=3");
  press("change", 9, element("select"));
  address.setScene("v=1&steps=4");
  press("change", 12, element("button")); // of a list of ours, see controls/chooser.js
  address.setScene("v=1&steps=5");
  assert.deepEqual(entries, ["?v=1", "?v=1&steps=3", "?v=1&steps=4", "?v=1&steps=5"]);
});

test("the view is written soon, once, without a step of the history; what is null is left out", async (context) => {
  const { address, entries, pass } = begin(context);
  address.setScene("v=1");
  address.setView({ step: 3, hide: "", probe: null });
  await pass(100);
  address.setView({ step: 4, loss: "linear" });
  assert.deepEqual(entries, ["?v=1"]);
  await pass(200);
  assert.deepEqual(entries, ["?v=1&step=4&loss=linear"]);
});

test("nothing is written before the scene is known", async (context) => {
  const { address, entries, pass } = begin(context, "?f=bowl");
  address.setView({ step: 3 });
  await pass(1000);
  assert.deepEqual(entries, ["?f=bowl"]);
});

test("what belongs to the reader is kept, spelled safely, and can be changed", (context) => {
  const { address, entries } = begin(context, "?theme=a%26b");
  address.setScene("v=1");
  assert.deepEqual(entries, ["?v=1&theme=a%26b"]);
  assert.equal(address.reader("theme"), "a&b");
  address.setReader("lang", "zh");
  assert.equal(entries.at(-1), "?v=1&lang=zh&theme=a%26b");
  assert.equal(entries.length, 1);
});

test("a link shows this scene, in the reader's language, and embeds it where that is wanted", (context) => {
  const { address } = begin(context, "?lang=zh&theme=dark");
  address.setScene("v=1");
  address.setView({ step: 2 });
  assert.equal(address.link(), "https://example.org/course/?v=1&step=2&lang=zh");
  assert.equal(address.link({ embed: "true" }), "https://example.org/course/?v=1&step=2&lang=zh&embed=true");
  assert.equal(address.link({ lang: "en" }), "https://example.org/course/?v=1&step=2&lang=en");
});

test("whether the page is embedded is said by the address alone", (context) => {
  assert.equal(begin(context, "?embed=true").address.embedded, true);
  assert.equal(begin(context, "?embed=1").address.embedded, false);
});

test("after the browser went back nothing is written over it until the server has answered", async (context) => {
  const { address, entries, visits, window, pass } = begin(context);
  address.setScene("v=1&steps=9");
  entries.push("?v=1&steps=8");
  window.dispatchEvent(new Event("popstate"));
  address.setView({ step: 3 });
  await pass(1000);
  assert.deepEqual(visits, ["?v=1&steps=8"]);
  assert.equal(entries.at(-1), "?v=1&steps=8");
  address.setScene("v=1&steps=8");
  assert.equal(entries.at(-1), "?v=1&steps=8&step=3");
});

test("the reader's language and theme are those of the address, or else those of the browser", (context) => {
  assert.deepEqual(Object.keys(LANGUAGES).sort(), Object.keys(given.words).sort());
  const { address, entries, window } = begin(context, "?lang=zh&theme=dark");
  const media = Object.assign(new EventTarget(), { matches: false });
  window.matchMedia = () => media;
  const heard = [];
  const reader = new Reader(address, () => heard.push(reader.theme));
  assert.deepEqual([reader.language, reader.theme], ["zh", "dark"]);
  address.setScene("v=1");
  reader.language = "en";
  reader.theme = "light";
  assert.equal(entries.at(-1), "?v=1&lang=en&theme=light");
  entries.push("?lang=tlh&theme=pink");
  assert.deepEqual([reader.language in LANGUAGES, reader.theme], [true, "light"]);
  media.matches = true;
  media.dispatchEvent(new Event("change"));
  assert.deepEqual(heard, ["dark"]);
});

test("a page that was saved keeps its address to itself", (context) => {
  const { address, entries } = begin(context, "", "?lang=zh");
  assert.equal(address.reader("lang"), "zh");
  address.setScene("v=1&f=bowl");
  address.setReader("theme", "dark");
  assert.deepEqual([entries, address.search], [[""], "?v=1&f=bowl&lang=zh&theme=dark"]);
  const link = address.link({}, "https://example.org/");
  assert.equal(link, "https://example.org/?v=1&f=bowl&lang=zh");
});

/** Three steps, each a gesture, and the browser at the last of them. */
function walked(context) {
  const begun = begin(context);
  const { address, press, history, window } = begun;
  const steps = [];
  address.onSteps = () => steps.push(address.steps);
  address.setScene("v=1");
  press("pointerdown", 0);
  address.setScene("v=1&steps=2");
  press("pointerdown", 10);
  address.setScene("v=1&steps=3");
  const arrive = (step) => {
    history.state = { ...history.state, optiscape: step };
    window.dispatchEvent(new Event("popstate"));
  };
  return { ...begun, steps, arrive };
}

test("each step knows its number, beside what others have written there", (context) => {
  const { address, history, steps } = walked(context);
  assert.deepEqual(history.state, { kept: true, optiscape: 2 });
  assert.deepEqual(address.steps, { back: 2, forward: 0 });
  assert.deepEqual(steps.at(-1), address.steps);
});

test("undo goes back as far as this page reaches, and redo forward again", (context) => {
  const { address, travels, arrive } = walked(context);
  address.travel(1);
  assert.deepEqual(travels, []);
  address.travel(-1);
  arrive(1);
  assert.deepEqual(address.steps, { back: 1, forward: 1 });
  address.travel(-1);
  arrive(0);
  address.travel(-1);
  address.travel(1);
  assert.deepEqual(travels, [-1, -1, 1]);
});

test("what is asked for on the way is done on arrival", (context) => {
  const { address, travels, arrive } = walked(context);
  for (let press = 0; press < 3; press++) address.travel(-1);
  assert.deepEqual(travels, [-1]);
  arrive(1);
  assert.deepEqual(travels, [-1, -1]);
});

test("a new step after undo is the last one", (context) => {
  const { address, arrive, press } = walked(context);
  address.travel(-2);
  arrive(0);
  address.setScene("v=1");
  press("pointerdown", 20);
  address.setScene("v=1&steps=9");
  assert.deepEqual(address.steps, { back: 1, forward: 0 });
});

test("a page that is loaded again knows how far it may go back, and not what lies ahead", (context) => {
  const { history, window } = walked(context);
  history.state = { optiscape: 1 };
  const again = new Address(() => {}, null);
  assert.deepEqual(again.steps, { back: 1, forward: 0 });
  history.state = { optiscape: 4 };
  window.dispatchEvent(new Event("popstate"));
  history.state = { optiscape: 2 };
  window.dispatchEvent(new Event("popstate"));
  assert.deepEqual(again.steps, { back: 2, forward: 2 });
  window.dispatchEvent(Object.assign(new Event("pageshow"), { persisted: true }));
  assert.deepEqual(again.steps, { back: 2, forward: 0 });
});

test("the history of a frame is not ours, and a saved page has none", (context) => {
  const { address, window } = walked(context);
  window.parent = {};
  assert.deepEqual([address.owned, address.steps], [false, { back: 0, forward: 0 }]);
  assert.equal(begin(context, "", "?lang=zh").address.owned, false);
});

test("another page is a step of the history, and what was seen before belongs to the step before", async (context) => {
  const { address, entries, press, pass } = begin(context);
  address.setScene("v=1");
  press("pointerdown", 0);
  address.setView({ step: 3 });
  press("pointerdown", 100);
  address.setView({ step: 3, page: "fair" }, true);
  assert.deepEqual(entries, ["?v=1&step=3", "?v=1&step=3&page=fair"]);
  address.setView({ step: 4, page: "fair" });
  await pass(1000);
  assert.deepEqual(entries, ["?v=1&step=3", "?v=1&step=4&page=fair"]);
});
