// What keys and letters mean in a list that something is chosen from: no element is touched here.

/** How long letters belong together that are typed at a list, in ms. */
export const TYPED_TOGETHER = 700;

/** @typedef {{ left: number, top: number }} Place where an option stands */

/**
 * The option that `key` leads to from the one at index `at`, of options that stand in lines at `places`: its index, or −1
 * where it leads out of the list at the top. null for a key that leads nowhere.
 * @param {Place[]} places
 * @param {number} at
 * @param {string} key
 * @returns {number | null}
 */
export function led(places, at, key) {
  const last = places.length - 1;
  if (key === "Home") return 0;
  if (key === "End") return last;
  if (key === "ArrowRight") return Math.min(at + 1, last);
  if (key === "ArrowLeft") return Math.max(at - 1, 0);
  if (key !== "ArrowDown" && key !== "ArrowUp") return null;
  if (at < 0) return 0;
  const down = key === "ArrowDown";
  const here = places[at];
  const beyond = places.filter(({ top }) => (down ? top > here.top : top < here.top));
  if (!beyond.length) return down ? at : -1;
  const line = (down ? Math.min : Math.max)(...beyond.map(({ top }) => top));
  const far = (/** @type {Place} */ { left, top }) => (top === line ? Math.abs(left - here.left) : Infinity);
  return places.reduce(
    (best, place, index) => (far(place) < far(places[best]) ? index : best),
    places.indexOf(beyond[0]),
  );
}

/**
 * The first option from the one at `at` on, around the end, one of whose names begins with `letters`; −1 for none. A letter
 * by itself, or typed again and again, leads from each option to the next, as it does in menus of the system.
 * @param {string[][]} names
 * @param {number} at
 * @param {string} letters
 */
export function begins(names, at, letters) {
  const typed = letters.toLowerCase();
  const again = [...typed].every((letter) => letter === typed[0]);
  const sought = again ? typed[0] : typed;
  const from = Math.max(at, 0) + (again && at >= 0 ? 1 : 0);
  const order = names.map((_, index) => (from + index) % names.length);
  return order.find((index) => names[index].some((name) => name.toLowerCase().startsWith(sought))) ?? -1;
}

/**
 * Whether every word of `text` is in `keywords`, which are in small letters.
 * @param {string} keywords
 * @param {string} text
 */
export function matches(keywords, text) {
  const words = text.toLowerCase().split(/\s+/);
  return words.every((word) => keywords.includes(word));
}
