"""A query string and its pairs. Every string has pairs, and nothing here raises."""

import string
from collections.abc import Iterable
from urllib.parse import quote, unquote, unquote_plus

# What a browser leaves alone in an address, but for what would end a value or read as something else:
# "&" and "#" end it, "%" and "+" are escapes. Colons and commas stay, so that a link can be read aloud.
PLAIN = "".join(c for c in string.punctuation if c not in "&#%+\"'<>")
PLAIN_IN_NAMES = PLAIN.replace("=", "")
# In their values a plus stands for itself, not for a space: people type them into addresses.
WITH_PLUS = frozenset({"formula"})


def split(query: str) -> list[tuple[str, str]]:
    """Return the pairs of `query` in order, unescaped; a leading "?" does not count.

    A pair without "=" has the value "". Broken escapes stay as they are, and bytes that are no
    UTF-8 become "�", so the result is text whatever came.
    """
    parts = (part.partition("=") for part in query.removeprefix("?").split("&") if part)
    named = ((unquote_plus(name), value) for name, _, value in parts)
    return [(name, unquote(value) if name in WITH_PLUS else unquote_plus(value)) for name, value in named]


def join(pairs: Iterable[tuple[str, str]]) -> str:
    """Return the query string with these pairs, escaping only what must be escaped."""
    return "&".join(
        f"{quote(name, safe=PLAIN_IN_NAMES, errors='replace')}="
        + quote(value, safe=PLAIN + "+" * (name in WITH_PLUS), errors="replace")
        for name, value in pairs
    )
