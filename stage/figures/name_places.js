// Where names stand beside the ends of paths.

/** @import { Pixels } from "../types/figures.d.ts" */

/** @typedef {{ left: number, top: number, right: number, bottom: number }} Rect */

const LINE = 15; // from one name to the next
const BESIDE = 12; // from the end of a path to its name
const MARK = 8; // half of what a mark takes up
const ROWS = [0, -1, 1, -2, 2, -3, 3, -4, 4];
const NEAR = 0.8; // what a row further away counts, in points of paths below a name

/**
 * Where names of so many pixels stand: within `area`, apart from one another and from the marks at the start and the ends
 * of the paths, and over as few points of paths as may be; null for one that has no place.
 * @param {Pixels[][]} paths
 * @param {number[]} widths
 * @param {Rect} area
 * @param {number} [line]
 * @returns {(Rect | null)[]}
 */
export function places(paths, widths, area, line = LINE) {
  /** @type {(point: Pixels) => Rect} */
  const mark = ([u, v]) => ({ left: u - MARK, top: v - MARK, right: u + MARK, bottom: v + MARK });
  const ends = paths.map((path) => path[path.length - 1]);
  const taken = [...ends, ...paths.slice(0, 1).map(([start]) => start)].filter(Boolean).map(mark);
  const points = paths.flat();
  return ends.map((end, index) => {
    if (!end || !within(mark(end), area, MARK)) return null;
    const [found] = around(end, widths[index], line)
      .map((rect, turn) => ({ rect, cost: below(rect, points) + NEAR * turn }))
      .filter(({ rect }) => within(rect, area, 0) && !taken.some((other) => overlap(rect, other)))
      .sort((a, b) => a.cost - b.cost);
    if (!found) return null;
    taken.push(found.rect);
    return found.rect;
  });
}

/**
 * The places beside a point, nearer ones first.
 * @param {Pixels} point
 * @param {number} width
 * @param {number} line
 * @returns {Rect[]}
 */
const around = ([u, v], width, line) =>
  ROWS.flatMap((row) =>
    [u + BESIDE, u - BESIDE - width].map((left) => {
      const top = v + (row - 0.5) * line;
      return { left, top, right: left + width, bottom: top + line };
    }),
  );

/** @type {(rect: Rect, area: Rect, more: number) => boolean} */
const within = (rect, area, more) =>
  rect.left >= area.left - more &&
  rect.right <= area.right + more &&
  rect.top >= area.top - more &&
  rect.bottom <= area.bottom + more;

/** @type {(a: Rect, b: Rect) => boolean} */
const overlap = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/**
 * How many points lie below a name.
 * @type {(rect: Rect, points: Pixels[]) => number}
 */
const below = ({ left, top, right, bottom }, points) =>
  points.reduce((count, [u, v]) => count + Number(u > left && u < right && v > top && v < bottom), 0);
