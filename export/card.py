"""What a link says of itself where it is shared: a title, a description and a picture."""

import io
from dataclasses import replace
from typing import NamedTuple

from PIL import Image

from api.messages import words as words_of
from export.lab_facts import is_near
from export.naming import method_names, surface_name
from export.options import options_of
from export.picture import drawing_of, rasterised
from locales import texts
from scenes import read

SIZE = (1200, 630)
"""Pixels, as the Open Graph protocol's readers want them."""
LARGER = 1.5
"""Cards are seen small: letters and lines are so many times as large as on a picture of this size."""


class About(NamedTuple):
    """A scene in words."""

    title: str
    story: str


def about(scene: str, language: str) -> About:
    """Return what the scene that a link spells is called, and what is seen there."""
    asked, words = read(scene)[0], words_of(language)
    ui, network, stories = words["ui"], words["network"], texts(language)["cards"]
    if asked.view.page == "networks":
        lab = next(each["title"] for each in network["labs"] if each["id"] == asked.view.lab)
        return About(_filled(ui["document_title_lab"], lab=lab), stories["lab"])
    surface, names = surface_name(asked, words), method_names(asked, words)
    comma, last = ("、", "、") if language == "zh" else (", ", " and ")
    *others, end = names
    told = f"{comma.join(others)}{last}{end}" if others else end
    return About(
        _filled(ui["document_title"], surface=surface, methods=comma.join(names)),
        _filled(stories["race"], steps=str(asked.budget.steps), surface=surface, methods=told),
    )


def card(link: str, home: str) -> bytes | None:
    """Return the picture of a link, JPEG of SIZE, in the theme and language that it names.

    None while networks train that are seen in it. Those that take long are shown as far as they have come:
    who makes cards of links waits for seconds, not for minutes.
    """
    scene, options = options_of(link)
    sides = (round(side / LARGER) for side in SIZE)
    width, height = sides
    options = replace(options, pane="stage", width=width, height=height, scale=1.0, transparent=False)
    drawing = drawing_of((scene, options), waits=is_near(read(scene)[0]))
    if drawing is None:
        return None
    written = io.BytesIO()
    with Image.open(io.BytesIO(rasterised(drawing, LARGER))) as image:
        image.convert("RGB").save(written, "JPEG", quality=88, subsampling=0)
    return written.getvalue()


def _filled(sentence: str, **values: str) -> str:
    for name, value in values.items():
        sentence = sentence.replace("{" + name + "}", value)
    return sentence
