// Examples that are images, or rows of numbers, with what a network says of each: right, or wrong and what it should
// have said.

import { rowAt } from "./unpacked.js";
import { el } from "../lib/dom.js";
import { fill } from "../lib/format.js";

/** @import { ExampleGrid } from "../types/network_pictures.d.ts" */
/** @import { Sentences } from "../types/words.d.ts" */

const MOST = 255;
const HIGH = 20; // rows of a picture of a row of numbers
const FINE = 4; // pixels of that for each number

export class ExamplePicture {
  /** @param {Sentences} ui */
  constructor(ui) {
    this.ui = ui;
    this.node = el("ol.os-netexamples", { "aria-label": ui.net_examples });
    /** @type {ExampleGrid | null} */
    this.picture = null;
    /** @type {number | null} */
    this.row = null;
    /** @type {HTMLElement[]} */
    this.said = [];
  }

  /**
   * @param {ExampleGrid | null} picture
   * @param {number} t
   */
  show(picture, t) {
    this.picture = picture;
    this.row = null;
    this.said = [];
    if (!picture) return this.node.replaceChildren();
    const cells = picture.images.map((image) => {
      const said = el("span.os-netsaid");
      this.said.push(said);
      return el("li", {}, drawn(image, picture.size), said);
    });
    this.node.replaceChildren(...cells);
    this.node.style.setProperty("--os-columns", String(Math.ceil(Math.sqrt(cells.length))));
    this.move(t);
  }

  /** @param {number} t */
  move(t) {
    const { picture, ui } = this;
    if (!picture) return;
    const row = Math.min(rowAt(picture.measured, t), picture.predicted.length - 1);
    if (row === this.row) return;
    this.row = row;
    this.said.forEach((node, index) => {
      const [said, truth] = [picture.predicted[row][index], picture.truth[index]];
      node.textContent = said === truth ? String(said) : `${said} ≠ ${truth}`;
      node.title = said === truth ? "" : fill(ui.net_wrong, { said, truth });
      const cell = node.parentElement;
      if (cell) cell.dataset.right = String(said === truth);
    });
  }

  close() {}
}

/**
 * An image, in ink on paper; a row of numbers as the curve that it is.
 * @param {Uint8Array} image
 * @param {[number, number]} size
 */
function drawn(image, [rows, columns]) {
  const curve = rows === 1;
  const [width, height] = curve ? [columns * FINE, HIGH * FINE] : [columns, rows];
  /** @type {HTMLCanvasElement} */
  const canvas = el(`canvas.os-netexample${curve ? ".os-netrow" : ""}`, { width, height, "aria-hidden": true });
  const context = canvas.getContext("2d");
  if (!context) return canvas;
  if (curve) {
    context.lineWidth = FINE / 2;
    context.strokeStyle = "#888";
    image.forEach((value, at) =>
      context.lineTo((at + 0.5) * FINE, height - FINE - (value / MOST) * (height - 2 * FINE)),
    );
    context.stroke();
    return canvas;
  }
  const pixels = new ImageData(width, height);
  // Ink of that much; which colour ink has, the style says by what it does to black.
  image.forEach((value, at) => pixels.data.set([0, 0, 0, value], 4 * at));
  context.putImageData(pixels, 0, 0);
  return canvas;
}
