"""The five largest eigenvalues by PyHessian; `benchmarks/curvature.py` runs this with another Python.

It power-iterates with deflation, up to 100 products each, and stops where two estimates differ by less than
a thousandth: its own defaults.
"""

import json
import sys
import time

import numpy as np
import torch  # pyright: ignore[reportMissingImports]
from pyhessian import hessian  # pyright: ignore[reportMissingImports]
from torch import nn  # pyright: ignore[reportMissingImports]

REPEATS = 5


def main(path: str) -> None:
    """Print times in seconds and eigenvalues, of the networks in `path`, as JSON."""
    given = np.load(path)
    told = {"version": torch.__version__}
    for name in ("moons", "digits"):
        arrays = [given[f"{name}_{k}"] for k in range(int(given[f"{name}_count"]))]
        layers: list[nn.Module] = []
        for weights, offsets in zip(arrays[::2], arrays[1::2], strict=True):
            layer = nn.Linear(*weights.shape)
            layer.weight.data, layer.bias.data = torch.tensor(weights.T), torch.tensor(offsets)
            layers += [layer, nn.Tanh()]
        model = nn.Sequential(*layers[:-1])
        data = torch.tensor(given[f"{name}_x"]), torch.tensor(given[f"{name}_y"]).long()
        found = {}
        for threads in (1, torch.get_num_threads()):
            torch.set_num_threads(threads)
            for _ in range(REPEATS):
                torch.manual_seed(0)
                begin = time.perf_counter()
                values, _ = hessian(model, nn.CrossEntropyLoss(), data=data, cuda=False).eigenvalues(top_n=5)
                seconds = time.perf_counter() - begin
                if seconds < found.get("seconds", np.inf):
                    found = {"seconds": seconds, "values": values}
        told[name] = found
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1])
