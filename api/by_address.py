"""Pictures and facts by their address, a name and a query string: any process can answer."""

import gzip
import json
from collections.abc import Callable
from typing import Any, NamedTuple

from api.engine import hessian, step, surface
from api.facts import FACTS
from api.gallery import GALLERIES, gallery, gallery_parts
from api.networks.registry import NETWORKS
from api.parts import in_parts
from api.pictures import PICTURES, picture
from api.registry import EXPERIMENTS
from api.slices import SAMPLED, heard, is_unknown, waiting_for_samples
from api.visit import visited
from charts.palette import THEMES
from scenes import read
from scenes.query import split

NAMED = {f"{kind}-{theme}.json": (kind, theme) for kind in PICTURES for theme in THEMES}
"""Kind and theme of each picture, by its name."""

OUTLINES = {f"outline-{theme}.json" for theme in THEMES}

MODULES = {"step.js": step, "surface.js": surface, "hessian.js": hessian}
"""JavaScript of the scene that the query spells: the steps of its first lane's method, and its surface."""

ANSWER = "answer.json"
"""What a session would say of the scene that the query spells, after the changes that follow it."""

AT_ONCE = {*MODULES, *OUTLINES, ANSWER, "columns.json", "noise.json", "rates.json", "weights.json"}
"""The names of what a scene is raced and shown with before its programs are compiled; none waits for them."""

NAMES = {*FACTS, *NAMED, *MODULES, *GALLERIES, ANSWER}
LONG = {*EXPERIMENTS, *NETWORKS, *GALLERIES, "band.json", "escape.json"}
"""The names of what may take long: questions about many runs, networks, and pictures of every surface."""

LONG_WITH_DATA = {"measures.json"}
"""The names of what is quick, but where whole courses are to be descended on a table of a reader's own."""


OF_ANY_GROUND = {
    *{*MODULES, *GALLERIES, *NETWORKS, ANSWER, SAMPLED},
    *("formula.json", "net_table.json", "noise.json", "rates.json"),
}
"""The names of what can be answered without the samples of a slice."""


class Answer(NamedTuple):
    """A picture, fact or module, compressed; or, as long as it is not `whole`, how much of it is there.

    Nor is it where data are `missing` that may be made yet: asking again at once would bring nothing.
    """

    contents: bytes
    whole: bool
    missing: bool = False


def takes_long(name: str, query: str) -> bool:
    """Return whether the picture or fact `name` of what `query` spells is long work."""
    return name in LONG or (name in LONG_WITH_DATA and "data" in dict(split(query)))


def is_elsewhere(name: str, query: str) -> bool:
    """Return whether the process for long work answers, whatever it is, since it may know a slice."""
    return name not in OF_ANY_GROUND and is_unknown(query)


def to_the_end(ask: Callable[[], Answer]) -> Answer:
    """Return what `ask` gives when that is whole, or nothing more is to be hoped for.

    For what is quick as a rule. Others have their turns between two parts.
    """
    while not ((answer := ask()).whole or answer.missing):
        pass
    return answer


def listen(name: str, query: str, answer: Answer) -> None:
    """Keep what an answer of the process for long work has for this one as well: samples of a slice."""
    if name == SAMPLED:
        heard(query, answer.contents)


def answer_to(name: str, query: str) -> Answer:
    """Return the picture, fact or module `name`, one of NAMES. Every query works, as every link does.

    Of a slice whose samples are not there these are made first, in parts; they themselves are never kept,
    so that whoever asks is heard by all that have to know them.
    """
    if name not in OF_ANY_GROUND and (waiting := waiting_for_samples(query)) is not None:
        made = waiting
    elif name == SAMPLED:
        return Answer(_compressed(FACTS[name](query)), whole=False)
    elif name in FACTS:
        made = FACTS[name](query)
    elif name == ANSWER:
        made = visited(query)
        return Answer(_compressed(made), not made["ground"]["searching"])
    elif name in GALLERIES:
        picture_of_all = in_parts(gallery_parts(), lambda: gallery(name))
        whole = isinstance(picture_of_all, bytes)
        return Answer(gzip.compress(picture_of_all, 1, mtime=0) if whole else b"", whole)
    elif name in MODULES:
        made = MODULES[name](query)
    else:
        kind, theme = NAMED[name]
        made = picture(kind, read(query)[0].ground, THEMES[theme])
    if isinstance(made, str):
        return Answer(_compressed(made), whole=True)
    missing = bool(made.get("missing"))
    return Answer(_compressed(made), not missing and "parts" not in made, missing)


def _compressed(made: str | dict[str, Any]) -> bytes:
    text = made if isinstance(made, str) else json.dumps(made, separators=(",", ":"), allow_nan=False)
    return gzip.compress(text.encode(), 6, mtime=0)
