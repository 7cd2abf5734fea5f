"""What the stage's browser side fetches, under a name that changes whenever its contents do."""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

from stage.bundle import bundle

ROOT = Path(__file__).parent.parent
FOLDER = Path(__file__).parent
JAVASCRIPT = "text/javascript; charset=utf-8"
CSS = "text/css; charset=utf-8"
LABS = "networks/"
"""The folder of what is of networks alone."""
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
    """Return what a page needs of ours, the scripts as one and the styles as one: contents and media type."""
    return {
        "optiscape.js": (bundle(_texts(".js"), "mount.js").encode(), JAVASCRIPT),
        "optiscape.css": (_styles(_texts(".css")).encode(), CSS),
    }


def files_of_a_saved_page() -> tuple[str, str]:
    """Return the script and the styles of a page on which no network can be trained: all but the labs."""
    scripts, sheets = _texts(".js"), _texts(".css")
    scripts[f"{LABS}networks.js"] = scripts[f"{LABS}none.js"]
    return bundle(scripts, "mount.js"), _styles(
        {name: sheet for name, sheet in sheets.items() if not name.startswith(LABS)}
    )


def _styles(sheets: dict[str, str]) -> str:
    """Return the sheets as one, that of the whole first."""
    return sheets["stage.css"] + "".join(sheets[name] for name in sorted(sheets) if name != "stage.css")


def _texts(suffix: str) -> dict[str, str]:
    """Return the texts of our files of a kind by their place in this folder."""
    found = FOLDER.rglob(f"*{suffix}")
    return {file.relative_to(FOLDER).as_posix(): file.read_text("utf-8") for file in found}
