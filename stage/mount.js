// Where Streamlit comes in: it calls this with each new answer.

import { Stage } from "./stage.js";

/** @import { Message } from "./types/answer.d.ts" */

/** @typedef {(name: "edits" | "visit", message: object) => void} Send */

/** @type {WeakMap<HTMLElement, Stage>} */
const stages = new WeakMap();

/**
 * Called by Streamlit with each new answer; the same node keeps the same stage.
 * @param {{ data: Message, parentElement: HTMLElement, setTriggerValue: Send }} component
 */
export function mount({ data, parentElement, setTriggerValue }) {
  let stage = stages.get(parentElement);
  if (!stage) {
    stage = new Stage(parentElement, data, setTriggerValue);
    stages.set(parentElement, stage);
  }
  stage.send = setTriggerValue;
  stage.receive(data);
  // Streamlit calls this when the component goes, but also when an answer has overtaken the one before.
  return () =>
    setTimeout(() => {
      if (parentElement.isConnected || !stages.delete(parentElement)) return;
      stage.close();
    });
}
