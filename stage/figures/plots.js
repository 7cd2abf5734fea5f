// A chart in a card: a figure from the server, filled by role, with titles in the reader's language.

import { Sheets, plotly } from "./figure.js";
import { mark, swatch } from "./marks.js";
import { el } from "../lib/dom.js";

/** @import { Curve } from "../types/answer.d.ts" */
/** @import { Changes, Figure, Layout, Trace } from "../types/figures.d.ts" */

/** @typedef {Omit<import("../types/figures.d.ts").Axis, "title"> & { title?: string }} Titled */

const NOTHING = { figure: { data: [] }, changes: {} };

export class Plot {
  /**
   * @param {string} library
   * @param {string} label
   */
  constructor(library, label) {
    this.library = library;
    this.node = el("div.os-plot", { role: "group", "aria-label": label });
    this.sheets = new Sheets(this.node);
  }

  /**
   * `axes` are { xaxis, yaxis } to lay over those of the figure; a title may be a plain text.
   * @param {Figure} figure
   * @param {Changes} changes
   * @param {Partial<Record<"xaxis" | "yaxis" | "yaxis2", Titled>>} [axes]
   */
  async show(figure, changes, axes = {}) {
    await plotly(this.library);
    /** @type {Layout} */
    const layout = {};
    for (const name of /** @type {const} */ (["xaxis", "yaxis", "yaxis2"])) {
      const { title, ...axis } = axes[name] ?? {};
      if (axes[name])
        layout[name] = { ...figure.layout[name], ...axis, ...(title && { title: { text: title, standoff: 6 } }) };
    }
    await this.sheets.show({ figure, changes }, NOTHING, layout);
  }

  close() {
    this.sheets.close();
  }
}

/**
 * A key to lines and marks: `entries` are [trace of the figure, text].
 * @param {[Trace, string][]} entries
 */
export function keys(entries) {
  return el(
    "ul.os-keys",
    {},
    entries.map(([trace, text]) => el("li", {}, drawn(trace), el("span", {}, text))),
  );
}

/** @param {Trace} trace */
function drawn({ mode, line, marker }) {
  if (mode === "markers") return mark({ symbol: String(marker?.symbol), color: String(marker?.color) });
  const { color, dash = "solid" } = line;
  const key = swatch({ color, dash, symbol: String(marker?.symbol ?? "circle") });
  if (!marker) key.lastChild?.remove();
  return key;
}

/**
 * The trace of a figure with this role.
 * @param {Figure} figure
 * @param {string} role
 * @param {number} [lane]
 * @returns {Trace}
 */
export function trace(figure, role, lane) {
  return figure.data.filter(({ meta }) => meta.role === role && meta.lane === lane)[0];
}

/**
 * The outline of what lies between two rows of numbers; where one of them is missing it is interrupted.
 * @param {number[]} x
 * @param {(number | null)[]} low
 * @param {(number | null)[]} high
 */
export function between(x, low, high) {
  /** @type {Curve} */
  const outline = { x: [], y: [] };
  /**
   * @param {number | null} at
   * @param {number | null} value
   */
  const put = (at, value) => {
    outline.x.push(at);
    outline.y.push(value);
  };
  /** @type {number[]} */
  let rows = [];
  for (let row = 0; row <= x.length; row++) {
    if (row < x.length && low[row] !== null && high[row] !== null) {
      rows.push(row);
      continue;
    }
    if (rows.length > 1) {
      for (const index of rows) put(x[index], low[index]);
      for (const index of rows.reverse()) put(x[index], high[index]);
      put(null, null);
    }
    rows = [];
  }
  return outline;
}
