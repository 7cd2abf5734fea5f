"""Slices through a network's loss: what a cell is, how far paths are, and what is the same picture."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from networks import Network, Training, programs, train
from networks.course import course_of, rates_of
from networks.data import examples_of
from networks.first_weights import first_weights
from networks.geometry import (
    Plane,
    Slice,
    affordable_points,
    as_long_as,
    filter_normalized,
    grid_losses,
    losses_at,
    objective_of,
    path_on,
    plane_losses,
    plane_part,
    race_part,
    race_so_far,
    random_direction,
    same_function,
    seen_by,
    slice_of,
    slice_parts,
    slice_so_far,
)
from networks.geometry.directions import main_directions
from networks.geometry.plane import LOT, grid, lot_of
from networks.geometry.plane_race import orthonormal
from networks.geometry.slices import MOST_MULTIPLICATIONS, end_of, path_of
from networks.programs import compiled_programs
from networks.training import MOST_MEASURED
from studies.slice_warnings import CHANGED, FAR, Misleading, warnings
from tests.networks import reference

NETWORK = Network(data="moons", widths=(6, 5), activation="relu", initializer="he_normal")
RUN = Training(NETWORK, "sgd", {"learning_rate": 0.3}, steps=60)
OTHER = replace(RUN, optimizer="adam", knobs={"learning_rate": 0.02})
CELLS = 3e-5


@pytest.fixture(scope="module", autouse=True)
def _trained() -> None:
    for run in (RUN, OTHER):
        train(run)


def by_hand(network: Network, theta: Any, data: Any) -> float:
    """Return the mean −ln p in double precision, layer by layer."""
    x, labels = (np.asarray(each, float) for each in data)
    h, rest, sizes = x, np.asarray(theta, float), network.plan.sizes
    for number, (n, m) in enumerate(sizes):
        w, b, rest = rest[: n * m].reshape(n, m), rest[n * m : n * m + m], rest[n * m + m :]
        h = h @ w + b
        if number + 1 < len(sizes):
            h = np.tanh(h) if network.activation == "tanh" else np.maximum(h, 0)
    assert len(rest) == 0
    most = h.max(axis=1)
    told = most + np.log(np.exp(h - most[:, None]).sum(axis=1)) - h[np.arange(len(h)), labels.astype(int)]
    return float(told.mean())


def test_the_loops_by_hand_agree():
    """What the cells are held to is itself what the reference of the layers says."""
    theta = end_of(RUN)
    x, labels = (np.asarray(each)[:20] for each in seen_by(NETWORK))
    scores = np.asarray(reference.scores(NETWORK.plan, theta.astype(float), x))
    told = [math.log(sum(math.exp(s) for s in row)) - row[k] for row, k in zip(scores, labels, strict=True)]
    assert by_hand(NETWORK, theta, (x, labels)) == pytest.approx(np.mean(told), abs=1e-12)


def test_a_column_is_u_and_a_row_is_v():
    """Of a plane whose directions are of other lengths, on a grid that is no square."""
    data, theta = seen_by(NETWORK), np.asarray(end_of(RUN), float)
    u, v = (random_direction(NETWORK.plan, 7, k) for k in range(2))
    plane = Plane(theta, 0.3 * u, 0.1 * v)
    a, b = np.array([-1.0, 0.0, 0.5, 2.0]), np.array([-0.7, 0.0, 1.5])
    found = grid_losses(objective_of(NETWORK), plane, a, b, data)
    assert found.shape == (3, 4)
    for column, row in ((3, 0), (0, 2), (2, 2), (1, 1)):
        expected = by_hand(NETWORK, theta + a[column] * 0.3 * u + b[row] * 0.1 * v, data)
        assert found[row, column] == pytest.approx(expected, rel=CELLS)
    turned = by_hand(NETWORK, theta + a[0] * 0.3 * u + b[2] * 0.1 * v, data)
    swapped = by_hand(NETWORK, theta + b[2] * 0.3 * u + a[0] * 0.1 * v, data)
    assert abs(turned - swapped) > 100 * CELLS  # the test tells them apart


@pytest.mark.parametrize(
    "network",
    [
        NETWORK,
        Network(data="moons", widths=(7, 4), activation="tanh"),
        Network(data="digits", widths=(9,), activation="tanh"),
    ],
    ids=["relu", "tanh", "digits"],
)
def test_all_cells_are_those_of_a_loop_in_double_precision(network: Network):
    """Also where the first layer's products are worked out once."""
    run = Training(network, "sgd", {"learning_rate": 0.1}, steps=5)
    train(run)
    found = slice_of(Slice(run, points=9))
    assert found.plane is not None and found.whole
    data = seen_by(network)
    expected = [[by_hand(network, found.plane.point(a, b), data) for a in found.a] for b in found.b]
    np.testing.assert_allclose(found.losses, expected, rtol=CELLS)
    centre = found.losses[4, 4]
    assert centre == pytest.approx(found.centre_loss, abs=1e-6)
    assert centre == pytest.approx(by_hand(network, end_of(run), data), abs=1e-6)
    # What training itself measured: where no example is left out of one of both.
    if len(examples_of(network.data).train_labels) <= MOST_MEASURED:
        assert centre == pytest.approx(float(train(run).train_loss[-1]), abs=1e-6)


