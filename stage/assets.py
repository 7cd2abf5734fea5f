"""What the stage's browser side fetches, under a name that changes whenever its contents do."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDER = Path(__file__).parent
TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
MAKERS = (
    "stage",
    "app_pages",
    "charts",
    "scenes",
    "descent",
    "curvature",
    "landscapes",
    "optimizers",
    "catalog",
    "locales",
)


def _fingerprint() -> str:
    """Return a hash of every file of ours that has a hand in what is served, and of plotly's version."""
    digest = hashlib.sha256(version("plotly").encode())
    for room in MAKERS:
        for file in sorted((ROOT / room).rglob("*")):
            if file.suffix in {".py", ".js", ".css", ".toml"}:
                digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


BASE = f"optiscape/{_fingerprint()}/"
"""The folder of this version, relative to the page. Whatever it answers may be kept for good."""


@cache
def files() -> dict[str, tuple[bytes, str]]:
    """Return our own scripts and styles by their place in this folder: contents and media type."""
    found = (file for file in sorted(FOLDER.rglob("*")) if file.suffix in TYPES)
    return {file.relative_to(FOLDER).as_posix(): (file.read_bytes(), TYPES[file.suffix]) for file in found}
