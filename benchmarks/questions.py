"""The dearest question of each kind that a link can spell: processor, wall clock and memory.

`python -m benchmarks questions` searches: long formulas of slow functions are made at random and bettered,
those whose derivatives take longest are kept, and beside them stand own tables of 200 rows with all sorts of
batches, eight lanes of the dearest methods and 1000 steps. Each scene is asked what a page may ask, in a
process of its own, with the programs compiled and no answer kept; an answer that comes in parts counts with
its dearest part. `python -m benchmarks.questions NAME …` asks about those facts alone.
"""

import gc
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from urllib.parse import quote

from serving.long_work import own_processors

ROWS = ";".join(f"{k / 10:g},{(7 * k * k % 101) / 25 + k / 60:g}" for k in range(200))
METHODS = ("sam:radius=0.5", "saddle_free_newton", "newton", "damped_newton", "adan", "negative_curvature")
LANES = "&".join(f"lane={method}" for method in (*METHODS, "radam", "nadam"))
STEPS = "steps=1000"
MOST = f"{LANES}&{STEPS}"
TABLES = (
    # Two batches in an epoch: the order of the examples is drawn anew for every other step.
    f"f=two_weight_network&data={ROWS}&{MOST}&batch=100",
    f"f=two_weight_network:scaling=standard&data={ROWS}&{MOST}&batch=200&sampling=replacement&noise=1&luck=own",
    f"f=line_fit:scaling=standard&data={ROWS}&{MOST}&batch=199&l2=0.1&noise=1",
    f"f=line_fit&data={ROWS}&{MOST}&batch=1&sampling=replacement",
)
SHELF = ("levy_13", "rastrigin", "ackley", "goldstein_price", "logistic:scaling=whitened")
WAVES = (
    "formula=sin(1000*x)",
    "formula=sin(60*x)*sin(60*y)",
    "formula=cos(9*(x**2%2By**2))",
    "formula=(x**2%2By**2-4)**2*(x-y)**2",
    "formula=sin(7*x)**2",
    "formula=abs(sin(9*x))%2Babs(sin(9*y))",
)
LANE_BY_LANE = ("crowd", "cloud", "reach", "sweep", "shares", "band", "scaling")
ASKED = (
    *(
        "answer",
        "formula",
        "data",
        "batches",
        "point",
        "critical",
        "measures",
        "escape",
        "minima",
        "variance",
    ),
    *LANE_BY_LANE,
)
PICTURES = ("terrain", "relief", "layer-condition")
LIMIT = 0.5

# --- the search for formulas

# Defined everywhere: a run that leaves what is defined ends there, and costs nothing any more.
SLOW = ("sin", "cos", "arctan", "sin", "cos", "tanh", "softplus", "sigmoid")


def _part(chance: random.Random, depth: int) -> str:
    """Return a random formula of slow functions."""
    if depth == 0:
        return chance.choice(("x", "y", "x*y", "x+y", "x-y"))
    kind = chance.random()
    inner = _part(chance, depth - 1)
    if kind < 0.6:
        return f"{chance.choice(SLOW)}({inner})"
    if kind < 0.8:
        return f"(2+sin({inner}))**{_call(chance, depth - 1)}"
    return f"({inner})*{_call(chance, depth - 1)}"


def _call(chance: random.Random, depth: int) -> str:
    return f"{chance.choice(SLOW)}({_part(chance, max(depth, 0))})"


def _work(text: str) -> float:
    """Return how many nanoseconds its Hessian takes at a point, warm; 0 for what is refused."""
    import jax
    import numpy as np

    from landscapes.find import find
    from landscapes.formula import FormulaError, read_formula

    try:
        surface = find(read_formula(text))
    except FormulaError:
        return 0.0

    def loss(u: Any, v: Any) -> Any:
        import jax.numpy as jnp

        return surface.loss(jnp.stack([u, v]), l2=0.0)

    jaxpr = jax.make_jaxpr(jax.jacfwd(jax.grad(loss, (0, 1)), (0, 1)))(np.float64(0), np.float64(0))
    return sum(_cost(equation.primitive.name) for equation in _equations(jaxpr.jaxpr))


