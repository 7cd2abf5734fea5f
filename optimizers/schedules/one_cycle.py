"""The 1cycle policy: up to the peak once, and then down to almost nothing for the rest of the run.

The paper draws straight lines; half cosine waves in two phases are what the libraries made of it.
"""

import optax

from catalog import Knob, Source
from optimizers.schedules.knobs import final
from optimizers.schedules.schedule import Schedule


def _build(steps: int, rise: float, initial: float, final: float) -> optax.Schedule:
    # Two cosine pieces of optax: its own cosine_onecycle_schedule takes one count at a time, and needs a
    # `final` above 0. A test holds the two to each other.
    top = int(rise * steps)
    turned = optax.cosine_decay_schedule(1.0, decay_steps=max(1, top), alpha=initial)
    fall = optax.cosine_decay_schedule(1.0, decay_steps=steps - top, alpha=final)
    return optax.join_schedules([lambda count: 1 + initial - turned(count), fall], [top])


ONE_CYCLE = Schedule(
    id="one_cycle",
    build=_build,
    latex=r"\alpha_t = \begin{cases}"
    r" {\alpha} \left( 1 - \frac{1 - s_0}{2} \left( 1 + \cos\left( \frac{\pi t}{k} \right) \right) \right)"
    r" & t < k \\"
    r" {\alpha} \left( s_T + \frac{1 - s_T}{2}"
    r" \left( 1 + \cos\left( \frac{{\pi} (t - k)}{T - k} \right) \right) \right) & t \ge k"
    r" \end{cases} \qquad k = \lfloor r T \rfloor",
    knobs=(
        Knob("rise", "r", 0.3, low=0.0, high=0.95, step=0.05),
        Knob("initial", "s_0", 0.04, low=0.0, high=1.0, step=0.01),
        final(),
    ),
    source=Source(
        "Smith & Topin",
        2018,
        "Super-convergence: very fast training of neural networks using large learning rates",
        url="https://arxiv.org/abs/1708.07120",
    ),
)
