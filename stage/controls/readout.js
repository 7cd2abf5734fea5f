// The numbers under the pointer: a card beside it, and a sign at what they are of. Who does not point has the same in the
// cards, so that it is hidden from readers of screens.

import { el } from "../lib/dom.js";

/** @import { Place } from "./chart_area.js" */

/** @typedef {{ left: number, top: number, width?: number, height?: number }} Sign where it stands on the screen */

const BESIDE = 14; // px from the pointer
const ABOVE = 36; // from a finger, which hides what lies below it
const MARGIN = 4; // to the edge of the window

export class Readout {
  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    this.card = el("div.os-readout", { "aria-hidden": "true" });
    this.sign = el("div.os-readoutsign", { "aria-hidden": "true" });
    this.hide();
  }

  get shown() {
    return !this.card.hidden;
  }

  hide() {
    this.card.hidden = this.sign.hidden = true;
  }

  /**
   * Show `rows` beside the pointer, above a finger, and a `sign`: a ring, or a line of some height.
   * @param {Place & { pointerType: string }} pointer
   * @param {HTMLElement[]} rows
   * @param {Sign | null} sign
   */
  show({ clientX, clientY, pointerType }, rows, sign) {
    const { card, root } = this;
    if (card.parentElement !== root) root.append(this.sign, card); // the page was written anew
    card.replaceChildren(...rows);
    card.hidden = false;
    const origin = root.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = card;
    const { clientWidth, clientHeight } = document.documentElement;
    const finger = pointerType === "touch";
    let left = finger ? clientX - width / 2 : clientX + BESIDE;
    let top = finger ? clientY - ABOVE - height : clientY + BESIDE;
    if (!finger && left + width > clientWidth - MARGIN) left = clientX - BESIDE - width;
    if (!finger && top + height > clientHeight - MARGIN) top = clientY - BESIDE - height;
    left = Math.max(MARGIN, Math.min(left, clientWidth - MARGIN - width));
    top = Math.max(MARGIN, Math.min(top, clientHeight - MARGIN - height));
    card.style.transform = `translate(${left - origin.left}px, ${top - origin.top}px)`;
    this.sign.hidden = !sign;
    if (!sign) return;
    this.sign.dataset.kind = sign.height === undefined ? "ring" : "line";
    this.sign.style.height = sign.height === undefined ? "" : `${sign.height}px`;
    this.sign.style.transform = `translate(${sign.left - origin.left}px, ${sign.top - origin.top}px)`;
  }
}
