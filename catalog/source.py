"""Where an entry comes from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A citation: who, when, what, and where in it (equation, section or page)."""

    author: str
    year: int
    title: str
    place: str = ""
    url: str = ""

    def __str__(self) -> str:
        """Return the citation as one line, for a caption."""
        where = f", {self.place}" if self.place else ""
        return f"{self.author} ({self.year}). {self.title}{where}."
