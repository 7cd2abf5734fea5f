// A chart in a card: a figure from the server, filled by role, with titles in the reader's language.

import { Sheets, plotly } from "./figure.js";
import { mark, swatch } from "./marks.js";
import { el } from "../lib/dom.js";
import { spell } from "../lib/format.js";

const NOTHING = { figure: { data: [] }, changes: {} };

export class Plot {
  constructor(library, label) {
    this.library = library;
    this.node = el("div.os-plot", { role: "group", "aria-label": label });
    this.sheets = new Sheets(this.node);
  }

  /** `axes` are { xaxis, yaxis } to lay over those of the figure; a title may be a plain text. */
  async show(figure, changes, axes = {}) {
    await plotly(this.library);
    const layout = {};
    for (const [name, { title, ...axis }] of Object.entries(axes)) {
      layout[name] = { ...figure.layout[name], ...axis };
      if (title) layout[name].title = { text: title, standoff: 6 };
    }
    await this.sheets.show({ figure, changes }, NOTHING, layout);
  }

  close() {
    this.sheets.close();
  }
}

/** A key to lines and marks: `entries` are [trace of the figure, text]. */
export function keys(entries) {
  return el(
    "ul.os-keys",
    {},
    entries.map(([trace, text]) => el("li", {}, drawn(trace), el("span", {}, text))),
  );
}

function drawn({ mode, line, marker }) {
  if (mode === "markers") return mark({ symbol: marker.symbol, color: marker.color });
  const { color, dash } = line;
  const key = swatch({ color, dash, symbol: marker?.symbol ?? "circle" });
  if (!marker) key.lastChild.remove();
  return key;
}

/** The trace of a figure with this role. */
export function trace(figure, role, lane) {
  return figure.data.find(({ meta }) => meta.role === role && meta.lane === lane);
}

/** The outline of what lies between two rows of numbers; where one of them is missing it is interrupted. */
export function between(x, low, high) {
  const outline = { x: [], y: [] };
  const put = (at, value) => {
    outline.x.push(at);
    outline.y.push(value);
  };
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

/** The range of a logarithmic axis that holds all of `values` that are positive, with a little room. */
export function decades(values, room = 0.06) {
  const shown = values.filter((value) => value !== null && value > 0 && Number.isFinite(value)).map(lg);
  if (!shown.length) return [-1, 1];
  const low = shown.reduce((a, b) => Math.min(a, b));
  const high = shown.reduce((a, b) => Math.max(a, b));
  const more = Math.max((high - low) * room, 0.1);
  return [low - more, high + more];
}

/** Marks of a logarithmic axis over such a range (in powers of ten), as many as fit, as numbers are written. */
export function marks([low, high], most = 7) {
  const wide = high - low > 2.5;
  const every = wide ? Math.ceil((high - low) / most) : 1;
  const steps = wide ? [1] : high - low > 1.2 ? [1, 3] : [1, 2, 5];
  const tickvals = [];
  for (let power = Math.floor(low); power <= high; power++) {
    if (((power % every) + every) % every === 0) tickvals.push(...steps.map((step) => step * 10 ** power));
  }
  return { tickvals, ticktext: tickvals.map((value) => spell(value, 2)) };
}
