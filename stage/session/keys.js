// The playhead from the keyboard, wherever the focus is but in a control that has keys of its own.

/** Listen for `player`; returns a function that stops listening. */
export function listen(player) {
  const actions = {
    " ": () => player.toggle(),
    ArrowLeft: () => player.step(-1),
    ArrowRight: () => player.step(1),
    Home: () => player.seek(0),
    End: () => player.seek(player.last),
  };
  const onKey = (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, select, textarea, dialog, [contenteditable]")) return;
    if (event.key === " " && event.target.closest?.("button, a, summary")) return;
    if (!(event.key in actions)) return;
    event.preventDefault();
    actions[event.key]();
  };
  document.addEventListener("keydown", onKey);
  return () => document.removeEventListener("keydown", onKey);
}
