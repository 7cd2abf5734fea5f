// How many numbers an axis has room for: in a low chart as many as usual would stand on one another.

const LOW = 120; // px of a chart that has room for fewer
const FEW = 3; // at most, there
const EACH = 22; // px from one to the next; what stands below the axis takes as much as two

/** @param {HTMLElement} node of the chart */
export const ticksFor = ({ clientHeight }) => Math.min(6, Math.max(2, clientHeight / EACH - 2));

/**
 * For the axis beside a chart, where that is low.
 * @param {HTMLElement} node
 */
export const few = (node) => (node.clientHeight < LOW ? { nticks: FEW } : {});
