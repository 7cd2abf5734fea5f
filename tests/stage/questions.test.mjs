// The questions of a course: a list of real links, the one that is open, and what there is to notice above the figures.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Caption } from "../../stage/cards/caption.js";
import { Questions } from "../../stage/cards/questions.js";
import { Address } from "../../stage/session/address.js";
import { isFirst, playAtFirst } from "../../stage/session/first_visit.js";
import { Player } from "../../stage/session/player.js";
import { fakeClock } from "./clock.mjs";
import { given } from "./given.mjs";
import { fakePage, happen } from "./page.mjs";

const words = given.words.en;
const { ui, questions } = words;

/** All text below `node`, in its order. */
const textOf = (node) =>
  typeof node === "string" ? node : node.children.length ? node.children.map(textOf).join("") : node.textContent;
const links = (node) => node.all(({ tagName }) => tagName === "A");
const plain = { button: 0, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

function begin(context, { unfolded = false, said = words } = {}) {
  fakePage(context);
  const heard = [];
  const travel = { go: (query) => heard.push(query), href: (query) => `?${query}&lang=zh` };
  const card = new Questions(said, { travel, leave: () => heard.push("leave"), unfolded });
  const caption = new Caption(said, travel);
  const show = (id) => [card, caption].forEach((part) => part.show(id));
  return { card, caption, heard, show };
}

test("there are seventeen at least, each with a place of its own", () => {
  assert.ok(questions.length >= 17);
  for (const key of ["id", "query", "title"]) assert.equal(new Set(questions.map((each) => each[key])).size, 17);
});

test("each is a real link, and a plain click goes there without one", (context) => {
  const { card, heard, show } = begin(context);
  show("none");
  const [first, second] = links(card.node);
  assert.deepEqual(
    links(card.node).map((link) => link.getAttribute("href")),
    questions.map(({ query }) => `?${query}&lang=zh`),
  );
  assert.equal(happen(first, "click", plain).defaultPrevented, true);
  assert.equal(happen(second, "click", { ...plain, ctrlKey: true }).defaultPrevented, false);
  assert.equal(happen(second, "click", { ...plain, button: 1 }).defaultPrevented, false);
  assert.deepEqual(heard, [questions[0].query]);
});

test("the one that is open says what to notice, what to do, and why", (context) => {
  const { card, caption, show } = begin(context);
  const { id, title, notice, answer, ...rest } = questions[2];
  show(id);
  const said = textOf(card.open);
  for (const part of [title, notice, rest.do, answer, "3 / 17"]) assert.ok(said.includes(part), part);
  const answers = card.node.all(({ tagName, className }) => tagName === "DETAILS" && className === "os-answer");
  assert.equal(answers.length, 1);
  assert.equal(answers[0].hasAttribute("open"), false, "the answer comes on demand");
  assert.equal(textOf(caption.node), `${ui.question_notice} ${notice}◀3 / 17▶`);
  const current = links(card.list).filter((link) => link.getAttribute("aria-current") === "true");
  assert.deepEqual(current.map(textOf), [title]);
});

test("the arrows lead to the neighbours, and at both ends there is none", (context) => {
  const { caption, show } = begin(context);
  const targets = (id) => {
    show(id);
    return links(caption.node).map((link) => link.getAttribute("href").replace(/.*question=([\w-]+).*/, "$1"));
  };
  const ids = questions.map(({ id }) => id);
  assert.deepEqual(targets(ids[0]), [ids[1]]);
  assert.deepEqual(targets(ids[5]), [ids[4], ids[6]]);
  assert.deepEqual(targets(ids.at(-1)), [ids.at(-2)]);
});

test("where none is open there is no caption; leaving one shows the list again", (context) => {
  const { card, caption, heard, show } = begin(context);
  show("none");
  assert.deepEqual([caption.node.hidden, card.open.hidden, card.list.open], [true, true, true]);
  assert.ok(!card.node.open && !card.node.hasAttribute("open"), "folded, lest it push the controls away");
  show(questions[0].id);
  assert.deepEqual(
    [caption.node.hidden, card.open.hidden, card.list.open, card.node.open],
    [false, false, false, true],
  );
  const [button] = card.open.all(({ tagName }) => tagName === "BUTTON");
  happen(button, "click");
  assert.deepEqual(heard, ["leave"]);
  show("none");
  assert.deepEqual([caption.node.hidden, card.open.hidden, card.list.open, card.node.open], [true, true, true, true]);
});

test("at a first visit without a link the list stands open", (context) => {
  const { card, show } = begin(context, { unfolded: true });
  show("none");
  assert.equal(card.node.hasAttribute("open"), true);
});

test("a card that is shown again keeps what the reader has opened in it", (context) => {
  const { card, show } = begin(context);
  show(questions[0].id);
  const before = card.open.children;
  show(questions[0].id);
  assert.equal(card.open.children, before);
});

test("Chinese readers read Chinese", (context) => {
  const { card, caption, show } = begin(context, { said: given.words.zh });
  show(questions[0].id);
  assert.match(textOf(caption.node), /^注意：.*第 1 \/ 17 题/);
  assert.ok(textOf(card.open).includes(given.words.zh.questions[0].answer));
});

function arrive(context, { search = "", stored = {}, calm = false } = {}) {
  const clock = fakeClock(context);
  const page = fakePage(context, { search, calm });
  const localStorage = {
    getItem: (name) => stored[name] ?? null,
    setItem: (name, value) => (stored[name] = value),
  };
  const before = Object.getOwnPropertyDescriptor(globalThis, "localStorage");
  Object.defineProperty(globalThis, "localStorage", {
    get: () => {
      if (stored === null) throw new Error("denied");
      return localStorage;
    },
    configurable: true,
  });
  context.after(() =>
    before ? Object.defineProperty(globalThis, "localStorage", before) : delete globalThis.localStorage,
  );
  const player = new Player(() => {});
  player.setLast(150);
  player.standAt(150);
  const address = new Address(() => {}, null);
  address.kept = words.reader;
  const first = isFirst(address);
  address.setScene("v=1"); // the first answer has come: the address is no longer empty
  // Where it is in sight, tests/stage/slide.test.mjs asks.
  playAtFirst(player, address, first, { opened: () => {}, playInSight: () => player.play() });
  return { ...clock, ...page, player, stored };
}

test("a first visit without a link plays once, in four seconds", async (context) => {
  const { player, pass, stored } = arrive(context);
  assert.equal(player.playing, true);
  await pass(2000);
  assert.ok(Math.abs(player.at - 75) < 5, `${player.at}`);
  await pass(2200);
  assert.deepEqual([player.playing, player.at], [false, 150]);
  assert.equal(arrive(context, { stored }).player.playing, false, "the second visit is quiet");
});

test("whatever is pressed ends it, and the whole picture stands", async (context) => {
  for (const type of ["pointerdown", "keydown", "wheel"]) {
    const { player, pass, window } = arrive(context);
    await pass(1000);
    window.dispatchEvent(new Event(type));
    assert.deepEqual([player.playing, player.at], [false, 150], type);
    player.play();
    window.dispatchEvent(new Event(type));
    assert.equal(player.playing, true, "what is played later is the reader's");
    player.pause();
  }
});

test("nothing plays for readers with a link, who asked for less motion, or whose browser keeps nothing", (context) => {
  for (const visit of [{ search: "?f=bowl" }, { calm: true }, { stored: null }])
    assert.equal(arrive(context, visit).player.playing, false);
  assert.equal(arrive(context, { search: "?autoplay=1" }).player.playing, true, "a link may ask for it");
});
