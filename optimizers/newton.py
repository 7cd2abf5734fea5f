"""Newton's method: straight to the critical point of the quadratic model, whatever its kind.

It teaches both halves of what curvature is worth: on a bowl one step suffices, however stretched it
is; and where the surface curves downwards the step goes uphill, so that saddles and maxima attract.
"""

import optax

from catalog import Source
from optimizers.knobs import learning_rate
from optimizers.optimizer import Optimizer
from optimizers.second_order import moments, second_order
from optimizers.symbols import CURVATURES
from optimizers.symmetric import solve


def _build() -> optax.GradientTransformation:
    return second_order(lambda gradient, hessian: solve(hessian, gradient))


NEWTON = Optimizer(
    id="newton",
    build=_build,
    moments=moments,
    hessian=True,
    cost=3,
    unlimited="The step has divided by the curvature already, so that only α matters (it has to be below 2).",
    latex=(
        r"H_t = \nabla^2 L(\theta_t)",
        r"\theta_{t+1} = \theta_t - \alpha\, H_t^{-1} g_t",
    ),
    symbols=CURVATURES,
    knobs=(learning_rate(1.0),),
    unit="factor",
    source=Source(
        "Nocedal & Wright",
        2006,
        "Numerical optimization",
        "second edition, section 2.2, Newton direction",
        "https://doi.org/10.1007/978-0-387-40065-5",
    ),
    differs="newton",
)
