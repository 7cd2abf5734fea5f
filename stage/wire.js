// Changes on their way to the server. One message is under way at a time and later changes of the
// same thing replace earlier ones that still wait, so that dragging never outruns the server and
// nothing is lost when the server answers two messages with one run.

const PATIENCE = 4000; // ms after which an unanswered message is sent again; changes carry numbers, so this is safe

export class Wire {
  constructor(send) {
    this.send = send;
    this.number = 0;
    this.waiting = [];
    this.sent = [];
    this.token = null;
    this.timer = null;
  }

  push(change) {
    const same = ({ change: other }) =>
      other.do === change.do && other.lane === change.lane && other.knob === change.knob && "to" in change;
    const last = this.waiting.at(-1);
    if (last && same(last)) this.waiting.pop();
    this.waiting.push({ number: ++this.number, change });
    this.flush();
  }

  /** The server has answered: everything up to change `applied` is in the picture. */
  answered({ token, applied }) {
    if (token !== this.token) {
      // Another session (the server was restarted): it numbers from zero and read the URL.
      this.token = token;
      this.sent = [];
    }
    this.sent = this.sent.filter(({ number }) => number > applied);
    this.flush();
  }

  get busy() {
    return this.sent.length + this.waiting.length > 0;
  }

  flush(again = false) {
    if (this.token === null || (this.sent.length && !again)) return;
    if (!again) [this.sent, this.waiting] = [this.waiting, []];
    clearTimeout(this.timer);
    if (!this.sent.length) return;
    this.timer = setTimeout(() => this.flush(true), PATIENCE);
    this.send({ token: this.token, changes: this.sent.map(({ number, change }) => [number, change]) });
  }

  close() {
    clearTimeout(this.timer);
  }
}
