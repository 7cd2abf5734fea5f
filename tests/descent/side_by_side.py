"""All surfaces under all methods side by side: an independent way to the paths of the default lanes.

Steps come from `descent.step`, but everything around them is another: one program for all, without
`descent.program`, `descent.race` and `descent.ending`.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np

from descent import MOST_STEPS, Run
from descent.race import parameters_of
from descent.randomness import batch_weights
from descent.step import StepNoise, respond, slopes
from landscapes import Landscape
from landscapes.find import find
from landscapes.programs import compiled
from optimizers import OPTIMIZERS, Optimizer
from optimizers.knobs import without_rate


def paths(runs: dict[tuple[str, str], Run], steps: int) -> dict[tuple[str, str], np.ndarray]:
    """Return the points (steps + 1, 2) of plain runs (constant rate, no noise), by surface and method.

    There is a run for each surface under each method. Points after the last finite one repeat it.
    """
    surfaces = {s: find(s, runs[s, m].landscape_knobs) for s, m in runs}
    methods = dict.fromkeys(m for _, m in runs)
    rules = {key: parameters_of(run, surfaces[key[0]]) for key, run in runs.items()}
    weights = {s: _weights(runs[s, "sgd"], surface) for s, surface in surfaces.items()}
    starts = np.array([[runs[s, m].start for m in methods] for s in surfaces])
    advance = compiled(partial(_advance, surfaces, list(methods), steps), starts, rules, weights)
    rows = np.asarray(advance(starts, rules, weights))
    return {(s, m): rows[:, i, j] for i, s in enumerate(surfaces) for j, m in enumerate(methods)}


def _weights(run: Run, surface: Landscape) -> np.ndarray:
    """Return the weights (MOST_STEPS + 1, N) of the examples in each step's mini-batch."""
    count = surface.examples.count if surface.examples else 0
    if not count:
        return np.zeros((MOST_STEPS + 1, 0))
    return batch_weights(run.seed, run.stream, count, min(run.batch, count), run.replacement)


def _advance(
    surfaces: dict[str, Landscape],
    methods: Sequence[str],
    steps: int,
    starts: Any,
    rules: dict[tuple[str, str], Any],
    weights: dict[str, Any],
) -> Any:
    """Return the points (steps + 1, surfaces, methods, 2)."""
    curved = [j for j, m in enumerate(methods) if OPTIMIZERS[m].hessian]
    stacked = {
        m: jax.tree.map(lambda *parts: jnp.stack(parts), *(rules[s, m].method for s in surfaces))
        for m in methods
    }

    def state_of(method: Optimizer, knobs: Any, start: Any) -> Any:
        return method.build(**without_rate(knobs)).init(start)

    def one(
        surface: Landscape, name: str, parameters: Any, randomness: StepNoise
    ) -> Callable[..., tuple[Any, Any]]:
        """Return the step of a method on a surface, which asks it for gradients elsewhere."""
        method = OPTIMIZERS[name]

        def step(point: Any, state: Any, there: Any) -> tuple[Any, Any]:
            made = respond(surface, method, parameters, randomness, point, state, there)
            return point - parameters.method["learning_rate"] * made.direction, made.after

        return step

    def body(carry: Any, t: Any) -> Any:
        points, states = carry
        no_noise = jnp.zeros(2)
        lucks = {s: StepNoise(no_noise, weights[s][t % (MOST_STEPS + 1)]) for s in surfaces}

        def seen(method: str, points: Any) -> Any:
            """Return what the surfaces are like at points (surfaces, n, 2), as `method` asks."""
            there = [
                jax.vmap(
                    partial(
                        slopes,
                        surface,
                        rules[s, method].ground,
                        lucks[s].weights,
                        hessian=OPTIMIZERS[method].hessian,
                    )
                )(points[i])
                for i, (s, surface) in enumerate(surfaces.items())
            ]
            return jax.tree.map(lambda *parts: jnp.stack(parts), *there)

        slope, bent = seen("sgd", points), seen("newton", points[:, np.array(curved)])
        plain = next(surface for surface in surfaces.values() if surface.examples is None)
        moved, after = [], {}
        for j, name in enumerate(methods):
            k, there = (curved.index(j), bent) if j in curved else (j, slope)
            here = jax.tree.map(lambda part, k=k: part[:, k], there)
            if OPTIMIZERS[name].elsewhere:
                pairs = [
                    one(surface, name, rules[s, name], lucks[s])(
                        points[i, j],
                        jax.tree.map(lambda part, i=i: part[i], states[name]),
                        jax.tree.map(lambda part, i=i: part[i], here),
                    )
                    for i, (s, surface) in enumerate(surfaces.items())
                ]
                new, after[name] = jax.tree.map(lambda *parts: jnp.stack(parts), *pairs)
            else:

                def step(point: Any, state: Any, slope: Any, knobs: Any, name: str = name) -> Any:
                    parameters = rules[plain.id, name]._replace(method=knobs)
                    return one(plain, name, parameters, StepNoise(no_noise, jnp.zeros(0)))(
                        point, state, slope
                    )

                new, after[name] = jax.vmap(step)(points[:, j], states[name], here, stacked[name])
            moved.append(new)
        new = jnp.stack(moved, axis=1)
        finite = jnp.isfinite(new).all(axis=-1, keepdims=True)
        return (jnp.where(finite, new, points), after), points

    states = {m: jax.vmap(partial(state_of, OPTIMIZERS[m]))(stacked[m], starts[:, 0]) for m in methods}
    _, rows = jax.lax.scan(body, (starts, states), jnp.arange(steps + 1))
    return rows
