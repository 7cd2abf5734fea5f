// Where a page begins: the stage is built from what the page brings. Streamlit is started when the page has been
// complete for a while, if it has it: nothing waits for its session. It calls `mount` with each of its answers.

import { takePictures } from "./controls/dropped.js";
import { offer } from "./host_page.js";
import { Printing } from "./printing.js";
import { Stage } from "./stage.js";

/** @import { Message, PageData } from "./types/answer.d.ts" */
/** @import { Send } from "./session/server.js" */

const STREAMLIT_WAITS = 3000; // ms in which the surface is drawn and the reader looks around

/** @param {string} id */
const part = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @type {PageData} */
const brought = JSON.parse(part("optiscape-page").textContent ?? "");
const stage = new Stage(part("optiscape"), brought);
const clear = stage.address.embedded && stage.address.reader("background") === "none";
document.documentElement.dataset.background = clear ? "none" : "solid";
offer(stage);
new Printing(stage);
if (stage.home === undefined)
  takePictures(
    (query) => stage.address.go(`?${query}`),
    () => stage.page?.share.sayNone(),
  );
stage.conversation
  .begin(stage.address.search, brought.answer)
  .finally(() => setTimeout(startStreamlit, STREAMLIT_WAITS));

function startStreamlit() {
  const streamlit = document.querySelector("template");
  if (streamlit) document.head.append(document.importNode(streamlit.content, true));
}

/**
 * Called by Streamlit with each new answer.
 * @param {{ data: Message, setTriggerValue: Send }} component
 */
export function mount({ data, setTriggerValue }) {
  stage.conversation.join(data, setTriggerValue);
  part("optiscape").dataset.session = data.token;
}
