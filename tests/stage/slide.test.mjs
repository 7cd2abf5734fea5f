// A frame plays while its slide is shown, or while it is in sight.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Slide } from "../../stage/session/slide.js";
import { fakePage, happen } from "./page.mjs";

function begin(context, asked = null) {
  const { window, document } = fakePage(context);
  const parent = {};
  window.parent = parent;
  document.documentElement = {};
  let seen;
  globalThis.IntersectionObserver = class {
    constructor(hear) {
      seen = (isIntersecting) => hear([{ isIntersecting }]);
    }
    observe() {}
  };
  context.after(() => delete globalThis.IntersectionObserver);
  const player = {
    playing: false,
    at: 40,
    play: () => (player.playing = true),
    pause: () => (player.playing = false),
    standAt: (at) => (player.at = at),
  };
  const slide = new Slide(player, { reader: () => asked });
  const say = (data, source = parent) => happen(window, "message", { data, source });
  return { slide, player, say, sight: (isIn) => seen(isIn) };
}

test("it plays from the start when its slide is shown, and pauses when that is left", (context) => {
  const { slide, player, say } = begin(context);
  slide.opened();
  assert.equal(slide.reveals, false);
  say("slide:start");
  assert.deepEqual([player.playing, player.at, slide.reveals], [true, 0, true]);
  say("slide:stop");
  assert.equal(player.playing, false);
});

test("a slide that was shown before the picture stood plays when it does", (context) => {
  const { slide, player, say } = begin(context, "slide");
  say("slide:start");
  assert.equal(player.playing, false);
  slide.opened();
  assert.equal(player.playing, true);
});

test("one that was left before that does not, nor one that never plays by itself, nor for anybody else", (context) => {
  const left = begin(context);
  left.say("slide:start");
  left.say("slide:stop");
  left.slide.opened();
  assert.equal(left.player.playing, false);
  const quiet = begin(context, "0");
  quiet.slide.opened();
  quiet.say("slide:start");
  assert.deepEqual([quiet.player.playing, quiet.slide.reveals], [false, true]);
  const other = begin(context);
  other.slide.opened();
  other.say("slide:start", {});
  assert.equal(other.player.playing, false);
});

test("elsewhere it waits until it is in sight, and while it is not", (context) => {
  const { slide, player, sight } = begin(context, "1");
  slide.playInSight();
  sight(false);
  assert.equal(player.playing, false);
  sight(true);
  assert.equal(player.playing, true);
  sight(false);
  assert.equal(player.playing, false);
  sight(true);
  assert.equal(player.playing, true);
  player.pause(); // by the reader
  sight(false);
  sight(true);
  assert.equal(player.playing, false);
});
