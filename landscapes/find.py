"""One name for whatever is descended, and the landscape that it gives."""

from collections.abc import Mapping
from typing import Any, Protocol

from catalog.knob import complete
from landscapes.landscape import Landscape
from landscapes.penalty import penalised


class Own(Protocol):
    """A landscape of the reader's own, as a hashable value: a formula, a model on the reader's data."""

    @property
    def formula(self) -> str | None:
        """Return what was typed as the loss, None where it was not."""
        ...

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return names and values by which a link says what is the reader's own."""
        ...

    def landscape(self) -> Landscape:
        """Return the landscape; equal values give the identical one, while it is kept."""
        ...


Which = str | Own
"""What is descended: the id of a landscape of the shelf, or one of the reader's own."""


def find(which: Which, knobs: Mapping[str, Any] = {}) -> Landscape:
    """Return the landscape that `which` names, with the choices that `knobs` makes and the knob `l2`.

    Equal questions give the identical landscape (one of the reader's own: while it is kept). Raises KeyError,
    naming the ids that exist, for an id that is not on the shelf, and ValueError for a choice that a knob
    does not have.
    """
    return penalised(chosen(_plain(which), knobs))


def chosen(landscape: Landscape, knobs: Mapping[str, Any]) -> Landscape:
    """Return `landscape` with the choices that `knobs` makes, the usual ones where it makes none."""
    if landscape.choose is None:
        return landscape
    choices = {knob.id: knob for knob in landscape.knobs if knob.kind == "choice"}
    return landscape.choose(**complete(choices.values(), {k: v for k, v in knobs.items() if k in choices}))


def formula_of(which: Which) -> str | None:
    """Return the formula that was typed, None for all that is no formula."""
    return None if isinstance(which, str) else which.formula


def own_pairs(which: Which) -> tuple[tuple[str, str], ...]:
    """Return what a link says of the reader's own, nothing for an id."""
    return () if isinstance(which, str) else which.pairs


def _plain(which: Which) -> Landscape:
    """Return the landscape that `which` names, without the penalty."""
    if not isinstance(which, str):
        return which.landscape()
    from landscapes import LANDSCAPES  # not above: the shelf's room may want this one too

    return LANDSCAPES[which]
