// What there is on the page besides the map, and which of it is shown: by tab, by what the reader
// hid, and by what there is to show.

import { el, reachable } from "../lib/dom.js";
import { measureOf } from "../session/view.js";

/** @import { Answer, PageName, View } from "../types/answer.d.ts" */
/** @import { Sentences } from "../types/words.d.ts" */

/**
 * The cards of each tab; a card may be in several. Beside a race the inspector is for wide screens.
 * @type {Record<PageName, string[]>}
 */
const CARDS = {
  race: ["inspector", "results"],
  step: ["inspector"],
  curvature: ["critical", "probe", "stability"],
  noise: ["variance", "crowd", "minima", "shares"],
  fair: ["sweep", "results"],
};
const ALL = new Set(Object.values(CARDS).flat());

/** @typedef {"surface" | "losses" | "measures" | "data"} ChartName */

export class Parts {
  /**
   * `nodes` by name: surface, losses, measures, data, controls, and every card.
   * @param {Record<string, HTMLElement>} nodes
   */
  constructor(nodes) {
    this.nodes = nodes;
    const cards = [...ALL].filter((name) => name in nodes).map((name) => nodes[name]);
    /** What the tabs show. */
    this.body = el("div.os-asidebody", {}, nodes.controls, ...cards);
    const watch = new ResizeObserver((seen) => seen.forEach(({ target }) => reachable(target.parentElement)));
    for (const table of this.body.querySelectorAll(".os-scroll > *")) watch.observe(table);
  }

  /**
   * Show what `view` asks for and `data` has.
   * @param {HTMLElement} root
   * @param {View} view
   * @param {Answer | undefined} data
   */
  apply(root, view, data) {
    const { hide, page } = view;
    const measured = measureOf(view, data) !== "none";
    const given = Boolean(data?.ground.examples);
    const away = new Set(hide);
    for (const name of ALL) if (!CARDS[page].includes(name)) away.add(name);
    if (!measured) away.add("measures");
    if (!given) away.add("data").add("variance");
    if (root.dataset.plain === "true") away.add("surface"); // it would need plotly.js
    for (const [name, node] of Object.entries(this.nodes)) node.hidden = away.has(name);
    root.dataset.page = page;
    root.dataset.hero = away.has("surface") && view.hero !== "losses" ? "map" : view.hero;
    root.classList.toggle("os-nostory", hide.has("story"));
    root.classList.toggle("os-nosurface", away.has("surface"));
    root.classList.toggle(
      "os-nocharts",
      ["losses", "measures", "data"].every((name) => away.has(name)),
    );
    root.classList.toggle(
      "os-noaside",
      [...ALL, "controls"].every((name) => away.has(name) || !this.nodes[name]),
    );
  }
}

/**
 * The charts beside the map, each with its head: of some it is given in `heads`, of the others it is a title.
 * @param {Record<ChartName | "map", HTMLElement>} nodes
 * @param {Sentences} ui
 * @param {{ surface: HTMLElement[], losses: HTMLElement[], measures: HTMLElement[] }} heads
 */
export function charts(nodes, ui, heads) {
  const labels = {
    map: ui.map_label,
    surface: ui.surface_label,
    losses: ui.losses_label,
    measures: ui.measures_label,
    data: ui.data_label,
  };
  for (const name of /** @type {(keyof typeof labels)[]} */ (Object.keys(labels))) {
    nodes[name].setAttribute("role", "group");
    nodes[name].setAttribute("aria-label", labels[name]);
  }
  /** @param {string} text */
  const title = (text) => [el("span.os-charttitle", {}, text)];
  /**
   * @param {string} name
   * @param {HTMLElement} node
   * @param {HTMLElement[]} head
   */
  const chart = (name, node, head) => el(`div.os-chart.os-${name}`, {}, el("div.os-charthead", {}, ...head), node);
  return {
    surface: chart("surfacechart", nodes.surface, [...title(ui.surface_title), ...heads.surface]),
    losses: chart("losschart", nodes.losses, heads.losses),
    measures: chart("measurechart", nodes.measures, heads.measures),
    data: chart("datachart", nodes.data, title(ui.data_title)),
  };
}
