"""A scene as one file of HTML that opens from a disk: it plays without a network, and races anew by itself.

It holds the stage, what the stage would ask a server for, and the modules with which the browser races. A
policy inside it forbids every other script and every connection. What a reader wrote is data, and stays data.
"""

import base64
import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from api.by_address import MODULES, answer_to
from api.messages import words
from api.page import scene_part
from api.visit import visited
from charts.palette import SCHEMES, theme_id
from locales import LANGUAGES
from scenes import query
from stage.assets import files_of_a_saved_page
from stage.bundle import as_value
from stage.markup import data_block

NAMED = ("labs", "knobs", "inputs", "datasets", "band")
"""Of the words of networks those with which a note says what of a link could not be used."""


def saved_page(link: str, home: str) -> str:
    """Return the page of the scene that `link` opens; `home` is the address of the app that it came from.

    The reader's language and theme, where the link says them, are those with which it opens.
    """
    scene = scene_part(link)
    answer = visited(scene)
    while answer["ground"]["searching"]:
        answer = visited(scene)
    # What a server would have to be asked for is not on view.
    answer["view"] |= {"page": "race", "layer": "height", "measure": "auto", "band": "off", "probe": None}
    reader = query.join(pair for pair in query.split(link) if pair[0] in ("lang", "theme"))
    paths = [*_needed(answer)]
    modules = {path: _text(path) for path in paths if path.partition("?")[0] in MODULES}
    carried = {path: json.loads(_text(path)) for path in paths if path not in modules}
    carried |= {f"messages-{language}.json": _spoken(language, answer) for language in LANGUAGES}
    data = {"assets": "", "answer": answer, "carried": carried, "saved": {"home": home, "reader": reader}}
    stage, styles = files_of_a_saved_page()
    script = f"{_as_values(modules)}\n{stage}"
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data: blob:;"
        " base-uri 'none'; form-action 'none'"
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><title>Optiscape</title>'
        f"<style>{styles}</style></head>"
        f'<body><main id="optiscape"></main>{data_block(data)}'
        f'<script type="module">{script}</script></body></html>'
    )


def _spoken(language: str, answer: Mapping[str, Any]) -> dict[str, Any]:
    """Return the words of a page on which no other surface, no other method and no network can be chosen."""
    said = words(language)
    network = said["network"]
    of_networks = {name: network[name] for name in NAMED}
    lanes = {lane["id"] for lane in answer["lanes"]}
    return said | {
        "methods": [method for method in said["methods"] if method["id"] in lanes],
        "surfaces": [surface for surface in said["surfaces"] if surface["id"] == answer["ground"]["id"]],
        "network": {**of_networks, "lab_knobs": {}},
    }


def _needed(answer: Mapping[str, Any]) -> Iterator[str]:
    """Yield the addresses of all that the stage asks for to show the answer, and to race by itself."""
    engine, ground = answer["engine"], answer["ground"]["query"]
    for part in (engine, *engine["lanes"]):
        yield from (path for path in part.values() if isinstance(path, str))
    themes = (theme_id(scheme, answer["view"]["tint"]) for scheme in SCHEMES)
    yield from (f"terrain-{theme}.json?{ground}" for theme in themes)
    yield f"critical.json?{ground}"
    yield f"symbols.json?{answer['spelling']}&of={answer['detail']['lane']}"
    if answer["ground"]["examples"]:
        yield f"data.json?{ground}"
        yield f"batches.json?{answer['spelling']}"


def _text(path: str) -> str:
    """Return what is at an address of ours, when the whole of it is there."""
    name, _, asked = path.partition("?")
    while True:
        answer = answer_to(name, asked)
        if answer.whole:
            return gzip.decompress(answer.contents).decode()


def _as_values(modules: Mapping[str, str]) -> str:
    """Return the statement that keeps what modules export where the stage looks for it, by their address."""
    parts = [f"{json.dumps(path)}: {as_value(text)}" for path, text in modules.items()]
    return f"globalThis.optiscapeModules = {{{', '.join(parts)}}};".replace("</", "<\\/")
