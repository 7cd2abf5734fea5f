// Facts that are fetched when somebody looks at them. An address answers the same for good, so each
// is asked for once.

/** @import { AnswerTo, Progress } from "../types/facts.d.ts" */
/** @import { FetchJSON } from "../types/stage.d.ts" */

const MOST = 80;

export class Facts {
  /**
   * `fetchJSON(path, signal)` brings an answer, until `signal` ends it.
   * @param {FetchJSON} fetchJSON
   */
  constructor(fetchJSON) {
    this.fetchJSON = fetchJSON;
    /** @type {Map<string, { control: AbortController, askers: number, done: boolean, answer: Promise<any> }>} */
    this.entries = new Map();
  }

  /**
   * The answer to `path`, a promise. Who no longer wants it says `drop(path)`.
   * @template {string} Path
   * @param {Path} path
   * @returns {Promise<AnswerTo<Path> | Progress>}
   */
  get(path) {
    let entry = this.entries.get(path);
    if (!entry) {
      const control = new AbortController();
      const made = { control, askers: 0, done: false, answer: this.fetchJSON(path, control.signal) };
      made.answer.then(
        () => (made.done = true),
        () => this.entries.get(path) === made && this.entries.delete(path), // another time it may work
      );
      this.entries.set(path, made);
      const [oldest] = this.entries.keys();
      if (this.entries.size > MOST) this.entries.delete(oldest);
      entry = made;
    }
    entry.askers += 1;
    return entry.answer;
  }

  /**
   * One asker less: a question that nobody waits for is taken back, and its promise rejected.
   * @param {string} path
   */
  drop(path) {
    const entry = this.entries.get(path);
    if (!entry || entry.done || --entry.askers > 0) return;
    this.entries.delete(path);
    entry.control.abort();
  }

  /**
   * Ask anew for an answer that was not the whole one.
   * @param {string} path
   */
  forget(path) {
    if (this.entries.get(path)?.done) this.entries.delete(path);
  }
}

/** @typedef {{ get(path: string): Promise<any>, forget(path: string): void }} FactSource */

/**
 * @param {any} answer
 * @returns {answer is Progress}
 */
const isProgress = (answer) => answer.parts !== undefined;

/**
 * The answer to `path`. A long one comes in parts: as long as it is not whole it is asked for again. Before each
 * part that is left `progress({ done, parts })` hears how far it is; null as soon as `wanted()` is false.
 * @template {string} Path
 * @param {FactSource} facts
 * @param {Path} path
 * @param {() => boolean} wanted
 * @param {(made: Progress) => void} [progress]
 * @returns {Promise<AnswerTo<Path> | null>}
 */
export async function whole(facts, path, wanted, progress = () => {}) {
  for (;;) {
    const answer = await facts.get(path);
    if (!isProgress(answer)) return answer;
    facts.forget(path);
    if (!wanted()) return null;
    progress(answer);
  }
}
