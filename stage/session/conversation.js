// All that is said between this page and whoever answers: what is turned goes out over the wire, where the browser
// went too, and answers come in.

import { Connection } from "./connection.js";
import { whole } from "./facts.js";
import { Server } from "./server.js";
import { Wire } from "./wire.js";

/** @import { Change, Message, SentAnswer } from "../types/answer.d.ts" */
/** @import { Progress, Sampled } from "../types/facts.d.ts" */
/** @import { Send } from "./server.js" */

const DRAFT_STANDS = 250; // ms until the server is asked whether it is ready

export class Conversation {
  /**
   * `json(path)` asks by address. `answered(message)` hears what is said, `failed(error)` why nothing is, `sent()` that
   * a session was sent to where the reader is, which is no visit of his, and `sampling(told)` how far a surface is that
   * is not there yet.
   * @param {(path: string, signal: AbortSignal) => Promise<any>} json
   * @param {{ answered: (message: Message) => Promise<void>, failed: (error: Error) => void, sent: () => void, sampling: (told: Sampled | Progress, about: Message) => void }} on
   */
  constructor(json, on) {
    this.on = on;
    this.json = json;
    /** @type {string | undefined} who answers */
    this.token = undefined;
    /** @type {Message | undefined} what was said last */
    this.latest = undefined;
    /** How often the browser went elsewhere. */
    this.visits = 0;
    this.connection = new Connection(() => this.wire.reconnected());
    this.wire = new Wire((name, message) => this.server.send(name, message), this.connection);
    this.server = new Server(json, {
      answered: (message) => this.hear(message),
      met: (message) => this.meet(message),
      failed: on.failed,
    });
  }

  /**
   * Begin with the scene of the address; `brought` is the answer to it, if the page has it.
   * @param {string} search
   * @param {SentAnswer | null} brought
   */
  async begin(search, brought) {
    await this.server.open(search, brought);
  }

  /**
   * A session has answered.
   * @param {Message} message
   * @param {Send} send
   */
  join(message, send) {
    this.connection.find();
    this.server.join(message, send);
  }

  /**
   * A session takes over, with the scene of the address as it was when Streamlit started.
   * @param {Message} message
   */
  meet({ token, visit, spelling }) {
    this.token = token;
    // It is led to where the reader is first: what was turned and not answered was turned there.
    if (visit !== this.visits || spelling !== this.server.spelling) {
      this.visit(location.search);
      this.on.sent();
    }
    this.wire.joined(token);
  }

  /** @param {Message} message */
  async hear(message) {
    // After a restart of the server another session answers, which counts visits from zero.
    if (message.token !== this.token) this.visits = message.visit;
    this.token = message.token;
    this.wire.answered(message);
    const { latest } = this;
    const waits = message.ground.slice?.sampling;
    const known =
      message.draft &&
      latest?.draft &&
      message.spelling === latest.spelling &&
      !waits &&
      !latest.ground.slice?.sampling;
    this.latest = message;
    if (message.ground.searching && !waits) this.askAgain(message);
    // What was said before a visit was heard of is about a place where the browser no longer is.
    if (!this.isHere(message) || known) return;
    const shown = this.on.answered(message);
    if (waits) this.sample(message, waits, latest?.ground.slice?.sampling === waits).catch(this.on.failed);
    await shown;
  }

  /**
   * Have a slice through a network's loss sampled, and ask again when it is. No answer is kept: whoever answers the next
   * question has to hear this one. `before`: so did we, in vain.
   * @param {Message} message
   * @param {string} path
   * @param {boolean} before
   */
  async sample(message, path, before) {
    const { signal } = new AbortController();
    const facts = { get: (/** @type {string} */ asked) => this.json(asked, signal), forget: () => {} };
    const wanted = () => this.latest === message;
    this.on.sampling({ done: 0, parts: 1 }, message);
    /** @type {Sampled | null} */
    const told = /** @type {any} */ (
      await whole(facts, path, wanted, (progress) => this.on.sampling(progress, message))
    );
    if (!told || !wanted()) return;
    if (told.failed) this.on.sampling(told, message);
    else if (before) this.askAgain(message);
    else this.wire.again();
  }

  /** @param {Change} change */
  push(change) {
    this.wire.push(change);
  }

  /**
   * Ask for what has been found meanwhile, or compiled.
   * @param {Message} message
   */
  askAgain(message) {
    const ask = () => this.latest === message && this.wire.again();
    if (message.draft) setTimeout(ask, DRAFT_STANDS);
    else ask();
  }

  /**
   * Whether an answer is about where the browser is, and not about a place that it has left.
   * @param {Pick<Message, "visit"> | undefined} answer
   */
  isHere(answer) {
    return answer?.visit === this.visits;
  }

  /** Whether something was turned that is in no answer yet. */
  get busy() {
    return this.wire.busy;
  }

  /** What was turned and is in no answer yet, in its order. */
  get unanswered() {
    return this.wire.unanswered;
  }

  /**
   * The browser went elsewhere.
   * @param {string} search
   */
  visit(search) {
    this.visits += 1;
    this.wire.visit({ visit: this.visits, search });
  }
}
