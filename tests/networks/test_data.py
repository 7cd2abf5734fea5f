"""Data sets: their numbers, their split, files that packages carry, and tables that readers bring."""

import hashlib
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from landscapes.data import TableError
from locales import texts
from networks import DATASETS, Network, TableData, Training, boundary, predictions, train
from networks.data import examples_of, files
from tools import datasets as tool

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", DATASETS)
def test_a_data_set_is_what_it_says(name: str) -> None:
    entry, data = DATASETS[name], examples_of(name)
    assert data.train_inputs.shape == (entry.train, entry.inputs)
    assert data.validation_inputs.shape == (entry.validation, entry.inputs)
    assert data.classes == entry.classes and data.size == entry.size
    for inputs, labels in (
        (data.train_inputs, data.train_labels),
        (data.validation_inputs, data.validation_labels),
    ):
        assert labels.shape == inputs.shape[:1] and not inputs.flags.writeable and not labels.flags.writeable
        assert set(labels) == set(range(entry.classes))
        assert np.isfinite(inputs).all() and np.abs(inputs).max() < 8
    assert not {row.tobytes() for row in data.train_inputs} & {
        row.tobytes() for row in data.validation_inputs
    } or (name in ("mnist", "digits"))
    assert (data.box is not None) == (entry.kind == "plane")
    assert examples_of(name) is data


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        ("digits", "87ff0c9e40dc7e2c"),
        ("mnist", "809ec085d551285c"),
    ],
)
def test_images_are_those_of_the_packages(name: str, digest: str) -> None:
    arrays = files.stored(name)
    bits = hashlib.sha256(arrays["inputs"].tobytes() + arrays["labels"].tobytes())
    assert bits.hexdigest()[:16] == digest


def test_mnist1d_is_the_published_one() -> None:
    """Made with the package's own seed, of unit variance, with its split."""
    arrays = files.stored("mnist1d")
    assert arrays["inputs"].std() == pytest.approx(1, abs=1e-3)
    assert np.bincount(arrays["labels"]).tolist() == [500] * 10


def test_a_missing_file_is_said_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "FOLDER", tmp_path)
    with pytest.raises(FileNotFoundError, match=r"python -m tools\.datasets"):
        files.stored("mnist")


def test_the_tool_says_which_package_is_missing(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="Expected a wheel of scikit_learn"):
        tool.main(["--wheels", str(tmp_path), "--into", str(tmp_path / "files")])
    assert [*(tmp_path / "files").iterdir()] == []


def test_the_packages_are_pinned_and_none_is_imported() -> None:
    lines = (ROOT / "requirements-data.txt").read_text("utf-8").splitlines()
    names = {line.split("==")[0].replace("-", "_") for line in lines if not line.startswith("#")}
    assert names == {package for package, *_ in tool.READ.values()}
    assert all(line.startswith("#") or line.count("==") == 1 for line in lines)
    code = "import sys, networks; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert not {"sklearn", "mlxtend", "mnist1d", "matplotlib", "torch"} & set(loaded.stdout.split())


@pytest.mark.parametrize("name", [name for name, entry in DATASETS.items() if entry.kind == "plane"])
def test_the_plane_can_be_learned(name: str) -> None:
    network = Network(data=name, widths=(32, 32))
    training = Training(network, knobs={"learning_rate": 0.02}, steps=600)
    history = train(training)
    assert history.validation_accuracy[-1] >= 0.82
    frames, data = boundary(training), examples_of(name)
    assert frames.shape == (41, 41, 41) and frames.dtype == np.float32 and not frames.flags.writeable
    assert frames.min() >= 0 and frames.max() <= 1
    (x0, x1), (y0, y1) = data.box or ((0, 0), (0, 0))
    points = data.train_inputs
    assert ((points > [x0, y0]) & (points < [x1, y1])).all()
    # Rows go with y and columns with x: the nearest point of the grid says what the network says.
    rows = np.rint((points[:, 1] - y0) / (y1 - y0) * 40).astype(int)
    columns = np.rint((points[:, 0] - x0) / (x1 - x0) * 40).astype(int)
    said = frames[-1][rows, columns] > 0.5
    assert (said == data.train_labels).mean() >= history.train_accuracy[-1] - 0.06


