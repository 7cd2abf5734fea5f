// A clock of its own: setTimeout, animation frames and performance.now go by `pass(ms)`, which lets promises settle in
// between. What was there before comes back when the test ends.

const FRAME = 16; // ms

const settled = () => new Promise((resolve) => setImmediate(resolve));

/** `test` is the context that node:test hands to a test. Returns { now(), pass(ms) }. */
export function fakeClock(test) {
  let now = 0;
  let timers = [];
  const later = (call, ms = 0) => (timers.push({ call, at: now + ms }), timers.at(-1));
  const forget = (timer) => (timers = timers.filter((other) => other !== timer));
  const real = {};
  const fakes = {
    setTimeout: later,
    clearTimeout: forget,
    requestAnimationFrame: (call) => later(() => call(now), FRAME),
    cancelAnimationFrame: forget,
  };
  for (const [name, fake] of Object.entries(fakes)) {
    real[name] = globalThis[name];
    globalThis[name] = fake;
  }
  const { now: reading } = performance;
  performance.now = () => now;
  const { random } = Math;
  Math.random = () => 0.5;
  test.after(() => {
    Object.assign(globalThis, real);
    performance.now = reading;
    Math.random = random;
  });
  return {
    now: () => now,
    async pass(ms) {
      const end = now + ms;
      for (;;) {
        await settled();
        const [next] = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (!next) break;
        now = Math.max(now, next.at);
        forget(next);
        next.call();
      }
      now = end;
    },
  };
}
