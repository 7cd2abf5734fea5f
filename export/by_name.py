"""What a scene can be carried away as, by the name of the file: `made("picture.png", link, home)`."""

from collections.abc import Callable
from dataclasses import dataclass

from catalog import Shelf
from descent.translation import UntranslatableError
from export.code import race_numpy, race_optax, race_torch
from export.record import record_csv, record_json, record_npz
from export.saved_page import saved_page


@dataclass(frozen=True)
class Export:
    """One kind of file.

    - `id`: its name, by which it is asked for; `media`: its media type.
    - `make(link, home)`: its contents. `link` is the query of a scene, in which options of the export may
      stand as well; `home` is the address of the app, with a slash at its end. Raises ValueError for options
      that cannot be: what was expected, what came.
    """

    id: str
    media: str
    make: Callable[[str, str], bytes]


EXPORTS = Shelf(
    [
        Export("optiscape.html", "text/html", lambda link, home: saved_page(link, home).encode()),
        Export("record.csv", "text/csv", record_csv),
        Export("record.json", "application/json", record_json),
        Export("record.npz", "application/octet-stream", record_npz),
        Export("race_numpy.py", "text/x-python", race_numpy),
        Export("race_torch.py", "text/x-python", race_torch),
        Export("race_optax.py", "text/x-python", race_optax),
    ]
)
"""All kinds by their names."""


def made(name: str, link: str, home: str) -> bytes:
    """Return the contents of the file `name`, one of EXPORTS; see `Export.make`."""
    try:
        return EXPORTS[name].make(link, home)
    except UntranslatableError as error:
        raise ValueError(f"{name} cannot be written for this scene. {error}") from error
