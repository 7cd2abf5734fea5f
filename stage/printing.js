// Before a page is printed, and nobody can wait: pictures keep their pixels, the surface becomes a picture, and a dark
// page is printed as a light one, but for a dark frame on the page of somebody who asked for that.

/** @import { Stage } from "./stage.js" */

const PAGE = 690; // px across the narrower of the usual sheets, within its margins

export class Printing {
  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    window.addEventListener("beforeprint", () => this.begin());
    window.addEventListener("afterprint", () => this.end());
  }

  begin() {
    const { root, address, player, screen } = this.stage;
    if (player.playing) player.seek(player.last); // a sheet shows all of the race
    const framed = window.parent !== window; // on the page of somebody else, as large as it is there
    for (const node of root.querySelectorAll(".os-stage, .os-hero, .os-charts")) {
      if (!(node instanceof HTMLElement) || !node.offsetWidth) continue;
      const { gridTemplateColumns, gridTemplateRows } = getComputedStyle(node);
      const frozen = {
        wide: `${node.offsetWidth}px`,
        high: `${node.offsetHeight}px`,
        page: String(framed ? 1 : Math.min(1, PAGE / node.offsetWidth)),
        columns: gridTemplateColumns,
        rows: gridTemplateRows,
      };
      for (const [name, value] of Object.entries(frozen)) node.style.setProperty(`--os-${name}`, value);
    }
    screen.figures.surface.onPaper();
    if (root.dataset.theme !== "dark" || (root.dataset.embed === "true" && address.reader("theme") === "dark")) return;
    root.dataset.theme = document.documentElement.dataset.optiscape = "light";
    root.dataset.inverted = "true"; // no picture in other colours would come in time
  }

  end() {
    delete this.stage.root.dataset.inverted;
    this.stage.applyTheme();
  }
}
