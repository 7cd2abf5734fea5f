// Histograms as shapes: which axis they have in common, and their outlines. No element is touched here.

/** @import { Point } from "../types/answer.d.ts" */
/** @import { Histogram } from "../types/network_pictures.d.ts" */

/** Of a picture of a histogram, in units of its own. */
export const WIDE = 300;
export const HIGH = 40;
const NARROWEST = 1.5; // units that a bin has at least: all values in one place are seen as a line
const HEAVY = 0.005; // share of a layer's values that counts when a common axis is chosen

/**
 * The axis that holds all `histograms`, but for a few values far out.
 * @param {Histogram[]} histograms
 * @returns {Point}
 */
export function commonAxis(histograms) {
  const ends = histograms.map(inner);
  const low = Math.min(...ends.map(([from]) => from));
  const high = Math.max(...ends.map(([, to]) => to));
  if (!(high > low)) return Number.isFinite(low) ? [low - 1, low + 1] : [-1, 1];
  return [low, high];
}

/**
 * Where a histogram begins and ends, without bins at its ends that are nearly empty.
 * @param {Histogram} histogram
 * @returns {Point}
 */
function inner({ edges, counts }) {
  const all = counts.reduce((sum, count) => sum + count, 0);
  let [from, to] = [0, counts.length - 1];
  while (from < to && counts[from] <= HEAVY * all) from++;
  while (to > from && counts[to] <= HEAVY * all) to--;
  // Values that are all the same have a bin somewhere in the middle, whose width says nothing.
  if (from === to) return [edges[0], edges[counts.length]];
  return [edges[from], edges[to + 1]];
}

/**
 * The outline of a histogram in a picture of WIDE × HIGH over `axis`; empty where there is nothing to count.
 * @param {Histogram} histogram
 * @param {Point} axis
 */
export function bars({ edges, counts }, [low, high]) {
  const most = Math.max(...counts);
  if (!(most > 0)) return "";
  /** @param {number} value */
  const across = (value) => (WIDE * (value - low)) / (high - low);
  return Array.from(counts, (count, bin) => {
    const [from, to] = [across(edges[bin]), across(edges[bin + 1])];
    if (!count || to < 0 || from > WIDE || !Number.isFinite(from + to)) return "";
    const width = Math.max(to - from, NARROWEST);
    const left = Math.min(from - (width - (to - from)) / 2, WIDE - NARROWEST);
    const height = (HIGH * count) / most;
    return `M${left.toFixed(1)} ${HIGH}v${(-height).toFixed(1)}h${width.toFixed(1)}V${HIGH}z`;
  }).join("");
}
