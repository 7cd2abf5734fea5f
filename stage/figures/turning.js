// How the surface is turned without the page being caught in it: the wheel scrolls the page and zooms with Ctrl; a double
// click looks at it as at first; on a touch screen a swipe scrolls the page until the surface was tapped; and arrow keys turn
// it while it has the focus.

const FARTHEST = 12; // pixels that a tap may move

const BY = Math.PI / 24; // radians a key
/** @type {Record<string, [number, number]>} around and up */
const ARROWS = { ArrowLeft: [-BY, 0], ArrowRight: [BY, 0], ArrowUp: [0, BY], ArrowDown: [0, -BY] };

export class Turning {
  /**
   * `node` holds the figure; `reset()` looks at it as at first, `turn(around, up)` from another direction.
   * @param {HTMLElement} node
   * @param {{ reset: () => void, turn: (around: number, up: number) => void }} on
   */
  constructor(node, { reset, turn }) {
    this.node = node;
    // Plotly keeps every turn of the wheel from the page, so it only hears of those that are meant for it.
    node.addEventListener("wheel", (event) => event.ctrlKey || event.metaKey || event.stopPropagation(), {
      capture: true,
      passive: true,
    });
    node.addEventListener("dblclick", reset);
    node.tabIndex = 0;
    node.addEventListener("keydown", (event) => {
      const arrow = ARROWS[event.key];
      if (!arrow || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      turn(...arrow);
    });
    node.addEventListener("pointerdown", (event) => this.pressed(event));
    node.addEventListener("pointerup", (event) => this.lifted(event));
    document.addEventListener("pointerdown", (event) => {
      if (!node.contains(/** @type {Node} */ (event.target))) delete node.dataset.turning;
    });
    /** @type {[number, number] | null} where a finger came down */
    this.from = null;
  }

  /** @param {PointerEvent} event */
  pressed({ pointerType, clientX, clientY }) {
    this.from = pointerType === "touch" ? [clientX, clientY] : null;
  }

  /** @param {PointerEvent} event */
  lifted({ clientX, clientY }) {
    const { from } = this;
    if (from && Math.hypot(clientX - from[0], clientY - from[1]) <= FARTHEST) this.node.dataset.turning = "true";
    this.from = null;
  }
}
