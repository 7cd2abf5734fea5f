"""What the browser fetches, under a name that changes with its contents."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from stage import assets

ROOT = Path(__file__).parents[2]


def test_every_style_is_there_and_those_of_the_stage_come_first():
    folder = Path(assets.__file__).parent
    styles, media = assets.files()["optiscape.css"]
    assert media.startswith("text/css") and assets.files()["optiscape.js"][1].startswith("text/javascript")
    others = sorted(file.relative_to(folder).as_posix() for file in folder.rglob("*.css"))
    sheets = sorted(others, key=lambda name: name != "stage.css")
    assert styles.decode() == "".join((folder / name).read_text("utf-8") for name in sheets)


def test_the_folder_is_relative_and_named_by_a_hash():
    assert re.fullmatch(r"optiscape/[0-9a-f]{12}/", assets.BASE)
    assert f"optiscape/{assets._fingerprint()}/" == assets.BASE  # the same each time it is asked


CHANGED = (
    "stage/stage.css",
    "charts/palette.py",
    "landscapes/bowl.py",
    "locales/zh/methods.toml",
    "a_room_of_tomorrow/deep/inside.py",
    "requirements.txt",
)


@pytest.mark.parametrize("path", CHANGED)
def test_any_change_of_what_is_served_changes_the_name(
    path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    room = Path(path).parts[0] if "/" in path else "anew"
    for file in (path, "README.md", "requirements.txt", f"{room}/__init__.py", "tools/__init__.py"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("before", "utf-8")
    monkeypatch.setattr(assets, "ROOT", tmp_path)
    before = assets._fingerprint()
    for file in ("README.md", "tools/__init__.py"):
        (tmp_path / file).write_text("after", "utf-8")
    assert assets._fingerprint() == before
    (tmp_path / path).write_text("after", "utf-8")
    assert assets._fingerprint() != before


def test_another_plotly_changes_the_name(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(assets, "version", lambda _: "0.0.0")
    assert f"optiscape/{assets._fingerprint()}/" != assets.BASE


def test_every_room_that_words_and_pictures_are_made_from_counts():
    """Or a browser would keep for good what a change in that room made out of date."""
    asked = "import sys, api.messages, api.pictures; print(*{m.split('.')[0] for m in sys.modules})"
    run = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    rooms = {path.name for path in ROOT.iterdir() if (path / "__init__.py").exists()}
    assert {"charts", "scenes"} < rooms & set(run.stdout.split()) <= {room.name for room in assets.rooms()}
