"""All experiments, by the name under which the stage asks for them."""

from collections.abc import Callable
from typing import Any

from api.basin_shares import who_finds_the_flattest
from api.ensembles import cloud, reach, where_runs_end
from api.flat_and_sharp import flat_and_sharp_minima
from api.slices import SAMPLED, sampled
from api.sweeps import rates_and_losses
from api.variance import by_batch_size, scaled_together

EXPERIMENTS: dict[str, Callable[[str], dict[str, Any]]] = {
    "crowd.json": where_runs_end,
    "cloud.json": cloud,
    "reach.json": reach,
    "minima.json": flat_and_sharp_minima,
    "shares.json": who_finds_the_flattest,
    "sweep.json": rates_and_losses,
    "variance.json": by_batch_size,
    "scaling.json": scaled_together,
    SAMPLED: sampled,
}
