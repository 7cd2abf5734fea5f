// Colours of what a network says of every place, and what it says of a point: no element is touched here.

/** @import { Boundary } from "../types/network_pictures.d.ts" */

/** @typedef {[number, number, number]} Color red, green and blue from 0 to 255 */

const WASH = 0.32; // how much of a class' colour is on the ground where the network is sure
const MOST = 255;

/**
 * "#0a6b50" in numbers.
 * @param {string} text
 * @returns {Color}
 */
export function colorOf(text) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(text.trim().slice(at, at + 2), 16));
  return [r, g, b];
}

/**
 * @param {Color} from
 * @param {Color} to
 * @param {number} part
 * @returns {Color}
 */
const mixed = (from, to, part) => {
  const [r, g, b] = from.map((value, index) => Math.round(value + part * (to[index] - value)));
  return [r, g, b];
};

/**
 * The colour of each of the 256 values of a frame: of two classes from the colour of the one through `paper`, where the
 * network knows nothing, to the other's; of more the colour of the likeliest.
 * @param {Color[]} classes
 * @param {Color} paper
 * @returns {Color[]}
 */
export function ramp(classes, paper) {
  return Array.from({ length: MOST + 1 }, (_, value) => {
    if (classes.length > 2) return mixed(paper, classes[classOf(value, classes.length)], WASH);
    const sure = (2 * value) / MOST - 1;
    return mixed(paper, classes[sure < 0 ? 0 : 1], Math.abs(sure) * WASH);
  });
}

/**
 * The class that a value of a frame stands for, of so many.
 * @param {number} value
 * @param {number} classes
 */
const classOf = (value, classes) => Math.round((value * (classes - 1)) / MOST);

/**
 * A frame as an image has it, with its upper edge first: four bytes a place.
 * @param {Uint8Array} frame
 * @param {number} grid
 * @param {Color[]} colors
 */
export function pixels(frame, grid, colors) {
  const image = new Uint8ClampedArray(4 * grid * grid);
  for (let row = 0; row < grid; row++)
    for (let column = 0; column < grid; column++)
      image.set([...colors[frame[(grid - 1 - row) * grid + column]], MOST], 4 * (row * grid + column));
  return image;
}

/**
 * The class that `frame` gives a point: between the places of its grid the value lies between theirs; of more than two
 * classes the nearest place says it.
 * @param {Pick<Boundary, "box" | "grid" | "classes">} picture
 * @param {Uint8Array} frame
 * @param {number} x
 * @param {number} y
 */
function said({ box: [x0, x1, y0, y1], grid, classes }, frame, x, y) {
  const [u, v] = [(x - x0) / (x1 - x0), (y - y0) / (y1 - y0)].map((part) =>
    Math.min(Math.max(part * (grid - 1), 0), grid - 1),
  );
  if (classes > 2) return classOf(frame[Math.round(v) * grid + Math.round(u)], classes);
  const [left, low] = [u, v].map((at) => Math.min(Math.floor(at), grid - 2));
  const at = low * grid + left;
  const [right, up] = [u - left, v - low];
  const below = frame[at] + right * (frame[at + 1] - frame[at]);
  const above = frame[at + grid] + right * (frame[at + grid + 1] - frame[at + grid]);
  return Number(below + up * (above - below) > MOST / 2);
}

/**
 * What `frame` says wrongly: the places of those points.
 * @param {Boundary} picture
 * @param {Uint8Array} frame
 */
export function wrong(picture, frame) {
  const { points, labels } = picture;
  return Array.from(labels.keys()).filter(
    (index) => said(picture, frame, points[2 * index], points[2 * index + 1]) !== labels[index],
  );
}
