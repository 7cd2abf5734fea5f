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
  networks: ["networks"],
};
const ABOVE = 10; // px that are left above the first card
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
   * Put the cards of a tab in their order, before the controls but on the page of the race: as they are seen, so they are
   * read out and reached by Tab.
   * @param {PageName} page
   */
  arrange(page) {
    const { controls } = this.nodes;
    const cards = CARDS[page].filter((name) => name in this.nodes).map((name) => this.nodes[name]);
    const order = page === "race" ? [controls, ...cards] : [...cards, controls];
    const there = [...this.body.children].filter((node) => isIn(node, order));
    if (order.every((node, place) => node === there[place])) return;
    const held = document.activeElement;
    this.body.append(...order);
    if (held instanceof HTMLElement && isIn(held, order)) held.focus({ preventScroll: true });
  }

  /** Where the cards of the tab begin, below the question that is open: as far down as `body` must scroll to show them. */
  get top() {
    const { body } = this;
    const first = [...body.children].find((node) => node.matches(".os-card, .os-panel") && node.checkVisibility());
    const down = first ? first.getBoundingClientRect().top - body.getBoundingClientRect().top + body.scrollTop : 0;
    return down > body.clientHeight / 3 ? down - ABOVE : 0;
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
    if (page === "networks") away.add("controls"); // which are of the race
    if (!measured) away.add("measures");
    if (!given) away.add("data").add("variance");
    if (root.dataset.plain === "true") away.add("surface"); // it would need plotly.js
    for (const [name, node] of Object.entries(this.nodes)) node.hidden = away.has(name);
    this.arrange(page);
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

/** @param {Element | null} node @param {HTMLElement[]} within */
const isIn = (node, within) => within.some((part) => part.contains(node));

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
