"""Queries that broke others. Their parameter names are placeholders; here they get ours.

In the table a run of equal pieces is folded: `⟨A×5⟩` stands for AAAAA.
"""

import re
from pathlib import Path

import pytest

from scenes import read, write
from tests.scenes.usable import faults

TABLE = Path(__file__).parents[1] / "data" / "hostile_queries.tsv"
OURS = {"surface": "f", "opt": "lane", "x0": "at", "y0": "at"}
LANE_KNOBS = ("lr", "beta1", "beta2")
# Where something usable stands beside what is not, and what it gives. Of the rest nothing may be left over.
USABLE = {
    "surface=himmelblau&surface=nope": "f=himmelblau",
    "opt=adam,": "lane=adam",
    "opt=⟨adam,×1999⟩adam": "&".join(["lane=adam"] * 8),
}


def unfolded(line: str) -> str:
    return re.sub(r"⟨(.+?)×(\d+)⟩", lambda run: run[1] * int(run[2]), line)


def translated(query: str) -> str:
    """Return `query` in our spelling; what has no equivalent stays as it is."""
    pairs = [(name, value) for name, _, value in (part.partition("=") for part in query.split("&") if part)]
    given = dict(pairs)
    settings = ",".join(f"{name}={given[name]}" for name in LANE_KNOBS if name in given)
    methods = given["opt"].split(",") if "opt" in given else ["adam"] if settings else []
    ours = [f"lane={method}:{settings}" if settings else f"lane={method}" for method in methods]
    if "x0" in given or "y0" in given:
        ours.append(f"at={given.get('x0', '0')},{given.get('y0', '0')}")
    ours += [
        f"{OURS.get(name, name)}={value}"
        for name, value in pairs
        if name not in ("opt", "x0", "y0", *LANE_KNOBS)
    ]
    return "&".join(ours)


def rows(verdict: str) -> list[str]:
    lines = TABLE.read_text("utf-8").splitlines()
    return [query.strip('"') for query, found, _ in (line.split("\t") for line in lines) if found == verdict]


def test_the_table_is_whole():
    assert (len(rows("accept")), len(rows("refuse"))) == (10, 73)


LANGUAGE = [row for row in rows("refuse") if row.startswith("lang=")]


@pytest.mark.parametrize("row", [row for row in rows("refuse") if row not in LANGUAGE])
def test_what_is_bad_is_said_and_not_used(row: str):
    query = unfolded(row)
    scene, repairs = read(translated(query))
    assert faults(scene) == []
    assert repairs
    lanes = "lane=adam" if any(query.startswith(name) for name in LANE_KNOBS) else ""
    assert write(scene) == write(read(USABLE.get(row, lanes))[0])


@pytest.mark.parametrize("row", LANGUAGE)
def test_the_language_belongs_to_the_reader_and_is_read_elsewhere(row: str):
    assert read(row) == read("")


@pytest.mark.parametrize("row", rows("accept"))
def test_what_is_good_is_used_and_nothing_is_said(row: str):
    scene, repairs = read(translated(row))
    assert faults(scene) == []
    assert [repair.parameter for repair in repairs] == (["unknown"] if row.startswith("unknown") else [])
    known = {"surface": scene.ground.landscape, "steps": scene.budget.steps, "seed": scene.budget.seed}
    for name, value in (part.split("=") for part in row.split("&") if part):
        assert name not in known or str(known[name]) == value


@pytest.mark.parametrize("row", rows("refuse") + rows("accept"))
def test_the_names_of_others_are_not_ours(row: str):
    query = unfolded(row)
    scene, repairs = read(query)
    assert faults(scene) == []
    ours = [part for part in query.split("&") if part.partition("=")[0] in ("steps", "seed", "lang")]
    assert write(scene) == write(read("&".join(ours))[0])
    assert repairs or ours or not query
