// Changes on their way to whoever answers. One message is under way at a time and later changes of the
// same thing replace earlier ones that still wait, so that dragging never outruns the server and
// nothing is lost when the server answers two messages with one run.
//
// A connection that stays loses nothing, so a message whose answer is slow is not repeated while the server
// is at work, and otherwise ever more seldom: a class that repeats itself is what brings a busy server down.
// Only a connection that broke may have lost a message: after another one stands it is sent again soon.

/** @import { Change, Message } from "../types/answer.d.ts" */

/** @typedef {{ number: number, change: Change }} Numbered */
/** @typedef {{ visit: number, search: string }} Visit */

const FIRST_PAUSE = 8000; // ms until an unanswered message is sent again; changes carry numbers, so this is safe
const LONGEST_PAUSE = 60000;
const AFTER_RECONNECTION = 1000;
const JITTER = 0.25; // of a pause, to either side: a class that was interrupted together does not come back together

export class Wire {
  /**
   * `send(name, message)` gives it to whoever answers; `connection` says `connected` and `running` (the server's script).
   * @param {(name: "edits" | "visit", message: object) => void} send
   * @param {{ connected: boolean, running: boolean }} connection
   */
  constructor(send, connection = { connected: true, running: false }) {
    this.send = send;
    this.connection = connection;
    this.number = 0;
    /** @type {Numbered[]} */
    this.waiting = [];
    /** @type {Numbered[]} */
    this.sent = [];
    /** @type {string | null} */
    this.token = null;
    /** @type {number | undefined} */
    this.timer = undefined;
    /** @type {Visit | null} */
    this.visited = null;
  }

  /** @param {Change} change */
  push(change) {
    /** @param {Numbered} waiting */
    const same = ({ change: other }) =>
      other.do === change.do && other.lane === change.lane && other.knob === change.knob && "to" in change;
    const last = this.waiting.at(-1);
    if (last && same(last)) this.waiting.pop();
    this.waiting.push({ number: ++this.number, change });
    this.flush();
  }

  /** Ask for the answer anew, without a change. */
  again() {
    if (!this.busy) this.send("edits", { token: this.token, changes: [] });
  }

  /**
   * The browser went back or forward: `message` has the number of this visit, and where it leads to.
   * @param {Visit} message
   */
  visit(message) {
    this.visited = message;
    this.send("visit", message);
  }

  /**
   * The server has answered: everything up to change `applied` is in the picture, and visit number `visit`.
   * @param {Pick<Message, "token" | "applied" | "visit">} message
   */
  answered({ token, applied, visit }) {
    if (token !== this.token) {
      // Another session (the server was restarted): it numbers from zero and read the URL.
      this.token = token;
      this.sent = [];
      this.visited = null;
    }
    if (visit === this.visited?.visit) this.visited = null;
    this.sent = this.sent.filter(({ number }) => number > applied);
    this.flush();
  }

  /**
   * Another one answers from now on, who knows nothing of what was sent.
   * @param {string} token
   */
  joined(token) {
    this.token = token;
    this.waiting = [...this.sent, ...this.waiting];
    this.sent = [];
    this.flush();
  }

  /** The changes that are in no picture yet, in their order. */
  get unanswered() {
    return [...this.sent, ...this.waiting].map(({ change }) => change);
  }

  get busy() {
    return this.sent.length + this.waiting.length > 0;
  }

  /** The connection broke and stands again. */
  reconnected() {
    if (this.visited) this.send("visit", this.visited);
    if (this.sent.length) this.repeatAfter(AFTER_RECONNECTION);
  }

  flush() {
    if (this.token === null || this.sent.length) return;
    [this.sent, this.waiting] = [this.waiting, []];
    clearTimeout(this.timer);
    if (this.sent.length) this.transmit(FIRST_PAUSE);
  }

  /** @param {number} pause */
  transmit(pause) {
    this.repeatAfter(pause);
    this.send("edits", { token: this.token, changes: this.sent.map(({ number, change }) => [number, change]) });
  }

  /** @param {number} pause */
  repeatAfter(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.repeat(pause), pause * (1 + JITTER * (2 * Math.random() - 1)));
  }

  /** @param {number} pause */
  repeat(pause) {
    const { connected, running } = this.connection;
    if (connected && !running) this.transmit(Math.min(2 * pause, LONGEST_PAUSE));
    else this.repeatAfter(pause);
  }
}
