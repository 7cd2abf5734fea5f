// Who answers: the server by address. A scene and what was turned in it are an address, and so whoever asks that way
// needs no session (api/visit.py), which costs the server a third of what a session of Streamlit does. A session stands
// by, and takes over where that way is closed, by a proxy say.

/** @import { Change, Message, SentAnswer } from "../types/answer.d.ts" */

/** @typedef {(name: "edits" | "visit", message: object) => void} Send */
/** @typedef {{ applied: number, visit: number }} Told up to which change and which visit */

const NOBODY = "by address"; // in place of the name that a session gives itself

export class Server {
  /**
   * `json(path)` asks by address. `answered(message)` hears each answer, and `met(message)` the last one of a
   * session that takes over; `failed(error)` why there is none at all.
   * @param {(path: string, signal: AbortSignal) => Promise<any>} json
   * @param {{ answered: (message: Message) => Promise<void>, met: (message: Message) => void, failed: (error: Error) => void }} on
   */
  constructor(json, on) {
    this.json = json;
    this.on = on;
    /** @type {Send | null} a session that has taken over */
    this.session = null;
    /** @type {[Message, Send] | null} a session that stands by: what it said last, and how it is told something */
    this.standby = null;
    /** Whether an address was refused, which another like it would be too. */
    this.refused = false;
    /** @type {AbortController | null} */
    this.asking = null;
    this.spelling = "";
    /** What was asked last that was answered: the scene by its spelling, and what was turned in it. */
    this.answered = "";
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
    this.answered = search.slice(1);
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
    const query = turned.length ? [this.spelling, ...turned].join("&") : this.answered; // which says what was mended
    this.ask(query, { ...this.told, applied: this.sent });
  }

  /**
   * Ask by address. Whoever waits for an answer asks again after a while, so that one that does not come is nothing to
   * speak of.
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
      this.refused = false;
      this.answered = query;
      await this.hear(answer, told);
    } catch (error) {
      if (this.asking !== asking) return;
      this.asking = null;
      // `fetch` raises a TypeError if nobody was reached; no session would be then.
      this.refused = !(error instanceof TypeError);
      failed(/** @type {Error} */ (error));
    }
    this.takeOver();
  }

  /**
   * @param {SentAnswer} answer
   * @param {Told} told
   */
  hear(answer, told) {
    this.told = told;
    // As long as a surface is not known its start and rates are not: what is turned next follows what was asked.
    this.spelling = answer.ground.slice?.sampling ? this.answered : answer.spelling;
    return this.on.answered({ ...answer, token: NOBODY, ...told });
  }

  /**
   * A session has answered.
   * @param {Message} message
   * @param {Send} send
   */
  join(message, send) {
    if (this.session) {
      this.session = send;
      this.on.answered(message);
    } else {
      this.standby = [message, send];
      if (!this.asking) this.takeOver();
    }
  }

  /**
   * Let the session that stands by answer from now on, if it has to. What it said may be older than what was turned
   * meanwhile.
   */
  takeOver() {
    if (!this.standby || (this.spelling && !this.refused)) return;
    const [message, send] = this.standby;
    this.session = send;
    if (this.spelling) this.on.met(message);
    else this.on.answered(message);
  }
}
