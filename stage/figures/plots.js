// A chart in a card: a figure from the server, filled by role, with titles in the reader's language.

import { Sheets, plotly } from "./figure.js";
import { mark, swatch } from "./marks.js";
import { el } from "../lib/dom.js";
import { spell } from "../lib/format.js";

/** @import { Curve, Point } from "../types/answer.d.ts" */
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

const lg = Math.log10;

/**
 * The range of a logarithmic axis that holds all of `values` that are positive, with a little room.
 * @param {(number | null)[]} values
 * @returns {Point}
 */
export function decades(values, room = 0.06) {
  const shown = values
    .filter((value) => value !== null && value > 0 && Number.isFinite(value))
    .map((value) => lg(Number(value)));
  if (!shown.length) return [-1, 1];
  const low = shown.reduce((a, b) => Math.min(a, b));
  const high = shown.reduce((a, b) => Math.max(a, b));
  const more = Math.max((high - low) * room, 0.1);
  return [low - more, high + more];
}

/**
 * Marks of a logarithmic axis over such a range (in powers of ten), as many as fit, as numbers are written.
 * @param {Point} range
 */
export function marks([low, high], most = 7) {
  const wide = high - low > 2.5;
  const every = wide ? Math.ceil((high - low) / most) : 1;
  const steps = wide ? [1] : high - low > 1.2 ? [1, 3] : [1, 2, 5];
  /** @type {number[]} */
  const tickvals = [];
  for (let power = Math.floor(low); power <= high; power++) {
    if (((power % every) + every) % every === 0) tickvals.push(...steps.map((step) => step * 10 ** power));
  }
  return { tickvals, ticktext: tickvals.map((value) => spell(value, 2)) };
}
