// What becomes of roundings: modules of which every operation, and every point, is rounded otherwise.

export const SHIFTS = [
  [1, 1],
  [1, -1],
  [-1, 1],
  [-1, -1],
];

// Every operation with a unit in the last place of what it gives added or taken: so one that is rounded otherwise, or
// done in another order, may differ.
const ROUNDED = `
let turns = 0;
const R = (value) => (typeof value === "number" ? value * (1 + (turns++ % 3 ? 1 : -1) * 2 ** -52) : value);
`;

/** @param {string} text */
export const rounded = (text) => ROUNDED + text.replace(/(v\d+)=(.*?)(?=,v\d+=|;)/g, "$1=R($2)");

/** @param {string} text */
export const imported = (text) => import(`data:text/javascript,${encodeURIComponent(text)}`);

/** JSON has no number for what is not finite. */
export const said = (numbers) => numbers.map((number) => (Number.isFinite(number) ? number : String(number)));
