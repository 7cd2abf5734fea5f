"""Every sentence that a reader sees, in every language: one folder per language, one file per subject."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = {"en": "en", "zh": "zh-Hans"}
"""Our language ids, with the tag that tells a browser and a screen reader which language it is."""


@cache
def texts(language: str) -> dict[str, dict[str, Any]]:
    """Return all texts of `language` by subject: interface, surfaces, methods, repairs.

    Raises KeyError for a language that is not in LANGUAGES.
    """
    if language not in LANGUAGES:
        raise KeyError(f"Expected one of {', '.join(LANGUAGES)}; got {language!r}.")
    folder = Path(__file__).parent / language
    return {file.stem: tomllib.loads(file.read_text("utf-8")) for file in sorted(folder.glob("*.toml"))}
