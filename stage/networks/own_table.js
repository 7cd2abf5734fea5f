// A table of one's own for networks: a box in which it is pasted, typed or opened as a file. It is said at once what was
// read, or what is wrong and on which line; the scene stays as it is until what stands there is applied.

import { TableText, sayTable } from "../controls/table_text.js";
import { el } from "../lib/dom.js";
import { fill } from "../lib/format.js";
import { whole } from "../session/facts.js";

/** @import { FactSource } from "../session/facts.js" */
/** @import { FactPath } from "../types/facts.d.ts" */
/** @import { LabName, NetTable, UnreadableTable } from "../types/networks.d.ts" */
/** @import { Push } from "../types/stage.d.ts" */
/** @import { Words } from "../types/words.d.ts" */

const PAUSE = 200; // ms without a key before the table is looked at

/** Length and width in cm of petals of three species of iris, the first sixteen of each: Anderson 1935, Fisher 1936. */
const PETALS = {
  setosa:
    "1.4,0.2 1.4,0.2 1.3,0.2 1.5,0.2 1.4,0.2 1.7,0.4 1.4,0.3 1.5,0.2 1.4,0.2 1.5,0.1 1.5,0.2 1.6,0.2 1.4,0.1 1.1,0.1 1.2,0.2 1.5,0.4",
  versicolor:
    "4.7,1.4 4.5,1.5 4.9,1.5 4,1.3 4.6,1.5 4.5,1.3 4.7,1.6 3.3,1 4.6,1.3 3.9,1.4 3.5,1 4.2,1.5 4,1 4.7,1.4 3.6,1.3 4.4,1.4",
  virginica:
    "6,2.5 5.1,1.9 5.9,2.1 5.6,1.8 5.8,2.2 6.6,2.1 4.5,1.7 6.3,1.8 5.8,1.8 6.1,2.5 5.1,2 5.3,1.9 5.5,2.1 5,2 5.1,2.4 5.3,2.3",
};

export class OwnTable {
  /**
   * `facts` says what a table holds, `push` changes the scene.
   * @param {Words} words
   * @param {FactSource} facts
   * @param {Push} push
   */
  constructor(words, facts, push) {
    const { ui } = words;
    this.words = words;
    this.facts = facts;
    this.push = push;
    /** @type {string | null} the table that the scene has, as a link spells it */
    this.rows = null;
    /** @type {string | null} how a link spells what stands in the field, if it was applied */
    this.applied = null;
    /** Whether what stands in the field was not applied. */
    this.touched = false;
    /** @type {string | null} what stood in the field before an example or a file */
    this.before = null;
    /** @type {LabName} */
    this.lab = "train";
    this.asked = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.pause = undefined;
    const told = {
      name: "os-nettable",
      rows: 12,
      label: ui.net_table_text,
      hint: ui.net_table_hint,
      placeholder: "1.4, 0.2, a\n4.7, 1.4, b\n1.3, 0.2, a",
    };
    this.table = new TableText(words, told, { typed: () => this.typed(), file: (bytes) => this.take(bytes) });
    const { text, said, hint, button } = this.table;
    /** @param {string} label @param {() => void} onclick */
    const quiet = (label, onclick) => el("button.os-quiet", { type: "button", onclick }, label);
    this.restore = quiet(ui.net_table_before, () => this.put(this.before ?? ""));
    this.restore.hidden = true;
    /** @type {HTMLDialogElement} */
    this.node = el(
      "dialog.os-dialog.os-owntable",
      { "aria-labelledby": "os-nettable-title" },
      el("h2.os-head", { id: "os-nettable-title" }, ui.net_table),
      hint,
      text,
      said,
      el(
        "div.os-headrow",
        {},
        button,
        quiet(ui.net_table_example, () => this.put(example(ui.net_table_columns))),
        this.restore,
      ),
      el(
        "div.os-headrow",
        {},
        el("button.os-solid", { type: "button", onclick: () => this.apply() }, ui.net_table_apply),
        quiet(ui.batch_cancel, () => this.node.close()),
      ),
    );
    this.table.dropped(this.node);
  }

  /**
   * Open the box in `lab`. What is not applied yet is what the reader goes on with, and else the table of the scene.
   * @param {LabName} lab
   */
  open(lab) {
    this.lab = lab;
    if (!this.touched && this.rows !== null && this.rows !== this.applied) {
      this.table.text.value = this.rows.replaceAll(";", "\n");
      this.applied = this.rows;
    }
    this.node.showModal();
    this.table.text.focus();
    this.look();
  }

