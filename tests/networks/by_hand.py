"""A network with one hidden layer of ReLU, trained by a loop of NumPy's in double precision."""

from typing import Any

import numpy as np

from networks.first_weights import first_weights
from networks.layers import arrays_of
from networks.training import Training

EPSILON, KEEP = 1e-5, 0.9  # of batch normalisation


class ByHand:
    """The network of `training` with a batch normalisation or none, from its first weights on."""

    def __init__(self, training: Training):
        network = training.network
        groups, last = arrays_of(network.plan, first_weights(network, training.seed))
        hidden = {name: np.asarray(values)[0].astype(float) for name, values in groups[0].items()}
        self.at = {**hidden, "V": np.asarray(last["W"], float), "c": np.asarray(last["b"], float)}
        self.normalized = network.normalization == "batch"
        width = len(self.at["b"])
        self.mean, self.variance = np.zeros(width), np.ones(width)
        self.training, self.data = training, network.data.load()  # type: ignore[union-attr]

    def scores(self, x: Any, own: bool) -> Any:
        """Return the scores (N, classes) of `x`, normalised by its `own` mean and variance or the running."""
        z = x @ self.at["W"] + self.at["b"]
        if self.normalized:
            mean, variance = (z.mean(0), z.var(0)) if own else (self.mean, self.variance)
            z = self.at["gamma"] * (z - mean) / np.sqrt(variance + EPSILON) + self.at["beta"]
        return np.maximum(z, 0) @ self.at["V"] + self.at["c"]

    def right(self, x: Any, labels: Any, own: bool = False) -> Any:
        """Return which of the examples are right: (N,)."""
        return self.scores(x, own).argmax(1) == labels

    def train(self) -> None:
        """Go through all steps."""
        data, count = self.data, self.training.seen
        each = len(data.train_labels) // count
        for step in range(self.training.steps):
            epoch, place = divmod(step, each)
            order = np.random.default_rng((self.training.seed, epoch)).permutation(len(data.train_labels))
            chosen = order[place * count : (place + 1) * count]
            self.step(data.train_inputs[chosen].astype(float), data.train_labels[chosen])

    def step(self, x: Any, labels: Any) -> None:
        """Go down along the gradient of the mean loss of a batch, worked out with the chain rule."""
        at, count = self.at, len(x)
        z = x @ at["W"] + at["b"]
        u, normal, spread = z, z, np.ones(1)
        if self.normalized:
            spread = np.sqrt(z.var(0) + EPSILON)
            normal = (z - z.mean(0)) / spread
            u = at["gamma"] * normal + at["beta"]
        a = np.maximum(u, 0)
        scores = a @ at["V"] + at["c"]
        p = np.exp(scores - scores.max(1, keepdims=True))
        delta = (p / p.sum(1, keepdims=True) - np.eye(p.shape[1])[labels]) / count
        back = (delta @ at["V"].T) * (u > 0)
        slopes = {"V": a.T @ delta, "c": delta.sum(0)}
        if self.normalized:
            slopes |= {"gamma": (back * normal).sum(0), "beta": back.sum(0)}
            back = back * at["gamma"]
            back = (back - back.mean(0) - normal * (back * normal).mean(0)) / spread
            unbiased = z.var(0) * count / max(count - 1, 1)
            self.mean = KEEP * self.mean + (1 - KEEP) * z.mean(0)
            self.variance = KEEP * self.variance + (1 - KEEP) * unbiased
        slopes |= {"W": x.T @ back, "b": back.sum(0)}
        for name, slope in slopes.items():
            at[name] = at[name] - self.training.rate * slope
