"""Examples in the plane, made by formula: two classes, 200 examples to train on and 100 to validate with."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

COUNT = 300
Floats = NDArray[np.float64]
Labels = NDArray[np.int64]


def moons(noise: float = 0.2) -> tuple[Floats, Labels]:
    """Return points (300, 2) on two half circles that reach into each other, with noise, and classes."""
    random = np.random.default_rng(1)
    labels = np.arange(COUNT) % 2
    angle = np.pi * random.uniform(size=COUNT)
    x = np.where(labels, 1 - np.cos(angle), np.cos(angle)) - 0.5
    y = np.where(labels, 0.5 - np.sin(angle), np.sin(angle)) - 0.25
    return _noisy(random, x, y, noise), labels


def circles(noise: float = 0.12) -> tuple[Floats, Labels]:
    """Return points (300, 2) on a circle of radius 1.2 and one of 0.55 inside it, with noise, and classes."""
    random = np.random.default_rng(2)
    labels = np.arange(COUNT) % 2
    angle = 2 * np.pi * random.uniform(size=COUNT)
    radius = np.where(labels, 0.55, 1.2)
    return _noisy(random, radius * np.cos(angle), radius * np.sin(angle), noise), labels


def spirals(noise: float = 0.06) -> tuple[Floats, Labels]:
    """Return points (300, 2) on two arms of one and a half turns each, with noise, and classes."""
    random = np.random.default_rng(3)
    labels = np.arange(COUNT) % 2
    along = np.sqrt(random.uniform(size=COUNT))
    angle = 3 * np.pi * along + np.pi * labels
    radius = 0.1 + 1.3 * along
    return _noisy(random, radius * np.cos(angle), radius * np.sin(angle), noise), labels


def xor(noise: float = 0.15) -> tuple[Floats, Labels]:
    """Return points (300, 2) of a square and whether their coordinates differ in sign, seen through noise."""
    random = np.random.default_rng(4)
    points = random.uniform(-1.3, 1.3, size=(COUNT, 2))
    labels = (points[:, 0] * points[:, 1] < 0).astype(np.int64)
    return _noisy(random, points[:, 0], points[:, 1], noise), labels


def line(noise: float = 0.3) -> tuple[Floats, Labels]:
    """Return points (300, 2) of a square and on which side of a line they lie, seen through noise."""
    random = np.random.default_rng(5)
    points = random.uniform(-1.4, 1.4, size=(COUNT, 2))
    labels = (points[:, 1] > 0.6 * points[:, 0] + 0.1).astype(np.int64)
    return _noisy(random, points[:, 0], points[:, 1], noise), labels


def _noisy(random: np.random.Generator, x: Any, y: Any, noise: float) -> Floats:
    return np.stack([x, y], axis=1) + noise * random.normal(size=(COUNT, 2))
