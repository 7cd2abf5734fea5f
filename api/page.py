"""What a page brings of the scene that its link opens: all that the first picture needs."""

import gzip
import json
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from api.by_address import Answer, answer_to
from api.visit import visited
from charts.palette import theme_id
from scenes import query
from scenes.read import READER


class PageData(NamedTuple):
    """What a page brings: the answer to its link, and pictures by their address.

    `ahead` has addresses that will be asked for at once, each with the media query under which they will.
    """

    answer: Mapping[str, Any] | None
    carried: Mapping[str, Any]
    ahead: Mapping[str, str]

    @property
    def whole(self) -> bool:
        """Whether the same link brings the same at any other time."""
        return self.answer is not None and not self.answer["ground"]["searching"]


def scene_part(link: str) -> str:
    """Return what of a link says which scene it is, without the reader's own parameters."""
    return query.join(pair for pair in query.split(link) if pair[0] not in READER)


def page_data(link: str, theme: str | None, ask: Callable[[str, str], Answer] = answer_to) -> PageData:
    """Return what the page of `link` brings. Without a theme (of SCHEMES) it has the picture for light pages.

    `ask(name, query)` gives the picture: most links to a surface share it, and to draw it takes longer than
    all the rest. One that takes long is left out, and so asked for.
    """
    answer = visited(link)
    if answer["ground"]["slice"] and answer["ground"]["slice"]["sampling"]:
        return PageData(answer, {}, {})  # there is nothing to be seen of it yet
    ground = answer["ground"]["query"]
    tint = answer["view"]["tint"]
    brought = theme_id(theme or "light", tint)
    kind = "outline" if answer["draft"] else "terrain"
    name = f"{kind}-{brought}.json"
    made = ask(name, ground)
    carried = {f"{name}?{ground}": json.loads(gzip.decompress(made.contents))} if made.whole else {}
    ahead = (
        {} if theme else {f"{kind}-{theme_id('dark', tint)}.json?{ground}": "(prefers-color-scheme: dark)"}
    )
    return PageData(answer, carried, ahead)
