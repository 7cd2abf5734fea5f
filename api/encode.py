"""Numbers as JSON can hold them: one by one, or many as bytes in base64."""

import base64
from typing import Any

import numpy as np
from numpy.typing import NDArray


def finite(value: Any) -> float | None:
    """Return a number that JSON can hold, None for one that it cannot."""
    return float(value) if np.isfinite(value) else None


def packed(values: NDArray[np.float64]) -> str:
    """Return `values` as little-endian float32 in base64; what float32 cannot hold becomes its largest."""
    largest = float(np.finfo(np.float32).max)
    return _base64(np.clip(values, -largest, largest).astype("<f4"))


def packed_doubles(values: NDArray[np.float64]) -> str:
    """Return `values` as little-endian float64 in base64, bit for bit."""
    return _base64(values.astype("<f8"))


def packed_shares(shares: NDArray[np.float64]) -> str:
    """Return `shares`, from 0 to 1, as little-endian 16-bit numbers from 0 to 65535 in base64."""
    return _base64(np.round(65535 * shares).astype("<u2"))


def packed_bytes(values: NDArray[np.uint8]) -> str:
    """Return `values` as bytes in base64."""
    return _base64(values)


def _base64(values: NDArray[Any]) -> str:
    return base64.b64encode(values.tobytes()).decode()
