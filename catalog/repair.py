"""What was unusable in what came from outside, and what was used instead."""

from dataclasses import dataclass

LONGEST_SHOWN = 40


def shortened(text: str) -> str:
    """Return `text` fit for a sentence: printable, on one line, at most 40 characters."""
    shown = "".join(c if c.isprintable() else "�" for c in text[: LONGEST_SHOWN + 1])
    return shown if len(shown) <= LONGEST_SHOWN else shown[: LONGEST_SHOWN - 1] + "…"


@dataclass(frozen=True, slots=True)
class Repair:
    """One value that could not be used.

    `why` is the key of a sentence in `locales/*/repairs.toml`; the sentence names
    `parameter`, the `value` that came (shortened, never markup) and what was `used`.
    """

    why: str
    parameter: str
    value: str
    used: str

    def __post_init__(self) -> None:
        """Keep what came from outside short and on one line."""
        object.__setattr__(self, "parameter", shortened(self.parameter))
        object.__setattr__(self, "value", shortened(self.value))
