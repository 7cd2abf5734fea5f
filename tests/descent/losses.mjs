// The losses of a file's modules at its points, and what becomes of roundings there.

import { readFileSync, writeFileSync } from "node:fs";
import { SHIFTS, imported, rounded, said } from "./rounding.mjs";

const [given, answers] = process.argv.slice(2);

function lossesAt(module, { knobs, points, data, count }, shift = [0, 0]) {
  const numbers = Float64Array.from(module.ground, (name) => knobs[name]);
  return points.map(([x, y]) => module.loss(numbers, x + shift[0], y + shift[1], data, count));
}

const told = [];
for (const question of JSON.parse(readFileSync(given, "utf8"))) {
  question.data = Float64Array.from(question.data);
  const losses = lossesAt(await imported(question.module), question);
  const shaken = await imported(rounded(question.module));
  const unit = 2 ** -52 * question.reach;
  const growth = losses.map(() => 0);
  for (const shift of SHIFTS)
    lossesAt(
      shaken,
      question,
      shift.map((part) => part * unit),
    ).forEach((loss, index) => (growth[index] = Math.max(growth[index], Math.abs(loss - losses[index]))));
  told.push({ losses: said(losses), growth: said(growth) });
}
writeFileSync(answers, JSON.stringify(told));