def test_what_is_said_of_examples() -> None:
    training = Training(
        Network(data="digits", widths=(30,)), knobs={"learning_rate": 0.01}, steps=60, batch=100
    )
    history = train(training)
    said, truth = predictions(training)
    assert said.shape == (41, 64) and truth.shape == (64,) and said.dtype == truth.dtype == np.uint8
    assert (truth == examples_of("digits").validation_labels[:64]).all()
    assert abs((said[-1] == truth).mean() - history.validation_accuracy[-1]) < 0.15
    assert (said[-1] == truth).mean() > 0.7 > (said[0] == truth).mean()
    with pytest.raises(ValueError, match="two inputs"):
        boundary(training)
    with pytest.raises(ValueError, match="grid to be 41"):
        boundary(Training(Network()), grid=10)


def rows(count: int = 40, classes: int = 3, columns: int = 2) -> list[tuple[float, ...]]:
    numbers = random.Random(1)
    return [
        (*(numbers.gauss(k % classes * 3, 1) for _ in range(columns)), float(k % classes * 5))
        for k in range(count)
    ]


def test_a_table_is_data() -> None:
    table = TableData(tuple(rows()))
    assert (table.inputs, table.classes, table.train, table.validation) == (2, 3, 30, 10)
    data = examples_of(table)
    np.testing.assert_allclose(data.train_inputs.mean(axis=0), 0, atol=1e-6)
    np.testing.assert_allclose(data.train_inputs.std(axis=0), 1, atol=1e-5)
    assert set(data.train_labels) == {0, 1, 2}
    training = Training(Network(data=table, widths=(16,)), knobs={"learning_rate": 0.05}, steps=200)
    assert train(training).train_accuracy[-1] > 0.9
    # With more than two classes: which one is the most probable.
    assert set(np.unique(boundary(training)[-1])) == {0.0, 1.0, 2.0}
    assert TableData(rows()) == table and hash(TableData(rows())) == hash(table)  # type: ignore[arg-type]


def test_values_of_any_size_are_standardised() -> None:
    huge = [(1e15 * a, 1e-15 * b, c) for a, b, c in rows()]
    huge = [(a / 30, b, c) for a, b, c in huge]
    data = examples_of(TableData(tuple(huge)))
    np.testing.assert_allclose(data.train_inputs.std(axis=0), 1, atol=1e-4)


def changed(row: int, value: Any) -> list[Any]:
    table: list[Any] = rows()
    table[row] = value
    return table


REFUSED = {
    "one class": (rows(classes=1), "one_class"),
    "a constant column": ([(a, 2.0, c) for a, _, c in rows()], "constant_column"),
    "a million rows": ([(0.0, 1.0)] * 1_000_000, "too_many_examples"),
    "no rows": ([], "too_few_examples"),
    "NaN": (changed(3, (1.0, float("nan"), 0.0)), "not_finite"),
    "infinity": (changed(3, (1.0, float("inf"), 0.0)), "not_finite"),
    "too large": (changed(3, (1e16, 1.0, 0.0)), "too_large"),
    "text": (changed(3, (1.0, "x", 0.0)), "not_a_number"),
    "a number": (changed(3, 5.0), "not_a_number"),
    "uneven": (changed(3, (1.0, 0.0)), "uneven_columns"),
    "one column": ([(float(k % 2),) for k in range(20)], "example_columns"),
    "51 columns": (rows(columns=50), "example_columns"),
    "too many classes": (rows(count=60, classes=21), "too_many_classes"),
    "no table": (7, "not_table"),
    "a text": ("1,2", "not_table"),
}


@pytest.mark.parametrize(("table", "why"), REFUSED.values(), ids=REFUSED)
def test_a_table_that_cannot_be_used_is_refused_with_a_sentence(table: Any, why: str) -> None:
    with pytest.raises(TableError) as error:
        TableData(table)
    assert error.value.why == why
    for language in ("en", "zh"):
        assert why in texts(language)["tables"]
    assert "{" not in str(error.value)


def test_the_largest_table_is_read() -> None:
    table = TableData(tuple(rows(count=2000, classes=20, columns=49)))
    assert examples_of(table).train_inputs.shape == (1500, 49)
