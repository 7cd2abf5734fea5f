"""A race in NumPy alone: every gradient and every rule in the open."""

from descent.python import surface_lines
from export.code.by_rule import lanes_lines
from export.code.chance import chance_lines
from export.code.script import race_of, script, table_lines, versions


def race_numpy(link: str, home: str) -> bytes:
    """Return the script of the scene that `link` opens; see `script`.

    Raises UntranslatableError for an operation that has no translation.
    """
    race = race_of(link, home)
    chance = chance_lines(race, "np")
    start = race.scene.ground.start
    parts = [
        [*(["import base64", "import zlib", ""] if chance else []), "import numpy as np"],
        [f"STEPS = {race.scene.budget.steps}", f"START = np.array([{start[0]!r}, {start[1]!r}])"],
        table_lines(race, "np.array"),
        surface_lines(
            race.landscape,
            race.scene.ground.knobs,
            "np",
            batches=race.batches,
            hessian=race.hessian,
        ),
        chance,
        *lanes_lines(race, "np"),
    ]
    return script(race, "NumPy", versions("numpy"), parts)
