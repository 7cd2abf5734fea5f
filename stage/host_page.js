// What scripts can say to the stage: those of its own page as `window.optiscape`, and those of a page that shows it
// in a frame by messages. Neither can do more than a link and the transport can.

/** @import { Stage } from "./stage.js" */
/** @import { Point } from "./types/answer.d.ts" */

const LONGEST = 8000; // letters of a query, as scenes/read.py takes them

/** @typedef {{ readonly query: string, go: (query: string) => Promise<void>, paths: () => Point[][], play: () => void, pause: () => void, at: (step: number) => void }} Optiscape */

/**
 * Let scripts drive `stage`.
 * @param {Stage} stage
 */
export function offer(stage) {
  const { player } = stage;
  /** @type {Optiscape} */
  const optiscape = {
    get query() {
      return stage.address.spelling();
    },
    go(query) {
      stage.address.go(`?${query.replace(/^\?/, "")}`);
      return new Promise((done) => {
        const look = () => {
          if (stage.data?.visit !== stage.conversation.visits) return;
          stage.root.removeEventListener("optiscape", look);
          done();
        };
        stage.root.addEventListener("optiscape", look);
      });
    },
    paths: () => (stage.data?.lanes ?? []).map(({ x, y }) => Array.from(x, (at, step) => [at, y[step]])),
    play: () => player.play(),
    pause: () => player.pause(),
    at: (step) => player.seek(Math.max(0, Math.min(player.last, step))),
  };
  Object.assign(window, { optiscape });
  if (window.parent === window) return;
  window.addEventListener("message", ({ source, data }) => {
    if (source === window.parent) obey(optiscape, data);
  });
  let told = "";
  const tell = () => {
    const state = { optiscape: "state", query: optiscape.query, step: Math.round(player.at) };
    const text = JSON.stringify(state);
    // What is said is no more than the link of what is shown, so that any page may hear it.
    if (text !== told) window.parent.postMessage(state, "*");
    told = text;
  };
  stage.root.addEventListener("optiscape", tell);
}

/**
 * Do what another page asks for; what has another shape or another length is nothing to us.
 * @param {Optiscape} optiscape
 * @param {unknown} data
 */
function obey(optiscape, data) {
  if (typeof data !== "object" || data === null) return;
  const { optiscape: wanted, query, step } = /** @type {Record<string, unknown>} */ (data);
  if (wanted === "go" && typeof query === "string" && query.length <= LONGEST) optiscape.go(query);
  else if (wanted === "play") optiscape.play();
  else if (wanted === "pause") optiscape.pause();
  else if (wanted === "at" && typeof step === "number" && Number.isFinite(step)) optiscape.at(step);
}
