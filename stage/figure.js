// One Plotly figure that keeps its node, zoom and camera while its data changes.

let library = null;

/** Load plotly.js once, whatever asks for it. */
export function plotly(url) {
  library ??= new Promise((resolve, reject) => {
    if (window.Plotly) return resolve(window.Plotly);
    const script = document.createElement("script");
    script.src = url;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => {
      library = null;
      reject(new Error(url));
    };
    document.head.append(script);
  });
  return library;
}

export class Figure {
  constructor(node, { modeBar = [], scrollZoom = false } = {}) {
    this.node = node;
    this.config = {
      displaylogo: false,
      displayModeBar: modeBar.length ? "hover" : false,
      modeBarButtons: [modeBar],
      scrollZoom,
      doubleClick: "reset",
      showTips: false,
      responsive: false,
    };
    this.traces = new Map();
    this.ready = false;
    this.resizes = new ResizeObserver(() => this.resize());
    this.resizes.observe(node);
  }

  /** Whether the reader can see the figure at all: hidden ones cost nothing. */
  get visible() {
    return this.node.offsetParent !== null;
  }

  /** Draw `figure` with `changes` applied, as `update` takes them. */
  async show(figure, changes, layout = {}) {
    this.traces.clear();
    const data = figure.data.map((trace, index) => {
      const { role, lane = "" } = trace.meta ?? {};
      if (role) this.traces.set(`${role}${lane}`, index);
      return applied(trace, changes[`${role}${lane}`]);
    });
    await window.Plotly.react(this.node, data, { ...figure.layout, ...layout }, this.config);
    this.ready = true;
  }

  /** Change traces by name: update({ path0: { x, y }, heads: { x, y } }). */
  update(changes) {
    if (!this.ready) return;
    const indices = [];
    const attributes = {};
    for (const [name, change] of Object.entries(changes)) {
      const trace = this.traces.get(name);
      if (trace === undefined) continue;
      for (const [attribute, value] of Object.entries(change)) {
        attributes[attribute] ??= [];
        attributes[attribute][indices.length] = value;
      }
      indices.push(trace);
    }
    // Plotly reads these arrays modulo their length, and leaves alone what is undefined.
    for (const values of Object.values(attributes)) values.length = indices.length;
    if (indices.length) window.Plotly.restyle(this.node, attributes, indices);
  }

  resize() {
    if (this.ready && this.visible) window.Plotly.Plots.resize(this.node);
  }

  close() {
    this.resizes.disconnect();
    if (this.ready) window.Plotly.purge(this.node);
  }
}

/** A copy of `trace` with { x: …, "marker.color": … } put in. */
function applied(trace, change = {}) {
  const copy = { ...trace };
  for (const [path, value] of Object.entries(change)) {
    const [head, tail] = path.split(".");
    copy[head] = tail ? { ...copy[head], [tail]: value } : value;
  }
  return copy;
}
