// A surface as its module has it (descent/javascript/surface.py): its losses over the box, within a frame, and the least.

/** @import { Box, Point, Values } from "../types/answer.d.ts" */
/** @import { Samples, SurfaceModule } from "../types/engine.d.ts" */

const TIME = 8; // ms in which a frame is worked out; the browser needs the rest of it to paint
const COARSEST = 41; // columns
const LATEST = 0.2; // what the last frame weighs in the time that frames take
const ROOM = 0.75; // of the time, so that a finer grid is not given up at once
const TRIALS = 3;
const STEPS = 400; // of a search for the least loss
const CLOSE = 1e-8; // of a cell: so near to it the search ends

export class Surface {
  /**
   * `grid` are columns and rows of a picture that stays; `data` the examples by columns, `count` how many.
   * @param {SurfaceModule} module
   * @param {Point} grid
   * @param {Float64Array} data
   * @param {number} count
   */
  constructor(module, grid, data, count) {
    this.module = module;
    this.grid = grid;
    this.data = data;
    this.count = count;
    /** How fine it is sampled: as fine as there is time for. */
    [this.columns] = grid;
    /** A busy machine does not make it coarser than this. */
    this.coarsest = COARSEST;
    /** What a frame takes, in ms. */
    this.pace = 0;
  }

  /**
   * Have the browser compile it, and find out how fine it can be sampled in half of the time.
   * @param {Values} knobs
   * @param {Box} box
   */
  measure(knobs, box) {
    let cost = Infinity;
    for (let trial = 0; trial < TRIALS; trial++) {
      const began = performance.now();
      const { losses } = this.sample(knobs, box, COARSEST);
      cost = Math.min(cost, (performance.now() - began) / losses.length);
    }
    while (this.columns > COARSEST && cost * this.columns * this.rows(this.columns) > TIME / 2) this.coarser();
    this.coarsest = Math.max(COARSEST, (this.columns + 1) >> 1);
  }

  /**
   * A frame has taken so many ms, sampling and all that is made of it.
   * @param {number} ms
   */
  spent(ms) {
    this.pace += LATEST * (Math.min(ms, 2 * TIME) - this.pace); // one that is interrupted says little
    if (this.pace > TIME && this.columns > this.coarsest) this.coarser();
    else if (4 * this.pace < ROOM * TIME && this.columns < this.grid[0]) {
      this.columns = 2 * this.columns - 1;
      this.pace *= 4;
    }
  }

  coarser() {
    this.columns = (this.columns + 1) >> 1;
    this.pace /= 4;
  }

  /** @param {number} columns */
  rows(columns) {
    return Math.max(2, Math.round(((columns - 1) * (this.grid[1] - 1)) / (this.grid[0] - 1)) + 1);
  }

  /**
   * The losses over the box.
   * @param {Values} knobs
   * @param {Box} box
   * @param {number} columns
   * @returns {Samples}
   */
  sample(knobs, [[x0, x1], [y0, y1]], columns = this.columns) {
    const loss = this.at(knobs);
    const rows = this.rows(columns);
    const losses = new Float64Array(columns * rows);
    const [dx, dy] = [(x1 - x0) / (columns - 1), (y1 - y0) / (rows - 1)];
    for (let row = 0, place = 0; row < rows; row++)
      for (let column = 0; column < columns; column++, place++) losses[place] = loss(x0 + column * dx, y0 + row * dy);
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
    // To the lowest of eight neighbours and of the parabola through them, or else to nearer ones.
    const around = new Float64Array(9);
    for (let step = 0, size = 0.5; step < STEPS && size > CLOSE; step++) {
      const [cx, cy] = [x, y];
      const look = (/** @type {number} */ i, /** @type {number} */ j) => {
        const [u, v] = [cx + i * size * dx, cy + j * size * dy];
        const value = u < x0 || u > x1 || v < y0 || v > y1 ? NaN : loss(u, v);
        if (value < least) [x, y, least] = [u, v, value];
        return value;
      };
      for (let k = 0; k < 9; k++) around[k] = look((k % 3) - 1, Math.floor(k / 3) - 1);
      if (around.some(Number.isNaN)) return null; // at the edge of the box, or of where there are losses
      look(...vertex(around));
      if (x === cx && y === cy) size /= 2;
    }
    return least;
  }
}

/**
 * Where the parabola through 3 × 3 values has its least one, from the middle and in parts of a cell; the middle itself
 * where it has none.
 * @param {Float64Array} values
 * @returns {Point}
 */
function vertex([a, b, c, d, e, f, g, h, i]) {
  const [du, dv] = [(f - d) / 2, (h - b) / 2];
  const [uu, vv, uv] = [d - 2 * e + f, b - 2 * e + h, (a - c - g + i) / 4];
  const area = uu * vv - uv * uv;
  return uu > 0 && area > 0 ? [(uv * dv - vv * du) / area, (uv * du - uu * dv) / area] : [0, 0];
}
