// What scripts can say to the stage: those of its own page as `window.optiscape`, and those of a page that shows it
// in a frame by messages. Neither can do more than a link and the transport can.

/** @import { Stage } from "./stage.js" */
/** @import { Point } from "./types/answer.d.ts" */

const LONGEST = 16000; // letters of a query, as scenes/read.py takes them
const BEFORE = /^(https?:[^?]*)?\?/; // what stands before the query in a link

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
      const wrong = refusal(query, stage.home !== undefined);
      if (wrong) return Promise.reject(wrong);
      stage.address.go(`?${query.replace(BEFORE, "")}`);
      return arrived(stage);
    },
    paths: () => (stage.data?.lanes ?? []).map(({ x, y }) => Array.from(x, (at, step) => [at, y[step]])),
    play: () => player.play(),
    pause: () => player.pause(),
    at(step) {
      if (!Number.isFinite(step)) throw new TypeError(`Expected the number of a step, got ${step}; 0 is the start.`);
      player.seek(Math.max(0, Math.min(player.last, Math.round(step))));
    },
  };
  Object.assign(window, { optiscape });
  if (window.parent === window) return;
  let going = Promise.resolve();
  window.addEventListener("message", ({ source, data }) => {
    if (source !== window.parent) return;
    // What follows a “go” is about the scene that it leads to.
    if (Object(data).optiscape === "go") going = obey(optiscape, data);
    else going.then(() => obey(optiscape, data));
  });
  let told = "";
  const tell = () => {
    if (!stage.conversation.isHere(stage.data)) return; // on the way to another scene
    const state = { optiscape: "state", query: optiscape.query, step: Math.round(player.at) };
    const text = JSON.stringify(state);
    // What is said is no more than the link of what is shown, so that any page may hear it.
    if (text !== told) window.parent.postMessage(state, "*");
    told = text;
  };
  stage.root.addEventListener("optiscape", tell);
}

/**
 * Why a script cannot go to `query`; null where it can.
 * @param {unknown} query
 * @param {boolean} saved
 */
function refusal(query, saved) {
  if (saved) return new Error("Expected the app: a page that was saved has its own scene and no other.");
  if (typeof query !== "string")
    return new TypeError(
      `Expected a query such as "f=saddle&lane=adam", got ${query}; see the links that the app writes.`,
    );
  if (query.length > LONGEST)
    return new RangeError(
      `Expected a query of at most ${LONGEST} characters, got ${query.length}; leave something out.`,
    );
  return null;
}

/**
 * The scene is on the screen to which the address leads by now.
 * @param {Stage} stage
 */
function arrived(stage) {
  return /** @type {Promise<void>} */ (
    new Promise((done) => {
      const look = () => {
        if (!stage.conversation.isHere(stage.data)) return;
        stage.root.removeEventListener("optiscape", look);
        done();
      };
      stage.root.addEventListener("optiscape", look);
    })
  );
}

/**
 * Do what another page asks for; what has another shape is nothing to us.
 * @param {Optiscape} optiscape
 * @param {unknown} data
 */
async function obey(optiscape, data) {
  if (typeof data !== "object" || data === null) return;
  const { optiscape: wanted, query, step } = /** @type {Record<string, unknown>} */ (data);
  if (wanted === "go" && typeof query === "string")
    await optiscape.go(query).catch(({ message }) => window.parent.postMessage({ optiscape: "error", message }, "*"));
  else if (wanted === "play") optiscape.play();
  else if (wanted === "pause") optiscape.pause();
  else if (wanted === "at" && typeof step === "number" && Number.isFinite(step)) optiscape.at(step);
}
