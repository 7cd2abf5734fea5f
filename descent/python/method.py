"""What a method makes of a gradient as Python: the same trace that races here, written to be read."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
from jax import Array

from descent.javascript.arguments import flat, named
from descent.program import parameters
from descent.python.language import Library, language, literal
from descent.python.write import expression, statements
from descent.race import parameters_of
from descent.run import Run
from descent.step import Slopes, StepNoise, respond
from descent.translation import DATA, Graph, Node, Nodes, Written, interpret, local
from descent.translation.graph import needed
from landscapes import Landscape
from optimizers import OPTIMIZERS
from optimizers.knobs import without_rate

RENAMED = {"g": "g_before", "t": "count", "x": "x_before", "y": "y_before", "w": "w_before", "z": "z_before"}
"""What optax calls a memory, where the code has that name for something else."""

ASKED = "gradient_at"
"""Under which name a gradient elsewhere stands in a trace."""

MATRIX = ("h_xx", "h_xy", "h_yx", "h_yy")


@dataclass(frozen=True)
class Rule:
    """A method with its numbers, as lines of code.

    - `knobs`: names and values of those of its numbers that are read.
    - `begin`: what is remembered before the first step.
    - `step`: from the gradient `g` at `theta` (and standard normal numbers `z`, where there is noise) and the
      learning rate `rate` to the next `theta`.
    - `hessian`: whether the step begins with a line that asks `hessian(theta)`.
    """

    knobs: tuple[tuple[str, float], ...]
    begin: tuple[str, ...]
    step: tuple[str, ...]
    hessian: bool


def rule_of(run: Run, landscape: Landscape, lib: Library, *, batches: bool) -> Rule:
    """Return the method of `run` with its clipping, noise and decay; what is not used is not written.

    A method is traced with points of DATA coordinates, for what it does to each is alike: one line of NumPy
    does both. Where one asks for another gradient, it asks `gradient(theta)`, with `batches`
    `gradient(theta, w)`. Those that read a Hessian are traced with the two coordinates that there are. Raises
    UntranslatableError for an operation that has no translation.
    """
    traced = _Traced(run, landscape, lib, batches)
    live = traced.live()
    outputs = {name: traced.after[name] for name in live}
    plain = [name for name, _ in traced.knobs]
    if lib == "np":
        plain += [name for name in live if traced.shapes[name] == ()]
    if traced.size == DATA:
        lines = statements({"g": traced.seen, **outputs, "theta": traced.ahead[0]}, plain, lib, count="2")
    else:
        seen: dict[str, Node] = dict(zip(("x", "y"), traced.ahead, strict=True))
        made = "np.array([x, y])" if lib == "np" else "torch.stack([x, y])"
        lines = [
            f"({MATRIX[0]}, {MATRIX[1]}), ({MATRIX[2]}, {MATRIX[3]}) = hessian(theta)",
            "x, y = theta",
            "g_x, g_y = g",
            *(["z_x, z_y = z"] if run.sigma else []),
            *statements(seen, plain, lib),
            f"theta = {made}",
        ]
    lines = [line for line in lines if line != "g = g"]
    read = {node.code for node in needed([*traced.ahead, *outputs.values()])}
    knobs = tuple((name, value) for name, value in traced.knobs if name in read)
    return Rule(knobs, tuple(traced.begin(live)), tuple(lines), traced.size == 2)


class _Traced:
    """A step of a run as nodes."""

    def __init__(self, run: Run, landscape: Landscape, lib: Library, batches: bool) -> None:
        self._method = method = OPTIMIZERS[run.optimizer]
        self._lib: Library = lib
        self.size = 2 if method.hessian else DATA
        written = language(lib)
        asked = Written("gradient({0}, w)" if batches else "gradient({0})")
        self.graph = graph = Graph(replace(written, calls={**written.calls, ASKED: asked}))
        settings = without_rate(method.settings(run.knobs))
        self.knobs = [(name, float(value)) for name, value in settings.items()]
        point = jax.ShapeDtypeStruct((self.size,), np.float64)
        state = jax.eval_shape(lambda p: method.build(**settings).init(p), point)
        leaves, structure = jax.tree.flatten(state)
        names = [*_names(state)]
        self.shapes = dict(zip(names, (leaf.shape for leaf in leaves), strict=True))
        fixed = parameters_of(run, landscape)
        usual = parameters(landscape, {}, method.settings())._replace(ground={})
        elsewhere = replace(landscape, loss=lambda p, **_: _asked(p), examples=None)
        chance = jax.ShapeDtypeStruct((self.size,), np.float64)
        matrix = jax.ShapeDtypeStruct((2, 2) if method.hessian else (0, 0), np.float64)

        def step(knobs: Any, g: Array, theta: Array, z: Array, h: Array, rate: Array, before: Any) -> Any:
            given = usual._replace(
                ground={"l2": fixed.ground["l2"]},
                method={**usual.method, **knobs},
                decoupled=fixed.decoupled,
                clip_value=fixed.clip_value,
                clip_norm=fixed.clip_norm,
                noise_scale=fixed.noise_scale,
            )
            there = Slopes(jnp.zeros(()), g, g, h)
            noise = StepNoise(z, jnp.zeros(0))
            made = respond(elsewhere, method, given, noise, theta, before, there)
            return made.seen, theta - rate * made.direction, made.after

        numbers = {name: jax.ShapeDtypeStruct((), np.float64) for name, _ in self.knobs}
        rate = jax.ShapeDtypeStruct((), np.float64)
        before = jax.tree.unflatten(structure, leaves)
        traced = jax.make_jaxpr(step)(numbers, point, point, chance, matrix, rate, before)
        known = [named((), lambda _, name=name: graph.input(name)) for name in sorted(numbers)]
        given = [
            *known,
            self._vector("g"),
            self._vector("theta", "xy"),
            self._vector("z"),
            named(matrix.shape, lambda number: graph.input(MATRIX[number])),
            named((), lambda _: graph.input("rate")),
            *(self._remembered(name) for name in names),
        ]
        seen, ahead, *after = interpret(graph, traced, given)
        self.seen: Node = seen[0]
        self.ahead = flat([ahead])
        self.after: dict[str, Node] = {name: flat([made])[0] for name, made in zip(names, after, strict=True)}
        self._state, self._point = state, point

    def _vector(self, name: str, pair: str = "") -> Nodes:
        if self.size == DATA:
            return named((DATA,), lambda _: self.graph.input(name, varies=True))
        return named((2,), lambda axis: self.graph.input(pair[axis] if pair else f"{name}_{'xy'[axis]}"))

    def _remembered(self, name: str) -> Nodes:
        shape = self.shapes[name]
        return named(local(shape), lambda _: self.graph.input(name, varies=shape == (DATA,)))

    def live(self) -> list[str]:
        """Return which memories some step reads, in their order."""
        read: set[Node] = needed(self.ahead)
        while True:
            names = [name for name in self.after if self._input(name) in read]
            more = read | needed(self.after[name] for name in names)
            if more == read:
                return names
            read = more

    def _input(self, name: str) -> Node:
        return self.graph.input(name, varies=self.shapes[name] == (DATA,))

    def begin(self, live: list[str]) -> Iterator[str]:
        """Yield what sets each memory to what it is before the first step."""
        settings = {name: np.float64(value) for name, value in self.knobs}
        traced = jax.make_jaxpr(lambda p: self._method.build(**settings).init(p))(self._point)
        made = interpret(self.graph, traced, [self._vector("theta", "xy")])
        for name, nodes in zip(self.after, made, strict=True):
            if name in live:
                yield f"{name} = {self._first(flat([nodes])[0], self.shapes[name])}"

    def _first(self, node: Node, shape: tuple[int, ...]) -> str:
        if node.value is None:
            return expression(node.code)
        value = float(node.value)
        said = literal(value).replace("{lib}", self._lib)
        if shape == ():
            return said if self._lib == "np" else f"torch.tensor({value})"
        return f"{self._lib}.zeros(2)" if value == 0 else f"{self._lib}.full((2,), {said})"


def _names(state: Any) -> Iterator[str]:
    """Yield what optax calls each part of a state; each name once."""
    seen: set[str] = set()
    for path, _ in jax.tree_util.tree_flatten_with_path(state)[0]:
        name = next((key.name for key in reversed(path) if hasattr(key, "name")), "memory")
        name = plain = RENAMED.get(name, name)
        number = 2
        while name in seen:
            name, number = f"{plain}_{number}", number + 1
        seen.add(name)
        yield name


@jax.custom_vjp
def _asked(p: Array) -> Array:
    """Return a number whose gradient is traced as a question: what the surface is like is not known here."""
    return jnp.sum(p)


def _forward(p: Array) -> tuple[Array, Array]:
    return jnp.sum(p), p


def _backward(p: Array, slope: Array) -> tuple[Array]:
    return (slope * gradient_at(p),)


@jax.jit
def gradient_at(p: Array) -> Array:
    """Return something of the shape of `p` (N,); what counts is the name, which stands in the trace."""
    return p


_asked.defvjp(_forward, _backward)
