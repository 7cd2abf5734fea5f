"""A slice as samples for a surface: those of the loss itself, with an error that was measured."""

import numpy as np
import pytest

from landscapes.spline import SIDE, spline_of, spline_values
from networks import Network, Training, train
from networks.geometry import (
    Slice,
    known,
    losses_at,
    objective_of,
    progress,
    sampled_of,
    sampled_parts,
    seen_by,
    slice_costs,
    slice_so_far,
)

SMALL = Training(Network(data="moons", widths=(5,)), steps=20)
ASYMMETRIC = Slice(SMALL, points=SIDE, extent=1.5, seed=3)


def test_the_surface_is_the_loss_of_the_network_in_the_plane():
    sampled = sampled_of(ASYMMETRIC)
    assert known(ASYMMETRIC) == sampled and progress(ASYMMETRIC) == 1 and sampled_parts(ASYMMETRIC) == []
    assert sampled.samples.box == ((-1.5, 1.5), (-1.5, 1.5))
    plane = slice_so_far(ASYMMETRIC).plane
    assert plane is not None
    rng = np.random.default_rng(5)
    places = rng.uniform(-1.5, 1.5, (2, 60))
    points = np.array([plane.point(a, b) for a, b in places.T])
    true = losses_at(objective_of(SMALL.network), points, seen_by(SMALL.network))
    told = spline_values(spline_of(sampled.samples), places)
    # Places that were not among those that were checked: of the same size.
    assert 0 < np.abs(told - true).max() < 3 * sampled.off < 1e-3
    # The network is in the middle, and a is across.
    assert sampled.samples.values[SIDE // 2, SIDE // 2] == pytest.approx(sampled.centre_loss, rel=1e-5)
    assert sampled.centre_loss == pytest.approx(float(train(SMALL).train_loss[-1]), rel=0.2)
    right = losses_at(objective_of(SMALL.network), [plane.point(1.5, 0.3)], seen_by(SMALL.network))[0]
    assert spline_values(spline_of(sampled.samples), [[1.5], [0.3]])[0] == pytest.approx(right, abs=3e-4)


def test_the_plane_of_a_path_has_its_own_box_and_says_what_it_explains():
    question = Slice(SMALL, kind="path", points=SIDE)
    sampled = sampled_of(question)
    assert sampled.shares is not None and 0.5 < sum(sampled.shares) <= 1 + 1e-6
    (a0, a1), (b0, b1) = sampled.samples.box
    assert a0 < 0 < a1 and b0 < 0 < b1 and (a1 - a0) != pytest.approx(b1 - b0)
    assert hash(sampled) == hash(known(question))


def test_progress_grows_and_counts_training_and_rows():
    question = Slice(Training(Network(data="moons", widths=(5,)), steps=20, seed=8), points=SIDE)
    assert progress(question) == 0
    seen = [0.0]
    for part in sampled_parts(question):
        while part() is False:
            seen.append(progress(question))
        seen.append(progress(question))
    assert seen == sorted(seen) and seen[-1] == 1
    training, sampling = slice_costs((SMALL,))
    assert sampling > training > 0


def test_what_diverges_and_other_sizes_are_refused():
    network = Network(data="moons", widths=(32, 32), activation="relu", initializer="he_normal")
    wild = Training(network, "sgd", {"learning_rate": 10.0}, batch=4, steps=100)
    with pytest.raises(ValueError, match="diverge"):
        sampled_of(Slice(wild, points=SIDE))
    with pytest.raises(ValueError, match="Expected 51 points a side, got 31"):
        sampled_parts(Slice(SMALL, points=31))