def _equations(jaxpr: Any) -> Iterable[Any]:
    for equation in jaxpr.eqns:
        inner = [value for value in equation.params.values() if hasattr(value, "jaxpr")]
        for closed in inner:
            yield from _equations(closed.jaxpr)
        if not inner:
            yield equation


def _cost(primitive: str) -> float:
    """Return roughly how many nanoseconds XLA takes for it in double precision."""
    slow = {
        "sin": 16,
        "cos": 16,
        "tan": 25,
        "pow": 15,
        "log": 5,
        "log1p": 5,
        "exp": 2,
        "tanh": 2,
        "atan2": 20,
    }
    return slow.get(primitive, 10 if primitive in ("asin", "acos", "atan", "sinh", "cosh") else 0.5)


def formula(seed: int, tries: int = 150, most: int = 8) -> str:
    """Return the dearest formula of a random search that betters what it has."""
    chance = random.Random(seed)
    found: dict[str, float] = {}
    for _ in range(tries):
        if found and chance.random() < 0.7:
            best = max(found, key=lambda text: found[text] * chance.random())
            text = f"{best}{chance.choice('+-*')}{_call(chance, chance.randint(0, 2))}"
        else:
            text = "+".join(_call(chance, chance.randint(0, 3)) for _ in range(chance.randint(2, 9)))
        if text not in found and (work := _work(text)):
            found[text] = work
            if len(found) > most:
                del found[min(found, key=lambda each: found[each])]
    return max(found, key=lambda text: found[text])


# --- asking


def forget() -> None:
    """Forget every answer that is kept, and no program, nor how long one is reckoned to take.

    That is found by tracing, as a program is, once for a formula.
    """
    from catalog.cache import SingleFlightCache
    from descent import work

    for name, module in list(sys.modules.items()):
        if name.split(".")[0] in ("api", "studies", "curvature", "descent") and module is not work:
            for value in vars(module).values():
                if isinstance(value, SingleFlightCache):
                    value.clear()
    gc.collect()


def _status(field: str) -> float:
    """Return a field of /proc/self/status in MB."""
    with open("/proc/self/status") as lines:
        return next(int(line.split()[1]) for line in lines if line.startswith(field)) / 1024


def measured(job: Callable[[], Any]) -> tuple[Any, dict[str, float]]:
    """Return what `job` returns, and its processor seconds, wall seconds, and MB above what was in use."""
    rest = _status("VmRSS")
    try:
        with open("/proc/self/clear_refs", "w") as peak:
            peak.write("5")
    except OSError:
        rest = float("nan")
    wall, processor = time.perf_counter(), time.process_time()
    answer = job()
    spent = {"processor": time.process_time() - processor, "wall": time.perf_counter() - wall}
    return answer, {**spent, "memory": _status("VmHWM") - rest}


def in_parts(ask: Callable[[str], dict[str, Any]], query: str) -> dict[str, float]:
    """Ask for all parts of an answer; return what the dearest took of each, and all of them together."""
    worst: dict[str, float] = {}
    total, part = 0.0, 0
    while True:
        answer, spent = measured(partial(ask, query))
        worst = {name: max(value, worst.get(name, 0.0)) for name, value in spent.items()}
        total += spent["processor"]
        part += 1
        if "parts" not in answer:
            return {**worst, "total": total, "parts": part}


