"""What the stage's browser side fetches, under a name that changes whenever its contents do."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDER = Path(__file__).parent
TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
OUTSIDE = {"benchmarks", "tests", "tools"}
"""Packages that are no part of the app."""


def rooms() -> list[Path]:
    """Return the packages of the app, wherever they are named: each may have a hand in what is served."""
    return sorted(path.parent for path in ROOT.glob("*/__init__.py") if path.parent.name not in OUTSIDE)


def _fingerprint() -> str:
    """Return a hash of every file that may have a hand in what is served, and of plotly's version."""
    digest = hashlib.sha256(version("plotly").encode())
    for room in rooms():
        for file in sorted(room.rglob("*")):
            if file.suffix in {".py", ".js", ".css", ".toml", ".md"}:
                digest.update(file.read_bytes())
    digest.update((ROOT / "requirements.txt").read_bytes())  # with other libraries other numbers come out
    return digest.hexdigest()[:12]


BASE = f"optiscape/{_fingerprint()}/"
"""The folder of this version, relative to the page. Whatever it answers may be kept for good."""


@cache
def files() -> dict[str, tuple[bytes, str]]:
    """Return our own scripts and styles by their place in this folder: contents and media type."""
    found = (file for file in sorted(FOLDER.rglob("*")) if file.suffix in TYPES)
    return {file.relative_to(FOLDER).as_posix(): (file.read_bytes(), TYPES[file.suffix]) for file in found}
