// A small tensor of activations, examples × channels × positions, and which of its numbers share statistics with one of
// them. No element is touched here.

/** @typedef {[number, number, number]} Cell example, channel, position, counted from 0 */
/** @typedef {{ x: number, y: number, depth: number }} Projected */

/** Four examples, eight channels, five positions. @type {Cell} */
export const SHAPE = [4, 8, 5];
const GROUPS = 4; // of channels, as networks/normalizations.py has it
const REACH = 2; // channels to either side, whose squares a local response is divided by

/**
 * Whether cell `b` is one of those of which a number is made by which cell `a` is divided.
 * @type {Record<string, (a: Cell, b: Cell) => boolean>}
 */
const SHARED = {
  batch: ([, c], [, d]) => c === d,
  layer: ([n], [m]) => n === m,
  rms: ([n], [m]) => n === m,
  instance: ([n, c], [m, d]) => n === m && c === d,
  group: ([n, c], [m, d]) => n === m && groupOf(c) === groupOf(d),
  weight: ([, c], [, d]) => c === d,
  local_response: ([n, c, p], [m, d, q]) => n === m && p === q && Math.abs(c - d) <= REACH,
};

/** @param {number} channel */
const groupOf = (channel) => Math.floor((channel * GROUPS) / SHAPE[1]);

/**
 * All cells, example by example, channel by channel.
 * @returns {Cell[]}
 */
export const cells = () =>
  Array.from({ length: SHAPE[0] * SHAPE[1] * SHAPE[2] }, (_, index) => [
    Math.floor(index / (SHAPE[1] * SHAPE[2])),
    Math.floor(index / SHAPE[2]) % SHAPE[1],
    index % SHAPE[2],
  ]);

/**
 * The cells that share statistics with `chosen`, it among them; none where nothing is normalised.
 * @param {string} norm
 * @param {Cell} chosen
 */
export const sharing = (norm, chosen) => cells().filter((cell) => SHARED[norm]?.(chosen, cell) ?? false);

/**
 * The cell that is `step` further along the axis 0, 1 or 2, inside the tensor.
 * @param {Cell} cell
 * @param {number} axis
 * @param {number} step
 * @returns {Cell}
 */
export function moved(cell, axis, step) {
  const next = /** @type {Cell} */ ([...cell]);
  next[axis] = Math.min(Math.max(cell[axis] + step, 0), SHAPE[axis] - 1);
  return next;
}

export const APART = 1.7; // how far examples are from each other, like pages of a book; other cells touch nearly
const SIDE = 0.82; // of a cell

/**
 * From the middle of the tensor to the screen: turned by `yaw` about the upright and tipped by `pitch`, seen from afar.
 * @param {number} yaw
 * @param {number} pitch
 * @returns {(point: [number, number, number]) => Projected}
 */
export function projection(yaw, pitch) {
  const [cy, sy, cp, sp] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
  return ([right, up, back]) => {
    const x = cy * right + sy * back;
    const z = -sy * right + cy * back;
    return { x, y: -(cp * up + sp * z), depth: cp * z - sp * up };
  };
}

/**
 * The middle of a cell: channels go right, positions up, examples back.
 * @param {Cell} cell
 * @returns {[number, number, number]}
 */
const middleOf = ([n, c, p]) => [c - (SHAPE[1] - 1) / 2, p - (SHAPE[2] - 1) / 2, (n - (SHAPE[0] - 1) / 2) * APART];

/** The faces of a cell: which way each looks (right, up, back), and how light it is. */
const FACES = /** @type {const} */ ([
  { axis: 0, sign: -1, shade: 0.16 },
  { axis: 0, sign: 1, shade: 0.16 },
  { axis: 1, sign: -1, shade: 0.24 },
  { axis: 1, sign: 1, shade: 0 },
  { axis: 2, sign: -1, shade: 0.08 },
  { axis: 2, sign: 1, shade: 0.08 },
]);

/** @typedef {{ cell: number, shade: number, corners: Projected[] }} Face */

/**
 * The faces that are seen, those behind first. `cell` is the index in `cells()`.
 * @param {number} yaw
 * @param {number} pitch
 * @returns {Face[]}
 */
export function faces(yaw, pitch) {
  const project = projection(yaw, pitch);
  const towards = FACES.filter(({ axis, sign }) => {
    const out = /** @type {[number, number, number]} */ ([0, 0, 0]);
    out[axis] = sign;
    return project(out).depth < -1e-9;
  });
  const all = cells().map((cell, index) => ({ index, middle: middleOf(cell) }));
  all.sort((a, b) => project(b.middle).depth - project(a.middle).depth);
  return all.flatMap(({ index, middle }) =>
    towards.map(({ axis, sign, shade }) => ({
      cell: index,
      shade,
      corners: [
        [-1, -1],
        [-1, 1],
        [1, 1],
        [1, -1],
      ].map(([u, v]) => {
        const corner = /** @type {[number, number, number]} */ ([...middle]);
        const half = SIDE / 2;
        corner[axis] += sign * half;
        corner[(axis + 1) % 3] += u * half;
        corner[(axis + 2) % 3] += v * half;
        return project(corner);
      }),
    })),
  );
}

/**
 * The cell whose face is seen at a place of the screen, as its index; null beside the tensor.
 * @param {Face[]} seen
 * @param {number} x
 * @param {number} y
 */
export function cellAt(seen, x, y) {
  const hit = seen.findLast(({ corners }) => {
    const turns = corners.map((a, index) => {
      const b = corners[(index + 1) % corners.length];
      return (b.x - a.x) * (y - a.y) - (b.y - a.y) * (x - a.x);
    });
    return turns.every((turn) => turn >= 0) || turns.every((turn) => turn <= 0);
  });
  return hit ? hit.cell : null;
}

/**
 * How far the tensor reaches from its middle however it is turned.
 */
export const RADIUS = Math.hypot(...middleOf([0, 0, 0])) + SIDE;
