"""Where an entry comes from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A citation: who, when (None: without a date), what, and where in it (equation, section or page)."""

    author: str
    year: int | None
    title: str
    place: str = ""
    url: str = ""

    def __str__(self) -> str:
        """Return the citation as one line, for a caption."""
        where = f", {self.place}" if self.place else ""
        when = "" if self.year is None else f" ({self.year})"
        return f"{self.author}{when}. {self.title}{where}."
