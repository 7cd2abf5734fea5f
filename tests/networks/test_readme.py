"""The script that the README of the room shows runs: ten lines."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_script_of_the_readme_runs(tmp_path: Path) -> None:
    text = (ROOT / "networks" / "README.md").read_text("utf-8")
    (script,) = re.findall(r"```python\n(.*?)```", text, re.S)
    assert len([line for line in script.splitlines() if line]) <= 10
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    first, second, *_, last = done.stdout.splitlines()
    assert first == "4482 parameters; Ending(kind='done', step=1000)"
    (validated,) = re.findall(r"validated: (0\.\d+|1\.0)", second)
    assert float(validated) > 0.88
    spreads = [float(number) for number in re.findall(r"\d\.\d+", last)]
    assert len(spreads) == 5 and all(0.6 < number < 1.1 for number in spreads)


def test_the_table_of_the_readme_names_the_files() -> None:
    text = (ROOT / "networks" / "README.md").read_text("utf-8")
    rows = re.findall(r"^\| (`.*`) \|", text, re.M)
    named = {name.rstrip("/") for row in rows for name in re.findall(r"`([\w/]+)`", row)}
    rooms = "data", "geometry"
    there = {
        path.stem for path in (ROOT / "networks").iterdir() if path.suffix == ".py" or path.name in rooms
    }
    assert named == there - {"__init__"}
