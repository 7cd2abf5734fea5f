"""Scripts that make a race again: run by a fresh interpreter, and held to the race."""

import ast
import sys
from pathlib import Path

import numpy as np
import pytest

from catalog import Shelf
from descent.translation import UntranslatableError
from export import by_name
from export.by_name import Export, made
from tests.export.race_code import AGREES, EIGHT, HOME, HOSTILE, LINKS, checked, lanes, off, ran

KINDS = {"numpy": {"numpy"}, "torch": {"torch"}, "optax": {"jax", "numpy", "optax"}}
"""The scripts, and what they may import besides the standard library."""

COMPILED = ("methods 1", "methods 2", "methods 3", "treatments", "with replacement")
"""Of the races those that are made in JAX as well, which compiles each lane: all methods, all treatments."""


@pytest.mark.parametrize("name", LINKS)
def test_numpy_makes_the_same_race(name: str, tmp_path: Path):
    far = checked(LINKS[name], "numpy", tmp_path)
    assert max(far.values()) <= AGREES, far


@pytest.mark.parametrize("name", COMPILED)
def test_optax_makes_the_same_race(name: str, tmp_path: Path):
    far = checked(LINKS[name], "optax", tmp_path)
    assert max(far.values()) <= AGREES, far


def test_eight_lanes_of_a_thousand_steps_with_noise_of_their_own(tmp_path: Path):
    link = f"f=bowl&{lanes(*EIGHT[0])}&noise=0.2&luck=own&steps=1000"
    text = made("race_numpy.py", link, HOME)
    assert len(text) < 300_000
    assert max(off(link, ran(text, tmp_path).paths)) <= AGREES


def test_another_race_is_found_out(tmp_path: Path):
    link = f"f=bowl&{lanes('sgd:lr=0.9', 'adam:lr=0.3')}&steps=60"
    paths = ran(made("race_numpy.py", link, HOME), tmp_path).paths
    assert max(off(link, paths)) <= AGREES
    assert min(off(link.replace("0.9", "0.9001").replace("0.3", "0.3001"), paths)) > AGREES


def test_a_lane_that_diverges_does_not_come_back(tmp_path: Path):
    far = ran(made("race_numpy.py", LINKS["diverging"], HOME), tmp_path).paths
    assert not any((np.abs(path[-1]) < 1e80).all() for path in far)


def test_a_script_prints_where_each_lane_ends(tmp_path: Path):
    text = made("race_numpy.py", LINKS["saddle"], HOME)
    script = tmp_path / "alone.py"
    script.write_bytes(text)
    paths = ran(text, tmp_path).paths
    alone = f"import runpy; runpy.run_path({str(script)!r}, run_name='__main__'); paths = list"
    told = ran(alone.encode(), tmp_path)
    ends = [[float(each) for each in line.split()] for line in told.printed.splitlines()]
    assert [end[0] for end in ends] == [1, 2, 3, 4]
    np.testing.assert_array_equal([end[1:] for end in ends], [path[-1] for path in paths])


def test_the_bowl_reads_like_its_formula():
    text = made("race_numpy.py", LINKS["methods 1"], HOME).decode()
    assert "def loss(x, y):\n    return x**2 / 20 + y**2\n" in text
    assert "        mu = (1 - beta1) * g + beta1 * mu\n" in text
    optax = made("race_optax.py", LINKS["methods 1"], HOME).decode()
    assert "    method = optax.scale_by_adam(b1=0.9, b2=0.999, eps=1e-08)\n" in optax


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["methods 3", "treatments", "mini-batches", "formula"])
def test_a_script_is_python_that_imports_nothing_of_ours(kind: str, name: str):
    tree = ast.parse(made(f"race_{kind}.py", LINKS[name], HOME))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found.add((node.module or "").partition(".")[0])
    assert found - set(sys.stdlib_module_names) == KINDS[kind]
    assert "https://example.org/?v=1" in (ast.get_docstring(tree) or "")


def skeleton(text: bytes) -> str:
    """Return a script without its docstring: what can be run of it."""
    tree = ast.parse(text)
    tree.body = tree.body[1:]
    return ast.dump(tree)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_reader_wrote_never_becomes_code(kind: str):
    plain = made(f"race_{kind}.py", "f=bowl&lane=sgd", HOME)
    for place in ("formula", "data", "f", "lane", "at", "title", "net"):
        # What cannot be read is the usual scene.
        text = made(f"race_{kind}.py", f"{place}={HOSTILE}", HOME)
        assert "_exit" not in skeleton(text) and "</" not in skeleton(text)
    assert skeleton(made(f"race_{kind}.py", "f=bowl&lane=sgd", f"{HOME}{HOSTILE}\\")) == skeleton(plain)
    # The surface's formula stands in a comment of one line.
    typed = made(f"race_{kind}.py", "formula=x^2%2B exp(-y)^2&lane=sgd", HOME).decode()
    (line,) = (line for line in typed.splitlines() if "that was typed" in line)
    assert line == "# The loss that was typed: 'x**2+exp(-y)**2'"


LONG = "+".join(["sin(cos(x*y)^2)"] * 12)


@pytest.mark.parametrize("text", [LONG, "-" * 60 + "x", "1", "x", "0*x", "y**-2", "relu(x)+abs(y)+0^x"])
def test_long_odd_and_constant_formulas(text: str, tmp_path: Path):
    link = f"formula={text.replace('+', '%2B')}&at=0.5,0.8&lane=adam&steps=20"
    far = checked(link, "numpy", tmp_path)
    assert max(far.values()) <= AGREES, far


def test_what_cannot_be_written_is_refused_with_a_sentence(monkeypatch: pytest.MonkeyPatch):
    def refuse(link: str, home: str) -> bytes:
        raise UntranslatableError("Expected an operation that is translated, got sort.")

    monkeypatch.setattr(by_name, "EXPORTS", Shelf([Export("race_numpy.py", "text/x-python", refuse)]))
    with pytest.raises(ValueError, match=r"^race_numpy.py cannot be written for this scene\. Expected"):
        made("race_numpy.py", "f=bowl", HOME)
