"""What we descend: loss surfaces of two parameters, one per file.

To add one: write its file, then put one line here, where a learner should meet it.
"""
# ruff: noqa: E402

import jax

# Near a minimum float32 leaves seven digits of position and three of gradient: not enough to tell
# "arrived" from "still moving". The switch must come before any surface makes an array.
jax.config.update("jax_enable_x64", True)

from catalog import Shelf
from landscapes.ackley import ACKLEY
from landscapes.beale import BEALE
from landscapes.bowl import BOWL
from landscapes.branin import BRANIN
from landscapes.canyon import CANYON
from landscapes.cliff import CLIFF
from landscapes.data import MODELS
from landscapes.double_well import DOUBLE_WELL
from landscapes.easom import EASOM
from landscapes.flat_vs_sharp import FLAT_VS_SHARP
from landscapes.goldstein_price import GOLDSTEIN_PRICE
from landscapes.himmelblau import HIMMELBLAU
from landscapes.landscape import Box, Examples, Landscape, Point
from landscapes.levy_13 import LEVY_13
from landscapes.line_fit import LINE_FIT
from landscapes.logistic import LOGISTIC
from landscapes.monkey_saddle import MONKEY_SADDLE
from landscapes.peaks import PEAKS
from landscapes.rastrigin import RASTRIGIN
from landscapes.rosenbrock import ROSENBROCK
from landscapes.round_bowl import ROUND_BOWL
from landscapes.saddle import SADDLE
from landscapes.saddle_between_valleys import SADDLE_BETWEEN_VALLEYS
from landscapes.six_hump_camel import SIX_HUMP_CAMEL
from landscapes.styblinski_tang import STYBLINSKI_TANG
from landscapes.three_hump_camel import THREE_HUMP_CAMEL
from landscapes.three_minima import THREE_MINIMA
from landscapes.two_weight_network import TWO_WEIGHT_NETWORK
from landscapes.uneven_ring import UNEVEN_RING
from landscapes.washboard import WASHBOARD

__all__ = ["LANDSCAPES", "MODELS", "Box", "Examples", "Landscape", "Point"]

LANDSCAPES = Shelf(
    [
        ROUND_BOWL,
        BOWL,
        CANYON,
        SADDLE,
        SADDLE_BETWEEN_VALLEYS,
        MONKEY_SADDLE,
        DOUBLE_WELL,
        FLAT_VS_SHARP,
        THREE_MINIMA,
        UNEVEN_RING,
        WASHBOARD,
        CLIFF,
        EASOM,
        LINE_FIT,
        LOGISTIC,
        TWO_WEIGHT_NETWORK,
        ROSENBROCK,
        BEALE,
        HIMMELBLAU,
        THREE_HUMP_CAMEL,
        SIX_HUMP_CAMEL,
        STYBLINSKI_TANG,
        BRANIN,
        GOLDSTEIN_PRICE,
        PEAKS,
        RASTRIGIN,
        LEVY_13,
        ACKLEY,
    ]
)
