// A surface as its module has it (descent/javascript/loss.py): its losses over the box, within a frame, and the least.

/** @import { Box, Point, Values } from "../types/answer.d.ts" */
/** @import { Loss, Samples } from "../types/engine.d.ts" */

const TIME = 5; // ms that sampling may take: the lanes, their colours and lines need the rest of a frame
const COARSEST = 21; // columns
const TRIALS = 3;
const TRIED = 41; // columns of a trial
const STEPS = 400; // of a search for the least loss
const CLOSE = 1e-10; // of a cell: so near to it the search ends

export class Surface {
  /**
   * `grid` are columns and rows of a picture that stays; `data` the examples by columns, `count` how many.
   * @param {Loss} module
   * @param {Point} grid
   * @param {Float64Array} data
   * @param {number} count
   */
  constructor(module, grid, data, count) {
    this.module = module;
    this.grid = grid;
    this.data = data;
    this.count = count;
    /** What a loss takes, in ms, at best. */
    this.cost = Infinity;
  }

  /**
   * Find out what a loss takes, and have it compiled.
   * @param {Values} knobs
   * @param {Box} box
   */
  measure(knobs, box) {
    for (let trial = 0; trial < TRIALS; trial++) this.sampled(knobs, box, TRIED);
  }

  /**
   * The losses over the box, on as many columns as there is time for.
   * @param {Values} knobs
   * @param {Box} box
   */
  sample(knobs, box) {
    let [columns] = this.grid;
    while (columns > COARSEST && this.cost * columns * this.rows(columns) > TIME) columns = (columns + 1) >> 1;
    return this.sampled(knobs, box, columns);
  }

  /** @param {number} columns */
  rows(columns) {
    return Math.max(2, Math.round(((columns - 1) * (this.grid[1] - 1)) / (this.grid[0] - 1)) + 1);
  }

  /**
   * @param {Values} knobs
   * @param {Box} box
   * @param {number} columns
   * @returns {Samples}
   */
  sampled(knobs, [[x0, x1], [y0, y1]], columns) {
    const began = performance.now();
    const loss = this.at(knobs);
    const rows = this.rows(columns);
    const losses = new Float64Array(columns * rows);
    const [dx, dy] = [(x1 - x0) / (columns - 1), (y1 - y0) / (rows - 1)];
    for (let row = 0, place = 0; row < rows; row++)
      for (let column = 0; column < columns; column++, place++) losses[place] = loss(x0 + column * dx, y0 + row * dy);
    this.cost = Math.min(this.cost, (performance.now() - began) / losses.length);
    return { columns, rows, losses };
  }

  /** @param {Values} knobs */
  at(knobs) {
    const { module, data, count } = this;
    const numbers = Float64Array.from(module.ground, (name) => Number(knobs[name]));
    return (/** @type {number} */ x, /** @type {number} */ y) => module.loss(numbers, x, y, data, count);
  }

  /**
   * The least loss, looked for around the lowest sample; null where it leads out of the box.
   * @param {Values} knobs
   * @param {Box} box
   * @param {Samples} samples
   */
  least(knobs, [[x0, x1], [y0, y1]], { columns, rows, losses }) {
    const loss = this.at(knobs);
    let [place, least] = [-1, Infinity];
    losses.forEach((value, index) => {
      if (value < least) [place, least] = [index, value];
    });
    if (place < 0 || least === -Infinity) return null;
    const [dx, dy] = [(x1 - x0) / (columns - 1), (y1 - y0) / (rows - 1)];
    let [x, y] = [x0 + (place % columns) * dx, y0 + Math.floor(place / columns) * dy];
    // To the lowest of eight neighbours, or else nearer ones.
    for (let step = 0, size = 0.5; step < STEPS && size > CLOSE; step++) {
      const [cx, cy] = [x, y];
      for (let i = -1; i <= 1; i++)
        for (let j = -1; j <= 1; j++) {
          const [u, v] = [cx + i * size * dx, cy + j * size * dy];
          if (u < x0 || u > x1 || v < y0 || v > y1) return null;
          const value = loss(u, v);
          if (value < least) [x, y, least] = [u, v, value];
        }
      if (x === cx && y === cy) size /= 2;
    }
    return least;
  }
}
