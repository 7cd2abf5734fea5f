// JSON by address: what the page has brought, and all else from the server. Where an address is longer than what servers
// and proxies take (a table that was pasted), its query goes as the body of the request. A server that has too many of our
// questions waiting says 429 and when to ask again: that is done here, so that whoever asked only waits for longer.

const LONGEST = 60; // s
const LONGEST_ADDRESS = 4000; // characters
const JITTER = 0.5; // of the pause on top: those who were sent away together do not come back together

export class Fetching {
  /**
   * `brought` has answers by their path; `postponed(count)` is told how many questions the server has put off.
   * @param {URL} base
   * @param {Record<string, unknown>} brought
   * @param {(count: number) => void} postponed
   */
  constructor(base, brought, postponed) {
    this.base = base;
    this.brought = brought;
    this.postponed = postponed;
    this.count = 0;
    // One reader of perhaps many behind one address. It lives as long as the page and is told to nobody else.
    this.headers = { "X-Optiscape-Reader": Math.random().toString(36).slice(2, 14) };
  }

  /**
   * The JSON at `path`, a promise; `signal` (an AbortSignal) ends it: the server then drops the question.
   * @param {string} path
   * @param {AbortSignal} [signal]
   * @returns {Promise<any>} whatever the server says: the types of what is asked for are those of types/
   */
  async json(path, signal) {
    if (Object.hasOwn(this.brought, path)) return this.brought[path];
    for (;;) {
      const response = await this.ask(path, signal);
      if (response.status !== 429) {
        if (!response.ok) throw new Error(`${response.status} ${path}`);
        return response.json();
      }
      await this.pause(Number(response.headers.get("Retry-After")), signal);
    }
  }

  /**
   * @param {string} path
   * @param {AbortSignal} [signal]
   */
  ask(path, signal) {
    const { headers } = this;
    if (path.length <= LONGEST_ADDRESS) return fetch(new URL(path, this.base), { headers, signal });
    const end = path.indexOf("?");
    const url = new URL(path.slice(0, end), this.base);
    return fetch(url, { method: "POST", body: path.slice(end + 1), headers, signal });
  }

  /**
   * Wait for `seconds` and a little longer.
   * @param {number} seconds
   * @param {AbortSignal} [signal]
   */
  async pause(seconds, signal) {
    const wanted = Math.min(Math.max(Number.isFinite(seconds) ? seconds : 0, 1), LONGEST);
    this.postponed(++this.count);
    try {
      await new Promise((resolve, reject) => {
        const timer = setTimeout(resolve, 1000 * wanted * (1 + JITTER * Math.random()));
        signal?.addEventListener("abort", () => (clearTimeout(timer), reject(signal.reason)), { once: true });
      });
    } finally {
      this.postponed(--this.count);
    }
  }
}
