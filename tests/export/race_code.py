"""Scripts of races, run by an interpreter that knows nothing of us, beside the race here."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from descent import Trajectory, race
from export.by_name import made
from optimizers import OPTIMIZERS, SCHEDULES
from scenes import read

HOME = "https://example.org/"
AGREES = 1e-5
"""How far from the race's points a script's may be, in parts of the larger side of the box."""

EIGHT = [list(OPTIMIZERS)[first : first + 8] for first in range(0, len(OPTIMIZERS), 8)]
MOVING = [each for each in SCHEDULES if each != "constant"]
HOSTILE = '\'); import os; os._exit(7) # """\n</script>'


def lanes(*texts: str) -> str:
    """Return the part of a link that says who races."""
    return "&".join(f"lane={text}" for text in texts)


LINKS: dict[str, str] = {
    **{f"methods {number}": f"f=bowl&{lanes(*names)}&steps=60" for number, names in enumerate(EIGHT, 1)},
    "schedules 1": f"f=bowl&{lanes(*(f'sgd:schedule={each}' for each in MOVING[:8]))}&steps=60",
    "schedules 2": "f=bowl&"
    + lanes(*(f"momentum:schedule={each}" for each in MOVING[8:]), "adam:schedule=cosine,warmup=9")
    + "&steps=60",
    "treatments": "f=bowl&l2=0.2&noise=0.7&seed=5&luck=own&steps=60&"
    + lanes(
        "sgd:lr=0.5,clip=value,clip_at=3",
        "momentum:lr=0.1,clip=norm,clip_at=2",
        "adam:penalty=decoupled",
        "sam:lr=0.2,clip=norm,clip_at=1,penalty=decoupled",
        "newton:lr=0.3,clip=value,clip_at=2,penalty=decoupled",
        "lion:clip=norm,clip_at=0.5,schedule=step",
        "radam",
        "adan:warmup=5",
    ),
    "mini-batches": "f=logistic&batch=7&seed=3&luck=own&steps=60&" + lanes("sgd", "adam", "newton"),
    "with replacement": "f=line_fit:scaling=standard&batch=4&sampling=replacement&noise=0.1&steps=60&"
    + lanes("sgd", "sam"),
    "own data": "f=line_fit&data=0,1;0.5,2;1,1.5;2,0.5;3,-1;4,0.25;5,1&batch=3&steps=40&" + lanes("sgd"),
    "formula": "formula=sin(3x)%2Babs(y)^1.5-relu(x-y)%2Blog(1%2Bx^2)&at=1.3,-0.7&steps=60&"
    + lanes("sgd:lr=0.05", "newton:lr=0.2", "sam:lr=0.02"),
    "saddle": "f=saddle&at=0.7,0.3&steps=40&"
    + lanes("newton", "saddle_free_newton", "negative_curvature", "damped_newton:damping=3"),
    "diverging": "f=bowl&steps=400&" + lanes("sgd:lr=3", "momentum:lr=50", "nesterov:lr=9", "sam:lr=40"),
}


class Ran(NamedTuple):
    """What a script said: the points of its lanes, and what it printed."""

    paths: list[np.ndarray]
    printed: str


def ran(text: bytes, folder: Path, python: str = sys.executable) -> Ran:
    """Run a script in a fresh interpreter that sees neither us nor our environment."""
    script, answer = folder / "race.py", folder / "paths.json"
    script.write_bytes(text)
    asked = (
        "import json, runpy, sys; known = runpy.run_path(sys.argv[1]);"
        "json.dump([each.tolist() for each in known['paths']()], open(sys.argv[2], 'w'))"
    )
    plain = {"PATH": os.environ.get("PATH", ""), "JAX_PLATFORMS": "cpu"}
    command = [python, "-I", "-W", "error", "-c", asked, str(script), str(answer)]
    done = subprocess.run(command, cwd=folder, env=plain, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return Ran([np.array(each) for each in json.loads(answer.read_text())], done.stdout)


def off(link: str, paths: list[np.ndarray]) -> list[float]:
    """Return by how much each lane of a script differs from the race, in parts of the box's larger side."""
    scene = read(link)[0]
    raced: tuple[Trajectory, ...] = race(scene.runs())
    side = float(np.ptp(scene.ground.surface.box, axis=1).max())
    assert len(raced) == len(paths)
    found = []
    for trajectory, path in zip(raced, paths, strict=True):
        assert path.shape == (scene.budget.steps + 1, 2)
        count = len(trajectory.points)
        # Far outside of the box a number is held to its own size.
        size = np.maximum(side, np.abs(trajectory.points).max(axis=1, keepdims=True))
        found.append(float((np.abs(path[:count] - trajectory.points) / size).max()))
    return found


def checked(link: str, kind: str, folder: Path, python: str = sys.executable) -> dict[str, Any]:
    """Return by how much each lane of a script of this kind differs, by its number and method."""
    text = made(f"race_{kind}.py", link, HOME)
    methods = [run.optimizer for run in read(link)[0].runs()]
    far = off(link, ran(text, folder, python).paths)
    return {
        f"{number} {method}": part for number, (method, part) in enumerate(zip(methods, far, strict=True), 1)
    }
