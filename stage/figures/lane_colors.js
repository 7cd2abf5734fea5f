// The colours of lanes: those of their methods, whatever their order. Figures come with room for eight lanes in colours
// of no meaning, and are coloured here for the lanes that are raced.

/** @import { Figure, MethodColors, Trace } from "../types/figures.d.ts" */

/**
 * The colour of each lane, by the id of its method: a second lane of the same method has the next shade of its colour.
 * @param {{ id: string }[]} lanes
 * @param {MethodColors} methods
 */
export function laneColors(lanes, methods) {
  /** @type {Record<string, number>} */
  const seen = {};
  return lanes.map(({ id }) => {
    const shades = methods[id];
    seen[id] = (seen[id] ?? -1) + 1;
    return shades[seen[id] % shades.length];
  });
}

/**
 * The figure with all that belongs to lanes in these colours.
 * @template {Figure} Kind
 * @param {Kind} figure
 * @param {string[]} colors
 * @returns {Kind}
 */
export const colored = (figure, colors) => ({ ...figure, data: figure.data.map((trace) => repainted(trace, colors)) });

/**
 * @param {Trace} trace
 * @param {string[]} colors
 * @returns {Trace}
 */
function repainted(trace, colors) {
  const { meta, line, marker, fillcolor } = trace;
  // One trace for the heads of all lanes, the first of which stands at `first`.
  if (meta.first !== undefined && marker && Array.isArray(marker.color)) {
    const { first } = meta;
    const color = marker.color.map((before, index) => colors[index - first] ?? before);
    return { ...trace, marker: { ...marker, color } };
  }
  const color = meta.lane === undefined || meta.role.endsWith("halo") ? undefined : colors[meta.lane];
  if (color === undefined) return trace;
  const edge = marker?.line;
  return {
    ...trace,
    ...(line?.color && { line: { ...line, color } }),
    ...(fillcolor && { fillcolor: faded(fillcolor, color) }),
    ...(marker && {
      marker: { ...marker, color, ...(edge?.color === marker.color && { line: { ...edge, color } }) },
    }),
  };
}

/**
 * `color` as translucent as `before` is.
 * @param {string} before
 * @param {string} color
 */
function faded(before, color) {
  const [, opacity] = before.match(/rgba\(.*,\s*([\d.]+)\)/) ?? [];
  if (!opacity) return color;
  const parts = [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
  return `rgba(${parts.join(", ")}, ${opacity})`;
}
