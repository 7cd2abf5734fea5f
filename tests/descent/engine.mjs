// Runs the questions of a file with the stage's own race, and step by step from the points that XLA came through.

import { readFileSync, writeFileSync } from "node:fs";
import { WIDTH, descend, numbersOf } from "../../stage/engine/race.js";

const [given, answers] = process.argv.slice(2);
const rowsOf = ["rates", "noise", "weights", "data", "points"];

/** The rows of a run whose points are given: each is one step of the module. */
function follow(module, question) {
  const { points, noise, weights, data, count } = question;
  const numbers = numbersOf(module, question);
  const state = new Float64Array(2 + module.size);
  const steps = points.length / 2;
  const rows = new Float64Array(steps * WIDTH);
  const directions = [];
  module.begin(numbers, points[0], points[1], state);
  for (let t = 0; t < steps; t++) {
    const [z0, w0] = [noise.length > 2 ? 2 * t : 0, weights.length > count ? count * t : 0];
    module.step(numbers, points[2 * t], points[2 * t + 1], state, noise, z0, weights, w0, data, count, rows, t * WIDTH);
    directions.push(state[0], state[1]);
  }
  return { rows: [...rows], directions };
}

/** JSON has no number for what is not finite. */
const said = (numbers) => numbers.map((number) => (Number.isFinite(number) ? number : String(number)));

const told = [];
for (const question of JSON.parse(readFileSync(given, "utf8"))) {
  const module = await import(`data:text/javascript,${encodeURIComponent(question.module)}`);
  for (const name of rowsOf) question[name] = Float64Array.from(question[name].map(Number));
  for (const name of ["clip_value", "clip_norm"]) question.treatment[name] = Number(question.treatment[name]);
  const { rows, count } = descend(module, question);
  const followed = follow(module, question);
  told.push({
    rows: said([...rows.subarray(0, count * WIDTH)]),
    followed: said(followed.rows),
    directions: said(followed.directions),
  });
}
writeFileSync(answers, JSON.stringify(told));
