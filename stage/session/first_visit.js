// The picture plays by itself where a link asks for it, and once for whoever comes for the first time without a link.

/** @import { Address } from "./address.js" */
/** @import { Player } from "./player.js" */
/** @import { Slide } from "./slide.js" */

const SEEN = "optiscape-seen";
const SECONDS = 4;
const PRESSES = ["pointerdown", "keydown", "wheel"];

/**
 * `address` is the one that was asked for, `first` what `isFirst` says of it; a slide knows when it is seen. Readers who
 * asked for less motion see none.
 * @param {Player} player
 * @param {Address} address
 * @param {boolean} first
 * @param {Slide} slide
 */
export function playAtFirst(player, address, first, slide) {
  if (player.reducedMotion.matches) return;
  slide.opened();
  if (address.reader("autoplay") === "1") slide.playInSight();
  else if (first) show(player);
}

/**
 * Whether somebody came without a link, and this browser was never here, as far as it lets us know.
 * @param {Address} address
 */
export function isFirst({ bare }) {
  try {
    if (!bare) return false;
    const first = localStorage.getItem(SEEN) === null;
    localStorage.setItem(SEEN, "1");
    return first;
  } catch {
    return false; // it keeps nothing for us: it would play at every visit
  }
}

/**
 * Play what is on the screen once; whatever is pressed ends that, and the whole picture stands.
 * @param {Player} player
 */
function show(player) {
  /** @param {Event} event */
  const stop = ({ target }) => {
    for (const type of PRESSES) window.removeEventListener(type, stop, true);
    // The controls of the player say themselves what is to become of it.
    const own = target instanceof Element && target.closest(".os-transport");
    if (player.playing && !own) player.seek(player.last);
  };
  for (const type of PRESSES) window.addEventListener(type, stop, true);
  player.play(SECONDS);
}
