"""What is told of landscapes with residual connections, or a normalisation, and without."""

import base64
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from api.networks.residual import ends_of, lab_of, question_of
from networks.geometry import slice_so_far
from scenes.net_labs import residual
from studies import compared_landscapes
from studies.compared_landscapes import found, seen_so_far
from studies.parts import Part
from tests.api.responses import told

TINY = "residual=moons:examples=50,depth=2,width=4,lr=0.2,steps=5"


def floats(packed: str) -> NDArray[np.float32]:
    return np.frombuffer(base64.b64decode(packed), "<f4")


def until_a_pause(parts: Sequence[Part], whole: Callable[[], Any]) -> Any:
    """Do as `api.parts.in_parts` does, but go on to no pause after the first."""
    return {"done": 0, "parts": 2} if any(part() is False for part in parts) else whole()


def test_slices_come_row_by_row_and_share_one_scale(monkeypatch: pytest.MonkeyPatch):
    # Each answer comes after the first pause, and rows are few until there is one.
    monkeypatch.setattr("api.networks.residual.in_parts", until_a_pause)
    monkeypatch.setattr("networks.geometry.slices.SECONDS", 0.002)
    answers = told("net_residual.json", TINY)
    known = [[int(np.isfinite(floats(arm["slice"])).sum()) for arm in each["arms"]] for each in answers]
    assert known[0] == [0, 0] and known[-1] == [31 * 31] * 2
    for arm in (0, 1):
        rows = [each[arm] for each in known]
        assert rows == sorted(rows) and len(set(rows)) > 2, "They come some rows at a time."
    for each in answers[:-1]:
        assert each["finding"] is None and 0 <= each["done"] < each["parts"] == 1001
    done = [each["done"] for each in answers[:-1]]
    assert done == sorted(done)
    last = answers[-1]
    question = question_of(lab_of(TINY))
    pairs = [(seen_so_far(own), seen_so_far(plain)) for own, plain in question.pairs]
    assert len(pairs) == 5 and (last["compare"], last["seeds"], last["missing"]) == ("residual", 5, False)
    slices = [floats(arm["slice"]) for arm in last["arms"]]
    assert last["ends"] == ends_of(pairs[0]) == (np.min(slices), np.max(slices))
    for arm, seen, asked in zip(last["arms"], pairs[0], question.pairs[0], strict=True):
        known_slice = slice_so_far(asked.slice)
        assert np.array_equal(floats(arm["slice"]).reshape(31, 31), known_slice.losses)
        assert np.allclose(floats(arm["side"]), known_slice.a)
        assert np.array_equal(floats(arm["train_loss"]), seen.history.train_loss)
        assert seen.rms is not None and np.array_equal([floats(row) for row in arm["gradients"]], seen.rms)
        assert arm["rough"] == vars(seen.rough) and not arm["looks"]
    for arm, name in ((0, "nonconvex"), (1, "variation")):
        rough = [getattr(pair[arm].rough, name) for pair in pairs]
        assert last["roughness"][arm][name] == rough
        side = ("own", "plain")[arm]
        assert last["finding"][name][side]["value"] == pytest.approx(np.mean(rough))
    whole = found(pairs)
    assert last["finding"]["nonconvex"]["apart"] == vars(whole.nonconvex.apart)
    assert last["finding"]["fading"] == whole.fading and last["finding"]["range"] is None
    assert last["finding"]["validated"] == 250


def test_steps_along_the_gradient_are_told_of_a_normalisation():
    spelling = f"{TINY},norm=layer,activation=tanh,compare=normalization"
    last = told("net_residual.json", spelling)[-1]
    question = question_of(lab_of(spelling))
    own, plain = question.pairs[0]
    assert (own.training.network.normalization, plain.training.network.normalization) == ("layer", "none")
    assert not own.training.network.residual and question.along
    for arm, each in zip(last["arms"], (own, plain), strict=True):
        seen = seen_so_far(each)
        assert list(floats(arm["looks"])) == [0, 1, 2, 3, 4, 5]
        for name in ("loss", "low", "high", "change_low", "change_high", "smoothness"):
            assert floats(arm[name]) == pytest.approx([getattr(step, name) for step in seen.along])
    for name in ("range", "change", "smoothness"):
        assert last["finding"][name]["low"] <= last["finding"][name]["value"] <= last["finding"][name]["high"]


def test_the_table_knows_how_large_slices_are():
    assert residual.POINTS == compared_landscapes.POINTS
