// What a figure is, whoever draws it: traces that have names, of which some stay put and others come and go.

/** @import { Changes, Filled, PlotElement, Trace } from "../types/figures.d.ts" */

/**
 * The name of a trace: its role, followed by its lane if it has one.
 * @param {Trace} trace
 */
export const nameOf = ({ meta: { role, lane } }) => `${role}${lane ?? ""}`;

export class TraceFigure {
  /**
   * `placed()` is called whenever the axes have been drawn, for what lies on top.
   * @param {HTMLElement & PlotElement} node
   * @param {() => void} placed
   */
  constructor(node, placed) {
    this.node = node;
    this.placed = placed;
    /** @type {Map<string, number>} where each trace is among those that are drawn */
    this.named = new Map();
    /** Whether it has been drawn. */
    this.ready = false;
    this.moving = 0;
    this.resizes = new ResizeObserver(() => this.resize());
    this.resizes.observe(node);
  }

  /** Whether the reader can see the figure at all: hidden ones cost nothing. */
  get visible() {
    return this.node.offsetParent !== null;
  }

  /**
   * The traces of `figure` that are to be drawn. Those that move but are not among the changes are left out: each one
   * would cost time on every frame.
   * @param {Filled["figure"]} figure
   * @param {Changes} changes
   * @returns {Trace[]}
   */
  chosen(figure, changes) {
    const traces = figure.data.filter((trace) => trace.meta.still || nameOf(trace) in changes);
    this.named = new Map(traces.map((trace, index) => [nameOf(trace), index]));
    this.moving = Object.keys(changes).length;
    return traces;
  }

  /** It has been drawn; returns whether for the first time. */
  stands() {
    const first = !this.ready;
    this.ready = true;
    return first;
  }

  /** It is not drawn any more. */
  falls() {
    this.ready = false;
  }

  /**
   * Whether the very traces are drawn that `changes` names.
   * @param {Changes} changes
   */
  holds(changes) {
    const names = Object.keys(changes);
    return this.ready && this.moving === names.length && names.every((name) => this.named.has(name));
  }

  /** The node has another size. */
  resize() {}
}
