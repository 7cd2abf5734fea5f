"""Rows of numbers out of facts, which have them as bytes in base64 (api/encode.py)."""

import base64

import numpy as np
from numpy.typing import NDArray

from landscapes.arrays import Floats

LARGEST = 3e38
"""What is larger stands for what float32 cannot hold."""


def row(text: str) -> Floats:
    """Return the numbers of a row (N,); NaN for what is unknown or too large."""
    values = np.frombuffer(base64.b64decode(text), "<f4").astype(float)
    return np.where(np.abs(values) < LARGEST, values, np.nan)


def positive(text: str) -> Floats:
    """Return the same with NaN for what has no place on a logarithmic axis."""
    values = row(text)
    return np.where(values > 0, values, np.nan)


def unpacked_bytes(text: str) -> NDArray[np.uint8]:
    """Return the bytes of a row (N,)."""
    return np.frombuffer(base64.b64decode(text), np.uint8)


def row_at(measured: Floats, step: float) -> int:
    """Return the number of the last measurement until `step`, 0 where there is none."""
    return max(0, int(np.searchsorted(measured, step, "right")) - 1)
