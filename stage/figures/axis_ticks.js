// Where the marks of an axis stand and what is written at them, as Plotly chooses and writes them: pages with and
// without plotly.js show the same numbers.

/** @import { RangedAxis } from "../types/figures.d.ts" */

/** @typedef {{ value: number, text: string, power: string, size: number, aside: number }} Tick */

const MINUS = "−";
const SI = ["f", "p", "n", "μ", "m", "", "k", "M", "G", "T"]; // from 10⁻¹⁵ on, by thousands
const PLAIN = 3; // numbers of more digits are written with a power of ten
const OUTSIDE = 1e-4; // of the range: as far beyond it a mark still stands

/**
 * The marks of `axis`: its coordinates, the text, a power above it ("" for none), the size of the text as a share of
 * the axis' own, and how far it moves aside, in sizes of its own.
 * @param {RangedAxis} axis
 * @returns {Tick[]}
 */
export function axisTicks(axis) {
  const { type, range, nticks = 6, dtick, tickvals, ticktext } = axis;
  if (tickvals)
    return tickvals.map((value, index) => ({ value, text: ticktext?.[index] ?? "", power: "", size: 1, aside: 0 }));
  const [low, high] = range;
  const rough = (high - low) / nticks;
  if (type !== "log") return evenTicks(axis, range, dtick ?? rounded(rough));
  const every = dtick ?? (rough > 0.7 ? Math.ceil(rough) : 0);
  if (every) return multiples(range, every).map((power) => decade(power));
  if (high - low < 1) {
    /** @type {[number, number]} */
    const values = [10 ** low, 10 ** high];
    return evenTicks(axis, values, rounded((values[1] - values[0]) / (1.5 * nticks)));
  }
  const all = rough <= 0.3; // digits, rather than 1, 2 and 5
  const digits = all ? [1, 2, 3, 4, 5, 6, 7, 8, 9] : [1, 2, 5];
  return multiples([Math.floor(low), Math.floor(high)], 1)
    .flatMap((power) =>
      digits.map((digit) =>
        digit === 1
          ? { ...decade(power), aside: all ? 0.25 : 0 }
          : { value: digit * 10 ** power, text: String(digit), power: "", size: 0.75, aside: 0 },
      ),
    )
    .filter(({ value }) => within(range, Math.log10(value)));
}

/**
 * The next of 1, 2, 5, 10, … that is not smaller.
 * @param {number} rough
 */
function rounded(rough) {
  const base = 10 ** Math.floor(Math.log10(rough));
  return base * ([2, 5].find((step) => rough / base <= step) ?? 10);
}

/**
 * @param {[number, number]} range
 * @param {number} value
 */
function within([low, high], value) {
  const room = (high - low) * OUTSIDE;
  return low - room <= value && value <= high + room;
}

/**
 * @param {[number, number]} range
 * @param {number} step
 */
function multiples([low, high], step) {
  const room = (high - low) * OUTSIDE;
  const first = Math.ceil((low - room) / step);
  const last = Math.floor((high + room) / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * step || 0);
}

/**
 * @param {number} power
 * @returns {Tick}
 */
function decade(power) {
  const raised = power !== 0 && power !== 1 ? signed(power) : "";
  return { value: 10 ** power, text: power === 0 ? "1" : "10", power: raised, size: 1.25, aside: 0 };
}

/** @param {number} power */
const signed = (power) => (power < 0 ? MINUS : "") + Math.abs(power);

/** @param {number} value */
const order = (value) => Math.floor(Math.log10(value) + 0.01);

/**
 * Marks at equal distances, with as many digits as tell them apart.
 * @param {RangedAxis} axis
 * @param {[number, number]} range
 * @param {number} step
 * @returns {Tick[]}
 */
function evenTicks({ exponentformat = "B" }, range, step) {
  const largest = order(Math.max(Math.abs(range[0]), Math.abs(range[1])));
  const letters = exponentformat !== "power" && largest <= 14 && largest >= -15;
  const exponent = Math.abs(largest) <= PLAIN ? 0 : letters ? 3 * Math.round((largest - 1) / 3) : largest;
  const decimals = 2 - order(step) + exponent;
  const [unit, power] = unitOf(exponent, letters);
  return multiples(range, step).map((value) => {
    const zero = Math.abs(value) < step * 1e-6;
    const sign = value < 0 && !zero ? MINUS : "";
    const text = sign + spelled(Math.abs(value) / 10 ** exponent, decimals) + (zero ? "" : unit);
    return { value, text, power: zero ? "" : power, size: 1, aside: 0 };
  });
}

/**
 * What follows a number for 10 to the power `exponent`, and the power above it.
 * @param {number} exponent
 * @param {boolean} letters
 */
function unitOf(exponent, letters) {
  if (!exponent) return ["", ""];
  if (!letters) return ["×10", signed(exponent)];
  return [exponent === 9 ? "B" : SI[exponent / 3 + 5], ""];
}

/**
 * @param {number} value
 * @param {number} decimals
 */
function spelled(value, decimals) {
  const [whole, rest] =
    decimals > 0 ? String(Number(value.toFixed(Math.min(20, decimals)))).split(".") : [value.toFixed()];
  const parted = rest !== undefined || whole.length > 4;
  return (parted ? whole.replace(/\B(?=(\d{3})+$)/g, ",") : whole) + (rest === undefined ? "" : `.${rest}`);
}
