// The playhead: a number of steps between 0 and `last`. It knows nothing of figures.

const WHOLE_RACE = 6; // seconds that a race takes at speed 1, however many steps it has
const SLOWEST = 5; // steps per second below which a short race would drag
export const SPEEDS = [0.25, 0.5, 1, 2, 4];

export class Player {
  /**
   * `onMove(at, playing)` is called on every frame in which the playhead moved.
   * @param {(at: number, playing: boolean) => void} onMove
   */
  constructor(onMove) {
    this.onMove = onMove;
    this.at = 0;
    this.last = 1;
    this.speed = 1;
    this.loop = false;
    this.playing = false;
    /** @type {number | null} */
    this.frame = null;
    /** @type {number | null} when the last frame was drawn */
    this.before = null;
    this.exact = 0;
    this.seconds = WHOLE_RACE;
    this.reducedMotion = window.matchMedia("(prefers-reduced-motion: reduce)");
  }

  /** @param {number} last */
  setLast(last) {
    const atEnd = this.at >= this.last;
    this.last = last;
    if (atEnd || this.at > last) this.at = last;
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  /** @param {number} [seconds] how long the whole race takes at speed 1 */
  play(seconds = WHOLE_RACE) {
    if (this.playing) return;
    this.seconds = seconds;
    if (this.at >= this.last) this.at = 0;
    this.playing = true;
    this.before = null;
    this.exact = this.at;
    this.onMove(this.at, true);
    this.frame = requestAnimationFrame((now) => this.tick(now));
  }

  pause() {
    if (this.frame !== null) cancelAnimationFrame(this.frame);
    this.frame = null;
    if (!this.playing) return;
    this.playing = false;
    this.at = Math.min(this.last, Math.round(this.at));
    this.onMove(this.at, false);
  }

  /**
   * Stand at `at` without telling anybody: the whole picture is about to be drawn.
   * @param {number} at
   */
  standAt(at) {
    if (this.frame !== null) cancelAnimationFrame(this.frame);
    this.frame = null;
    this.playing = false;
    this.at = Math.max(0, Math.min(this.last, at));
  }

  /** @param {number} at */
  seek(at) {
    this.standAt(at);
    this.onMove(this.at, false);
  }

  /** @param {number} by */
  step(by) {
    this.seek(Math.round(this.at) + by);
  }

  /** @param {number} now */
  tick(now) {
    const seconds = this.before === null ? 0 : Math.min(0.1, (now - this.before) / 1000);
    this.before = now;
    this.exact += seconds * this.speed * Math.max(SLOWEST, this.last / this.seconds);
    if (this.exact >= this.last) {
      if (!this.loop) {
        this.at = this.last;
        this.pause();
        return;
      }
      this.exact = 0;
    }
    // Readers who asked for less motion see the steps themselves, not a glide from one to the next.
    const at = this.reducedMotion.matches ? Math.floor(this.exact) : this.exact;
    if (at !== this.at) {
      this.at = at;
      this.onMove(at, true);
    }
    this.frame = requestAnimationFrame((later) => this.tick(later));
  }
}
