"""Run every race of the tests in PyTorch: `python -m tools.check_torch PYTHON`, which has torch.

PyTorch is no dependency of ours. Prints for each race by how much it differs from ours, in parts of the box,
and ends with an error where that is more than the tests allow. The version it prints belongs into
`export/code/race_torch.py`.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.export.race_code import AGREES, LINKS, checked


def main() -> None:
    """Compare all races."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("python", help="an interpreter in which torch is installed")
    python = parser.parse_args().python
    asked = [python, "-I", "-c", "import torch; print(torch.__version__)"]
    print(f"torch {subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip()}")
    worst = 0.0
    for name, link in LINKS.items():
        with tempfile.TemporaryDirectory() as folder:
            far = checked(link, "torch", Path(folder), python)
        print(f"{name}: {', '.join(f'{lane} {part:.0e}' for lane, part in far.items())}", flush=True)
        worst = max(worst, *far.values())
    if worst > AGREES:
        sys.exit(f"Expected {AGREES:g} of the box at most, got {worst:.1e}.")


if __name__ == "__main__":
    main()
