// One lane's descent, step by step, by the modules that the server wrote for its surface and its method
// (descent/javascript). The rows are those of a recorded run (descent/program.py).

/** @import { Descent, Modules, Question } from "../types/engine.d.ts" */

export const WIDTH = 16;
const UPDATE = 0;
const POINT = 2;
const RATE = 11;

/** What a step is given besides numbers of the landscape and of the method, in the order in which `k` has it. */
const TREATMENT = /** @type {const} */ (["decoupled", "clip_value", "clip_norm", "noise_scale"]);

/** How many numbers say what the surface is like at a point, its Hessian among them. */
const SLOPES = 9;

/**
 * The numbers of a question as the modules have them.
 * @param {Modules} modules
 * @param {Pick<Question, "ground" | "method" | "treatment">} question
 */
function numbersOf({ surface, steps }, { ground, method, treatment }) {
  const onSurface = Float64Array.from(surface.ground, (name) => ground[name]);
  const ofSteps = Float64Array.from([
    ...steps.ground.map((name) => ground[name]),
    ...steps.method.map((name) => method[name]),
    ...TREATMENT.map((name) => treatment[name]),
  ]);
  return [onSurface, ofSteps];
}

/**
 * Run it: rows up to the last step, or to the first row with a number that is not finite.
 * @param {Modules} modules
 * @param {Question} question
 * @returns {Descent}
 */
export function descend(modules, question) {
  const { surface, hessian, steps: method } = modules;
  const { start, steps, rates, noise, weights, data, count } = question;
  const [ground, numbers] = numbersOf(modules, question);
  const there = new Float64Array(SLOPES);
  const rows = new Float64Array((steps + 1) * WIDTH);
  const state = new Float64Array(2 + method.size);
  // Where nothing is left to chance there is one row, for all steps.
  const noiseRow = noise.length > 2 ? 2 : 0;
  const weightsRow = weights.length > count ? count : 0;
  let [x, y] = start;
  let [dx, dy] = [0, 0];
  method.begin(numbers, x, y, state);
  for (let t = 0; t <= steps; t++) {
    const row = t * WIDTH;
    x += dx;
    y += dy;
    rows[row + UPDATE] = dx;
    rows[row + UPDATE + 1] = dy;
    rows[row + POINT] = x;
    rows[row + POINT + 1] = y;
    rows[row + RATE] = rates[t];
    const [z0, w0] = [t * noiseRow, t * weightsRow];
    surface.slopes(ground, x, y, weights, w0, data, count, there);
    hessian?.hessian(ground, x, y, data, count, there);
    method.step(numbers, x, y, state, there, noise, z0, weights, w0, data, count, rows, row);
    if (!rows.subarray(row, row + WIDTH).every(Number.isFinite)) return { rows, count: t + 1 };
    dx = -rates[t] * state[0];
    dy = -rates[t] * state[1];
  }
  return { rows, count: steps + 1 };
}
