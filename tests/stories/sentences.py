"""The sentences a reader sees, in both languages, and what the tests of this folder hold them to."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from locales import texts

NUMBER = re.compile(r"(?<![\w.])[−-]?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?")


class Sentence(NamedTuple):
    """One sentence in both languages."""

    en: str
    zh: str

    def says(self, en: str, zh: str) -> None:
        """Assert that both languages still say what the test goes on to compute."""
        assert en in self.en and zh in self.zh, f"Expected {en!r} and {zh!r} in {self}."

    @property
    def numbers(self) -> list[float]:
        """The numbers in the order of the English sentence; the Chinese one names the same ones."""
        en, zh = numbers(self.en), numbers(self.zh)
        assert set(en) == set(zh), f"The languages name other numbers: {en} and {zh}."
        return en


def numbers(text: str) -> list[float]:
    """Return the numbers that `text` spells in digits: "2,000" and "1e-3" among them."""
    plain = re.sub(r"\{\w+\}", "", text)
    return [float(found.replace(",", "").replace("−", "-")) for found in NUMBER.findall(plain)]


def _flat(tree: Any, before: str = "") -> dict[str, str]:
    """Return every text by its keys, joined with points."""
    found: dict[str, str] = {}
    for key, value in tree.items():
        path = f"{before}{key}"
        found |= {path: value} if isinstance(value, str) else _flat(value, f"{path}.")
    return found


EN, ZH = _flat(texts("en")), _flat(texts("zh"))
SENTENCES = {key: Sentence(EN[key], ZH[key]) for key in EN}

Claim = Callable[[Sentence], None]
CLAIMS: dict[str, Claim] = {}
"""By key of the sentence: what asserts that it is true, from the code."""


def claim(*keys: str) -> Callable[[Claim], Claim]:
    """Register a function that asserts that the sentences `keys` are true."""

    def register(check: Claim) -> Claim:
        for key in keys:
            assert key in SENTENCES and key not in CLAIMS, key
            CLAIMS[key] = check
        return check

    return register
