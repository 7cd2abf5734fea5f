// What the lab on normalisation says of rates.

import assert from "node:assert/strict";
import { test } from "node:test";

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
  assert.match(said[1], /^BN: with 2 of 3 seeds that is the largest rate of all/);
  assert.match(said[2], /^Without normalisation: with none of 3 seeds/);
  assert.equal(said[3], texts.found_no_ratio);
});
