// Runs the questions of a file with the stage's own race, and step by step from the points that XLA came through.

import { readFileSync, writeFileSync } from "node:fs";
import { WIDTH, descend } from "../../stage/engine/race.js";
import { SHIFTS, imported, rounded, said } from "./rounding.mjs";

const [given, answers] = process.argv.slice(2);
const rowsOf = ["rates", "noise", "weights", "data", "points"];

/** The rows of a run whose points are given: each is one step of the modules. */
function follow({ surface, hessian, steps: method }, question) {
  const { points, noise, weights, data, count } = question;
  const ground = Float64Array.from(surface.ground, (name) => question.ground[name]);
  const numbers = Float64Array.from([
    ...method.ground.map((name) => question.ground[name]),
    ...method.method.map((name) => question.method[name]),
    ...["decoupled", "clip_value", "clip_norm", "noise_scale"].map((name) => question.treatment[name]),
  ]);
  const [state, there] = [new Float64Array(2 + method.size), new Float64Array(9)];
  const steps = points.length / 2;
  const rows = new Float64Array(steps * WIDTH);
  const directions = [];
  method.begin(numbers, points[0], points[1], state);
  for (let t = 0; t < steps; t++) {
    const [z0, w0] = [noise.length > 2 ? 2 * t : 0, weights.length > count ? count * t : 0];
    const [x, y] = points.subarray(2 * t, 2 * t + 2);
    surface.slopes(ground, x, y, weights, w0, data, count, there);
    hessian?.hessian(ground, x, y, data, count, there);
    method.step(numbers, x, y, state, there, noise, z0, weights, w0, data, count, rows, t * WIDTH);
    directions.push(state[0], state[1]);
  }
  return { rows: [...rows], directions };
}

const GROUPS = [[0, 1], [2, 3], [4], [5, 6], [7, 8], [9, 10], [11], [12, 13], [14, 15]];

/** The modules with every point moved by a unit in the last place of a number of this size, now here, now there. */
function jittered({ surface, hessian, steps }, size, shift) {
  const unit = 2 ** -52 * size;
  let times = 0;
  let [dx, dy] = [0, 0];
  const slopes = (k, x, y, ...others) => {
    const sign = times++ % 3 ? 1 : -1; // the first that is asked about a point
    [dx, dy] = shift.map((part) => sign * part * unit);
    surface.slopes(k, x + dx, y + dy, ...others);
  };
  const moved =
    (call) =>
    (k, x, y, ...others) =>
      call(k, x + dx, y + dy, ...others);
  return {
    surface: { ...surface, slopes },
    hessian: hessian && { hessian: moved(hessian.hessian) },
    steps: { ...steps, step: moved(steps.step) },
  };
}

/** The modules of a question, each changed by `change`. */
async function modulesOf({ surface, hessian, steps }, change = (text) => text) {
  const load = (text) => text && imported(change(text));
  return { surface: await load(surface), hessian: await load(hessian), steps: await load(steps) };
}

/** By how much rows differ from others, in parts of what is usual in their columns; Infinity for another number of them. */
function difference(rows, others, width = WIDTH, groups = GROUPS) {
  if (rows.length !== others.length) return Infinity;
  let most = 0;
  for (const columns of groups) {
    let [usual, far] = [0, 0];
    for (let row = 0; row < rows.length; row += width)
      for (const column of columns) {
        const [one, other] = [rows[row + column], others[row + column]];
        if (Number.isFinite(other)) usual = Math.max(usual, Math.abs(other));
        if (one !== other && Number.isFinite(one - other)) far = Math.max(far, Math.abs(one - other));
      }
    most = Math.max(most, far / (usual + 1e-300));
  }
  return most;
}

/** What becomes of roundings of the points: in a whole run, and in single steps. */
async function growth(question, run, single) {
  const modules = await modulesOf(question.modules, rounded);
  const most = { run: 0, step: 0 };
  for (const shift of SHIFTS) {
    const shaken = jittered(modules, question.reach, shift);
    const { rows, count } = descend(shaken, question);
    most.run = Math.max(most.run, difference(rows.subarray(0, count * WIDTH), run));
    const { rows: steps, directions } = follow(shaken, question);
    most.step = Math.max(
      most.step,
      difference(steps, single.rows),
      difference(directions, single.directions, 2, [[0, 1]]),
    );
  }
  return { run: Math.min(most.run, 1), step: Math.min(most.step, 1) };
}

const told = [];
for (const question of JSON.parse(readFileSync(given, "utf8"))) {
  const modules = await modulesOf(question.modules);
  for (const name of rowsOf) question[name] = Float64Array.from(question[name].map(Number));
  for (const name of ["clip_value", "clip_norm"]) question.treatment[name] = Number(question.treatment[name]);
  const { rows, count } = descend(modules, question);
  const followed = follow(modules, question);
  const run = rows.subarray(0, count * WIDTH);
  const most = await growth(question, run, followed);
  told.push({
    growth: [most.run, most.step],
    rows: said([...run]),
    followed: said(followed.rows),
    directions: said(followed.directions),
  });
}
writeFileSync(answers, JSON.stringify(told));
