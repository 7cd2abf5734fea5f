// Where a table of one's own comes from: pasted or typed into a field, opened as a file or dropped there. The bytes go to
// the server as they are: it alone decides what a table is.

import { el } from "../lib/dom.js";
import { fill } from "../lib/format.js";

/** @import { Repair } from "../types/answer.d.ts" */
/** @import { Words } from "../types/words.d.ts" */

/**
 * What is wrong with a table, in words.
 * @param {Words} words
 * @param {Pick<Repair, "why" | "value" | "used">} fault
 */
export const sayTable = (words, { why, value, used }) => fill(words.tables[why], { value, line: used });

export class TableText {
  /**
   * `name` begins the ids of its parts; `file` hears the bytes of a file, no more of them than the server takes and one, and
   * those of a text that is too long for the field.
   * @param {Words} words
   * @param {{ name: string, rows: number, label: string, hint: string, placeholder: string }} told
   * @param {{ typed?: () => void, file: (bytes: Uint8Array) => void }} on
   */
  constructor({ ui, limits }, { name, rows, label, hint, placeholder }, { typed = () => {}, file }) {
    this.most = limits.table_bytes + 1; // one more than the server takes says that there were more
    this.taken = file;
    this.text = el("textarea.os-tabletext", {
      rows,
      spellcheck: "false",
      autocomplete: "off",
      placeholder,
      "aria-label": label,
      "aria-describedby": `${name}-hint ${name}-said`,
      oninput: typed,
      onbeforeinput: (event) => this.much(event),
    });
    this.hint = el("p.os-tablehint", { id: `${name}-hint` }, hint);
    this.said = el("div.os-formulasaid", { id: `${name}-said`, role: "status" });
    this.file = el("input.os-unseen", {
      type: "file",
      accept: ".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values",
      "aria-label": ui.own_data_file,
      onchange: () => this.open(),
    });
    // Browsers write their own language on such a button: ours is its label.
    this.button = el("label.os-quiet.os-filebutton", {}, this.file, ui.own_data_file);
  }

  /**
   * Take files that are dropped on `node`.
   * @template {HTMLElement} Node
   * @param {Node} node
   * @returns {Node}
   */
  dropped(node) {
    /** @param {DragEvent} event */
    const files = ({ dataTransfer }) => (dataTransfer?.types.includes("Files") ? dataTransfer.files : null);
    node.addEventListener("dragover", (event) => files(event) && event.preventDefault());
    node.addEventListener("drop", (event) => {
      const dropped = files(event);
      if (!dropped) return; // text, which the field takes by itself
      event.preventDefault();
      this.read(dropped[0]);
    });
    return node;
  }

  /**
   * What is longer than the server takes is said to be so, as of a file: a field with as many lines would stand still.
   * @param {InputEvent} event
   */
  much(event) {
    if (!event.data || event.data.length < this.most) return;
    event.preventDefault();
    this.taken(new TextEncoder().encode(event.data.slice(0, this.most)).slice(0, this.most));
  }

  async open() {
    await this.read(this.file.files?.[0]);
    this.file.value = ""; // so that the same file can be opened again
  }

  /** @param {File} [file] */
  async read(file) {
    if (file) this.taken(new Uint8Array(await file.slice(0, this.most).arrayBuffer()));
  }

  /** What stands in the field, as the bytes of a file. */
  get bytes() {
    return new TextEncoder().encode(this.text.value);
  }

  /**
   * @param {Uint8Array} bytes
   * @returns {string} base64
   */
  packed(bytes) {
    return btoa(Array.from(bytes.subarray(0, this.most), (byte) => String.fromCharCode(byte)).join(""));
  }

  /**
   * Say what is wrong.
   * @param {string[]} sentences
   */
  complain(sentences) {
    this.text.toggleAttribute("aria-invalid", sentences.length > 0);
    this.said.replaceChildren(...sentences.map((sentence) => el("p.os-warn", {}, sentence)));
  }
}
