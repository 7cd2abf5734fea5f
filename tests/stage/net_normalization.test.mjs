// What the lab on normalisation says of rates, and draws and says of sizes of batches.

import assert from "node:assert/strict";
import { test } from "node:test";

import { modesFinding } from "../../stage/networks/modes.js";
import { modeCurves } from "../../stage/networks/mode_curves.js";
import { ratesFinding } from "../../stage/networks/scales.js";
import { given } from "./given.mjs";

const texts = given.words.en.network.lab_texts.normalization;
const borne = {
  ...{ own: [2.512, 4.642, 2.512], plain: [0.3981, 0.3981, null], ratio: 8.07, low: 5.31, high: 12.2 },
  ...{ top: 0, top_plain: 0, apart: 1.848, enough: 0.9 },
};

test("rates that are borne are told with their seeds, and how many times as large they are with its interval", () => {
  const said = ratesFinding(texts, borne, "BN");
  assert.equal(said.length, 3);
  assert.match(said[0], /^BN: .* 90% .* is 2\.5 to 4\.6, over 3 of 3 seeds/);
  assert.match(said[1], /^Without normalisation: .* is 0\.4, over 2 of 3 seeds/);
  assert.match(said[2], /8\.1 times .* 5\.3 to 12\).* factor of 1\.8 apart/);
  assert.ok(said.every((sentence) => !/[{}]|NaN|null|undefined/.test(sentence)));
});

test("where nobody learned, or everybody, that is said instead", () => {
  const nobody = { ...borne, plain: [null, null, null], ratio: null, low: null, high: null, top: 2 };
  const said = ratesFinding(texts, nobody, "BN");
  assert.match(said[1], /^BN: 2 of 3 seeds learned even at the largest rate of all/);
  assert.match(said[2], /^Without normalisation: with none of 3 seeds/);
  assert.equal(said[3], texts.found_no_ratio);
});

const shares = (...values) => new Float32Array(values);
const line = (id) => ({ id, mean: shares(NaN, 0.5, 0.75), low: shares(NaN, 0.25, 0.5), high: shares(NaN, 0.625, 1) });

test("three lines over the sizes of batches that are known, each in a band over its seeds", () => {
  const { data, changes } = modeCurves([2, 8, 32], [line("test"), line("train"), line("plain")]);
  assert.deepEqual(
    data.map(({ meta }) => meta.role),
    ["band", "band", "band", "test", "train", "plain"],
  );
  assert.deepEqual(changes.band0, { x: [8, 32, 32, 8], y: [0.625, 1, 0.5, 0.25] });
  assert.deepEqual(
    [Array.from(changes.train1.x), changes.train1.y],
    [
      [2, 8, 32],
      [null, 0.5, 0.75],
    ],
  );
  const lines = data.slice(3);
  assert.equal(new Set(lines.map(({ line: { dash } }) => dash)).size, 3);
  assert.equal(new Set(lines.map(({ line: { color } }) => color)).size, 3);
});

const small = {
  ...{ size: 2, test: 0.151, train: 0.198, plain: 0.956 },
  ...{ gain: { value: -0.8043, low: -0.8726, high: -0.7359 }, apart: { value: 0.0464, low: 0.0117, high: 0.0811 } },
};
const large = {
  ...{ size: 128, test: 0.964, train: 0.954, plain: 0.954 },
  ...{ gain: { value: 0.0096, low: -0.0051, high: 0.0244 }, apart: { value: -0.0096, low: -0.0206, high: 0.0013 } },
};

test("what small batches do, and how far the modes are apart, is said of both ends", () => {
  const said = modesFinding(texts, { validated: 797, ends: [small, large], furthest: 8 }, 3, "BN");
  assert.equal(said.length, 6);
  assert.match(said[0], /of 128 to .* of 2, .* from 96% to 15% with BN and from 95% to 96% .* 3 seeds, 797/);
  assert.match(said[1], /^At B = 2, .* is −80\.4 .* −87\.3 to −73\.6\)/);
  assert.match(said[4], /^At B = 128, 95% .*, 96% .*: −1\.0 .* \(−2\.1 to 0\.1\)/);
  assert.match(said[5], /B = 8\.$/);
  assert.ok(said.every((sentence) => !/[{}]|NaN|null|undefined/.test(sentence)));
});

test("a normalisation of one mode is not said to have two", () => {
  const ends = [small, large].map((end) => ({ ...end, train: null, apart: null }));
  assert.equal(modesFinding(texts, { validated: 797, ends, furthest: null }, 3, "LN").length, 3);
});
