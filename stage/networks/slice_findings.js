// What a slice says of the trainers, and why it would mislead: sentences made of its numbers.

import { lastOf } from "./slice_paths.js";
import { percentage } from "./said.js";
import { fill, spell } from "../lib/format.js";

/** @import { NetSlice, SliceWarning } from "../types/network_slice.d.ts" */
/** @import { Sentences } from "../types/words.d.ts" */
/** @import { Path, Race } from "./slice_paths.js" */

/** A share without its sign, which stands in the sentence. @param {number} share */
const percent = (share) => percentage(share).replace("%", "");

/**
 * What is found, once the slice is whole, or why there is none.
 * @param {Sentences} texts
 * @param {NetSlice} answer
 * @param {Path[]} paths
 * @param {Race[]} races
 * @param {string[]} names
 */
export function sliceFinding(texts, answer, paths, races, names) {
  const { lane, finding, diverged, flat, points, asked } = answer;
  if (diverged !== null) return [fill(texts.diverged, { lane: names[lane], step: diverged })];
  if (flat) return [texts.flat];
  if (!finding) return [];
  const found = [];
  if (finding.own !== null) found.push(fill(texts.found_own, { lane: names[lane], percent: percent(finding.own) }));
  if (finding.others !== null) found.push(fill(texts.found_others, { percent: percent(finding.others) }));
  const far = furthest(paths, lane);
  if (far)
    found.push(
      fill(texts.found_true, {
        ...{ lane: names[far.lane], true: spell(lastOf(far.true), 3) },
        shown: spell(lastOf(far.shown), 3),
      }),
    );
  for (const race of races) {
    const space = spell(lastOf(paths.find((each) => each.lane === race.lane)?.true ?? new Float32Array()), 3);
    const said = { lane: names[race.lane], space };
    found.push(
      race.diverged < 0
        ? fill(texts.found_race, { ...said, plane: spell(lastOf(race.losses), 3) })
        : fill(texts.found_race_diverged, { ...said, step: race.diverged }),
    );
  }
  if (points < asked - 1) found.push(fill(texts.fewer, { points, asked }));
  return found;
}

/**
 * Of the paths of others the one whose end the picture is most wrong about.
 * @param {Path[]} paths
 * @param {number} lane
 */
function furthest(paths, lane) {
  /** @param {Path} path */
  const wrong = (path) => Math.abs(Math.log(lastOf(path.shown) / lastOf(path.true)));
  return paths
    .filter((path) => path.lane !== lane && Number.isFinite(wrong(path)))
    .reduce((/** @type {Path | null} */ best, path) => (best && wrong(best) >= wrong(path) ? best : path), null);
}

/**
 * Why the picture would mislead.
 * @param {Sentences} texts
 * @param {SliceWarning[]} warnings
 * @param {string[]} names
 */
export function sliceWarnings(texts, warnings, names) {
  const sentences = {
    symmetry: texts.warn_symmetry,
    far: texts.warn_far,
    axes: texts.warn_axes,
    steps: texts.warn_steps,
    outside: texts.warn_outside,
    clipped: texts.warn_clipped,
  };
  return warnings.map(({ id, lane, share, ratio, factor, here, there }) =>
    fill(sentences[id], {
      ...{ lane: names[lane], percent: percent(share), ratio: spell(ratio, 2), factor: spell(factor, 2) },
      ...{ here: spell(here, 3), there: spell(there, 3) },
    }),
  );
}
