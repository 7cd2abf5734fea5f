// Facts that are fetched when somebody looks at them. An address answers the same for good, so each
// is asked for once.

const MOST = 80;
const PATIENCE = 1000; // ms that a question may still take although another is wanted by now

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

/** A thing that follows its question: `ask(path)` shows the answer, unless another was asked meanwhile. */
export class Follower {
  /** `show(answer, path)` is called with each answer that is still wanted, `fail(error)` where there is none. */
  constructor(facts, show, fail) {
    this.facts = facts;
    this.show = show;
    this.fail = fail;
    this.wanted = null;
    this.shown = null;
    this.asked = null;
  }

  /** Show the answer again even if the same is asked. */
  forget() {
    this.shown = null;
  }

  /** null: nothing is wanted any more. */
  async ask(path) {
    this.wanted = path;
    if (path === null) this.shown = null;
    if (this.asked !== null) return this.hurry();
    // One question at a time: a hand that moves on asks about where it is, not about all its way.
    try {
      while (this.wanted !== null && this.shown !== this.wanted) {
        const asked = (this.asked = this.wanted);
        this.since = performance.now();
        const answer = await whole(this.facts, asked, () => this.wanted === asked).catch((error) => {
          if (this.wanted === asked && error.name !== "AbortError") throw error;
          return null;
        });
        if (this.wanted === null) break;
        if (answer === null) continue; // another is wanted by now
        this.shown = asked;
        this.show(answer, asked);
      }
    } catch (error) {
      this.shown = null;
      this.fail(error);
    } finally {
      this.asked = null;
    }
  }

  /** Take back a question that is no longer the one, unless its answer must be near. */
  hurry() {
    if (this.wanted === this.asked) return;
    if (this.wanted === null || performance.now() - this.since > PATIENCE) this.facts.drop(this.asked);
  }
}
