"""Hidden units of one network matched to those of another: the same function at another place."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from networks.network import Plan
from networks.normalizations import NORMALIZATIONS

Floats = NDArray[np.float64]
Order = NDArray[np.int64]
Permutations = tuple[Order, ...]
"""For each hidden layer (width,): which unit of the network stands at each place."""


def check_exchangeable(plan: Plan) -> None:
    """Raise ValueError for a network in which units of a layer cannot change places freely."""
    if plan.residual:
        raise ValueError(
            "Expected a network without residual connections: with them the units of all layers would have"
            " to change places together. Take residual=False."
        )
    if NORMALIZATIONS[plan.normalization].place == "after" or plan.normalization in ("group", "instance"):
        raise ValueError(
            f"Expected a normalisation that treats all units of a layer alike, got {plan.normalization!r},"
            " for which neighbours matter. Take none, batch, layer, rms or weight."
        )


def identity(plan: Plan) -> Permutations:
    """Return the permutations that leave every unit where it is."""
    return tuple(np.arange(width) for width in plan.widths)


def random_permutations(plan: Plan, seed: int) -> Permutations:
    """Return permutations of all hidden layers that chance has chosen."""
    random = np.random.default_rng((seed, 5))
    return tuple(random.permutation(width) for width in plan.widths)


def permuted(plan: Plan, vector: Any, orders: Permutations) -> Any:
    """Return the parameters (P,) with the units of each hidden layer in another order, of the same type.

    Unit `orders[l][i]` comes to place i of layer l, with its incoming and outgoing weights: the function is
    the same (Hecht-Nielsen, 1990, On the algebraic structure of feedforward network weight spaces). Raises
    ValueError where units cannot change places, or where an order is no permutation of its layer.
    """
    check_exchangeable(plan)
    for width, order in zip(plan.widths, orders, strict=True):
        if sorted(order) != list(range(width)):
            raise ValueError(f"Expected a permutation of 0 … {width - 1} for a layer of that width.")
    given = np.asarray(vector)
    found = given.copy()
    for place in plan.places:
        part = slice(place.start, place.stop)
        array = given[part].reshape(place.shape)
        if place.name == "W" and place.layer > 0:
            array = array[orders[place.layer - 1]]
        if place.name != "slope" and place.layer < len(plan.widths):
            array = array[..., orders[place.layer]]
        found[part] = array.ravel()
    return found


def similarities(plan: Plan, one: Any, other: Any, orders: Permutations, layer: int) -> Floats:
    """Return how alike units of a hidden layer are in two networks: (width, width), a row for each of `one`.

    The product of all that belongs to a unit: incoming weights, offset and outgoing weights, where all other
    layers of `other` stand in `orders` (Ainsworth, Hayase & Srinivasa, 2023, Git Re-Basin, section 3.2).
    """
    mine, theirs = _arrays(plan, one), _arrays(plan, other)
    before = orders[layer - 1] if layer else slice(None)
    after = orders[layer + 1] if layer + 1 < len(plan.widths) else slice(None)
    found = mine[layer]["W"].T @ theirs[layer]["W"][before]
    found += mine[layer + 1]["W"] @ theirs[layer + 1]["W"][:, after].T
    for name, array in mine[layer].items():
        if name not in ("W", "slope"):
            found += np.outer(array, theirs[layer][name])
    return found


def rematched(plan: Plan, one: Any, other: Any, orders: Permutations, layer: int) -> Permutations:
    """Return `orders` with the best one for a hidden layer of `other`, all other layers as they are."""
    best = assignment(similarities(plan, one, other, orders, layer))
    return (*orders[:layer], best, *orders[layer + 1 :])


def matched(plan: Plan, one: Any, other: Any, seed: int = 0) -> Permutations:
    """Return the permutations of `other` (P,) that bring its units next to those of `one` (P,).

    Layer after layer is matched, in an order that chance chooses, until none changes any more (Ainsworth et
    al., 2023, algorithm 1). With several hidden layers that is a local optimum: to find the best is NP-hard.
    """
    check_exchangeable(plan)
    random, orders = np.random.default_rng((seed, 6)), identity(plan)
    while True:
        before = orders
        for layer in random.permutation(len(plan.widths)):
            orders = rematched(plan, one, other, orders, int(layer))
        if unchanged(plan, one, other, before, orders):
            return orders


def unchanged(plan: Plan, one: Any, other: Any, before: Permutations, after: Permutations) -> bool:
    """Return whether permutations that were matched once more are no better than they were."""
    if all(np.array_equal(a, b) for a, b in zip(before, after, strict=True)):
        return True
    # Units that are alike may change places for ever, by as much as rounding makes of them.
    own = np.asarray(one, float)
    old, new = (float(own @ permuted(plan, np.asarray(other, float), each)) for each in (before, after))
    return new <= old + 1e-9 * max(1.0, abs(old))


def assignment(gains: Any) -> Order:
    """Return which column (n,) each row of `gains` (n, n) gets, each another one, for the largest sum.

    The Hungarian method by shortest augmenting paths (Kuhn, 1955; Jonker & Volgenant, 1987, A shortest
    augmenting path algorithm for dense and sparse linear assignment problems): n³ steps. Raises ValueError
    unless `gains` is a square of finite numbers.
    """
    costs = -np.asarray(gains, float)
    if costs.ndim != 2 or costs.shape[0] != costs.shape[1] or not np.isfinite(costs).all():
        raise ValueError(f"Expected a square of finite numbers, got {costs.shape}, or numbers beyond bounds.")
    n = len(costs)
    rows, columns = np.zeros(n), np.zeros(n)  # the prices, which leave no cost below 0
    owner, held = np.full(n, -1), np.full(n, -1)  # the row of each column, the column of each row
    for start in range(n):
        far, came = np.full(n, np.inf), np.full(n, -1)
        seen = np.zeros(n, bool)
        row, gone = start, 0.0
        while True:
            way = gone + costs[row] - rows[row] - columns
            better = ~seen & (way < far)
            far[better], came[better] = way[better], row
            column = int(np.where(seen, np.inf, far).argmin())
            seen[column], gone = True, far[column]
            if owner[column] < 0:
                break
            row = int(owner[column])
        rows[start] += gone
        others = np.flatnonzero(seen & (owner >= 0))
        rows[owner[others]] += gone - far[others]
        columns[seen] -= gone - far[seen]
        while column >= 0:  # back along the path: each row takes the column that it was reached from
            row = int(came[column])
            owner[column] = row
            held[row], column = column, int(held[row])
    return held


def _arrays(plan: Plan, vector: Any) -> list[dict[str, Floats]]:
    """Return the arrays of each layer by name, in double precision."""
    found: list[dict[str, Floats]] = [{} for _ in range(len(plan.widths) + 1)]
    for place in plan.places:
        part = np.asarray(vector[place.start : place.stop], float)
        found[place.layer][place.name] = part.reshape(place.shape)
    return found
