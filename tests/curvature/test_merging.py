import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from curvature.merging import distinct, without_chains


@given(st.integers(0, 2**32 - 1), st.floats(-3, 3), st.floats(1e-6, 1e-2))
def test_clusters_wherever_they_lie(seed: int, shift: float, apart: float) -> None:
    random = np.random.default_rng(seed)
    centres = shift + 10 * apart * np.unique(random.integers(-20, 20, (60, 2)), axis=0)
    members = random.integers(0, len(centres), 500)
    points = centres[members] + random.uniform(-1, 1, (500, 2)) * apart * 1e-3
    kept = distinct(points, apart)
    assert sorted(members[kept]) == sorted(set(members))
    assert (np.diff(kept) > 0).all()


def test_the_first_of_a_cluster_stands_for_it() -> None:
    points = np.array([(1.0, 1.0), (0.0, 0.0), (1e-9, -1e-9), (1 + 1e-9, 1.0), (0.0, 0.0)])
    np.testing.assert_array_equal(distinct(points, 1e-6), [0, 1])
    assert len(distinct(np.empty((0, 2)), 1e-6)) == 0


def test_chains_go_and_the_rest_stays() -> None:
    chain = np.array([(0.9 * k, 0.0) for k in range(8)])
    alone = np.array([(0.0, 5.0), (0.5, 5.0), (9.0, 9.0)])
    np.testing.assert_array_equal(without_chains(np.concatenate([chain, alone]), 1.0, 5), [8, 9, 10])
    np.testing.assert_array_equal(without_chains(chain, 0.5, 5), np.arange(8))
    assert len(without_chains(np.random.default_rng(0).normal(size=(1000, 2)), 0.1, 5)) == 0
    assert len(without_chains(np.empty((0, 2)), 1.0, 5)) == 0