@pytest.mark.parametrize(
    ("data", "normalization"),
    [("moons", "none"), ("moons", "batch"), ("digits", "none"), ("digits", "layer"), ("digits", "weight")],
)
def test_every_way_through_the_layers_gives_the_same_losses(data: str, normalization: str):
    """Units in rows or in columns, with the first layer's products or without."""
    network = Network(data=data, widths=(8, 8), activation="elu", normalization=normalization, residual=True)
    if normalization == "none":
        network = replace(network, residual=False)
    theta = np.asarray(first_weights(network, 0), float)
    directions = [
        filter_normalized(network.plan, random_direction(network.plan, 1, k), theta) for k in (0, 1)
    ]
    plane, objective, seen = Plane(theta, *directions), objective_of(network), seen_by(network, 100)
    places = np.array([(0, 0), (0.5, -1), (-0.3, 0.8)])
    expected = losses_at(objective, [plane.point(a, b) for a, b in places], seen)
    np.testing.assert_allclose(plane_losses(objective, plane, places, seen), expected, rtol=CELLS)


def scaled_slices(norm: str) -> tuple[Any, Any]:
    """Return slices of one function, written with two vectors of weights."""
    theta, plan = np.asarray(end_of(RUN), float), NETWORK.plan
    other = same_function(plan, theta, 8.0)
    assert other is not None
    data, objective, side = seen_by(NETWORK), objective_of(NETWORK), grid(7, 1.0)

    def of(vector: Any) -> Any:
        directions = [random_direction(plan, 0, k) for k in (0, 1)]
        if norm == "filter":
            u, v = (filter_normalized(plan, each, vector) for each in directions)
        else:
            u, v = (as_long_as(each, vector) for each in directions)
        return grid_losses(objective, Plane(vector, u, v), side, side, data)

    return of(theta), of(other)


def test_filter_normalised_slices_do_not_depend_on_how_a_function_is_written():
    one, other = scaled_slices("filter")
    np.testing.assert_allclose(other, one, rtol=1e-4)
    one, other = scaled_slices("length")
    assert other[3, 3] == pytest.approx(one[3, 3], rel=1e-5)  # it is the same function
    assert np.abs(np.log(other / one)).max() > math.log(1.5)


def test_networks_without_the_symmetry_have_none():
    tanh, plain = Network(widths=(4,), activation="tanh"), Network(widths=(4, 4), activation="relu")
    theta = np.asarray(first_weights(tanh, 0), float)
    assert same_function(tanh.plan, theta, 2.0) is None
    added = replace(plain, residual=True)
    assert same_function(added.plan, first_weights(added, 0), 2.0) is None
    normed = replace(tanh, normalization="batch")
    theta = np.asarray(first_weights(normed, 0), float)
    other = same_function(normed.plan, theta, 3.0)
    told = losses_at(objective_of(normed), [theta, other], seen_by(normed))
    assert told[1] == pytest.approx(told[0], rel=1e-3)  # but for the ε of the variance


def test_projections_and_distances_are_those_of_numpy():
    """Also where u and v are not at right angles."""
    rng = np.random.default_rng(3)
    centre, u, w = rng.normal(size=(3, 40))
    plane, points = Plane(centre, u, w + 2 * u), rng.normal(size=(5, 40))
    coordinates, away = plane.project(points)
    q = np.linalg.qr(np.stack([u, w], axis=1))[0]
    nearest = centre + (points - centre) @ q @ q.T
    np.testing.assert_allclose(away, np.linalg.norm(points - nearest, axis=1), rtol=1e-12)
    for (a, b), expected in zip(coordinates, nearest, strict=True):
        np.testing.assert_allclose(plane.point(a, b), expected, atol=1e-12)


