// Shares that are right against the size of batches, as curves with bands over seeds. No element is touched here.

import { curve, known } from "./chart.js";
import { bandAreas } from "./seed_bands.js";

/** @import { Changes, Trace } from "../types/figures.d.ts" */
/** @import { ModeLine } from "../types/network_pictures.d.ts" */

/** How each line is drawn. @type {Record<string, { color: string, dash: string, symbol: string }>} */
const LOOKS = {
  test: { color: "var(--os-accent)", dash: "solid", symbol: "circle" },
  train: { color: "var(--os-ink)", dash: "dot", symbol: "square" },
  plain: { color: "var(--os-warn)", dash: "dash", symbol: "diamond" },
};

/**
 * What is drawn of the `lines`, as far as they are known.
 * @param {ArrayLike<number>} sizes
 * @param {ModeLine[]} lines
 * @returns {{ data: Trace[], changes: Changes }}
 */
export function modeCurves(sizes, lines) {
  const x = Float32Array.from(sizes);
  const bands = lines.map(({ low, high }) => ({ accuracy: /** @type {[Float32Array, Float32Array]} */ ([low, high]) }));
  const areas = bandAreas(
    bands.map((band) => ({ ...band, measured: x, loss: band.accuracy, diverged: 0 })),
    "accuracy",
    lines.map(({ id }) => LOOKS[id].color),
  );
  const { changes } = areas;
  const curves = lines.map(({ id, mean }, lane) => {
    const { color, dash, symbol } = LOOKS[id];
    changes[`${id}${lane}`] = { x, y: known(mean) };
    return curve(
      { role: id, lane },
      { color, dash, width: 2.4 },
      { mode: "lines+markers", marker: { symbol, size: 8, color } },
    );
  });
  return { data: [...areas.data, ...curves], changes };
}
