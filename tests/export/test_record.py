"""The record of a race, opened by others: pandas, json, NumPy."""

import io
import json
from typing import Any

import numpy as np
import pandas as pd
import pytest

from descent import race
from export.by_name import made
from export.record import ARRIVAL, COLUMNS
from optimizers import OPTIMIZERS
from scenes import read
from tests.export.race_code import EIGHT, HOME, HOSTILE, LINKS, lanes

ALL = {
    "methods": f"f=bowl&{lanes(*EIGHT[0])}&steps=60",
    "treatments": LINKS["treatments"],
    "diverging": LINKS["diverging"],
    "formula": LINKS["formula"],
}


def expected(link: str) -> list[dict[str, np.ndarray]]:
    """Return what was recorded of each lane, column by column."""
    found = []
    for path in race(read(link)[0].runs()):
        pairs = {"": path.points, "gradient_": path.gradients, "estimate_": path.estimates}
        pairs |= {"seen_": path.seen, "move_": path.updates, "M_": path.M, "G_": path.G}
        table = {f"{name}{axis}": array[:, k] for name, array in pairs.items() for k, axis in enumerate("xy")}
        table |= {"t": np.arange(len(path.points)), "loss": path.losses, "rate": path.rates}
        found.append(table)
    return found


@pytest.mark.parametrize("name", ALL)
def test_pandas_reads_the_table(name: str):
    text = made("record.csv", ALL[name], HOME).decode("ascii")
    table: Any = pd.read_csv(io.StringIO(text), comment="#")
    assert [*table.columns] == ["lane", "method", *COLUMNS]
    for number, lane in enumerate(expected(ALL[name]), 1):
        rows = table[table["lane"] == number]
        for column, values in lane.items():
            told = rows[column].to_numpy(float)
            np.testing.assert_allclose(told[: len(values)], values, rtol=1e-14, atol=0)
            assert np.isnan(told[len(values) :]).all() and len(told) - len(values) == (column not in ARRIVAL)


@pytest.mark.parametrize("name", ALL)
def test_json_and_npz_have_the_same_numbers(name: str):
    def refuse(token: str) -> None:
        raise AssertionError(f"Expected no {token} in JSON.")

    told = json.loads(made("record.json", ALL[name], HOME), parse_constant=refuse)
    held = np.load(io.BytesIO(made("record.npz", ALL[name], HOME)), allow_pickle=False)
    about = json.loads(str(held["settings"]))
    assert about["settings"] == told["settings"] and about["columns"] == told["columns"] == dict(COLUMNS)
    recorded = expected(ALL[name])
    assert len(told["lanes"]) == len(recorded)
    assert len(held.files) == 1 + len(recorded) * len(COLUMNS)
    for lane, values in zip(told["lanes"], recorded, strict=True):
        for column, numbers in values.items():
            np.testing.assert_array_equal(lane["rows"][column], numbers)
            np.testing.assert_array_equal(held[f"lane_{lane['lane']}_{column}"], numbers)


def test_the_settings_make_the_same_race_again():
    told = json.loads(made("record.json", LINKS["treatments"], HOME))
    settings, scene = told["settings"], read(LINKS["treatments"])[0]
    assert settings["link"].startswith(f"{HOME}?v=1&f=bowl")
    again, repairs = read(settings["link"].partition("?")[2])
    assert not repairs
    assert (again.ground, again.racers, again.budget) == (scene.ground, scene.racers, scene.budget)
    assert (settings["noise"], settings["seed"], settings["luck"]) == (0.7, 5, "own")
    assert settings["surface_knobs"]["l2"] == 0.2
    lane = told["lanes"][0]
    assert (lane["method"], lane["knobs"]) == ("sgd", {"learning_rate": 0.5})
    assert (lane["clip"], lane["clip_at"], lane["stream"]) == ("value", 3, 1)
    for lane, path in zip(told["lanes"], race(scene.runs()), strict=True):
        assert (lane["ending"], lane["ending_since_step"]) == (path.ending.kind, path.ending.step)
        assert [*lane["knobs"]] == [knob.id for knob in OPTIMIZERS[lane["method"]].knobs]


def test_a_lane_that_diverges_ends_with_its_last_finite_point():
    told = json.loads(made("record.json", LINKS["diverging"], HOME))
    lane = told["lanes"][0]
    assert lane["ending"] == "diverged" and lane["steps_made"] < 400
    assert len(lane["rows"]["x"]) == lane["steps_made"] + 1 == len(lane["rows"]["rate"]) + 1


def test_a_formula_stays_in_its_line():
    text = made("record.csv", f"formula={HOSTILE}&lane=sgd&steps=5", f"{HOME}\n{HOSTILE}").decode("ascii")
    assert all(line.startswith(("#", "lane,method,t,", "1,sgd,")) for line in text.splitlines())
    typed = made("record.csv", "formula=x^2%2By^2&lane=sgd&steps=5", HOME).decode("ascii")
    assert '# formula: "x**2+y**2"' in typed
    assert len(pd.read_csv(io.StringIO(typed), comment="#")) == 6


def test_eight_lanes_of_a_thousand_steps():
    link = f"f=bowl&{lanes(*EIGHT[0])}&noise=0.2&luck=own&steps=1000"
    table: Any = pd.read_csv(io.BytesIO(made("record.csv", link, HOME)), comment="#")
    assert len(table) == 8 * 1001 and table.groupby("lane")["t"].max().tolist() == [1000] * 8
