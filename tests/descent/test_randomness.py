"""Noise and mini-batches: the same for all who share seed and stream, and none where there is no chance."""

from typing import Any

import jax
import numpy as np
import pytest

from descent import MOST_STEPS, Run, Trajectory
from descent.race import _descend as computed
from descent.randomness import batch_weights, standard_noise
from landscapes import LANDSCAPES
from landscapes.find import find
from optimizers import OPTIMIZERS

DATA = [entry.id for entry in LANDSCAPES.values() if entry.examples]
every_surface = pytest.mark.parametrize("surface", DATA)


FEW = min(entry.examples.count for entry in LANDSCAPES.values() if entry.examples)


def weights_of(seed: int, stream: int, count: int, size: int, replacement: bool) -> np.ndarray:
    """Return the weights of `count` examples; fewer than a surface has lie in as many places as one has.

    So they are drawn by the programs of surfaces, and not by one for each number of them.
    """
    weights = batch_weights(seed, stream, count, size, replacement, max(count, FEW))
    assert not weights[:, count:].any()
    return weights[:, :count]


def path(optimizer: str = "adam", **more: Any) -> Trajectory:
    """Return a run that is computed anew: the answers that are kept are not asked."""
    return computed(Run("bowl", optimizer, (-7, 2), **{"steps": 40, **more}))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_same_seed_gives_the_same_bits(optimizer: str) -> None:
    one, two = path(optimizer, sigma=0.7, seed=3), path(optimizer, sigma=0.7, seed=3)
    for name in ("points", "losses", "gradients", "estimates", "seen", "rates", "M", "G", "updates"):
        assert getattr(one, name).tobytes() == getattr(two, name).tobytes()
    assert one.ending == two.ending


def test_another_seed_gives_another_path() -> None:
    assert (path(sigma=0.7, seed=3).points[1:] != path(sigma=0.7, seed=4).points[1:]).any()


def test_all_methods_see_the_same_noise() -> None:
    for stream in (0, 3):
        for optimizer in OPTIMIZERS:
            seen = path(optimizer, sigma=2.0, seed=9, stream=stream)
            noise = seen.estimates - seen.gradients[:-1]
            np.testing.assert_allclose(noise, 2.0 * standard_noise(9, stream)[:40], atol=1e-12)


def test_larger_batches_are_less_noisy() -> None:
    one, sixteen = path("sgd", sigma=2.0), path("sgd", sigma=2.0, batch=16)
    noise = [each.estimates - each.gradients[:-1] for each in (one, sixteen)]
    np.testing.assert_allclose(noise[1], noise[0] / 4, atol=1e-13)


def test_without_noise_the_seed_means_nothing() -> None:
    silent, other = path(seed=0), path(seed=1)
    assert silent.points.tobytes() == other.points.tobytes()
    np.testing.assert_array_equal(silent.seen, silent.gradients[:-1])


def test_a_longer_run_begins_like_a_shorter_one() -> None:
    short, long = path(sigma=0.5, steps=20), path(sigma=0.5, steps=200)
    np.testing.assert_array_equal(long.points[:21], short.points)


def test_it_is_standard_normal() -> None:
    noise = np.concatenate([standard_noise(seed) for seed in range(20)])
    assert noise.shape == (20 * (MOST_STEPS + 1), 2)
    assert abs(noise.mean()) < 0.01
    assert abs(noise.std() - 1) < 0.01
    assert abs(np.mean(noise[:, 0] * noise[:, 1])) < 0.03  # between the coordinates
    assert abs(np.mean(noise[1:] * noise[:-1])) < 0.03  # and from step to step


def test_stream_0_has_the_bits_that_seeds_always_had() -> None:
    noise = standard_noise(3)
    assert noise[:2].tolist() == [
        [-0.9524148427504571, -0.42539933625087456],
        [-0.2474329954427921, -0.23452413307027384],
    ]
    assert noise[1000].tolist() == [-0.29606296398234583, 2.1705134557639965]


def test_streams_are_other_numbers() -> None:
    streams = np.array([standard_noise(3, stream) for stream in (0, 1, 2, 2**15 - 1)])
    assert len(np.unique(streams)) == streams.size
    correlations = np.corrcoef(streams.reshape(4, -1)) - np.eye(4)
    assert np.abs(correlations).max() < 4 / np.sqrt(streams[0].size)
    batches = [weights_of(3, stream, 12, 4, False) for stream in (0, 1, 2)]
    assert (batches[0] != batches[1]).any()
    assert (batches[1] != batches[2]).any()


