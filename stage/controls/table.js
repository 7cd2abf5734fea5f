// The reader's own data: pasted, or from a file. What was typed stays there whatever comes of it.

import { el } from "../lib/dom.js";
import { fill } from "../lib/format.js";

/** @import { Answer, Repair } from "../types/answer.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { Push } from "../types/stage.d.ts" */

/**
 * What is wrong with a table, in words.
 * @param {Words} words
 * @param {Repair} fault
 */
export const sayTable = (words, { why, value, used }) => fill(words.tables[why], { value, line: used });

export class TableEditor {
  /**
   * `push` changes the scene.
   * @param {Words} words
   * @param {Push} push
   */
  constructor(words, push) {
    const { ui } = words;
    this.words = words;
    this.push = push;
    this.most = words.limits.table_bytes + 1; // one more than the server takes says that there were more
    this.model = "";
    this.begun = false;
    this.models = words.surfaces.filter(({ takes_data }) => takes_data).map(({ id }) => id);
    this.shown = "";
    this.text = el("textarea.os-tabletext", {
      rows: 5,
      spellcheck: "false",
      autocomplete: "off",
      placeholder: "1.0, 2.1\n1.5, 2.9\n2.0, 4.2",
      "aria-label": ui.own_data_text,
      "aria-describedby": "os-table-hint os-table-said",
    });
    this.file = el("input.os-unseen", {
      type: "file",
      accept: ".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values",
      "aria-label": ui.own_data_file,
      onchange: () => this.read(),
    });
    this.said = el("div.os-formulasaid", { id: "os-table-said", role: "status" });
    this.usual = el(
      "button.os-quiet",
      { type: "button", onclick: () => push({ do: "data", model: this.model }) },
      ui.usual_data,
    );
    this.node = el(
      "details.os-owndata",
      {},
      el("summary.os-summary", {}, ui.own_data),
      el(
        "div.os-formulaeditor",
        {},
        el("p.os-tablehint", { id: "os-table-hint" }, ui.own_data_hint),
        this.text,
        this.said,
        el(
          "div.os-headrow",
          {},
          el(
            "button.os-solid",
            { type: "button", onclick: () => this.send(new TextEncoder().encode(this.text.value)) },
            ui.use_data,
          ),
          // Browsers write their own language on such a button: ours is its label.
          el("label.os-quiet.os-filebutton", {}, this.file, ui.own_data_file),
          this.usual,
        ),
      ),
    );
  }

  /**
   * `takes`: whether the surface takes other data.
   * @param {Answer} data
   * @param {boolean} takes
   */
  update({ ground, repairs }, takes) {
    this.model = ground.id;
    this.node.hidden = !takes;
    if (this.begun && takes) {
      this.begun = false;
      this.node.open = true;
      this.text.focus();
    }
    const rows = new URLSearchParams(ground.query).get("data");
    this.usual.hidden = rows === null;
    if (rows !== null && !this.text.value) this.text.value = rows.replaceAll(";", "\n");
    const faults = repairs.filter(({ parameter }) => parameter === "data");
    this.text.toggleAttribute("aria-invalid", faults.length > 0);
    const said = faults
      .map((fault) => (fault.why in this.words.tables ? sayTable(this.words, fault) : null))
      .filter((sentence) => sentence !== null);
    if (said.join() === this.shown) return;
    this.shown = said.join();
    this.said.replaceChildren(...said.map((sentence) => el("p.os-warn", {}, sentence)));
    if (said.length) this.node.open = true;
  }

  /** Begin with data of one's own: those that were there before, or an empty field for them. */
  begin() {
    if (!this.models.includes(this.model)) this.model = this.models[0];
    if (this.text.value) return this.send(new TextEncoder().encode(this.text.value));
    this.begun = true;
    this.push({ do: "surface", to: this.model });
  }

  async read() {
    const file = this.file.files?.[0];
    if (!file) return;
    this.send(new Uint8Array(await file.slice(0, this.most).arrayBuffer()));
    this.file.value = ""; // so that the same file can be opened again
  }

  /**
   * The bytes as they are: the server alone decides what a table is.
   * @param {Uint8Array} bytes
   */
  send(bytes) {
    const letters = Array.from(bytes.subarray(0, this.most), (byte) => String.fromCharCode(byte));
    this.push({ do: "data", model: this.model, bytes: btoa(letters.join("")) });
  }
}
