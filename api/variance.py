"""What mini-batches do: how much their gradients vary, and whether batch and rate may be scaled together."""

from typing import Any

from api.encode import finite
from api.parts import in_parts
from api.question import read_question
from catalog import Knob
from descent.ensembles import Ensemble, ensemble, quantiles
from descent.randomness import by_chance
from optimizers.knobs import RATE
from studies.global_minimum import global_minima, global_minima_parts
from studies.linear_scaling import scaled
from studies.parts import ensemble_parts
from studies.variance import Spread, gradient_variance, powers_of_two

DRAWS = 1000
RUNS = 200
ROUNDING = 1e-12  # of the largest variance
MULTIPLES = (1, 2, 4, 8)
MULTIPLE = Knob("times", "k", default=1, low=1, high=MULTIPLES[-1], step=1, kind="whole")


def by_batch_size(spelling: str) -> dict[str, Any]:
    """Return the variance of the mini-batch gradient at the probe, or at the start, for B = 1, 2, 4 … N."""
    question = read_question(spelling)
    ground = question.scene.ground
    examples = ground.surface.examples
    if examples is None:
        return {"ready": False}
    at = question.scene.view.probe or ground.start
    try:
        found = gradient_variance(question.run, at, powers_of_two(examples.count), DRAWS)
    except ValueError:  # there is no gradient there
        return {"ready": False}
    return {
        "ready": True,
        "point": at,
        "probe": question.scene.view.probe is not None,
        "examples": examples.count,
        "draws": found.draws,
        "sizes": found.sizes.tolist(),
        "sigma2": finite(found.sigma2),
        "without": _spread(found.without),
        "with": _spread(found.replaced),
    }


def _spread(spread: Spread) -> dict[str, Any]:
    """Return the rows of the chart, and how many formulas are not in the interval of their measurement."""
    parts = {name: getattr(spread, name) for name in ("mean", "low", "high", "formula")}
    # Where the batch is all the data nothing varies but rounding, which a logarithm would show.
    floor = ROUNDING * float(spread.formula.max())
    rows = {name: [finite(v) if v > floor else 0.0 for v in part] for name, part in parts.items()}
    return {**rows, "missed": spread.missed}


def scaled_together(spelling: str) -> dict[str, Any]:
    """Return the median loss against epochs for batch and rate of lane `of`, both `times` as large.

    The linear scaling rule of Goyal et al. 2017 (section 2.1): with k times the batch, k times the rate.
    There are as many steps as see the examples that the scene's own steps see.
    """
    question = read_question(spelling)
    ground, run = question.scene.ground, question.run
    examples = ground.surface.examples
    times = question.whole(MULTIPLE)
    if examples is None or times not in MULTIPLES or run.batch * times > examples.count:
        return {"ready": False}
    larger = scaled(run, times)
    seeds = Ensemble(larger, RUNS if by_chance(larger, ground.surface) else 1, "same", larger.steps + 1)

    def whole() -> dict[str, Any]:
        paths = ensemble(seeds)
        least = global_minima(ground.surface, ground.knobs).loss
        middle = quantiles(paths, (0.5,))[:, 0] - (least or 0.0)
        return {
            "ready": True,
            "times": times,
            "batch": larger.batch,
            "rate": larger.knobs[RATE],
            "runs": RUNS,
            "above": least is not None,
            "epochs": (paths.steps * larger.batch / examples.count).tolist(),
            "median": [finite(loss) if loss > 0 else None for loss in middle],
        }

    parts = [*global_minima_parts(ground.surface, ground.knobs), *ensemble_parts(seeds)]
    return in_parts(parts, whole)
