// Contour lines on a grid, cell by cell (marching squares), as pieces from one edge of a cell to another.

/** @import { Samples } from "../types/engine.d.ts" */
/** @import { HeightScale } from "../types/figures.d.ts" */

// The corners of a cell, all around.
const RIGHT = [0, 1, 1, 0];
const UP = [0, 0, 1, 1];

/**
 * The lines at `levels`, rising: for each of them pieces [u, v, u, v, …] in columns and rows. Where a loss is none, or
 * beyond the scale, lines end.
 * @param {Samples} samples
 * @param {HeightScale} scale
 * @param {number[]} levels
 */
export function contours({ columns, rows, losses }, { floor, span }, levels) {
  /** @type {number[][]} */
  const lines = levels.map(() => []);
  // How many levels lie below each sample; −1 where no line may come.
  const below = Int8Array.from(losses, (loss) => {
    const above = loss - floor;
    return above >= 0 && above <= span ? levelsBelow(levels, loss) : -1;
  });
  const places = RIGHT.map((right, corner) => right + UP[corner] * columns);
  const corners = [0, 0, 0, 0];
  for (let row = 0; row + 1 < rows; row++)
    for (let column = 0; column + 1 < columns; column++) {
      const cell = row * columns + column;
      const first = below[cell];
      if (first === below[cell + 1] && first === below[cell + columns] && first === below[cell + columns + 1]) continue;
      // A cell of which one corner is missing is a triangle.
      let count = 0;
      let least = levels.length;
      let most = 0;
      for (let corner = 0; corner < 4; corner++) {
        const under = below[cell + places[corner]];
        if (under < 0) continue;
        corners[count++] = corner;
        if (under < least) least = under;
        if (under > most) most = under;
      }
      if (count < 3) continue;
      for (let k = least; k < most; k++) {
        // Where a level crosses all four sides, the middle, as high as the corners on average, is on one side with
        // the first corner and the third, or else with the others; those that it is not with are parted from it.
        const middle = (losses[cell] + losses[cell + 1] + losses[cell + columns] + losses[cell + columns + 1]) / 4;
        const begin = count === 4 && middle > levels[k] !== first > k ? 1 : 0;
        for (let side = begin; side < begin + count; side++) {
          const one = corners[side % count];
          const other = corners[(side + 1) % count];
          const from = cell + places[one];
          const to = cell + places[other];
          if (below[from] > k === below[to] > k) continue;
          const part = (levels[k] - losses[from]) / (losses[to] - losses[from]);
          lines[k].push(
            column + RIGHT[one] + part * (RIGHT[other] - RIGHT[one]),
            row + UP[one] + part * (UP[other] - UP[one]),
          );
        }
      }
    }
  return lines;
}

/**
 * How many of `levels` lie below a loss.
 * @param {number[]} levels
 * @param {number} loss
 */
function levelsBelow(levels, loss) {
  let low = 0;
  let high = levels.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (levels[middle] < loss) low = middle + 1;
    else high = middle;
  }
  return low;
}
