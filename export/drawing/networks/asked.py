"""What every lab is drawn from: the scene, its words, and how it shall look."""

from dataclasses import dataclass
from typing import Any

from charts.palette import Theme
from export.drawing.networks.numbers import filled, listed
from scenes import Scene


@dataclass(frozen=True)
class Asked:
    """A lab of a scene; `words` are those of `api.messages.words` in `language`."""

    scene: Scene
    words: dict[str, Any]
    language: str
    theme: Theme

    @property
    def ui(self) -> dict[str, str]:
        """Return the sentences of the interface by name."""
        return self.words["ui"]

    def texts(self, lab: str) -> dict[str, str]:
        """Return the sentences of a lab that has some of its own."""
        return self.words["network"]["lab_texts"][lab]

    def named(self, shelf: str) -> dict[str, str]:
        """Return the names of the entries of a shelf: "datasets", "activations" and the like."""
        return {each["id"]: each["name"] for each in self.words["network"][shelf]}

    @property
    def question(self) -> str:
        """Return what the lab asks."""
        return next(
            each["question"] for each in self.words["network"]["labs"] if each["id"] == self.scene.view.lab
        )

    def title(self, data: str | None = None) -> str:
        """Return what the lab is called, with its data or what else is seen in it."""
        labs = {each["id"]: each["title"] for each in self.words["network"]["labs"]}
        lab = labs[self.scene.view.lab]
        if data is None:
            return lab
        # As the page is called, without the name of the app.
        named = filled(self.ui["document_title_network"], lab=lab, data=data)
        return named.split(" · ")[0]

    def list(self, parts: list[str]) -> str:
        """Return what is listed in a sentence."""
        return listed(parts, self.language)

    def step(self, last: int) -> int:
        """Return where the playhead stands: 0 … `last`, at its end where the link says nothing."""
        at = self.scene.view.step
        return last if at is None else min(at, last)
