// The lab on the book: what is drawn of an experiment, and sentences made of its numbers.

import assert from "node:assert/strict";
import { test } from "node:test";

import { bookCurves, curvesOf, inks, trialMarks } from "../../stage/networks/book_charts.js";
import { bookFinding, bookQuestions, number, place, settings, why } from "../../stage/networks/book_words.js";
import { given } from "./given.mjs";

const { experiments, ranking } = given.book;
const words = Object.fromEntries(Object.entries(given.words).map(([lang, each]) => [lang, each.network.book]));
const { en, zh } = words;
const pack = (...values) => Buffer.from(new Float32Array(values).buffer).toString("base64");
const LARGEST = 3.4028234663852886e38;

const row = {
  ...{ lane: "he", curve: "loss", outcome: null, x: 500, printed: 0.34, median: 0.2, low: 0.1, high: 0.3 },
  ...{ agree: false, why: "fewer", seen: { ours: 16, book: 1.0667 } },
};
const small = {
  ...{ id: "starting_weights", section: "6.2.4", axis: "step", x: pack(0, 500, 1000), seeds: 10, band: 95 },
  ...{ settings: {}, within: 9 / 11, trials: null, answer: null, rows: [row] },
  lanes: [
    { id: "xavier", curves: [{ id: "loss", median: pack(2, 1, 0), low: pack(1, 0.5, 0), high: pack(3, 2, LARGEST) }] },
    { id: "he", curves: [{ id: "loss", median: pack(2, 0.2, 0.1), low: pack(1, 0.1, 0.05), high: pack(3, 0.3, 0.2) }] },
  ],
};

test("a band goes there and back, over what is known and has a place on its axis", () => {
  const { data, changes, logY, logX, x, y } = bookCurves(small, "loss", ["red", "blue"]);
  assert.deepEqual(changes.band0, { x: [0, 500, 500, 0], y: [1, 0.5, 2, 3] });
  assert.deepEqual(changes.median0.y, [2, 1, null]);
  assert.deepEqual(changes.band1.x, [0, 500, 1000, 1000, 500, 0]);
  assert.deepEqual([logY, logX], [true, false]);
  assert.ok(x[0] < 0 && x[1] > 1000 && y[0] < Math.log10(0.05) && y[1] > Math.log10(3));
  assert.deepEqual(
    data.map(({ meta, mode }) => [meta.role, meta.lane, mode]),
    [
      ["band", 0, "lines"],
      ["band", 1, "lines"],
      ["median", 0, "lines"],
      ["median", 1, "lines"],
      ["printed", 1, "markers"],
    ],
  );
  assert.deepEqual(changes.printed1, { x: [500], y: [0.34] });
});

test("every figure that was computed is drawn with all its printed numbers", () => {
  assert.ok(experiments.length >= 2);
  for (const each of experiments) {
    const drawings = curvesOf(each).map((name) => (each.trials ? null : bookCurves(each, name, Array(4).fill("red"))));
    if (each.trials) {
      const { changes, logX } = trialMarks(each, "red");
      assert.equal(changes.trials.x.length, each.settings.trials);
      assert.ok(logX && changes.printed.x[0] > 0 && changes.printed.y[0] > 0);
      continue;
    }
    const marks = drawings.flatMap(({ changes }) =>
      Object.entries(changes).flatMap(([name, { x }]) => (name.startsWith("printed") ? Array.from(x) : [])),
    );
    assert.equal(marks.length, each.rows.length, each.id);
    assert.equal(inks(each).length, each.lanes.length);
    for (const { x, y } of drawings) assert.ok(x[0] < x[1] && y[0] < y[1]);
  }
});

test("a search is drawn as its trials", () => {
  const rows = [
    { ...row, outcome: "best", printed: 0.84 },
    { ...row, outcome: "rate_of_best", printed: 0.0094 },
  ];
  const trials = { decays: pack(1e-8), rates: pack(0.01), found: pack(0.5) };
  const { changes } = trialMarks({ ...small, rows, trials }, "red");
  assert.deepEqual(changes.printed, { x: [0.0094], y: [0.84] });
  assert.deepEqual(changes.trials.y, [0.5]);
  assert.equal(trialMarks(small, "red"), null);
});

/** The numbers in a text. */
const numbers = (text) => Array.from(text.matchAll(/−?\d+(?:\.\d+)?/g), ([each]) => Number(each.replace("−", "-")));

for (const [lang, book] of Object.entries(words)) {
  test(`sentences have the numbers of the results, ${lang}`, () => {
    for (const each of experiments) {
      const agree = each.rows.filter((one) => one.agree).length;
      const [counted, next] = bookFinding(book, each);
      assert.deepEqual(new Set(numbers(counted)), new Set([agree, each.rows.length, each.band, each.seeds]));
      assert.deepEqual(new Set(numbers(next)), new Set([each.seeds, Math.round(100 * each.within)]));
      const text = settings(book, each).join(" ");
      assert.ok(text.includes(each.section) && !/[{}]|undefined/.test(text), text);
      for (const one of each.rows) {
        assert.ok(!/[{}]|undefined/.test(place(book, each, one) + why(book, each, one)), one.lane);
        assert.equal(why(book, each, one) === "", one.agree);
      }
      for (const { question, answer } of bookQuestions(book, each, ranking)) {
        assert.ok(!/[{}]|undefined/.test(question + answer), answer);
        assert.ok(numbers(answer).length >= 3);
      }
    }
  });
}

test("why ours is another is said with how often images were seen", () => {
  assert.match(why(en, small, row), /seen 16 times, each of the book’s 1\.1 times/);
  assert.match(why(zh, small, row), /用了 16 次.*1\.1 次/);
  assert.equal(why(en, small, { ...row, why: null }), "");
  assert.equal(place(en, small, row), "He, σ = √(2/n): loss at step 500");
});

test("how many numbers chance alone puts outside is said where nothing else is known", () => {
  assert.match(why(en, small, { ...row, why: "open" }), /by chance alone 0\.18 of 1 numbers .* of 10 seeds/);
  const normed = experiments.find(({ id }) => id === "batch_norm");
  const last = normed.rows.find((one) => one.why === "epsilon");
  assert.ok(why(en, normed, last).includes(`${number(normed.answer.median_epsilon)} (`));
});

test("which factor belongs to dropout is answered by losses", () => {
  const dropout = experiments.find(({ id }) => id === "dropout");
  const [{ question, answer }] = bookQuestions(en, dropout, ranking);
  assert.match(question, /by the dropout ratio, or by one minus it/);
  const { median_stays, median_ratio, high_stays, low_ratio } = dropout.answer;
  assert.ok(high_stays < low_ratio, "the bands lie apart, so that the answer may be said");
  assert.match(answer, /By 1 − 0\.2 = 0\.8/);
  for (const value of [median_stays, median_ratio]) assert.ok(answer.includes(number(value)));
});

test("what so few points rank is answered by their errors", () => {
  const decay = experiments.find(({ id }) => id === "weight_decay");
  const [{ answer }] = bookQuestions(en, decay, ranking);
  assert.ok(ranking.z < 1.96, "else the answer were not no");
  assert.match(answer, /^No\. .*error of 4\.3 percentage points.*L2 penalty and None, are 6 points apart.* 0\.97 /);
  assert.ok(answer.includes(String(ranking.needed)));
});
