// A table of one's own for networks: what was read is said at once, and nothing that was typed is lost.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Notes } from "../../stage/cards/notes.js";
import { OwnTable } from "../../stage/networks/own_table.js";
import { fakeClock } from "./clock.mjs";
import { given } from "./given.mjs";
import { fakePage, happen } from "./page.mjs";

const { en } = given.words;
const READ = { ok: true, table: "1,0;2,1", rows: 8, inputs: 1, classes: 2, train: 6, validation: 2 };
const SAID = "8 rows read, with 1 inputs and 2 classes: 6 are for training, 2, drawn at random, for validation.";

/** A box, whose questions are answered by `answer(text)`; what it asks for and sends is listed. */
function boxed(context, answer = () => READ) {
  const page = fakePage(context);
  const clock = fakeClock(context);
  const [asked, sent] = [[], []];
  const facts = {
    get: async (path) => {
      const query = new URLSearchParams(path.slice(path.indexOf("?")));
      assert.ok(path.startsWith("net_table.json?rows="));
      const text = Buffer.from(query.get("rows"), "base64").toString();
      asked.push(text);
      return answer(text);
    },
    forget: () => {},
  };
  const box = new OwnTable(en, facts, (change) => sent.push(change));
  const { text, said } = box.table;
  const type = (value) => {
    text.value = value;
    happen(text, "input");
  };
  const press = (label) => {
    const [button] = box.node.all(({ tagName, children }) => tagName === "BUTTON" && children.includes(label));
    happen(button, "click");
  };
  const sentences = () => said.children.map(({ children }) => children[0]);
  return { box, page, clock, asked, sent, text, type, press, sentences };
}

test("what was read is said when the keys rest, and asked for once", async (context) => {
  const { box, clock, asked, type, sentences } = boxed(context);
  box.open("train");
  assert.deepEqual(sentences(), []);
  type("1,0\n2");
  await clock.pass(100);
  type("1,0\n2,1");
  await clock.pass(100);
  assert.deepEqual(asked, []);
  await clock.pass(200);
  assert.deepEqual(asked, ["1,0\n2,1"]);
  assert.deepEqual(sentences(), [SAID]);
});

test("what was typed stands in the box of another language, and so does what stood there before", async (context) => {
  const { box, text, type, press } = boxed(context);
  box.rows = "5,0;6,1";
  box.open("train");
  type("1,0\n2,1");
  press(en.ui.net_table_example);
  box.node.close();
  const other = new OwnTable(given.words.zh, box.facts, box.push);
  other.rows = box.rows;
  other.resume(box);
  other.open("train");
  assert.equal(other.table.text.value, text.value);
  assert.ok(other.touched && !other.restore.hidden);
  other.put(other.before);
  assert.equal(other.table.text.value, "1,0\n2,1");
});

test("what is wrong is said with its line, and stays as it was typed", async (context) => {
  const wrong = { ok: false, why: "not_a_number", line: 2, value: "many" };
  const { box, page, clock, sent, text, type, press, sentences } = boxed(context, () => wrong);
  box.open("train");
  type("1,0\nmany,1");
  press(en.ui.net_table_apply);
  await clock.pass(0);
  assert.deepEqual(sentences(), ["Line 2: “many” is not a plain decimal number such as 12, 0.5 or 1e-3."]);
  assert.deepEqual([text.value, text.hasAttribute("aria-invalid"), box.node.open], ["1,0\nmany,1", true, true]);
  assert.equal(page.document.activeElement, text);
  assert.deepEqual(sent, []);
  press(en.ui.batch_cancel);
  assert.equal(box.node.open, false);
  box.open("train");
  assert.deepEqual([text.value, sent], ["1,0\nmany,1", []]);
});

test("an answer to what stood there before is not heard", async (context) => {
  const waiting = [];
  const { box, clock, type, sentences } = boxed(context, () => new Promise((resolve) => waiting.push(resolve)));
  box.open("train");
  type("1");
  await clock.pass(200);
  type("1,0\n2,1");
  waiting[0]({ ok: false, why: "binary", line: 0, value: "" });
  await clock.pass(200);
  assert.deepEqual(sentences(), []);
  waiting[1](READ);
  await clock.pass(0);
  assert.deepEqual(sentences(), [SAID]);
});

test("applied is what stands in the field, for the lab in which the box was opened", async (context) => {
  const { box, clock, sent, text, type, press } = boxed(context);
  for (const [lab, more] of [
    ["train", {}],
    ["init", { lab: "init" }],
  ]) {
    box.open(lab);
    type("a,b\n1,0\n2,1");
    press(en.ui.net_table_apply);
    await clock.pass(0);
    assert.equal(box.node.open, false);
    assert.deepEqual(sent.splice(0), [{ do: "net_table", bytes: btoa("a,b\n1,0\n2,1"), ...more }]);
  }
  // The scene has it now, by another spelling: what was typed is what is shown.
  box.rows = READ.table;
  box.open("train");
  assert.equal(text.value, "a,b\n1,0\n2,1");
  press(en.ui.batch_cancel);
  // And where the scene has another one, by a link, that is shown.
  box.rows = "5,0;6,1";
  box.open("train");
  assert.equal(text.value, "5,0\n6,1");
});