def test_the_plane_of_a_path_is_that_of_its_principal_components():
    found = slice_of(Slice(RUN, "path", points=5))
    assert found.plane is not None
    _, points = path_of(RUN)
    apart = np.asarray(points, float) - end_of(RUN)
    values, vectors = np.linalg.eigh(apart.T @ apart)
    np.testing.assert_allclose(found.shares, values[::-1][:2] / values.sum(), rtol=1e-5)
    for mine, theirs in ((found.plane.u, vectors[:, -1]), (found.plane.v, vectors[:, -2])):
        assert abs(float(mine @ theirs)) == pytest.approx(1.0, abs=1e-5)
    own = path_on(Slice(RUN, "path", points=5), RUN)
    assert own.coordinates[0, 0] < 0 < own.coordinates[np.abs(own.coordinates[:, 1]).argmax(), 1]
    # What the axes do not explain is the distance that is left.
    left = own.relative[:-1] ** 2 @ np.linalg.norm(apart[:-1], axis=1) ** 2
    assert left == pytest.approx(values[:-2].sum(), rel=1e-4)
    with pytest.raises(ValueError, match="at least two points"):
        main_directions(points[-1:], points[-1])


def test_paths_say_how_much_of_them_is_seen():
    question = Slice(RUN, points=5)
    found = slice_of(question)
    assert found.plane is not None
    path = path_on(question, OTHER)
    assert path.steps == OTHER.measured
    theta = np.asarray(path_of(OTHER)[1][7], float)
    basis = np.stack([found.plane.u, found.plane.v], axis=1).astype(float)
    apart = theta - np.asarray(found.plane.centre, float)
    place = np.linalg.lstsq(basis, apart, rcond=None)[0]
    rest = np.linalg.norm(apart - basis @ place) / np.linalg.norm(apart)
    assert path.relative[7] == pytest.approx(rest, rel=1e-9)
    data = seen_by(NETWORK)
    assert path.true[7] == pytest.approx(by_hand(NETWORK, theta, data), rel=CELLS)
    assert path.shown[7] == pytest.approx(by_hand(NETWORK, found.plane.point(*place), data), rel=CELLS)
    own = path_on(question, RUN)
    assert np.isnan(own.relative[-1]) and own.shown[-1] == pytest.approx(own.true[-1], abs=1e-6)


def test_training_within_the_plane_is_descent_with_projected_gradients():
    question = Slice(RUN, points=5)
    slice_of(question)
    plane = slice_so_far(question).plane
    assert plane is not None
    part = race_part(question, RUN)
    while part() is False:
        pass
    race = race_so_far(question, RUN)
    assert race is not None and race.whole and race.diverged is None
    q, _ = orthonormal(plane)
    np.testing.assert_allclose(q.T @ q, np.eye(2), atol=1e-12)
    centre, data = np.asarray(plane.centre, float), seen_by(NETWORK)
    at, step = q.T @ (np.asarray(first_weights(NETWORK, 0), float) - centre), 1e-5
    for rate in rates_of(RUN)[: RUN.measured[5]]:
        slope = [
            (by_hand(NETWORK, centre + q @ (at + h), data) - by_hand(NETWORK, centre + q @ (at - h), data))
            / (2 * step)
            for h in step * np.eye(2)
        ]
        at = at - rate * np.array(slope)
    reached = plane.point(*race.coordinates[5])
    np.testing.assert_allclose(reached, centre + q @ at, atol=2e-4)
    assert race.losses[5] == pytest.approx(by_hand(NETWORK, reached, data), rel=1e-4)
    with pytest.raises(ValueError, match="parallel"):
        orthonormal(Plane(centre, plane.u, 2 * plane.u))


def test_a_race_in_the_plane_has_the_methods_memory_and_may_diverge():
    question = Slice(RUN, points=5)
    for run in (OTHER, replace(RUN, knobs={"learning_rate": 9.0}, seed=5, weight_decay=9.0)):
        slice_of(question)
        part = race_part(question, run)
        while part() is False:
            pass
    race = race_so_far(question, OTHER)
    assert race is not None and race.steps == OTHER.measured
    assert race.losses[-1] < race.losses[0] + 1e-6
    lost = race_so_far(question, run)
    assert lost is not None and lost.diverged is not None and np.isfinite(lost.coordinates).all()


def test_a_plane_through_solutions_holds_them():
    question = Slice(RUN, "solutions", points=5, others=(OTHER, replace(OTHER, seed=1)))
    found = slice_of(question)
    assert found.plane is not None
    _, away = found.plane.project([end_of(run) for run in (RUN, *question.others)])
    assert away.max() < 1e-5
    assert found.a[0] < 0 < found.a[-1] and found.a[-1] > 1