def ask_scene(query: str, names: Iterable[str], lanes: Iterable[int]) -> Iterable[dict[str, Any]]:
    """Yield what every question about a scene takes; the first time of each is `cold`."""
    from api.answer import answer
    from api.facts import FACTS
    from api.pictures import PICTURES as MADE
    from api.pictures import picture
    from app_pages.race import PATIENCE
    from charts.palette import THEMES
    from scenes import read

    theme = next(iter(THEMES.values()))

    def drawn(kind: str, query: str) -> dict[str, Any]:
        made = picture(kind, read(query)[0].ground, theme)
        return {"sheet": made} if isinstance(made, str) else made

    def turned(query: str) -> dict[str, Any]:
        """Answer a turn of a knob, and again as long as minima are searched for."""
        answered = answer(read(query)[0], (), PATIENCE)
        return {"done": 0, "parts": 1} if answered["ground"]["searching"] else answered

    for name in names:
        if name in MADE:
            asked = [(query, partial(drawn, name))]
        elif name == "answer":
            asked = [(query, turned)]
        else:
            more = [f"&of={lane}" for lane in lanes] if name in LANE_BY_LANE else [""]
            extra = {"crowd": "", "shares": "&size=64", "escape": "&hair=0.001", "scaling": "&times=1"}
            asked = [(query + each + extra.get(name, ""), FACTS[f"{name}.json"]) for each in more]
            if name in ("crowd", "sweep"):
                asked += [(each + "&crowd=starts", fact) for each, fact in asked]
        for each, fact in asked:
            # A few steps compile what a thousand do.
            cold = in_parts(fact, each.replace(STEPS, "steps=2"))
            forget()
            yield {"name": name, "query": each, "cold": cold["wall"], **in_parts(fact, each)}
            forget()


def scenes() -> list[tuple[str, tuple[str, ...], tuple[int, ...]]]:
    """Return query strings, and what is asked of each about which lanes."""
    ground = ("answer", "point", "critical", "minima", *PICTURES)
    found = [formula(seed) for seed in range(3)]
    heavy = [f"formula={quote(text, safe='*/()')}" for text in found]
    return [
        *((query, (*ASKED, *PICTURES), (lane,)) for lane, query in enumerate(TABLES)),
        (f"{heavy[0]}&{MOST}&noise=1", (*ASKED, *PICTURES), (1,)),
        (f"{heavy[1]}&{MOST}&noise=1", (*ASKED, *PICTURES), (0,)),
        *((query, ground, ()) for query in (heavy[2], *WAVES)),
        *((f"f={name}&{MOST}&noise=1", (*ground, "crowd", "shares"), (1,)) for name in SHELF),
    ]


def main(names: Iterable[str] = ()) -> None:
    """Print the dearest question of each kind."""
    rows: list[dict[str, Any]] = []
    for query, kinds, lanes in scenes():
        wanted = [name for name in kinds if name in names or not names]
        given = json.dumps([query, wanted, lanes])
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.questions", "--ask"],
            input=given, capture_output=True, text=True, check=False,
        )  # fmt: skip
        rows += [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        if done.returncode:
            print(done.stderr[-2000:], file=sys.stderr)
        print(f"  asked {query[:60]}…", file=sys.stderr)
    print("The dearest question of each kind: its dearest part, warm; all parts together; the first time")
    for name in dict.fromkeys(row["name"] for row in rows):
        mine = [row for row in rows if row["name"] == name]
        worst = max(mine, key=lambda row: row["processor"])
        memory = max(row["memory"] for row in mine)
        mark = "" if worst["processor"] <= LIMIT else " !"
        print(
            f"  {name:16} {worst['processor']:6.2f} s of processor, {worst['wall']:6.2f} s of"
            f" {worst['parts']:3.0f} parts ({worst['total']:6.2f} s), {memory:5.0f} MB,"
            f" cold {worst['cold']:5.1f} s{mark}\n      {_shortened(worst['query'])}"
        )


def _shortened(query: str) -> str:
    """Return a query without its rows."""
    return query.replace(ROWS, "(200 rows)").replace(LANES, "(8 lanes)")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--ask"]:
        if hasattr(os, "sched_setaffinity"):  # as in the process for long work
            os.sched_setaffinity(0, own_processors(os.sched_getaffinity(0)))
        for row in ask_scene(*json.load(sys.stdin)):
            print(json.dumps(row), flush=True)
    else:
        main(sys.argv[1:])