test("who closes the box while it is looked at has applied nothing", async (context) => {
  const { box, clock, sent, type, press } = boxed(context);
  box.open("train");
  type("1,0\n2,1");
  press(en.ui.net_table_apply);
  press(en.ui.batch_cancel);
  await clock.pass(0);
  assert.deepEqual(sent, []);
});

test("an example takes the place of what was typed, which can be had again", async (context) => {
  const { box, clock, asked, text, type, press } = boxed(context);
  box.open("train");
  assert.equal(box.restore.hidden, true);
  type("1,0");
  press(en.ui.net_table_example);
  const example = text.value;
  assert.deepEqual(example.split("\n").slice(0, 2), ["petal length,petal width,species", "1.4,0.2,setosa"]);
  assert.equal(example.split("\n").length, 49);
  press(en.ui.net_table_example);
  assert.equal(box.restore.hidden, false);
  press(en.ui.net_table_before);
  assert.equal(text.value, "1,0");
  press(en.ui.net_table_before);
  assert.equal(text.value, example);
  await clock.pass(0);
  assert.equal(asked.at(-1), example);
});

test("a file is read as text, whatever of the usual ways it is written in", async (context) => {
  const { box, text } = boxed(context);
  box.open("train");
  const table = "länge,a\n1,0\n2,1";
  const little = Buffer.from(`\ufeff${table}`, "utf16le");
  const big = Buffer.from(little).swap16();
  for (const bytes of [Buffer.from(table), Buffer.from(`\ufeff${table}`), little, big]) {
    text.value = "";
    await box.take(Uint8Array.from(bytes));
    assert.equal(text.value, table);
  }
});

test("a file that is no text, or too long, is refused and changes nothing", async (context) => {
  const fault = { ok: false, why: "too_long", line: 0, value: "" };
  const { box, clock, asked, text, type, sentences } = boxed(context, () => fault);
  box.open("train");
  type("1,0");
  const long = new Uint8Array(en.limits.table_bytes + 1).fill(49);
  for (const bytes of [long, Uint8Array.of(0x89, 80, 78, 71), Uint8Array.of(49, 44, 0)]) {
    await box.take(bytes);
    await clock.pass(0);
    assert.equal(text.value, "1,0");
    assert.match(sentences()[0], /^This is not taken, and what stands here stays\. A table has at most 65536/);
  }
  assert.equal(asked[0].length, en.limits.table_bytes + 1);
});

test("a text that is too long for the field is not put into it", async (context) => {
  const fault = { ok: false, why: "too_long", line: 0, value: "" };
  const { box, clock, asked, text, sentences } = boxed(context, () => fault);
  box.open("train");
  const { table_bytes: most } = en.limits;
  assert.equal(happen(text, "beforeinput", { data: "1".repeat(most) }).defaultPrevented, false);
  assert.equal(happen(text, "beforeinput", { data: "1".repeat(most + 9) }).defaultPrevented, true);
  await clock.pass(0);
  assert.equal(asked[0].length, most + 1);
  assert.match(sentences()[0], /^This is not taken/);
});

test("a file that is dropped on the box is taken, and text is left to the field", async (context) => {
  const { box, clock, text } = boxed(context);
  box.open("train");
  const dropped = (types, files) => happen(box.node, "drop", { dataTransfer: { types, files } });
  assert.equal(dropped(["text/plain"], []).defaultPrevented, false);
  assert.equal(dropped(["Files"], [new Blob(["3,1"])]).defaultPrevented, true);
  await clock.pass(0);
  assert.equal(text.value, "3,1");
});

test("where nobody answers that is said, and nothing is sent", async (context) => {
  const { box, clock, sent, type, press, sentences } = boxed(context, () => Promise.reject(new Error("503")));
  box.open("train");
  type("1,0");
  press(en.ui.net_table_apply);
  await clock.pass(0);
  assert.match(sentences()[0], /503/);
  assert.deepEqual([sent, box.node.open], [[], true]);
});

test("a table of a link that cannot be used is told in a note", (context) => {
  fakePage(context);
  const notes = new Notes(en);
  notes.show([{ why: "constant_column", parameter: "nettable", value: "7", used: "2" }]);
  const [line] = notes.repairs.all(({ tagName }) => tagName === "LI");
  assert.equal(line.children[0], "Column 2 is 7 in every row: it says nothing. Leave it out.");
});
