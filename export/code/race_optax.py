"""A race in optax and JAX: each method as it is written here, gradients by `jax.grad`."""

from collections.abc import Iterable

from descent.python import Source, definition_of, moves, source_of, surface_lines
from export.code.chance import chance_lines, noise_name, weights_name
from export.code.script import Race, Racer, race_of, script, table_lines, versions
from optimizers import OPTIMIZERS, SCHEDULES
from optimizers.knobs import without_rate
from optimizers.schedules.shares import plain_settings, warmed_up

IMPORTS = {"import jax", "import jax.numpy as jnp", "import numpy as np", "import optax"}


def race_optax(link: str, home: str) -> bytes:
    """Return the script of the scene that `link` opens; see `script`.

    Raises UntranslatableError for an operation of the surface that has no translation.
    """
    race = race_of(link, home)
    chance = chance_lines(race, "np")
    start = race.scene.ground.start
    source = Source(set(IMPORTS))
    lanes = [_lane(race, racer, source) for racer in race.racers]
    standard = {
        line for line in source.imports if not any(each in line for each in ("jax", "optax", "numpy"))
    }
    if chance:
        standard |= {"import base64", "import zlib"}
    others = source.imports - standard
    parts = [
        [
            *(*_merged(standard), *([""] if standard else [])),
            *(*_merged(others), "", 'jax.config.update("jax_enable_x64", True)'),
        ],
        [f"STEPS = {race.scene.budget.steps}", f"START = jnp.array([{start[0]!r}, {start[1]!r}])"],
        table_lines(race, "jnp.array"),
        surface_lines(race.landscape, race.scene.ground.knobs, "jnp", batches=race.batches, hessian=False),
        chance,
        *([text] for text in source.definitions.values()),
        _descend(race),
        *lanes,
    ]
    return script(race, "optax and JAX", versions("jax", "optax"), parts)


def _merged(imports: Iterable[str]) -> list[str]:
    """Return import lines in their order, with one for all names of a module."""
    whole = sorted(line for line in imports if not line.startswith("from"))
    names: dict[str, list[str]] = {}
    for line in sorted(set(imports) - set(whole)):
        module, _, name = line.removeprefix("from ").partition(" import ")
        names.setdefault(module, []).append(name)
    return [*whole, *(f"from {module} import {', '.join(found)}" for module, found in names.items())]


def _descend(race: Race) -> list[str]:
    """Return the function that makes the steps of a lane; it has what the lanes of this race need."""
    runs = [racer.run for racer in race.racers]
    clipped, shrunk = any(run.clip != "none" for run in runs), any(run.decoupled for run in runs)
    elsewhere = any(OPTIMIZERS[run.optimizer].elsewhere for run in runs)
    drawn = [*(["noise"] if race.noisy else []), *(["weights"] if race.batches else [])]
    asked = "batch_loss(q[0], q[1], w)" if race.batches else "loss(q[0], q[1])"
    names = [*(["z"] if race.noisy else []), *(["w"] if race.batches else [])]
    more = ["clip=optax.identity()"] * clipped + ["decay=0.0"] * shrunk
    more += ["hessian=False"] * race.hessian + ["elsewhere=False"] * elsewhere
    extras = ["        more = {}"] * (race.hessian or elsewhere)
    if race.hessian:
        asks = "jax.hessian(lambda q: loss(q[0], q[1]))(theta)"
        extras += ["        if hessian:", f'            more["hessian"] = {asks}']
    if elsewhere:
        extras += ["        if elsewhere:", '            more["grad_fn"] = estimate']
    extra = ", **more" if extras else ""
    return [
        f"def descend({', '.join(('method', 'rates', *drawn, *more))}):",
        "    def step(carry, given):",
        "        theta, state = carry",
        f"        {', '.join(('rate', *names))} = given" if names else "        rate = given",
        "",
        f"        def estimate(p{', _=None' * elsewhere}):",
        f"            g = jax.grad(lambda q: {asked})(p)",
        *(["            g = g - decay * p"] if shrunk else []),
        *(["            g = g + z"] if race.noisy else []),
        f"            return {'clip.update(g, clip.init(g))[0]' if clipped else 'g'}",
        "",
        *extras,
        f"        direction, state = method.update(estimate(theta), state, theta{extra})",
        *(["        direction = direction + decay * theta"] if shrunk else []),
        "        return (theta - rate * direction, state), theta",
        "",
        f"    given = {', '.join(('rates', *drawn))}",
        "    (last, _), path = jax.lax.scan(step, (START, method.init(START)), given)",
        "    return jnp.concatenate([path, last[None]])",
    ]


def _lane(race: Race, racer: Racer, source: Source) -> list[str]:
    run, method = racer.run, OPTIMIZERS[racer.run.optimizer]
    settings = {name: float(value) for name, value in without_rate(method.settings(run.knobs)).items()}
    built, needed = source_of(method.build, f"lane_{racer.number}_method", settings)
    source.add(needed)
    rate = repr(float(run.knobs["learning_rate"]))
    rates = f"jnp.full(STEPS, {rate})"
    lines = [f"method = {built}"]
    if moves(run):
        schedule = SCHEDULES[run.schedule]
        knobs = {"steps": max(1, run.steps - run.warmup), **plain_settings(schedule, run.schedule_knobs)}
        shares, needed = source_of(schedule.build, f"lane_{racer.number}_schedule", knobs)
        source.add(needed)
        lines.append(f"schedule = {shares}")
        if run.warmup:
            source.add(definition_of(warmed_up))
            lines.append(f"schedule = warmed_up(schedule, {run.warmup})")
        rates = f"{rate} * jnp.asarray(schedule(np.arange(STEPS)))"
    given = ["method", rates]
    if race.noisy:
        scale = float(run.sigma / run.batch**0.5)
        given.append(f"{scale!r} * {noise_name(racer)}")
    if race.batches:
        given.append(weights_name(racer))
    if run.clip != "none":
        clip = "optax.clip" if run.clip == "value" else "optax.clip_by_global_norm"
        given.append(f"clip={clip}({run.clip_at!r})")
    given += ["hessian=True"] * method.hessian + ["elsewhere=True"] * method.elsewhere
    if run.decoupled:
        given.append(f"decay={float(race.scene.ground.knobs['l2'])!r}")
    return [
        f"def {racer.name}():",
        *racer.docstring,
        *(f"    {line}" for line in lines),
        "    return descend(",
        *(f"        {each}," for each in given),
        "    )",
    ]
