"""The rule that nothing is skipped silently in CI is held to by every way of skipping."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

WAYS = {
    "call": "def test_it():\n    pytest.skip('no reason')",
    "mark": "@pytest.mark.skip(reason='no reason')\ndef test_it():\n    pass",
    "condition": "@pytest.mark.skipif(True, reason='no reason')\ndef test_it():\n    pass",
    "fixture": "@pytest.fixture\ndef it():\n    pytest.skip('no reason')\n\ndef test_it(it):\n    pass",
    "module": "pytest.skip('no reason', allow_module_level=True)",
    "import": "pytest.importorskip('no_such_module', reason='no reason')",
    "no cases": "@pytest.mark.parametrize('case', [])\ndef test_it(case):\n    pass",
}
GOOD = "def test_good():\n    pass\n\n@pytest.mark.xfail\ndef test_known():\n    assert False\n"
ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("ci", ["true", ""])
def test_who_skips_in_ci_fails(tmp_path: Path, ci: str) -> None:
    (tmp_path / "pytest.ini").write_text("[pytest]")
    (tmp_path / "test_good.py").write_text(f"import pytest\n\n{GOOD}")
    for number, way in enumerate(WAYS.values()):
        (tmp_path / f"test_{number}.py").write_text(f"import pytest\n\n{way}\n")
    command = [sys.executable, "-m", "pytest", "-p", "tests.skips", "-p", "no:cacheprovider", "-q"]
    command += ["--continue-on-collection-errors", str(tmp_path)]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "CI": ci}, capture_output=True, text=True, timeout=60
    )
    counts = done.stdout.rstrip().splitlines()[-1].partition(" in ")[0]
    if ci:
        assert counts == f"1 failed, 1 passed, 1 xfailed, {len(WAYS) - 1} errors", done.stdout
        assert done.stdout.count("Expected no test to be skipped in CI") >= len(WAYS)
    else:
        assert (counts, done.returncode) == (f"1 passed, {len(WAYS)} skipped, 1 xfailed", 0), done.stdout
