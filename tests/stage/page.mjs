// As much of a browser's page as the scripts under test touch: elements that keep what they are told, and an address.

class FakeElement extends EventTarget {
  #attributes = new Map();
  #value = null;
  children = [];
  parent = null;
  hidden = false;
  textContent = "";
  style = { setProperty: (name, value) => (this.style[name] = value) };

  constructor(tag) {
    super();
    this.tagName = tag.toUpperCase();
  }

  setAttribute(name, value) {
    this.#attributes.set(name, String(value));
  }
  getAttribute(name) {
    return this.#attributes.get(name) ?? null;
  }
  hasAttribute(name) {
    return this.#attributes.has(name);
  }
  removeAttribute(name) {
    this.#attributes.delete(name);
  }
  toggleAttribute(name, on) {
    if (on) this.setAttribute(name, "");
    else this.removeAttribute(name);
  }
  get min() {
    return this.getAttribute("min") ?? "";
  }
  get max() {
    return this.getAttribute("max") ?? "";
  }
  set max(value) {
    this.setAttribute("max", value);
  }
  get value() {
    return this.#value ?? this.getAttribute("value") ?? "";
  }
  set value(value) {
    this.#value = String(value);
  }
  append(...nodes) {
    for (const node of nodes) if (node instanceof FakeElement) node.parent = this;
    this.children.push(...nodes);
  }
  replaceChildren(...nodes) {
    this.children = [];
    this.append(...nodes);
  }
  closest(selector) {
    const tags = selector.split(",").map((part) => part.trim().toUpperCase());
    return tags.includes(this.tagName) ? this : (this.parent?.closest(selector) ?? null);
  }
  contains(node) {
    return node === this || (node?.parent ? this.contains(node.parent) : false);
  }
  focus() {
    document.activeElement = this;
  }
  /** Of a dialog. */
  showModal() {
    this.open = true;
  }
  close() {
    this.open = false;
  }
  /** All elements below this one that `fits`. */
  all(fits) {
    const below = this.children.filter((child) => child instanceof FakeElement);
    return below.flatMap((child) => [...(fits(child) ? [child] : []), ...child.all(fits)]);
  }
}

class FakeWindow extends EventTarget {
  // As browsers do: Node does not take `true` for { capture: true } here.
  removeEventListener(type, listener, options) {
    super.removeEventListener(type, listener, typeof options === "boolean" ? { capture: options } : options);
  }
}

/** Say that something happened to `node`, as a browser would: { key }, { pointerType }, … */
export function happen(node, type, more = {}) {
  const event = new Event(type, { bubbles: true, cancelable: true });
  for (const [name, value] of Object.entries(more)) Object.defineProperty(event, name, { value });
  node.dispatchEvent(event);
  return event;
}

/**
 * Put a page around a test, at ?search. Returns { element(tag), entries, travels }: the addresses of the history, the present
 * one last, and how far the page wanted to go in it. `calm` readers asked for less motion.
 */
export function fakePage(test, { search = "", calm = false } = {}) {
  const entries = [search];
  const travels = [];
  const location = {
    origin: "https://example.org",
    pathname: "/course/",
    get search() {
      return entries.at(-1);
    },
  };
  const element = (tag) => new FakeElement(tag);
  const window = new FakeWindow();
  window.parent = window;
  window.matchMedia = () => ({ matches: calm });
  const document = Object.assign(new EventTarget(), {
    activeElement: null,
    createElement: element,
    createElementNS: (_, tag) => element(tag),
  });
  const history = {
    state: { kept: true },
    pushState: (state, _title, address) => entries.push(address) && (history.state = state),
    replaceState: (state, _title, address) => entries.splice(-1, 1, address) && (history.state = state),
    go: (by) => travels.push(by),
  };
  const globals = { window, document, location, history, Element: FakeElement };
  for (const [name, tag] of [
    ["HTMLSelectElement", "SELECT"],
    ["HTMLButtonElement", "BUTTON"],
  ])
    globals[name] = class {
      static [Symbol.hasInstance](node) {
        return node instanceof FakeElement && node.tagName === tag;
      }
    };
  for (const [name, value] of Object.entries(globals)) {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
    test.after(() => (before ? Object.defineProperty(globalThis, name, before) : delete globalThis[name]));
  }
  return { element, entries, travels, window, document, history };
}
