"""A race in PyTorch: gradients and Hessians by autograd."""

from descent.python import surface_lines
from export.code.by_rule import lanes_lines
from export.code.chance import chance_lines
from export.code.script import race_of, script, table_lines

CHECKED = "torch 2.14.1"
"""What `python -m tools.check_torch` was last run with: PyTorch is no dependency of ours."""

HESSIAN = """def hessian(theta):
    return torch.autograd.functional.hessian(lambda p: loss(p[0], p[1]), theta)"""


def race_torch(link: str, home: str) -> bytes:
    """Return the script of the scene that `link` opens; see `script`.

    Raises UntranslatableError for an operation that has no translation.
    """
    race = race_of(link, home)
    chance = chance_lines(race, "torch")
    start = race.scene.ground.start
    asked, loss = ("theta, w", "batch_loss(p[0], p[1], w)") if race.batches else ("theta", "loss(p[0], p[1])")
    parts = [
        [
            *(["import base64", "import zlib", ""] if chance else []),
            *("import torch", "", "torch.set_default_dtype(torch.float64)"),
        ],
        [f"STEPS = {race.scene.budget.steps}", f"START = torch.tensor([{start[0]!r}, {start[1]!r}])"],
        table_lines(race, "torch.tensor"),
        surface_lines(race.landscape, race.scene.ground.knobs, "torch", batches=race.batches, hessian=False),
        [
            f"def gradient({asked}):",
            "    p = theta.clone().requires_grad_()",
            f"    return torch.autograd.grad({loss}, p)[0]",
        ],
        [HESSIAN] if race.hessian else [],
        chance,
        *lanes_lines(race, "torch"),
    ]
    return script(race, "PyTorch", [CHECKED], parts)
