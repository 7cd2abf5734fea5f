"""The whole stage as one picture, or one pane of it, with a title that names surface and methods."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from api.messages import words as words_of
from charts.number_format import format_level
from export.drawing.data_pane import data_pane
from export.drawing.lanes import Drawn, drawn_lanes
from export.drawing.losses_pane import losses_pane
from export.drawing.map_pane import map_pane
from export.drawing.marks import mark
from export.drawing.measures_pane import measured, measures_pane
from export.drawing.surface_pane import surface_pane
from export.drawing.svg import Layers, Rect, document, element, text
from export.naming import surface_name
from export.options import Options, Pane
from locales import texts
from scenes import Scene
from studies.global_minimum import global_minima

MARGIN = 16.0  # px around everything
WIDE = 1.15
"""A picture that is so many times as wide as high has its panes side by side, not one below the other."""
HERO = 0.58
"""The large pane's share."""
TITLE, NAME = 20, 13  # px of letters
LOSS = 92.0  # px for a loss behind a name


@dataclass(frozen=True)
class Picture:
    """A scene that is drawn at any of its steps, 0 … `last`; its link says `step`, or it is the last.

    `still` and `moving(step)` are SVG, each within `framed`.
    """

    options: Options
    title: str
    last: int
    step: int
    still: str
    moving: Callable[[int], str]

    def framed(self, *parts: str) -> str:
        """Return `parts` as a document."""
        options = self.options
        return document(options.width, options.height, options.language, self.title, *parts)

    def at(self, step: int) -> str:
        """Return the document at one step."""
        return self.framed(self.still, self.moving(step))


def picture(scene: Scene, options: Options) -> Picture:
    """Return the picture of `scene`, its races run; a scene whose start is one where races can begin."""
    words = words_of(options.language)
    lanes = drawn_lanes(scene, words, options.theme)
    last = max(len(lane.trajectory.losses) for lane in lanes) - 1
    paper = {"width": options.width, "height": options.height, "fill": options.theme.paper}
    parts = [] if options.transparent else [Layers(element("rect", paper), lambda _: "")]
    width, height = options.width, options.height
    places: list[tuple[str, Rect]] = [(options.pane, Rect(4.0, 4.0, width - 8.0, height - 8.0))]
    whole = options.pane == "stage"
    if whole or len(lanes) > 1:
        head, top = _head(scene, lanes, words, options, titled=whole)
        parts.append(head)
        area = Rect(MARGIN, top, width - 2 * MARGIN, height - top - MARGIN / 2)
        places = [*_places(scene, lanes, area)] if whole else [(options.pane, area)]
    parts += [_pane(pane, scene, lanes, words, within, options) for pane, within in places]
    return Picture(
        options,
        f"{surface_name(scene, words)}: {', '.join(lane.name for lane in lanes)}",
        last,
        last if scene.view.step is None else min(scene.view.step, last),
        "".join(part.still for part in parts),
        lambda step: "".join(part.moving(step) for part in parts),
    )


def _head(
    scene: Scene, lanes: list[Drawn], words: dict[str, Any], options: Options, titled: bool
) -> tuple[Layers, float]:
    """Return the names of the lanes with their losses, and where they end; `titled`: below the surface's."""
    theme, width = options.theme, options.width
    name = surface_name(scene, words)
    size = min(TITLE, (width - 2 * MARGIN - 90) / max(1.0, _long(name)))
    still = []
    if titled:
        still.append(text(MARGIN, MARGIN + 16, name, size=size, fill=theme.ink, **{"font-weight": 600}))
    places = []
    x, y = MARGIN, MARGIN + (40.0 if titled else 10.0)
    for lane in lanes:
        named = 22 + _long(lane.name) * NAME
        wide = named + LOSS
        if x > MARGIN and x + wide > width - MARGIN:
            x, y = MARGIN, y + 20
        still.append(mark(lane.symbol, x + 7, y - 4.5, 11, fill=lane.colour, edge=theme.paper, width=1))
        still.append(text(x + 20, y, lane.name, size=NAME, fill=theme.ink))
        places.append((x + named + 6, y))
        x += wide

    def moving(step: int) -> str:
        parts = []
        if titled:
            said = texts(options.language)["cards"]["step"].format(step=step)
            end = {"text-anchor": "end"}
            parts.append(text(width - MARGIN, MARGIN + 16, said, size=NAME, fill=theme.muted, **end))
        for lane, (left, base) in zip(lanes, places, strict=True):
            losses = lane.trajectory.losses
            loss = format_level(float(f"{losses[min(step, len(losses) - 1)]:.3g}"))
            parts.append(text(left, base, loss, size=NAME, fill=theme.muted))
        return "".join(parts)

    return Layers("".join(still), moving), y + 12


def _long(said: str) -> float:
    """Return about how long a text is, in sizes of its letters: nothing here knows the font."""
    return sum(1.0 if ord(letter) > 0x2E80 else 0.66 for letter in said)


def _places(scene: Scene, lanes: list[Drawn], area: Rect) -> list[tuple[Pane, Rect]]:
    """Return the panes that are shown and where: the large one first."""
    view = scene.view
    there: dict[Pane, bool] = {
        "map": True,
        "surface": "surface" not in view.hide,
        "data": scene.ground.surface.examples is not None and "data" not in view.hide,
        "losses": "losses" not in view.hide or view.hero == "losses",
        "measures": measured(scene, lanes) is not None and "losses" not in view.hide,
    }
    hero: Pane = "losses" if view.hero == "losses" else "map"
    if view.hero == "surface" and there["surface"]:
        hero = "surface"
    rest: list[Pane] = [pane for pane, shown in there.items() if shown and pane != hero]
    if not rest:
        return [(hero, area)]
    x, y, width, height = area
    if width >= WIDE * height:
        large = width * HERO
        each = height / len(rest)
        first = Rect(x, y, large, height)
        others = [Rect(x + large, y + k * each, width - large, each) for k in range(len(rest))]
    else:
        large, each = height * HERO, width / len(rest)
        first = Rect(x, y, width, large)
        others = [Rect(x + k * each, y + large, each, height - large) for k in range(len(rest))]
    return list(zip([hero, *rest], [first, *others], strict=True))


def _pane(
    pane: str, scene: Scene, lanes: list[Drawn], words: dict[str, Any], within: Rect, options: Options
) -> Layers:
    """Return one pane."""
    ground, ui, theme = scene.ground, words["ui"], options.theme
    if pane == "map":
        return map_pane(ground, lanes, scene.view.layer, within, theme)
    if pane == "surface":
        return surface_pane(ground, lanes, within, theme, options.eye)
    if pane == "data":
        examples = ground.surface.examples
        if examples is None:
            raise ValueError("Expected a surface that is made of data; pane=data has nothing to show here.")
        return data_pane(examples, lanes, within, theme)
    step = ui["step_axis"]
    if pane == "measures":
        measure = measured(scene, lanes) or "rate"
        title = ui["measure_title_stability" if measure == "stability" else f"measure_{measure}"]
        return measures_pane(scene, lanes, measure, within, theme, (step, title))
    least = global_minima(ground.surface, ground.knobs).loss if scene.view.loss_axis == "log" else None
    title = ui["losses_title"] if least is None else ui["losses_title_log"]
    return losses_pane(lanes, least, within, theme, (step, title))