def test_a_slice_streams_its_rows_and_numbers_compile_nothing(monkeypatch: pytest.MonkeyPatch):
    question = Slice(RUN, points=101, seed=3)
    assert slice_so_far(question).plane is None
    plane_part(question)()
    begun = slice_so_far(question)
    assert begun.plane is not None and begun.known == 0
    seen = []
    for part in slice_parts(question):
        while part() is False:
            now = slice_so_far(question)
            seen.append(now.known)
            flat = now.losses.ravel()
            assert np.isfinite(flat[: now.known]).all() and np.isnan(flat[now.known :]).all()
    assert slice_so_far(question).whole and seen == sorted(seen)
    train(replace(RUN, seed=4))  # other shapes may have taken the place of its program
    slice_of(replace(question, kind="hessian", points=3))
    path_on(question, RUN)
    part = race_part(question, RUN)
    while part() is False:
        pass
    assert compiled_programs() > 4

    def refused(*_: Any, **__: Any) -> None:
        raise AssertionError("a program was compiled")

    monkeypatch.setattr(programs, "compiled", refused)
    changed: Any = {"points": 11, "extent": 0.3, "seed": 9, "norm": "length", "kind": "path"}
    for more in (*({name: value} for name, value in changed.items()), {"kind": "hessian"}):
        asked = replace(question, **{"points": 7, **more})
        slice_of(asked)
        path_on(asked, RUN)
    run = replace(RUN, knobs={"learning_rate": 0.1}, steps=33)
    train(run)
    slice_of(Slice(run, points=5))
    part = race_part(Slice(run, points=5), run)
    while part() is False:
        pass


def test_large_networks_are_looked_at_in_smaller_lots_and_fewer_places():
    assert lot_of(objective_of(NETWORK), seen_by(NETWORK)) == LOT
    large = Network(data="mnist", widths=(128,) * 5)
    points = affordable_points(large, 101)
    assert points % 2 and points**2 * large.plan.multiplications * MOST_MEASURED <= MOST_MULTIPLICATIONS
    assert affordable_points(NETWORK, 51) == 51


def told_of(question: Slice, *runs: Training) -> dict[str, Misleading]:
    """Return what is misleading in a slice with the paths of these runs, by id."""
    found = slice_of(question)
    return {each.id: each for each in warnings(question, found, [path_on(question, run) for run in runs])}


def test_warnings_come_from_numbers():
    relu = Slice(RUN, norm="length", points=9)
    ids = {
        each.id: each for each in warnings(relu, slice_of(relu), [path_on(relu, run) for run in (RUN, OTHER)])
    }
    assert abs(math.log(ids["symmetry"].there / ids["symmetry"].here)) >= math.log(CHANGED)
    assert ids["far"].share > FAR
    filtered = replace(relu, norm="filter")
    assert "symmetry" not in told_of(filtered, RUN)
    path = Slice(RUN, "path", points=9)
    told = told_of(path, RUN)
    assert "far" not in told and "outside" not in told and "clipped" not in told
    found = slice_of(path)
    assert found.plane is not None
    sides = [side[-1] - side[0] for side in (found.a, found.b)]  # u and v are of length one
    assert told["axes"].ratio == pytest.approx(max(sides) / min(sides), rel=1e-5)
    tiny = Slice(RUN, extent=0.001, points=3)
    told = {
        each.id: each for each in warnings(tiny, slice_of(tiny), [path_on(tiny, RUN), path_on(tiny, OTHER)])
    }
    assert {"steps", "outside"} <= set(told) and told["outside"].share > 0.5
    losses = found.losses.copy()
    losses[0, 0] = np.inf
    told = {each.id: each for each in warnings(path, replace(found, losses=losses), [path_on(path, RUN)])}
    assert told["clipped"].share == pytest.approx(1 / 81)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"training": "moons"}, "Expected a Training"),
        ({"kind": "cube"}, "Expected kind among random, path"),
        ({"norm": "layer"}, "Expected norm among filter, length"),
        ({"extent": 0.0}, "Expected extent in"),
        ({"extent": math.nan}, "Expected extent in"),
        ({"points": 50}, "Expected points as an odd number"),
        ({"points": 103}, "Expected points as an odd number"),
        ({"seed": -1}, "Expected seed as a whole number"),
        ({"kind": "solutions"}, "Expected 1 to 2 other runs"),
        ({"others": (OTHER,)}, "Expected 0 to 0 other runs"),
        (
            {"kind": "solutions", "others": (replace(RUN, network=Network(widths=(3,))),)},
            "a network of the same shape",
        ),
    ],
)
def test_questions_that_cannot_be_are_refused(wrong: dict[str, Any], said: str):
    with pytest.raises(ValueError, match=said):
        Slice(**{"training": RUN, **wrong})


def test_what_has_no_end_or_plane_says_so():
    fresh = replace(RUN, seed=77)
    with pytest.raises(ValueError, match="train it first"):
        end_of(fresh)
    lost = replace(RUN, knobs={"learning_rate": 100.0}, weight_decay=1.0, seed=78)
    train(lost)
    course = course_of(lost)
    assert course is not None and course.diverged is not None
    with pytest.raises(ValueError, match="does not diverge"):
        end_of(lost)
    with pytest.raises(ValueError, match="plane is known"):
        path_on(Slice(fresh), fresh)
    with pytest.raises(ValueError, match="plane is known"):
        race_part(Slice(fresh), fresh)()
