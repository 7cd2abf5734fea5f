// Text for the clipboard.

import { el } from "./dom.js";

/**
 * Copy `text`; `within` is where an element can have the focus: a dialog that is open takes it from all others.
 * @param {string} text
 * @param {HTMLElement} within
 */
export async function copyText(text, within) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without HTTPS, or in a frame without the permission, browsers still know the old way.
    const area = el("textarea.os-offscreen", { "aria-hidden": "true" });
    area.value = text;
    within.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
}
