"""What the stories of the learning-rate schedules claim, recomputed."""

from typing import Any

import numpy as np

from descent import race
from landscapes.arrays import Floats
from optimizers import SCHEDULES
from optimizers.schedules import shares
from scenes import read
from tests.stories.sentences import Sentence, claim

STEPS = 120


def rates(schedule: str, **knobs: Any) -> Floats:
    """Return the shares of the peak rate (STEPS,) over a run of so many steps."""
    return np.asarray(shares(SCHEDULES[schedule], STEPS, STEPS + 1, knobs=knobs))[:STEPS]


@claim("schedules.constant.story")
def the_larger_the_rate_the_wider_the_jitter(said: Sentence) -> None:
    said.says("the larger the rate, the wider the jitter", "学习率越大，抖动的范围越大")
    assert (rates("constant") == 1).all()
    lanes = "&".join(f"lane=sgd:lr={rate}" for rate in (0.01, 0.05, 0.2, 0.6))
    runs = race(read(f"f=round_bowl&{lanes}&noise=1&steps=800")[0].runs())
    widths = [np.hypot(*run.points[300:].T).mean() for run in runs]
    assert (np.diff(widths) > 0).all()
    said.says(
        "With exact gradients that is all plain gradient descent needs to converge",
        "梯度精确时，普通的梯度下降用它就足以收敛",
    )
    (exact,) = race(read("f=round_bowl&lane=sgd:lr=0.2&steps=200")[0].runs())
    assert np.hypot(*exact.points[-1]) < 1e-9


@claim("schedules.linear.story")
def falls_by_the_same_amount(said: Sentence) -> None:
    said.says("falls by the same amount in every step", "每一步减少同样的量")
    np.testing.assert_allclose(np.diff(rates("linear")), np.diff(rates("linear"))[0], rtol=1e-6)


@claim("schedules.inverse_time.story")
def falls_like_one_over_the_steps(said: Sentence) -> None:
    said.says("Falls like one over the number of steps", "学习率大致与步数成反比")
    found = np.asarray(shares(SCHEDULES["inverse_time"], 1000, 1001))
    steps = np.arange(len(found))
    straight = np.polyfit(steps, 1 / found, 1)
    np.testing.assert_allclose(np.polyval(straight, steps), 1 / found, rtol=1e-6)
    assert straight[0] > 0


@claim("schedules.exponential.story")
def the_same_factor(said: Sentence) -> None:
    said.says("Every step multiplies the rate by the same factor", "每一步都把学习率乘以同一个系数")
    found = rates("exponential", factor=0.9)
    np.testing.assert_allclose(found[1:] / found[:-1], 0.9, rtol=1e-6)
    said.says(
        "if the factor is too small, the path stops before it has arrived", "系数太小时，路径还没到达就停下了"
    )
    (short,) = race(read("f=bowl&lane=sgd:lr=0.5,schedule=exponential,factor=0.5&steps=200")[0].runs())
    assert np.hypot(*short.points[-1]) > 1 and not np.any(np.diff(short.points[-20:], axis=0))


@claim("schedules.natural_exponential.story")
def the_same_curve(said: Sentence) -> None:
    said.says("which is e to the power of −β", "衰减系数等于 e 的 −β 次方")
    for beta in (0.01, 0.3):
        same = rates("natural_exponential", decay_rate=beta)
        np.testing.assert_allclose(same, rates("exponential", factor=float(np.exp(-beta))), rtol=1e-5)


@claim("schedules.cosine.story")
def half_a_cosine_wave(said: Sentence) -> None:
    said.says("Half a cosine wave", "半个余弦波")
    found = rates("cosine", final=0.0)
    np.testing.assert_allclose(found, (1 + np.cos(np.pi * np.arange(STEPS) / STEPS)) / 2, atol=1e-3)
    falls = -np.diff(found)
    assert falls[STEPS // 2] > 5 * max(falls[0], falls[-1]), "slow at both ends"


@claim("schedules.polynomial.story")
def the_power_says_when_it_falls(said: Sentence) -> None:
    linear, literature = said.numbers
    np.testing.assert_allclose(rates("polynomial", power=linear), rates("linear"), atol=1e-6)
    said.says("more falls early, less falls late", "大于 1 时前期降得多，小于 1 时后期降得多")
    more, less = (rates("polynomial", power=power) for power in (2 * linear, linear / 2))
    assert (more[1:] < rates("linear")[1:]).all() and (less[1:] > rates("linear")[1:]).all()
    assert literature < linear  # Chen et al. 2018, DeepLab, section 4.1


@claim("schedules.triangular.story")
def up_and_down_in_straight_lines(said: Sentence) -> None:
    said.says("Up and down in straight lines", "沿直线反复升降")
    found = rates("triangular", half_cycle=20, low=0.1)
    np.testing.assert_allclose(np.abs(np.diff(found)), 0.9 / 20, rtol=1e-5)
    np.testing.assert_allclose(found[[0, 20, 40, 60]], [0.1, 1, 0.1, 1], rtol=1e-5)


@claim("schedules.triangular2.story")
def its_height_is_halved(said: Sentence) -> None:
    said.says("halved after each one", "每经过一个周期，三角波的高度就减半")
    found = rates("triangular2", half_cycle=10, low=0.1)
    heights = found[[10, 30, 50, 70]] - 0.1
    np.testing.assert_allclose(heights[1:] / heights[:-1], 0.5, rtol=1e-4)


@claim("schedules.warm_restarts.story")
def jumps_back_to_the_peak(said: Sentence) -> None:
    said.says("jumps back to the peak at the end of each period", "每个周期结束时跳回峰值")
    said.says("usually with longer and longer periods", "周期通常越来越长")
    found = rates("warm_restarts", period=10, multiplier=2)
    restarts = np.flatnonzero(np.diff(found) > 0) + 1
    assert restarts.tolist() == [10, 30, 70] and np.allclose(found[restarts], 1)


@claim("schedules.one_cycle.story", "schedules.one_cycle.name")
def up_once_and_down(said: Sentence) -> None:
    found = rates("one_cycle")
    top = int(found.argmax())
    assert (np.diff(found[: top + 1]) > 0).all() and (np.diff(found[top:]) < 0).all()
    assert found[0] < 0.1 and np.isclose(found.max(), 1, atol=0.01) and found[-1] < 0.01
