"""The same slices as a careful loop in PyTorch; `benchmarks/slices.py` runs this with another Python.

What is careful about it: data and directions are tensors before the clock starts, all examples are one batch,
nothing records gradients, the weights are set in place in one flat vector of which the layers' arrays are
views, and losses are read at the end.
"""

import json
import sys
import time
from typing import Any

import numpy as np
import torch  # pyright: ignore[reportMissingImports]
from torch.nn import functional  # pyright: ignore[reportMissingImports]

REPEATS = 3


def views(flat: Any, shapes: list[tuple[int, int]]) -> list[tuple[Any, Any]]:
    """Return weights (inputs, outputs) and offsets of each layer as views of `flat`."""
    found, at = [], 0
    for inputs, outputs in shapes:
        weights = flat[at : at + inputs * outputs].view(inputs, outputs)
        at += inputs * outputs
        found.append((weights, flat[at : at + outputs]))
        at += outputs
    return found


def slice_of(arrays: Any, name: str) -> tuple[float, Any]:
    """Return how many seconds a slice takes, and its losses (n, n)."""
    centre, u, v, side, x = (
        torch.tensor(arrays[f"{name}_{each}"]) for each in ("centre", "u", "v", "side", "x")
    )
    labels = torch.tensor(arrays[f"{name}_labels"]).long()
    flat = centre.clone()
    layers = views(flat, [tuple(shape) for shape in arrays[f"{name}_shapes"].tolist()])
    told = torch.empty(len(side), len(side))
    times = []
    with torch.no_grad():
        for _ in range(REPEATS):
            begin = time.perf_counter()
            for j, b in enumerate(side.tolist()):
                row = centre + b * v
                for i, a in enumerate(side.tolist()):
                    torch.add(row, u, alpha=a, out=flat)
                    h = x
                    for weights, offsets in layers[:-1]:
                        h = torch.addmm(offsets, h, weights).tanh_()
                    told[j, i] = functional.cross_entropy(
                        torch.addmm(layers[-1][1], h, layers[-1][0]), labels
                    )
            times.append(time.perf_counter() - begin)
    return min(times), told.numpy()


def main(path: str) -> None:
    """Print the times as JSON, the better of one thread and of all; losses are written beside `path`."""
    arrays = np.load(path)
    times: dict[str, float] = {}
    for threads in sorted({1, torch.get_num_threads()}):
        torch.set_num_threads(threads)
        for name in ("moons", "digits"):
            seconds, losses = slice_of(arrays, name)
            times[name] = min(seconds, times.get(name, seconds))
            np.save(f"{path}.{name}.npy", losses)
    print(json.dumps(times | {"version": torch.__version__}))


if __name__ == "__main__":
    main(sys.argv[1])
