// What the page is called, in the tab of a browser and among bookmarks: by its surface and its methods.

import { fill } from "../lib/format.js";

/** @import { Answer } from "../types/answer.d.ts" */
/** @import { Words } from "../types/words.d.ts" */

const LONG = 60; // letters of a formula

let said = "";

/**
 * Name the page after `data`, whose lanes are called `names`.
 * @param {Words} words
 * @param {Pick<Answer, "ground">} data
 * @param {string[]} names
 */
export function nameDocument({ ui, own, surfaces, tag }, { ground }, names) {
  const surface = ground.formula?.text.slice(0, LONG) ?? [...own, ...surfaces].find(({ id }) => id === ground.id)?.name;
  if (!said) new MutationObserver(keep).observe(document.head, { subtree: true, childList: true, characterData: true });
  const all = new Intl.ListFormat(tag, { style: "narrow" });
  said = fill(ui.document_title, { surface, methods: all.format(names) });
  keep();
}

/** Streamlit, which starts later, names the page too. */
function keep() {
  if (document.title !== said) document.title = said;
}
