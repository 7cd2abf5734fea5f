"""What is wrong with a table, on which line, and what would be right."""

from catalog.repair import shortened
from locales import texts


class TableError(ValueError):
    """A table, or rows from a link, that no model can be fitted to.

    - `why`: the key of a sentence in `locales/*/tables.toml`; the sentence may name `line` and `value`.
    - `line`: the 1-based line of the file (of a link: the row), 0 where none can be named.
    - `value`: what stands there, or what would help, short and printable.

    As text: the English sentence.
    """

    def __init__(self, why: str, line: int = 0, value: str = ""):
        """Say that a table cannot be used, as described above."""
        self.why = why
        self.line = line
        self.value = shortened(value)
        super().__init__(why, line, value)

    def __str__(self) -> str:
        """Return the sentence."""
        return texts("en")["tables"][self.why].format(line=self.line, value=self.value)
