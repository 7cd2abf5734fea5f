// What the stage makes of the losses in a file: scale, levels, colours and contour lines, for tests/stage/test_height_maps.py.

import { readFileSync, writeFileSync } from "node:fs";
import { contours } from "../../stage/figures/contours.js";
import { heightsOf, levelsOf, scaleOf } from "../../stage/figures/height_scale.js";
import { shaded } from "../../stage/figures/shading.js";

const [given, answers] = process.argv.slice(2);

const told = JSON.parse(readFileSync(given, "utf8")).map(({ columns, rows, losses, least, rules }) => {
  const samples = { columns, rows, losses: Float64Array.from(losses, Number) };
  const scale = scaleOf(samples, rules);
  const levels = levelsOf(scale, least, rules);
  const lines = contours(
    samples,
    scale,
    levels.map(([level]) => level),
  );
  const colours = shaded(samples, heightsOf(samples.losses, scale), rules.relief);
  return { scale, levels, lines, colours: [...colours] };
});
writeFileSync(answers, JSON.stringify(told));
