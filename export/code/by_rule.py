"""The lanes of a race step by step: their methods' rules in NumPy or PyTorch, from the trace of ours."""

from descent.python import moves, rule_of, schedule_lines
from descent.python.language import Library
from export.code.chance import noise_name, weights_name
from export.code.script import Race, Racer


def lanes_lines(race: Race, lib: Library) -> list[list[str]]:
    """Return for each lane its function, and that of its schedule before it where its rate moves."""
    parts = []
    for racer in race.racers:
        if moves(racer.run):
            parts.append(schedule_lines(racer.run, f"share_{racer.number}", lib))
        parts.append(_lane(race, racer, lib))
    return parts


def _lane(race: Race, racer: Racer, lib: Library) -> list[str]:
    run = racer.run
    rule = rule_of(run, race.landscape, lib, batches=race.batches)
    rate = repr(float(run.knobs["learning_rate"]))
    steps = "np.arange(STEPS)" if lib == "np" else "torch.arange(float(STEPS))"
    moving = moves(run)
    knobs = [f"{name} = {value!r}" for name, value in rule.knobs]
    asked = "theta, w" if race.batches else "theta"
    inside = [
        "path.append(theta)",
        *(["rate = rates[t]"] if moving else []),
        *([f"z = {noise_name(racer)}[t]"] if run.sigma else []),
        *([f"w = {weights_name(racer)}[t]"] if race.batches else []),
        f"g = gradient({asked})",
        *rule.step,
    ]
    body = [
        f"rates = {rate} * share_{racer.number}({steps})" if moving else f"rate = {rate}",
        *knobs,
        "theta, path = START, []",
        *rule.begin,
        "for t in range(STEPS):" if moving or run.sigma or race.batches else "for _ in range(STEPS):",
        *(f"    {line}" for line in inside),
        f"return {'np' if lib == 'np' else 'torch'}.stack([*path, theta])",
    ]
    if lib == "np":
        return [
            '@np.errstate(all="ignore")',
            f"def {racer.name}():",
            *racer.docstring,
            *(f"    {line}" for line in body),
        ]
    return [f"def {racer.name}():", *racer.docstring, *(f"    {line}" for line in body)]
