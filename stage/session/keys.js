// The playhead from the keyboard, wherever the focus is but in a control that has keys of its own.

/** @import { Player } from "./player.js" */

/** @param {Player} player */
export function listen(player) {
  /** @type {Record<string, () => void>} */
  const actions = {
    " ": () => player.toggle(),
    ArrowLeft: () => player.step(-1),
    ArrowRight: () => player.step(1),
    Home: () => player.seek(0),
    End: () => player.seek(player.last),
  };
  /** @param {KeyboardEvent} event */
  const onKey = (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("input, select, textarea, dialog, [contenteditable]")) return;
    if (event.key === " " && target?.closest("button, a, summary")) return;
    if (!(event.key in actions)) return;
    event.preventDefault();
    actions[event.key]();
  };
  document.addEventListener("keydown", onKey);
}
