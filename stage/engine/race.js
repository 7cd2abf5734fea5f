// One lane's descent, step by step, by the module that the server wrote for its landscape and method
// (descent/javascript/module.py). The rows are those of a recorded run (descent/program.py).

/** @import { Descent, Question, Steps } from "../types/engine.d.ts" */

export const WIDTH = 16;
const UPDATE = 0;
const POINT = 2;
const RATE = 11;

/** What a step is given besides numbers of the landscape and of the method, in the order in which `k` has it. */
const TREATMENT = /** @type {const} */ (["decoupled", "clip_value", "clip_norm", "noise_scale"]);

/**
 * The numbers of a question as the module has them.
 * @param {Steps} module
 * @param {Pick<Question, "ground" | "method" | "treatment">} question
 */
function numbersOf(module, { ground, method, treatment }) {
  return Float64Array.from([
    ...module.ground.map((name) => ground[name]),
    ...module.method.map((name) => method[name]),
    ...TREATMENT.map((name) => treatment[name]),
  ]);
}

/**
 * Run it: rows up to the last step, or to the first row with a number that is not finite.
 * @param {Steps} module
 * @param {Question} question
 * @returns {Descent}
 */
export function descend(module, question) {
  const { start, steps, rates, noise, weights, data, count } = question;
  const numbers = numbersOf(module, question);
  const rows = new Float64Array((steps + 1) * WIDTH);
  const state = new Float64Array(2 + module.size);
  // Where nothing is left to chance there is one row, for all steps.
  const noiseRow = noise.length > 2 ? 2 : 0;
  const weightsRow = weights.length > count ? count : 0;
  let [x, y] = start;
  let [dx, dy] = [0, 0];
  module.begin(numbers, x, y, state);
  for (let t = 0; t <= steps; t++) {
    const row = t * WIDTH;
    x += dx;
    y += dy;
    rows[row + UPDATE] = dx;
    rows[row + UPDATE + 1] = dy;
    rows[row + POINT] = x;
    rows[row + POINT + 1] = y;
    rows[row + RATE] = rates[t];
    module.step(numbers, x, y, state, noise, t * noiseRow, weights, t * weightsRow, data, count, rows, row);
    if (!rows.subarray(row, row + WIDTH).every(Number.isFinite)) return { rows, count: t + 1 };
    dx = -rates[t] * state[0];
    dy = -rates[t] * state[1];
  }
  return { rows, count: steps + 1 };
}
