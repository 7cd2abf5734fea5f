// How losses become heights and contour lines, as charts/extent.py and charts/heights.py make them, by the numbers
// that a map brings along (charts/drawing_rules.py).

/** @import { Samples } from "../types/engine.d.ts" */
/** @import { DrawingRules, HeightScale } from "../types/figures.d.ts" */

/**
 * The value below which a share of `values` lies, between two of them if need be. It brings them into another order.
 * @param {Float64Array} values
 * @param {number} share
 */
export function quantile(values, share) {
  const at = share * (values.length - 1);
  const place = Math.floor(at);
  // Quickselect (Hoare, 1961): smaller values to the left of the place, larger ones to the right. To sort all takes
  // ten times as long.
  let [low, high] = [0, values.length - 1];
  while (low < high) {
    const pivot = values[(low + high) >> 1];
    let [left, right] = [low, high];
    while (left <= right) {
      while (values[left] < pivot) left++;
      while (values[right] > pivot) right--;
      if (left > right) break;
      const value = values[left];
      values[left++] = values[right];
      values[right--] = value;
    }
    if (place <= right) high = right;
    else if (place >= left) low = left;
    else break;
  }
  let next = Infinity;
  for (let right = place + 1; right < values.length; right++) next = Math.min(next, values[right]);
  return at === place ? values[place] : values[place] + (at - place) * (next - values[place]);
}

/**
 * The lowest and the highest loss that a picture shows: all of them, but for the spikes of a pole.
 * @param {Samples} samples
 * @param {DrawingRules} rules
 * @returns {[number, number]}
 */
function extent(samples, { view, extent: { largest, tail, far, jump, margin, rounding, smallest } }) {
  const finite = samples.losses.filter((loss) => Math.abs(loss) < largest);
  if (!finite.length) return [0, 1];
  let [floor, top] = [Infinity, -Infinity];
  for (const loss of finite) {
    if (loss < floor) floor = loss;
    if (loss > top) top = loss;
  }
  const size = Math.max(Math.abs(floor), Math.abs(top));
  if (top - floor <= Math.max(rounding * size, smallest)) return [floor, floor + Math.max(1, size)];
  const [low, high] = [quantile(finite, tail), quantile(finite, 1 - tail)];
  const across = high - low;
  /**
   * The end of the picture on the side where `sign` times a loss is large.
   * @param {number} sign
   * @param {number} tip
   * @param {number} from
   */
  const reach = (sign, tip, from) => {
    const beyond = sign * (tip - from);
    if (across <= 0 || beyond <= far * across) return tip;
    return leaps(samples, sign, sign * from + beyond / 2, jump * beyond) ? from + sign * margin * across : tip;
  };
  return [reach(-1, floor, low), view === "log" ? top : reach(1, top, high)];
}

/**
 * Whether a sample higher than `tall` has a neighbour that is lower by `leap` or more.
 * @param {Samples} samples
 * @param {number} sign
 * @param {number} tall
 * @param {number} leap
 */
function leaps({ columns, rows, losses }, sign, tall, leap) {
  /**
   * @param {number} one
   * @param {number} other
   */
  const leapt = (one, other) => {
    const [higher, lower] = [Math.max(one, other), Math.min(one, other)];
    return higher > tall && lower <= higher - leap && lower > -Infinity && lower < higher;
  };
  for (let row = 0, place = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, place++) {
      const here = sign * losses[place];
      if (column + 1 < columns && leapt(here, sign * losses[place + 1])) return true;
      if (row + 1 < rows && leapt(here, sign * losses[place + columns])) return true;
    }
  return false;
}

/**
 * The scale of the picture of `samples`.
 * @param {Samples} samples
 * @param {DrawingRules} rules
 * @returns {HeightScale}
 */
