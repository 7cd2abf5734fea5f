// The keyboard: one table of all keys, by which the page listens and from which the list of keys is made.

/** @import { Actions } from "../actions.js" */

/**
 * What chords of keys do, wherever the focus is but in a control that has keys of its own. `does` names it in the list,
 * `Mod+` is Ctrl or ⌘. `works` says whether there is any of that here; `held` keys are meant for this even where a control
 * has the focus that would take them, and `free` says at which targets there is none that would.
 * @typedef {{
 *   does: string,
 *   chords: string[],
 *   run: (actions: Actions, key: string) => void,
 *   works?: (actions: Actions) => boolean,
 *   held?: boolean,
 *   free?: (target: Element | null) => boolean,
 * }} KeyRow
 */

const CONTROLS = "input, select, textarea, dialog, [contenteditable]";
const WITHOUT_TEXT = ["range", "checkbox", "file"];
const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];
/** @param {Actions} actions */
const framed = ({ framed: within }) => within;
/** @param {Actions} actions */
const asks = ({ asks: somebody }) => somebody;

/**
 * Networks have one picture: none stands aside for another.
 * @param {Actions} actions
 */
const chooses = ({ stage }) => stage.view?.page !== "networks";

/** @type {KeyRow[]} */
export const KEYS = [
  {
    does: "toggle",
    chords: [" "],
    run: ({ stage }) => stage.player.toggle(),
    free: (at) => !at?.closest("button, a, summary"),
  },
  {
    does: "turn_slides",
    chords: ["PageUp", "PageDown"],
    run: (actions, key) => actions.tellHost(key),
    works: framed,
    held: true,
  },
  {
    does: "turn_slides_outside",
    chords: ARROWS,
    run: (actions, key) => actions.tellHost(key),
    works: framed,
    free: (at) => !at?.closest(".os-transport"),
  },
  { does: "back", chords: ["ArrowLeft"], run: ({ stage }) => stage.player.step(-1) },
  { does: "forward", chords: ["ArrowRight"], run: ({ stage }) => stage.player.step(1) },
  { does: "first", chords: ["Home"], run: ({ stage }) => stage.player.seek(0) },
  { does: "last", chords: ["End"], run: ({ stage }) => stage.player.seek(stage.player.last) },
  { does: "undo", chords: ["Mod+z"], run: (actions) => actions.travel(-1), works: ({ travels }) => travels },
  {
    does: "redo",
    chords: ["Mod+Shift+z", "Mod+y"],
    run: (actions) => actions.travel(1),
    works: ({ travels }) => travels,
  },
  { does: "map", chords: ["1"], run: (actions) => actions.hero("map"), works: chooses },
  { does: "surface", chords: ["2"], run: (actions) => actions.hero("surface"), works: chooses },
  { does: "both", chords: ["3"], run: (actions) => actions.hero("both"), works: chooses },
  { does: "losses", chords: ["4"], run: (actions) => actions.hero("losses"), works: chooses },
  { does: "next_question", chords: ["n"], run: (actions) => actions.question(1), works: asks },
  { does: "question_before", chords: ["p"], run: (actions) => actions.question(-1), works: asks },
  { does: "present", chords: ["f"], run: (actions) => actions.present() },
  { does: "list_keys", chords: ["?"], run: (actions) => actions.listKeys() },
  { does: "leave", chords: ["Escape"], run: (actions) => actions.leave(), held: true },
];

/**
 * The rows for which there is something to do here.
 * @param {Actions} actions
 */
export const working = (actions) => KEYS.filter(({ works }) => works?.(actions) ?? true);

/**
 * What was pressed, as the table spells it.
 * @param {KeyboardEvent} event
 */
function chordOf({ key, ctrlKey, metaKey, shiftKey }) {
  const letter = key.length === 1 ? key.toLowerCase() : key;
  return ctrlKey || metaKey ? `Mod+${shiftKey ? "Shift+" : ""}${letter}` : letter;
}

/**
 * Whether a control at `target` takes `chord` itself: texts have an undo of their own, sliders and menus have none.
 * @param {Element | null} target
 * @param {string} chord
 */
function taken(target, chord) {
  const control = target?.closest(CONTROLS);
  if (!control || !chord.includes("Mod+")) return Boolean(control);
  return !target?.closest("select") && !WITHOUT_TEXT.includes(control.getAttribute("type") ?? "");
}

/** @param {Actions} actions */
export function listen(actions) {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey) return;
    const target = event.target instanceof Element ? event.target : null;
    const chord = chordOf(event);
    const row = working(actions).find(({ chords, free }) => chords.includes(chord) && (free?.(target) ?? true));
    if (!row || (row.held ? target?.closest("dialog") : taken(target, chord))) return;
    event.preventDefault();
    row.run(actions, event.key);
  });
}
