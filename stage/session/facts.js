// Facts that are fetched when somebody looks at them. An address answers the same for good, so each
// is asked for once.

const MOST = 80;

export class Facts {
  /** `fetchJSON(path, signal)` brings an answer, until `signal` ends it. */
  constructor(fetchJSON) {
    this.fetchJSON = fetchJSON;
    this.kept = new Map();
  }

  /** The answer to `path`, a promise. Who no longer wants it says `drop(path)`. */
  get(path) {
    if (!this.kept.has(path)) {
      const control = new AbortController();
      const entry = { control, askers: 0, done: false, answer: this.fetchJSON(path, control.signal) };
      entry.answer.then(
        () => (entry.done = true),
        () => this.kept.get(path) === entry && this.kept.delete(path), // another time it may work
      );
      this.kept.set(path, entry);
      if (this.kept.size > MOST) this.kept.delete(this.kept.keys().next().value);
    }
    const entry = this.kept.get(path);
    entry.askers += 1;
    return entry.answer;
  }

  /** One asker less: a question that nobody waits for is taken back, and its promise rejected. */
  drop(path) {
    const entry = this.kept.get(path);
    if (!entry || entry.done || --entry.askers > 0) return;
    this.kept.delete(path);
    entry.control.abort();
  }

  /** Ask anew for an answer that was not the whole one. */
  forget(path) {
    if (this.kept.get(path)?.done) this.kept.delete(path);
  }
}

/**
 * The answer to `path`. A long one comes in parts: as long as it is not whole it is asked for again. Before each
 * part that is left `told({ done, parts })` hears how far it is; null as soon as `wanted()` is false.
 */
export async function whole(facts, path, wanted, told = () => {}) {
  for (;;) {
    const answer = await facts.get(path);
    if (answer.parts === undefined) return answer;
    facts.forget(path);
    if (!wanted()) return null;
    told(answer);
  }
}