export function scaleOf(samples, rules) {
  const { view } = rules;
  const { finest, deepest } = rules.heights;
  const [floor, top] = extent(samples, rules);
  const span = top - floor;
  let unit = span * finest;
  if (view === "log") {
    const within = samples.losses.filter((loss) => loss >= floor && loss <= top);
    const middle = within.length ? quantile(within, 0.5) - floor : 0;
    if (middle > 0 && middle < unit / 2) unit = Math.max(middle, span * deepest);
  }
  return { view, floor, span, unit };
}

/**
 * Heights from 0 to 1 of losses; what is NaN stays NaN.
 * @param {Float64Array} losses
 * @param {HeightScale} scale
 */
export function heightsOf(losses, { view, floor, span, unit }) {
  const log = view === "log";
  const whole = Math.log1p(span / unit);
  return losses.map((loss) => {
    const above = Math.min(Math.max(loss - floor, 0), span);
    return log ? Math.log1p(above / unit) / whole : above / span;
  });
}

/** @param {number} exponent */
const ten = (exponent) => Number(`1e${exponent}`);

/**
 * A number rounded to a power of ten.
 * @param {number} value
 * @param {number} decade
 */
function rounded(value, decade) {
  if (decade > 0) return Number(`${Math.round(value / ten(decade))}e${decade}`);
  return decade < -100 ? value : Number(value.toFixed(-decade)); // toFixed knows no more digits
}

/**
 * The losses at which contour lines run, rising, and whether each is an index line.
 * @param {HeightScale} scale
 * @param {number | null} least
 * @param {DrawingRules} rules
 * @returns {[number, boolean][]}
 */
export function levelsOf(scale, least, { heights }) {
  const { floor, span, view } = scale;
  if (view === "log") return decades(scale, least ?? floor, heights);
  const step = niceStep(span, heights);
  /** @type {[number, boolean][]} */
  const coarse = [];
  for (let k = Math.ceil(floor / step + heights.hair); k <= Math.floor((floor + span) / step); k++)
    coarse.push([k * step, k % 2 === 0]);
  if (least === null || !coarse.length) return coarse;
  const end = coarse[0][0] - heights.apart * step;
  const fine = heights.fine.map((part) => least + step * part).filter((level) => floor < level && level < end);
  return [...fine.map((level) => /** @type {[number, boolean]} */ ([level, false])), ...coarse];
}

/**
 * 1, 2 or 5 times a power of ten that cuts `span` into about so many pieces.
 * @param {number} span
 * @param {DrawingRules["heights"]} rules
 */
function niceStep(span, { nice, pieces }) {
  const power = ten(Math.floor(Math.log10(span / pieces)));
  const apart = (/** @type {number} */ step) => Math.abs(span / step - pieces);
  return [...nice, 10].map((n) => n * power).reduce((best, step) => (apart(step) < apart(best) ? step : best));
}

/**
 * @param {HeightScale} scale
 * @param {number} base
 * @param {DrawingRules["heights"]} rules
 * @returns {[number, boolean][]}
 */
function decades({ floor, span, unit }, base, { nice, finest, deeper, decades: upper, most_decades: most }) {
  const top = Math.floor(Math.log10(span));
  /** @type {Map<number, boolean>} */
  const levels = new Map();
  if (unit < (span * finest) / deeper) {
    const low = Math.ceil(Math.log10(unit));
    const step = Math.ceil((top - low + 1) / most);
    for (let decade = top; decade >= low; decade -= step) levels.set(rounded(base + ten(decade), decade), true);
  } else {
    const above = Array.from({ length: upper }, (_, k) => top - k).flatMap((decade) =>
      nice
        .filter((n) => n * ten(decade) < span)
        .reverse()
        .map((n) => /** @type {const} */ ([n, decade])),
    );
    for (const [n, decade] of above)
      levels.set(rounded(base + n * ten(decade), decade), n === nice[0] || decade === top);
  }
  return [...levels].filter(([level]) => level > floor).sort(([one], [other]) => one - other);
}
