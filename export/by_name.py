"""What a scene can be carried away as, by the name of the file: `made("picture.png", link, home)`."""

from collections.abc import Callable
from dataclasses import dataclass

from api.slices import waiting_for_samples
from catalog import Shelf
from descent.translation import UntranslatableError
from export.card import card
from export.code import race_numpy, race_optax, race_torch
from export.film import as_gif, as_mp4, as_webp
from export.history import history_csv, history_json, history_npz
from export.picture import as_png, as_svg
from export.record import record_csv, record_json, record_npz
from export.saved_page import saved_page


@dataclass(frozen=True)
class Export:
    """One kind of file.

    - `id`: its name, by which it is asked for; `media`: its media type.
    - `make(link, home)`: its contents, or None where it did a part and there is more to do. `link` is the
      query of a scene, in which options of the export may stand as well; `home` is the address of the app,
      with a slash at its end. Raises ValueError for options that cannot be: what was expected, what came.
    - `shown`: whether pages show it where it is, and so a browser may keep it; else it is a download.
    """

    id: str
    media: str
    make: Callable[[str, str], bytes | None]
    shown: bool = False


EXPORTS = Shelf(
    [
        Export("optiscape.html", "text/html", lambda link, home: saved_page(link, home).encode()),
        Export("picture.png", "image/png", as_png, shown=True),
        Export("picture.svg", "image/svg+xml", as_svg, shown=True),
        Export("race.webp", "image/webp", as_webp, shown=True),
        Export("race.gif", "image/gif", as_gif, shown=True),
        Export("race.mp4", "video/mp4", as_mp4),
        Export("card.jpg", "image/jpeg", card, shown=True),
        Export("record.csv", "text/csv", record_csv),
        Export("record.json", "application/json", record_json),
        Export("record.npz", "application/octet-stream", record_npz),
        Export("history.csv", "text/csv", history_csv),
        Export("history.json", "application/json", history_json),
        Export("history.npz", "application/octet-stream", history_npz),
        Export("race_numpy.py", "text/x-python", race_numpy),
        Export("race_torch.py", "text/x-python", race_torch),
        Export("race_optax.py", "text/x-python", race_optax),
    ]
)
"""All kinds by their names."""


def part_of(name: str, link: str, home: str) -> bytes | None:
    """Do a part of the file `name`, one of EXPORTS; see `Export.make`."""
    waiting = waiting_for_samples(link)
    if waiting is not None:
        if "parts" in waiting:
            return None
        raise ValueError("Expected a network whose training ends well, for a slice through its loss.")
    try:
        return EXPORTS[name].make(link, home)
    except UntranslatableError as error:
        raise ValueError(f"{name} cannot be written for this scene. {error}") from error


def made(name: str, link: str, home: str) -> bytes:
    """Return the contents of the file `name`, one of EXPORTS; see `Export.make`."""
    while (contents := part_of(name, link, home)) is None:
        pass
    return contents
