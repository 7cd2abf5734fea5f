"""What a query string asks for besides its scene."""

from dataclasses import dataclass

from api.startable import startable
from catalog import Knob
from descent import Run
from descent.ensembles import Starts
from scenes import Scene, query, read


@dataclass(frozen=True)
class Question:
    """A scene that can be raced, and one of its lanes."""

    spelling: str
    scene: Scene
    lane: int

    @property
    def run(self) -> Run:
        """Return the run of that lane."""
        return self.scene.runs()[self.lane]

    @property
    def starts(self) -> Starts:
        """Return whether the members of an ensemble differ by their seeds alone, or by their starts too."""
        return "box" if self.scene.view.ensemble == "starts" else "same"

    def whole(self, knob: Knob) -> int:
        """Return what the query says of `knob`, its default where it says nothing that can be used."""
        return whole(self.spelling, knob)


def read_question(spelling: str) -> Question:
    """Return the scene of `spelling` and the lane that `of` names, counted from 0."""
    scene = read(spelling)[0]
    scene = startable(scene, whole(spelling, one_of("of", len(scene.racers))))
    return Question(spelling, scene, whole(spelling, one_of("of", len(scene.racers))))


def whole(spelling: str, knob: Knob) -> int:
    """Return what `spelling` says of `knob`, its default where it says nothing that can be used."""
    text = next((value for name, value in query.split(spelling) if name == knob.id), "")
    return int(knob.read(text)[0])


def one_of(name: str, count: int) -> Knob:
    """Return the knob that picks one of `count` things, counted from 0."""
    return Knob(name, "i", default=0, low=0, high=count - 1, step=1, kind="whole")