  /**
   * Go on with what stands in `other`, the box in the language that was read until now.
   * @param {OwnTable} other
   */
  resume({ table, applied, touched, before }) {
    this.table.text.value = table.text.value;
    this.applied = applied;
    this.touched = touched;
    this.before = before;
    this.restore.hidden = before === null;
  }

  typed() {
    this.touched = true;
    this.stop();
    this.pause = setTimeout(() => this.look(), PAUSE);
  }

  /** What is on its way is about what stood there before. */
  stop() {
    clearTimeout(this.pause);
    this.asked += 1;
  }

  /**
   * Let `text` stand in the field; what was typed there can be had again.
   * @param {string} text
   */
  put(text) {
    const { value } = this.table.text;
    if (this.touched && value.trim() && value !== text) this.before = value;
    else if (text === this.before) this.before = null;
    this.restore.hidden = this.before === null;
    this.table.text.value = text;
    this.touched = true;
    this.look();
  }

  /**
   * A file: its text is put into the field, where a line of it can be mended. If it has none, all stays as it is.
   * @param {Uint8Array} bytes
   */
  async take(bytes) {
    const { ui } = this.words;
    const text = bytes.length < this.table.most ? decoded(bytes) : null;
    if (text !== null) return this.put(text);
    const read = await this.read(bytes);
    const fault = read && !read.ok ? this.fault(read) : "";
    if (read) this.say("os-warn", fill(ui.net_table_refused, { fault }));
  }

  /** Say what the table in the field holds; of an empty one there is nothing to say. */
  async look() {
    if (this.table.text.value.trim()) return this.check();
    this.stop();
    this.table.complain([]);
  }

  /** Say what the table in the field holds, and return how a link spells it, null if it cannot be used. */
  async check() {
    const { ui } = this.words;
    const read = await this.read(this.table.bytes);
    if (!read) return null;
    this.table.complain(read.ok ? [] : [this.fault(read)]);
    if (!read.ok) return null;
    const { table, rows, inputs, classes, train, validation } = read;
    this.say("os-muted", fill(ui.net_table_read, { rows, inputs, classes, train, validation }));
    return table;
  }

  /**
   * What the server says of these bytes; null where something else stands in the field by now, or nobody answers.
   * @param {Uint8Array} bytes
   * @returns {Promise<NetTable | UnreadableTable | null>}
   */
  async read(bytes) {
    this.stop();
    const { asked } = this;
    /** @type {FactPath<"net_table.json">} */
    const path = `net_table.json?rows=${encodeURIComponent(this.table.packed(bytes))}`;
    try {
      const answer = await whole(this.facts, path, () => true);
      this.facts.forget(path); // a table may be long, and is hardly asked for again
      return asked === this.asked ? answer : null;
    } catch (error) {
      const what = /** @type {Error} */ (error).message;
      if (asked === this.asked) this.say("os-warn", fill(this.words.ui.loading_failed, { what }));
      return null;
    }
  }

  /** @param {UnreadableTable} table */
  fault({ why, value, line }) {
    return sayTable(this.words, { why, value, used: String(line) });
  }

  /**
   * @param {string} style
   * @param {string} sentence
   */
  say(style, sentence) {
    this.table.said.replaceChildren(el(`p.${style}`, {}, sentence));
  }

  /** Learn from what stands in the field. If that cannot be used it stays there, and the box open. */
  async apply() {
    const bytes = this.table.packed(this.table.bytes);
    const spelled = await this.check();
    if (!this.node.open) return;
    if (spelled === null) return this.table.text.focus();
    this.applied = spelled;
    this.touched = false;
    this.push({ do: "net_table", bytes, ...(this.lab === "init" && { lab: this.lab }) });
    this.node.close();
  }
}

/**
 * A table to begin with.
 * @param {string} columns what they are called, as a sentence lists them
 */
function example(columns) {
  const rows = Object.entries(PETALS).flatMap(([kind, petals]) => petals.split(" ").map((petal) => `${petal},${kind}`));
  return [columns.replace(/，|, /g, ","), ...rows].join("\n");
}

/**
 * The text of a file, null if it holds none.
 * @param {Uint8Array} bytes
 */
function decoded(bytes) {
  const marks = { "255,254": "utf-16le", "254,255": "utf-16be" };
  const encoding = marks[/** @type {keyof typeof marks} */ (String(bytes.subarray(0, 2)))] ?? "utf-8";
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}
