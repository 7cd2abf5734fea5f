"""Labs that train many short runs: what all of them may cost together."""

from collections.abc import Mapping
from typing import TypeVar

from catalog import Repair
from networks import Training
from networks.data import about
from networks.training import step_cost
from scenes.net_labs.table import LabTable
from scenes.repairs import Repairs

MOST_LAB_COST = 4e11
"""So many multiplications and additions may all runs of a lab take: some twenty seconds on one core."""

MOST_HELD = 200
"""So many examples for validation are measured at most (networks/abreast.py)."""

L = TypeVar("L", bound=LabTable)


def epoch_steps(examples: int, batch: int) -> int:
    """Return how many steps an epoch has; what fills no batch is left out."""
    return max(1, examples // batch)


def cost_of_run(run: Training, looks: int) -> float:
    """Return how many multiplications and additions `run` takes, with so many measurements."""
    data = about(run.network.data)
    looked = looks * (data.train + min(MOST_HELD, data.validation))
    return run.steps * step_cost(run) + float(looked * run.network.plan.multiplications)


def affordable_epochs(lab: L, epochs: int, repairs: Repairs, most: int | None = None) -> L:
    """Return `lab` with as many of its `epochs` as are allowed; where one is too much, with fewer examples.

    `most`: so many epochs have no more steps than a run may.

    A repair says what all would have cost, in multiplications and additions, and how many there are instead.
    """

    def cost(values: Mapping[str, int]) -> float:
        return lab.with_values(values).whole_cost

    asked, most = cost({}), epochs if most is None else most
    if asked <= MOST_LAB_COST and epochs <= most:
        return lab
    values = {"epochs": max(1, min(most, int(epochs * MOST_LAB_COST / asked)))}
    while values["epochs"] > 1 and cost(values) > MOST_LAB_COST:
        values["epochs"] -= 1
    while (dear := cost(values)) > MOST_LAB_COST:
        now = values.get("examples", int(lab.values()["examples"]))
        values["examples"] = min(now - 1, int(now * MOST_LAB_COST / dear))
    said = f"{asked:.1e}".replace("e+", "e")
    used = ", ".join(f"{name}={value}" for name, value in values.items())
    repairs.append(Repair("too_much_training", lab.parameter, said, used))
    return lab.with_values(values)
