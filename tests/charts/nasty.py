"""Surfaces as readers type them: undefined in places, with poles, level, huge, tiny."""

import numpy as np

from landscapes.terrain import Terrain

_AXIS = np.linspace(-2.0, 2.0, 161)  # zero is one of the samples, and so is the pole of 1/x
_X, _Y = np.meshgrid(_AXIS, _AXIS)
_R2 = _X**2 + _Y**2

with np.errstate(all="ignore"):
    _LOSSES = {
        "x/y": _X / _Y,
        "1/x": 1 / _X,
        "1/(x-0.1111)": 1 / (_X - 0.1111),
        "1/x**2": 1 / _X**2,
        "tan(x)": np.tan(_X),
        "log(x*y)": np.log(_X * _Y),
        "sqrt(1-x**2-y**2)": np.sqrt(1 - _R2),
        "exp(10*x)": np.exp(10 * _X),
        "exp(1000*x)": np.exp(1000 * _X),
        "5": np.full_like(_X, 5.0),
        "-5": np.full_like(_X, -5.0),
        "0": np.zeros_like(_X),
        "sin(x)**2+cos(x)**2": np.sin(_X) ** 2 + np.cos(_X) ** 2,
        "1e30*x": 1e30 * _X,
        "1e-30*x+y": 1e-30 * _X + _Y,
        "1e-30*x": 1e-30 * _X,
        "1e9+x": 1e9 + _X,
        "1e308*x": 1e308 * _X / 2,
        "nowhere": np.full_like(_X, np.nan),
        "infinite": np.full_like(_X, np.inf),
        "one sample": np.where(_R2 == 0, 1.0, np.nan),
    }

NASTY = {name: Terrain(_AXIS, _AXIS, loss) for name, loss in _LOSSES.items()}
"""Losses on a grid over `BOX`, by formula."""

BOX = ((-2.0, 2.0), (-2.0, 2.0))
