"""The same trainings as a careful loop in PyTorch; `benchmarks/networks.py` runs this with another Python.

What is careful about it: data are tensors before the clock starts, batches are drawn beforehand, gradients
are set to None, Adam updates all arrays at once (`foreach`), losses are kept as tensors, and nothing is
measured besides.
"""

import itertools
import json
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import torch  # pyright: ignore[reportMissingImports]
from torch import nn  # pyright: ignore[reportMissingImports]

REPEATS = 3


def network(widths: list[int], activation: type[nn.Module], batch_norm: bool = False) -> nn.Sequential:
    """Return a network of dense layers."""
    layers: list[nn.Module] = []
    for inputs, outputs in itertools.pairwise(widths[:-1]):
        layers.append(nn.Linear(inputs, outputs))
        if batch_norm:
            layers.append(nn.BatchNorm1d(outputs))
        layers.append(activation())
    return nn.Sequential(*layers, nn.Linear(widths[-2], widths[-1]))


def train(model: nn.Module, optimizer: Any, x: Any, labels: Any, chosen: Any, steps: int) -> None:
    """Train; `chosen` (steps, B) says which examples each step sees, None: all."""
    loss_of = nn.CrossEntropyLoss()
    told = []
    for t in range(steps):
        seen, right = (x, labels) if chosen is None else (x[chosen[t]], labels[chosen[t]])
        optimizer.zero_grad(set_to_none=True)
        loss = loss_of(model(seen), right)
        loss.backward()
        optimizer.step()
        told.append(loss.detach())
    torch.stack(told)


def best(run: Callable[[], None]) -> float:
    """Return the least of some times, in seconds."""
    times = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        run()
        times.append(time.perf_counter() - begin)
    return min(times)


def main(path: str) -> None:
    """Print the times as JSON: the better of one thread and of all."""
    arrays = np.load(path)
    moons, mnist = (torch.tensor(arrays[name]) for name in ("moons", "mnist"))
    moon_labels, digits = (torch.tensor(arrays[f"{name}_labels"]).long() for name in ("moons", "mnist"))

    def on_moons() -> None:
        model = network([2, 64, 64, 2], nn.Tanh)
        train(model, torch.optim.Adam(model.parameters(), 0.01, foreach=True), moons, moon_labels, None, 1000)

    def on_mnist() -> None:
        model = network([784, 100, 100, 100, 100, 10], nn.ReLU)
        chosen = torch.randint(0, len(mnist), (2000, 128))
        train(model, torch.optim.SGD(model.parameters(), 0.01, foreach=True), mnist, digits, chosen, 2000)

    def scales() -> None:
        for batch_norm in (False, True):
            for scale in np.logspace(0, -4, 16):
                model = network([784, 100, 100, 100, 100, 100, 10], nn.ReLU, batch_norm)
                for layer in model:
                    if isinstance(layer, nn.Linear):
                        nn.init.normal_(layer.weight, std=float(scale))
                chosen = torch.randint(0, 1000, (200, 100))
                train(
                    model, torch.optim.SGD(model.parameters(), 0.01, foreach=True), mnist, digits, chosen, 200
                )

    def histograms() -> None:
        h = torch.randn(1000, 100, requires_grad=True)
        held = [h]
        for _ in range(5):
            h = torch.sigmoid(h @ torch.randn(100, 100))
            h.retain_grad()
            held.append(h)
        h.sum().backward()
        for each in held[1:]:
            torch.histc(each.detach(), 30)
            torch.histc(each.grad, 30)

    times: dict[str, list[float]] = {}
    for threads in sorted({1, torch.get_num_threads()}):
        torch.set_num_threads(threads)
        for name, run in (
            ("moons", on_moons),
            ("mnist", on_mnist),
            ("scales", scales),
            ("histograms", histograms),
        ):
            times.setdefault(name, []).append(best(run))
    print(json.dumps({name: min(values) for name, values in times.items()} | {"version": torch.__version__}))


if __name__ == "__main__":
    main(sys.argv[1])
