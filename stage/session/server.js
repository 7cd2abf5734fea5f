// Who answers: a session of Streamlit, once there is one, and before that, or where there never is one (a page
// that is embedded), the server by address. A scene and what was turned in it are an address, and so whoever asks
// that way needs no session: api/visit.py.

/** @import { Change, Message, SentAnswer } from "../types/answer.d.ts" */

/** @typedef {(name: "edits" | "visit", message: object) => void} Send */
/** @typedef {{ applied: number, visit: number }} Told up to which change and which visit */

const NOBODY = "by address"; // in place of the name that a session gives itself

export class Server {
  /**
   * `json(path)` asks by address. `answered(message)` hears each answer, and `met(message)` the first one of a
   * session that takes over; `failed(error)` why there is none at all.
   * @param {(path: string, signal: AbortSignal) => Promise<any>} json
   * @param {{ answered: (message: Message) => Promise<void>, met: (message: Message) => void, failed: (error: Error) => void }} on
   */
  constructor(json, on) {
    this.json = json;
    this.on = on;
    /** @type {Send | null} */
    this.session = null;
    /** @type {[Message, Send] | null} a session that came while we were asking */
    this.waiting = null;
    /** @type {AbortController | null} */
    this.asking = null;
    this.spelling = "";
    this.sent = 0;
    /** @type {Told} */
    this.told = { applied: 0, visit: 0 };
  }

  /**
   * Begin with the answer to the scene of the address, which the page has brought, or ask for it.
   * @param {string} search
   * @param {SentAnswer | null} brought
   */
  async open(search, brought) {
    if (brought) await this.hear(brought, this.told);
    else this.ask(search.slice(1), this.told, this.on.failed);
  }

  /** @type {Send} */
  send(name, message) {
    if (this.session) return this.session(name, message);
    const { changes, visit, search } = /** @type {{ changes: [number, Change][], visit: number, search: string }} */ (
      message
    );
    if (name === "visit") this.ask(search.slice(1), { applied: this.sent, visit });
    if (name === "visit" || this.asking) return; // the same again, which is being answered
    this.sent = changes.at(-1)?.[0] ?? this.sent;
    const turned = changes.map(([, change]) => `change=${encodeURIComponent(JSON.stringify(change))}`);
    this.ask([this.spelling, ...turned].join("&"), { ...this.told, applied: this.sent });
  }

  /**
   * Whoever waits for an answer asks again after a while, so that one that does not come is nothing to speak of.
   * @param {string} query
   * @param {Told} told
   * @param {(error: Error) => void} [failed]
   */
  async ask(query, told, failed = console.warn) {
    this.asking?.abort();
    const asking = (this.asking = new AbortController());
    try {
      const answer = await this.json(`answer.json?${query}`, asking.signal);
      if (this.asking !== asking) return;
      this.asking = null;
      await this.hear(answer, told); // by then the address says it, and a session that waits is sent there
    } catch (error) {
      if (this.asking !== asking) return;
      this.asking = null;
      failed(/** @type {Error} */ (error));
    }
    if (this.waiting) this.join(...this.waiting);
  }

  /**
   * @param {SentAnswer} answer
   * @param {Told} told
   */
  hear(answer, told) {
    this.told = told;
    this.spelling = answer.spelling;
    return this.on.answered({ ...answer, token: NOBODY, ...told });
  }

  /**
   * A session has answered. From the first time on it is the one who is told; what it says then may be older than
   * what was turned meanwhile.
   * @param {Message} message
   * @param {Send} send
   */
  join(message, send) {
    const known = this.session !== null;
    if (!known && this.asking) {
      this.waiting = [message, send];
      return;
    }
    this.waiting = null;
    this.session = send;
    if (known || !this.spelling) this.on.answered(message);
    else this.on.met(message);
  }
}
