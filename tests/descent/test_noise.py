"""Noise: the same for all who have the same seed, and none at all at sigma 0."""

from typing import Any

import numpy as np
import pytest

from descent import MOST_STEPS, Run, Trajectory
from descent.noise import standard_noise
from descent.race import _descend as computed
from optimizers import OPTIMIZERS


def path(optimizer: str = "adam", **more: Any) -> Trajectory:
    """Return a run that is computed anew: the answers that are kept are not asked."""
    return computed(Run("bowl", optimizer, (-7, 2), **{"steps": 40, **more}))


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_same_seed_gives_the_same_bits(optimizer: str) -> None:
    one, two = path(optimizer, sigma=0.7, seed=3), path(optimizer, sigma=0.7, seed=3)
    for name in ("points", "losses", "gradients", "seen", "rates", "M", "G", "updates"):
        assert getattr(one, name).tobytes() == getattr(two, name).tobytes()
    assert one.ending == two.ending


def test_another_seed_gives_another_path() -> None:
    assert (path(sigma=0.7, seed=3).points[1:] != path(sigma=0.7, seed=4).points[1:]).any()


def test_all_methods_see_the_same_noise() -> None:
    noise = []
    for optimizer in OPTIMIZERS:
        seen = path(optimizer, sigma=2.0, seed=9)
        noise.append(seen.seen - seen.gradients[:-1])
    np.testing.assert_allclose(noise, np.broadcast_to(noise[0], np.shape(noise)), atol=1e-12)
    np.testing.assert_allclose(noise[0], 2.0 * standard_noise(9)[:40], atol=1e-12)


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
