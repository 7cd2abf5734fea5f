"""What a scene is called, in words of a language (`api.messages.words`)."""

from typing import Any

from landscapes.find import formula_of
from scenes import Scene

LONG = 60  # letters of a formula, as on the page


def surface_name(scene: Scene, words: dict[str, Any]) -> str:
    """Return the formula that was typed, or the name of the surface."""
    typed = formula_of(scene.ground.landscape)
    if typed is not None:
        return typed[:LONG]
    wanted = scene.ground.surface.id
    known = {each["id"]: each["name"] for each in (*words["surfaces"], *words["own"])}
    return known.get(wanted, wanted)


def method_names(scene: Scene, words: dict[str, Any]) -> list[str]:
    """Return the names of the methods that are raced, each once, in the order of the lanes."""
    names = {method["id"]: method["name"] for method in words["methods"]}
    return list(dict.fromkeys(names[lane.optimizer] for lane in scene.racers))
