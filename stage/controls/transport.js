// Play, pause, one step back and forward, scrub, speed, loop.

import { el, icon } from "../lib/dom.js";
import { fill } from "../lib/format.js";
import { SPEEDS } from "../session/player.js";

/** @import { Words } from "../types/words.d.ts" */
/** @import { Player } from "../session/player.js" */

export class Transport {
  /**
   * @param {Words} words
   * @param {Player} player
   */
  constructor(words, player) {
    const { ui } = words;
    this.ui = ui;
    this.player = player;
    /**
     * @param {Parameters<typeof icon>[0]} name
     * @param {string} title
     * @param {() => void} onclick
     * @param {string} [key]
     */
    const button = (name, title, onclick, key) =>
      el(
        "button.os-icon",
        { type: "button", title: key ? `${title} (${key})` : title, "aria-label": title, onclick },
        icon(name),
      );
    this.toggle = button("play", ui.play, () => player.toggle(), ui.key_space);
    this.toggle.classList.add("os-play");
    this.loop = button("loop", ui.loop, () => this.setLoop(!player.loop));
    /** @type {HTMLInputElement} */
    this.scrub = el("input.os-slider.os-scrub", {
      type: "range",
      min: 0,
      max: 1,
      step: 1,
      "aria-label": ui.scrub,
      oninput: () => player.seek(Number(this.scrub.value)),
    });
    this.count = el("output.os-count");
    /** @type {HTMLSelectElement} */
    this.speed = el(
      "select.os-select.os-speed",
      { "aria-label": ui.speed, title: ui.speed, onchange: () => (player.speed = Number(this.speed.value)) },
      SPEEDS.map((speed) => el("option", { value: speed, selected: speed === 1 }, `${speed}×`)),
    );
    this.node = el(
      "div.os-transport",
      { role: "group", "aria-label": ui.transport },
      button("back", ui.step_back, () => player.step(-1), "←"),
      this.toggle,
      button("forward", ui.step_forward, () => player.step(1), "→"),
      this.scrub,
      this.count,
      this.loop,
      this.speed,
    );
    /** @type {boolean | undefined} what the button says */
    this.playing = undefined;
    this.setLoop(player.loop);
  }

  /** @param {boolean} on */
  setLoop(on) {
    this.player.loop = on;
    this.loop.setAttribute("aria-pressed", String(on));
  }

  /**
   * @param {number} at
   * @param {number} last
   * @param {boolean} playing
   */
  show(at, last, playing) {
    const step = Math.floor(at);
    this.scrub.max = String(last);
    this.scrub.value = String(step);
    this.scrub.style.setProperty("--filled", `${(100 * at) / last}%`);
    const text = fill(this.ui.step_of, { step, last });
    if (this.count.textContent !== text) {
      this.count.textContent = text;
      this.scrub.setAttribute("aria-valuetext", text);
    }
    if (this.playing !== playing) {
      this.playing = playing;
      const title = playing ? this.ui.pause : this.ui.play;
      this.toggle.replaceChildren(icon(playing ? "pause" : "play"));
      this.toggle.setAttribute("aria-label", title);
      this.toggle.title = `${title} (${this.ui.key_space})`;
    }
  }
}