@pytest.mark.parametrize("replacement", [False, True])
@pytest.mark.parametrize(("count", "size"), [(60, 8), (60, 7), (48, 48), (5, 1), (7, 9), (1, 1)])
def test_weights_are_those_of_a_mean(count: int, size: int, replacement: bool) -> None:
    weights = weights_of(4, 1, count, size, replacement)
    assert weights.shape == (MOST_STEPS + 1, count)
    np.testing.assert_allclose(weights.sum(axis=1), 1, rtol=1e-14)
    # Each example weighs a whole number of times 1/B.
    sizes = 1 / weights[weights > 0].min() if replacement else 1 / weights.max(axis=1, keepdims=True)
    size = min(size, count)
    times = weights * (size if replacement else sizes)
    np.testing.assert_allclose(times, np.round(times), atol=1e-12)
    if replacement:
        np.testing.assert_allclose(weights.mean(axis=0), 1 / count, atol=5 / np.sqrt(1001 * size * count))
        assert size in (1, count) or (times > 1.5).any()


@pytest.mark.parametrize(("count", "size"), [(60, 8), (60, 7), (60, 1), (48, 48), (7, 9)])
def test_an_epoch_holds_each_example_once(count: int, size: int) -> None:
    weights = weights_of(5, 0, count, size, False)
    size = min(size, count)
    sizes = [len(range(count)[first : first + size]) for first in range(0, count, size)]
    steps = len(sizes)
    orders = set()
    for epoch in range((MOST_STEPS + 1) // steps):
        rows = weights[epoch * steps : (epoch + 1) * steps]
        assert (rows > 0).sum(axis=1).tolist() == sizes  # the last one is smaller
        assert ((rows > 0).sum(axis=0) == 1).all()
        np.testing.assert_allclose(np.array(sizes) @ rows, 1, rtol=1e-13)
        orders.add(tuple((rows > 0).argmax(axis=0)))
    assert len(orders) > 1 or steps == 1  # shuffled anew


@every_surface
@pytest.mark.parametrize("size", [1, 7, 8])
def test_an_epoch_of_batches_is_the_full_gradient(surface: str, size: int) -> None:
    """With a rate so small that the point stays: the mean of the estimates, weighted by batch size."""
    examples = LANDSCAPES[surface].examples
    assert examples is not None
    steps = -(-examples.count // size)
    knobs = {"learning_rate": OPTIMIZERS["sgd"].knobs[0].low}
    run = Run(surface, "sgd", LANDSCAPES[surface].start, steps, knobs, schedule="constant", batch=size)
    weights = batch_weights(run.seed, 0, examples.count, size, False)[:steps]
    sizes = (weights > 0).sum(axis=1)
    gradient = jax.jit(jax.jacrev(lambda p: examples.losses(p, **LANDSCAPES[surface].settings())))
    path = computed(run)
    for row, estimate, point in zip(weights, path.estimates, path.points, strict=False):
        np.testing.assert_allclose(estimate, row @ gradient(point), rtol=1e-11, atol=1e-12)
    each = gradient(path.points[0])
    np.testing.assert_allclose(
        sizes @ (weights @ each) / examples.count, path.gradients[0], rtol=1e-11, atol=1e-12
    )


@every_surface
def test_a_batch_of_all_examples_is_the_full_gradient(surface: str) -> None:
    examples, start = LANDSCAPES[surface].examples, LANDSCAPES[surface].start
    assert examples is not None
    for batch in (10**6, examples.count):
        path = computed(Run(surface, "adam", start, 30, {"learning_rate": 0.05}, batch=batch))
        np.testing.assert_allclose(path.estimates, path.gradients[:-1], rtol=1e-11, atol=1e-12)


@every_surface
def test_all_methods_see_the_same_batches(surface: str) -> None:
    landscape = find(surface)
    examples = landscape.examples
    assert examples is not None
    knobs = landscape.settings({"l2": 0.2})
    gradients = jax.jit(jax.vmap(jax.jacrev(lambda p: examples.losses(p, **knobs))))
    for replacement in (False, True):
        weights = batch_weights(6, 2, examples.count, 5, replacement)[:20]
        for optimizer in ("sgd", "adam", "sam", "newton"):
            more: Any = {"batch": 5, "replacement": replacement, "seed": 6, "stream": 2}
            path = computed(
                Run(surface, optimizer, landscape.start, 20, {}, {"l2": 0.2}, schedule="constant", **more)
            )
            expected = np.einsum("tn,tnc->tc", weights, gradients(path.points[:-1]))
            np.testing.assert_allclose(path.estimates, expected, rtol=1e-9, atol=1e-10)
