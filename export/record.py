"""Every number that a race recorded, with the settings that made it: as CSV, as JSON, as NumPy's own file."""

import csv
import io
import json
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from descent import Trajectory, race
from landscapes.find import formula_of, own_pairs
from optimizers import OPTIMIZERS
from scenes import Scene, read, write
from scenes.scene import BUDGET, View

COLUMNS: Mapping[str, str] = {
    "t": "number of the step; row t is the moment before step t, the last row is where the lane ended",
    "x": "first coordinate of the point",
    "y": "second coordinate of the point",
    "loss": "loss at the point",
    "gradient_x": "slope of the loss along x at the point",
    "gradient_y": "slope of the loss along y at the point",
    "estimate_x": "slope along x of the mini-batch, with noise; without the penalty where that is decoupled",
    "estimate_y": "the same along y",
    "seen_x": "slope along x that the method was given: the estimate, clipped",
    "seen_y": "the same along y",
    "rate": "learning rate of the step",
    "move_x": "what the step added to x",
    "move_y": "what the step added to y",
    "M_x": "M of the method's step, move = -rate * (M / (sqrt(G) + epsilon) + decay): along x",
    "M_y": "the same along y",
    "G_x": "G of the method's step: along x",
    "G_y": "the same along y",
}
"""What each column holds. Numbers have no unit but those of the surface; of the last row nothing is known
from the estimate on, as no step begins there."""

ARRIVAL = ("t", "x", "y", "loss", "gradient_x", "gradient_y")
"""The columns of which there is one number more than of the others: where the last step led."""


class Record(NamedTuple):
    """A race as it was recorded."""

    settings: dict[str, Any]
    lanes: list[dict[str, Any]]  # the settings of each
    tables: list[dict[str, NDArray[Any]]]  # of each lane, by the names of COLUMNS


def recorded(link: str, home: str) -> Record:
    """Return the record of the race that `link` opens; `home` is the address of the app."""
    read_scene = read(link)[0]
    scene = Scene(read_scene.ground, read_scene.racers, read_scene.budget, View())
    paths = race(scene.runs())
    lanes = [_lane(scene, index, path) for index, path in enumerate(paths)]
    return Record(_settings(scene, home), lanes, [_table(path) for path in paths])


def _settings(scene: Scene, home: str) -> dict[str, Any]:
    ground, budget = scene.ground, scene.budget
    return {
        "made_by": "Optiscape",
        "link": f"{home}?{write(scene)}",
        "surface": ground.surface.id,
        "formula": formula_of(ground.landscape),
        "latex": ground.surface.latex,
        "brought": dict(own_pairs(ground.landscape)),
        "surface_knobs": dict(ground.knobs),
        "box": ground.surface.box,
        "start": ground.start,
        **{setting.knob.id: getattr(budget, field) for field, setting in BUDGET.items()},
    }


def _lane(scene: Scene, index: int, path: Trajectory) -> dict[str, Any]:
    lane = scene.racers[index]
    return {
        "lane": index + 1,
        "method": lane.optimizer,
        "knobs": dict(OPTIMIZERS[lane.optimizer].settings(lane.knobs)),
        **lane.extras,
        "seed": scene.budget.seed,
        "stream": scene.runs()[index].stream,
        "steps_made": len(path.updates),
        "ending": path.ending.kind,
        "ending_since_step": path.ending.step,
    }


def _table(path: Trajectory) -> dict[str, NDArray[Any]]:
    pairs = {
        **{"": path.points, "gradient_": path.gradients, "estimate_": path.estimates, "seen_": path.seen},
        **{"move_": path.updates, "M_": path.M, "G_": path.G},
    }
    found: dict[str, NDArray[Any]] = {
        f"{name}{axis}": array[:, k] for name, array in pairs.items() for k, axis in enumerate("xy")
    }
    found |= {"t": np.arange(len(path.points)), "loss": path.losses, "rate": path.rates}
    return {name: found[name] for name in COLUMNS}


def record_csv(link: str, home: str) -> bytes:
    """Return one table of all lanes, with a column `lane`; settings are comments, `#`, at its head.

    `pandas.read_csv(…, comment="#")` reads it; what is not known of a last row is empty.
    """
    record = recorded(link, home)
    text = io.StringIO()
    for name, value in record.settings.items():
        text.write(f"# {name}: {_said(value)}\n")
    for lane in record.lanes:
        text.write(f"# lane {lane['lane']}: {_said(lane)}\n")
    for name, meaning in COLUMNS.items():
        text.write(f"# column {name}: {meaning}\n")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("lane", "method", *COLUMNS))
    for lane, table in zip(record.lanes, record.tables, strict=True):
        columns = [[*map(_number, table[name])] for name in COLUMNS]
        for t in range(len(table["t"])):
            rows.writerow(
                (lane["lane"], lane["method"], *(each[t] if t < len(each) else "" for each in columns))
            )
    return text.getvalue().encode()


def record_json(link: str, home: str) -> bytes:
    """Return settings, the meaning of the columns, and of each lane its settings and columns, as JSON.

    All numbers are finite: a lane that diverged ends with the last point that is.
    """
    record = recorded(link, home)
    lanes = [
        {**lane, "rows": {name: [*map(_number, column)] for name, column in table.items()}}
        for lane, table in zip(record.lanes, record.tables, strict=True)
    ]
    whole = {"settings": record.settings, "columns": COLUMNS, "lanes": lanes}
    return json.dumps(whole, allow_nan=False).encode()


def record_npz(link: str, home: str) -> bytes:
    """Return an archive that `numpy.load` opens: `lane_1_x` … for every lane and column, float64 (t: int64).

    `settings` is a text: the JSON of settings, lanes and columns, without the numbers.
    """
    record = recorded(link, home)
    about = {"settings": record.settings, "columns": COLUMNS, "lanes": record.lanes}
    arrays: dict[str, Any] = {"settings": np.array(_said(about))}
    for lane, table in zip(record.lanes, record.tables, strict=True):
        arrays |= {f"lane_{lane['lane']}_{name}": column for name, column in table.items()}
    held = io.BytesIO()
    np.savez_compressed(held, **arrays)
    return held.getvalue()


def _said(value: Any) -> str:
    """Return a setting in one line of ASCII."""
    return json.dumps(value, allow_nan=False)


def _number(value: Any) -> float | int:
    return value.item()
