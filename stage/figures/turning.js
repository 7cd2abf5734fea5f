// How the surface is turned without the page being caught in it: the wheel scrolls the page and zooms with Ctrl; a double
// click looks at it as at first; and on a touch screen a swipe scrolls the page until the surface was tapped.

const FARTHEST = 12; // pixels that a tap may move

export class Turning {
  /**
   * `node` holds the figure; `reset()` looks at it as at first.
   * @param {HTMLElement} node
   * @param {() => void} reset
   */
  constructor(node, reset) {
    this.node = node;
    // Plotly keeps every turn of the wheel from the page, so it only hears of those that are meant for it.
    node.addEventListener("wheel", (event) => event.ctrlKey || event.metaKey || event.stopPropagation(), {
      capture: true,
      passive: true,
    });
    node.addEventListener("dblclick", reset);
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
