// A picture in a frame plays by itself only while somebody sees it. Slides say when that is: reveal.js posts "slide:start"
// and "slide:stop" to the frames of a slide. Elsewhere it is seen where it is within the window.

/** @import { Address } from "./address.js" */
/** @import { Player } from "./player.js" */

export class Slide {
  /**
   * @param {Player} player
   * @param {Address} address
   */
  constructor(player, address) {
    this.player = player;
    this.address = address;
    /** Whether the first picture stands, and motion is not unwelcome. */
    this.ready = false;
    /** @type {"start" | "stop" | null} what slides said last */
    this.said = null;
    /** Whether it is to play as soon as it is in sight. */
    this.waits = false;
    window.addEventListener("message", ({ source, data }) => {
      if (source !== window.parent) return;
      if (data === "slide:start") this.start();
      else if (data === "slide:stop") this.stop();
    });
  }

  /** Whether the page around this one is reveal.js, which has said so. */
  get reveals() {
    return this.said !== null;
  }

  /** The first picture stands. */
  opened() {
    this.ready = true;
    if (this.said === "start") this.start();
  }

  /** Its slide is shown: it plays from the start, unless its link says that it never plays by itself. */
  start() {
    this.said = "start";
    if (!this.ready || this.address.reader("autoplay") === "0") return;
    this.player.standAt(0);
    this.player.play();
  }

  stop() {
    this.said = "stop";
    this.waits = false;
    this.player.pause();
  }

  /** Play once the frame is within the window; out of it, wait. Whoever pauses it meanwhile has the last word. */
  playInSight() {
    if (this.said) return; // slides say when
    this.waits = true;
    new IntersectionObserver((seen) => {
      if (seen.at(-1)?.isIntersecting) {
        if (this.waits) this.player.play();
        this.waits = false;
      } else if (this.player.playing) {
        this.waits = true;
        this.player.pause();
      }
    }).observe(document.documentElement);
  }
}
