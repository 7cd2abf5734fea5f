"""Running the stage's modules in the Node that Playwright brings."""

import json
import subprocess
from pathlib import Path
from typing import Any

import playwright

from tests.stage.scripts import STAGE

NODE = Path(playwright.__file__).parent / "driver" / "node"

# A clock of its own: setTimeout and performance.now go by `pass(ms)`, which lets promises settle in between.
CLOCK = """
let now = 0, timers = [];
globalThis.setTimeout = (call, ms = 0) => (timers.push({ call, at: now + ms }), timers.at(-1));
globalThis.clearTimeout = (timer) => { timers = timers.filter((other) => other !== timer); };
performance.now = () => now;
const settle = () => new Promise((resolve) => setImmediate(resolve));
const pass = async (ms) => {
  const end = now + ms;
  for (;;) {
    await settle();
    const [next] = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
    if (!next) break;
    now = Math.max(now, next.at);
    clearTimeout(next);
    next.call();
  }
  now = end;
};
Math.random = () => 0.5;
"""


def run(program: str, **modules: str) -> Any:
    """Return what the JavaScript `program` gives to `told`; `modules` are those it uses, by name and file."""
    imports = "".join(
        f'import * as {name} from "{(STAGE / file).as_uri()}";\n' for name, file in modules.items()
    )
    source = f"{imports}{CLOCK}const told = (value) => console.log(JSON.stringify(value));\n{program}"
    command = [str(NODE), "--no-warnings", "--input-type=module", "-e", source]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
