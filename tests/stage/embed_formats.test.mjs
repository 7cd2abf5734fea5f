// Snippets: what was chosen is in their addresses, and nothing in a scene or its name can leave its place.

import assert from "node:assert/strict";
import { test } from "node:test";

import { FORMATS, SIZES, USUAL, choicesIn, frameOf } from "../../stage/controls/embed_formats.js";

const HOME = "https://example.org/course/";
const SCENE = "v=1&f=saddle&at=-2.5,0.01&lane=adam:lr=0.1";
const LINK = `${HOME}?${SCENE}`;

const snippet = (change = {}, link = LINK, title = "Saddle: Adam") => {
  const choices = { ...USUAL, ...choicesIn(link), ...change };
  return FORMATS.find(({ id }) => id === choices.format).text(frameOf(choices, link, title));
};
const plain = (text) => text.replaceAll("&amp;", "&");
const addresses = (text) => [...plain(text).matchAll(/https:[^")]*/g)].map(([each]) => each);
const parts = (address) => address.slice(address.indexOf("?") + 1).split("&");

test("each format shows the scene and leads to it", () => {
  for (const { id, told } of FORMATS) {
    const found = addresses(snippet({ format: id }));
    for (const each of found) assert.ok(each.includes(SCENE), `${id}: ${each}`);
    const frames = found.filter((each) => each.includes("embed=true"));
    assert.equal(frames.length, id === "picture" ? 0 : 1, id);
    assert.ok(found.includes(LINK), id);
    assert.equal(snippet({ format: id }).includes("data-src="), Boolean(told), id);
  }
});

test("Markdown has one block without an empty line", () => {
  for (const { id } of FORMATS) assert.doesNotMatch(snippet({ format: id }), /\n\s*\n/);
});

test("the picture for paper is asked for when it is printed, and can be left out", () => {
  const picture = `${HOME}optiscape/export/picture.png?${SCENE}&hide=surface&size=640x360`;
  for (const { id } of FORMATS.filter((each) => !["picture", "moodle"].includes(each.id))) {
    assert.ok(addresses(snippet({ format: id })).includes(picture), id);
    assert.match(snippet({ format: id }), /@media print/);
    assert.doesNotMatch(snippet({ format: id, print: false }), /picture\.png|<style>/);
  }
  assert.doesNotMatch(snippet({ format: "moodle" }), /<style>|<img/); // they would be taken away
});

test("sizes", () => {
  for (const size of SIZES) {
    const text = snippet({ size, width: 500, height: 250 });
    const fixed = { "640x360": 'width="640" height="360"', "960x540": 'width="960" height="540"', own: 'width="500"' }[
      size
    ];
    if (fixed) assert.ok(text.includes(fixed), size);
    else assert.match(text.split("\n")[1], /style="border:0;max-width:100%;width:100%;aspect-ratio:500\/250"/);
  }
});

test("who plays by itself says so; slides that are told say when, and can be told to keep quiet", () => {
  const asked = (change) => parts(addresses(snippet(change))[0]).find((part) => part.startsWith("autoplay"));
  assert.equal(asked({}), undefined);
  assert.equal(asked({ plays: true }), "autoplay=1");
  assert.equal(asked({ format: "marp" }), "autoplay=1");
  assert.equal(asked({ format: "marp", plays: false }), undefined);
  assert.equal(asked({ format: "reveal" }), "autoplay=slide");
  assert.equal(asked({ format: "reveal", plays: false }), "autoplay=0");
});

test("what is shown replaces what the scene says of it", () => {
  const shown = (change, more = "") =>
    parts(addresses(snippet(change, LINK + more))[0]).filter((part) => /^(hide|hero|measure)=/.test(part));
  assert.deepEqual(shown({}), []);
  assert.deepEqual(shown({}, "&hide=controls,losses&hero=both"), [
    "hide=controls,data,losses",
    "hero=both",
    "measure=none",
  ]);
  assert.deepEqual(shown({ shown: "both" }, "&hide=controls,losses"), ["hide=controls"]);
  assert.deepEqual(shown({ shown: "losses" }, "&measure=rate"), ["hero=losses", "measure=rate"]);
  assert.deepEqual(shown({ shown: "both" }, "&hero=losses"), []);
  assert.deepEqual(shown({ hidden: ["points"] }), ["hide=points"]);
});

test("theme, language and a background that shows through", () => {
  const text = snippet({ theme: "dark", lang: "zh", clear: true }, `${LINK}&lang=en`);
  for (const each of addresses(text))
    assert.deepEqual(
      parts(each).filter((part) => /lang|theme/.test(part)),
      ["lang=zh", "theme=dark"],
    );
  assert.ok(parts(addresses(text)[0]).includes("background=none"));
  assert.match(text, /style="border:0;max-width:100%;color-scheme:dark"/);
  assert.match(snippet({ clear: true }), /color-scheme:light dark/);
});

test("no formula and no name gets out of its attribute, its fence or its brackets", () => {
  const link = `${HOME}?v=1&formula=sin(x)**2+{{y}}\`'"><script>&at=0,0`;
  const title = '```\n\n"><script>{{x}}](https://evil.example) & more';
  for (const { id } of FORMATS) {
    const text = snippet({ format: id }, link, title);
    assert.doesNotMatch(text, /<script|\{\{y/, id);
    for (const each of addresses(text).filter((found) => found.startsWith(HOME))) {
      const formula = new URLSearchParams(each.slice(each.indexOf("?")).replaceAll("+", "%2B")).get("formula");
      assert.equal(formula, "sin(x)**2+{{y}}`'\"><script>", id);
    }
    if (id === "picture") assert.equal(text.match(/\]\(/g).length, 2);
    else assert.equal(text.split('title="')[1].split('"')[0].includes(">"), false);
    assert.ok((text.match(/```/g) ?? []).length <= 2, id);
  }
});
