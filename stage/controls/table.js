// The reader's own data for a surface: pasted, or from a file. What was typed stays there whatever comes of it.

import { TableText, sayTable } from "./table_text.js";
import { el } from "../lib/dom.js";

/** @import { Answer } from "../types/answer.d.ts" */
/** @import { Words } from "../types/words.d.ts" */
/** @import { Push } from "../types/stage.d.ts" */

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
    this.model = "";
    this.begun = false;
    this.models = words.surfaces.filter(({ takes_data }) => takes_data).map(({ id }) => id);
    this.shown = "";
    const told = {
      name: "os-table",
      rows: 5,
      label: ui.own_data_text,
      hint: ui.own_data_hint,
      placeholder: "1.0, 2.1\n1.5, 2.9\n2.0, 4.2",
    };
    this.table = new TableText(words, told, { file: (bytes) => this.send(bytes) });
    const { text, said, hint, button } = this.table;
    this.text = text;
    this.usual = el(
      "button.os-quiet",
      { type: "button", onclick: () => push({ do: "data", model: this.model }) },
      ui.usual_data,
    );
    this.node = el(
      "details.os-owndata",
      {},
      el("summary.os-summary", {}, ui.own_data),
      this.table.dropped(
        el(
          "div.os-formulaeditor",
          {},
          hint,
          text,
          said,
          el(
            "div.os-headrow",
            {},
            el("button.os-solid", { type: "button", onclick: () => this.send(this.table.bytes) }, ui.use_data),
            button,
            this.usual,
          ),
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
    const said = faults
      .map((fault) => (fault.why in this.words.tables ? sayTable(this.words, fault) : null))
      .filter((sentence) => sentence !== null);
    if (said.join() === this.shown) return;
    this.shown = said.join();
    this.table.complain(said);
    if (said.length) this.node.open = true;
  }

  /** Begin with data of one's own: those that were there before, or an empty field for them. */
  begin() {
    if (!this.models.includes(this.model)) this.model = this.models[0];
    if (this.text.value) return this.send(this.table.bytes);
    this.begun = true;
    this.push({ do: "surface", to: this.model });
  }

  /**
   * @param {Uint8Array} bytes
   */
  send(bytes) {
    this.push({ do: "data", model: this.model, bytes: this.table.packed(bytes) });
  }
}
