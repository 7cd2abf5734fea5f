// What the lab on the spectrum of the Hessian has found, in sentences made of its numbers.

import { percentage } from "./said.js";
import { fill, fixed, spell } from "../lib/format.js";

/** @import { Spectrum } from "../types/network_pictures.d.ts" */
/** @import { NetSpectrum } from "../types/network_labs.d.ts" */

const SURE = 1e-3; // of an eigenvalue: a smaller error is not told

/**
 * How many eigenvalues stand out, how many are negative, and which batches end sharper.
 * @param {Record<string, string>} texts of the lab
 * @param {NetSpectrum} answer
 * @param {Spectrum | null} spectrum
 */
export function spectrumFinding(texts, answer, spectrum) {
  return [...(spectrum ? eigenvalues(texts, answer, spectrum) : []), ...sharper(texts, answer)];
}

/**
 * @param {Record<string, string>} texts
 * @param {NetSpectrum} answer
 * @param {Spectrum} spectrum
 */
function eigenvalues(texts, { parameters, exact, step, classes }, { largest, errors, smallest, negative, outliers }) {
  const told = {
    step: step ?? 0,
    parameters,
    largest: spell(largest[0], 3),
    least: spell(smallest[smallest.length - 1], 3),
  };
  const worst = Math.max(...errors.map((error, k) => error / Math.abs(largest[k])));
  const out = outliers && { count: outliers.count, ratio: spell(outliers.ratio, 2), classes, less: classes - 1 };
  const low = percentage(Math.max(0, negative.low));
  const high = percentage(Math.min(1, negative.high));
  return [
    fill(exact ? texts.found_exact : texts.found_some, told),
    worst > SURE && fill(texts.found_error, { error: percentage(worst) }),
    out && fill(outliers.count === classes - 1 ? texts.found_less : texts.found_gap, out),
    exact
      ? fill(texts.found_negative, { share: percentage(negative.value) })
      : fill(texts.found_negative_some, { low, high }),
  ].flatMap((sentence) => sentence || []);
}

/**
 * @param {Record<string, string>} texts
 * @param {NetSpectrum} answer
 */
function sharper(texts, { sharpness, runs, diverged }) {
  if (diverged) return [texts.found_nothing];
  if (!sharpness) return [];
  const { small, large, ratio, small_loss, large_loss, lost } = sharpness;
  const [batch, other] = runs.map((each) => each.batch);
  const seeds = runs[0].sharpness.length - lost;
  const verdict = ratio.low > 1 ? texts.found_sharper : ratio.high < 1 ? texts.found_flatter : texts.found_alike;
  return [
    fill(texts.found_means, {
      ...{ seeds, batch, other, small: spell(small.value, 3), large: spell(large.value, 3) },
      ...{ small_low: spell(small.low, 3), small_high: spell(small.high, 3) },
      ...{ large_low: spell(large.low, 3), large_high: spell(large.high, 3) },
    }),
    fill(verdict, { other, ratio: fixed(ratio.value, 2), low: fixed(ratio.low, 2), high: fixed(ratio.high, 2) }),
    fill(texts.found_losses, { batch, other, small: spell(small_loss, 2), large: spell(large_loss, 2) }),
    ...(lost ? [fill(texts.found_lost, { lost })] : []),
  ];
}
