// Facts that are fetched when somebody looks at them. An address answers the same for good, so each
// is asked for once.

const MOST = 80;

export class Facts {
  constructor(fetchJSON) {
    this.fetchJSON = fetchJSON;
    this.kept = new Map();
  }

  /** The answer to `path`, a promise. */
  get(path) {
    if (!this.kept.has(path)) {
      const answer = this.fetchJSON(path);
      answer.catch(() => this.kept.delete(path)); // another time it may work
      this.keep(path, answer);
    }
    return this.kept.get(path);
  }

  keep(path, answer) {
    this.kept.set(path, answer);
    if (this.kept.size > MOST) this.kept.delete(this.kept.keys().next().value);
  }
}

/**
 * The answer to `path`, which may come in parts: a long one is asked for again, until it is there. Before each part
 * that is left `told({ done, parts })` hears how far it is; null as soon as `wanted()` is false.
 */
export async function whole(facts, path, wanted, told = () => {}) {
  for (let part = 0; ; part++) {
    const address = part ? `${path}&part=${part}` : path;
    const answer = await facts.get(address);
    const there = !("parts" in answer);
    if (part || !there) facts.kept.delete(address); // what is half done is no answer, and nobody asks for its parts again
    if (part && there) facts.keep(path, Promise.resolve(answer));
    if (there) return answer;
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
    this.busy = false;
  }

  /** Show the answer again even if the same is asked. */
  forget() {
    this.shown = null;
  }

  /** null: nothing is wanted any more. */
  async ask(path) {
    this.wanted = path;
    if (path === null) this.shown = null;
    // One question at a time: a hand that moves on asks about where it is, not about all its way.
    if (this.busy || path === null) return;
    this.busy = true;
    try {
      while (this.wanted !== null && this.shown !== this.wanted) {
        const asked = this.wanted;
        const answer = await whole(this.facts, asked, () => this.wanted === asked);
        if (this.wanted === null) break;
        if (answer === null) continue; // another question, before all parts of this one were there
        this.shown = asked;
        this.show(answer, asked);
      }
    } catch (error) {
      this.shown = null;
      this.fail(error);
    } finally {
      this.busy = false;
    }
  }
}
