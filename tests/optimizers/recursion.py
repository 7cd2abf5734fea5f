"""The rule that readers see, run as a recursion: LaTeX in, steps out, and nothing of the method's code."""

import itertools
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache, reduce
from typing import Any, NamedTuple

import numpy as np
import sympy
from sympy.core.function import AppliedUndef

from tests.latex import parse

# Notation for which sympy's grammar has no words, in letters for which it has: an accented letter becomes
# another one, what is done to something becomes a function, and a bracket after a symbol is a factor.
NOTATION: tuple[tuple[str, Any], ...] = (
    (r"\\hat ([a-z])_", lambda found: f"{found[1].upper()}_"),
    (r"\\bar ([a-z])_", lambda found: f"{ {'m': 'P', 'v': 'Q'}[found[1]] }_"),
    (r"\|H_t\|_\\delta", "B_t"),
    (r"\\left\(", "("),
    (r"\\right\)", ")"),
    (r"(\\(?!max|min)[a-z]+(?:_[a-z0-9])?)(?:\\,|\s)*\(", r"{\1} \\left("),
    (r"\\\|(.*?)\\\|", r"N(\1)"),
    (r"([A-Za-z](?:_t)?)\^\\top", r"T(\1)"),
    (r"\\operatorname{sign}", "S"),
    (r"\\operatorname{diag}", "D"),
    (r"\\lambda_{\\min}", "E"),
    (r"\\lambda_{\\max}", "F"),
    (r"\\nabla\^2 L", "K"),
    (r"\\nabla L", "G"),
    (r"(?<!\\left)\(", r"\\left("),
    (r"\)", r"\\right)"),
)

ACCURACY = 1e-9  # relative, of the conditions that a rule states
# What a rule may describe by conditions instead of computing it: eigenvalues and eigenvectors of the Hessian.
DESCRIBED = {"V", "lambda_{1}", "lambda_{2}", "v_{t}", "lambda_{t}"}
PAST, NOW, FIRST = "_{t - 1}", "_{t}", "_{0}"


class Statement(NamedTuple):
    """What stands between two gaps of a line: a = b = …, or a ≤ b."""

    sides: tuple[Any, ...]
    relation: str

    def named(self, described: Collection[str]) -> list[str]:
        """Return the symbols to which it gives a value: those on the left, unless they are described."""
        left = itertools.takewhile(lambda side: isinstance(side, sympy.Symbol), self.sides[:-1])
        return [str(side) for side in left if self.relation == "=" and str(side) not in described]


class Asked(NamedTuple):
    """What a step may ask of the surface: gradient (2,) and Hessian (2, 2) at a point (2,)."""

    gradient: Callable[[Any], Any]
    hessian: Callable[[Any], Any]


def in_letters(line: str) -> str:
    """Return LaTeX in the notation that sympy's grammar knows."""
    for written, meant in NOTATION:
        line = re.sub(written, meant, line)
    return line


@cache
def statements(line: str) -> tuple[Statement, ...]:
    """Return what one line of a rule states."""
    found = []
    for text in in_letters(line).split(r"\qquad"):
        plain = re.sub(r"\\begin{cases}.*\\end{cases}", "", text)
        relation = next(
            each for each in (r"\le", r"\ge", "=") if re.search(rf"{re.escape(each)}(?![a-z])", plain)
        )
        pattern = rf"{re.escape(relation)}(?![a-z])(?![^{{]*\\end)"
        found.append(Statement(tuple(side(each) for each in re.split(pattern, text)), relation))
    return tuple(found)


@cache
def side(latex: str) -> Any:
    """Return one side of an equation; they are parsed once."""
    return parse(latex)


def product(a: Any, b: Any) -> Any:
    """Return a · b: a matrix acts on what is on its right, everything else is multiplied by coordinate."""
    return a @ b if np.ndim(a) == 2 and np.ndim(b) else a * b


def power(base: Any, exponent: Any) -> Any:
    """Return base^exponent; of a matrix only its inverse."""
    if np.ndim(base) == 2:
        if exponent != -1:
            raise ValueError(f"Expected the inverse of a matrix, got its power {exponent}.")
        return np.linalg.inv(base)
    return base ** float(exponent)


def evaluate(formula: Any, known: Mapping[str, Any], asked: Asked) -> Any:
    """Return what `formula` is for values by symbol: a number, a vector (2,) or a matrix (2, 2).

    Raises KeyError for a name without a value, and ValueError for an operation that makes no sense.
    """

    def value(part: Any) -> Any:
        if part.is_Number:
            return float(part)
        if part.is_Symbol:
            return known[str(part)]
        if isinstance(part, sympy.Piecewise):
            rows: Any = part.args
            fitting = (row.expr for row in rows if row.cond == sympy.true or value(row.cond))
            return value(next(fitting, sympy.nan))
        parts = [value(each) for each in part.args]
        match part:
            case sympy.Add():
                return sum(parts[1:], parts[0])
            case sympy.Mul():
                return reduce(product, parts)
            case sympy.Pow():
                return power(*parts)
            case sympy.Abs():
                return np.abs(parts[0])
            case sympy.GreaterThan():
                return parts[0] >= parts[1]
            case sympy.StrictLessThan():
                return parts[0] < parts[1]
            case AppliedUndef():
                return functions[part.func.__name__](*parts)
        raise KeyError(part.func.__name__)

    functions: Mapping[str, Callable[..., Any]] = {
        "max": np.maximum,
        "min": np.minimum,
        "N": np.linalg.norm,
        "T": lambda each: each[None, :] if np.ndim(each) == 1 else each.T,
        "S": np.sign,
        "D": lambda *diagonal: np.diag(diagonal),
        "E": lambda matrix: np.linalg.eigvalsh(matrix)[0],
        "F": lambda matrix: np.linalg.eigvalsh(matrix)[1],
        "G": asked.gradient,
        "K": asked.hessian,
    }
    return value(formula)


def holds(statement: Statement, known: Mapping[str, Any], asked: Asked) -> bool:
    """Return whether what a statement says is so."""
    first, *others = (np.asarray(evaluate(each, known, asked)) for each in statement.sides)
    room = ACCURACY * (1 + np.abs(first).max())
    compared = {
        "=": lambda each: np.abs(first - each) <= room,
        r"\le": lambda each: first <= each + room,
        r"\ge": lambda each: first >= each - room,
    }[statement.relation]
    return all(bool(np.all(compared(each))) for each in others)


def decompositions(hessian: Any) -> Iterator[dict[str, Any]]:
    """Yield every way to number the eigenvalues and to turn the eigenvectors of a matrix (2, 2)."""
    values, axes = np.linalg.eigh(hessian)
    for order in ([0, 1], [1, 0]):
        for signs in itertools.product((1.0, -1.0), repeat=2):
            turned = axes[:, order] * signs
            first, second = values[order]
            yield dict(zip(sorted(DESCRIBED), (turned, first, second, first, turned[:, 0]), strict=True))


class Recursion:
    """A rule under way: what it remembers from the step before, and the next step."""

    def __init__(self, rule: Sequence[str], knobs: Mapping[str, float], asked: Asked) -> None:
        """Take the lines of a rule and the values of its knobs by LaTeX symbol."""
        said = [each for line in rule for each in statements(line)]
        described = DESCRIBED if any(r"\nabla^2" in line for line in rule) else ()
        named = [(each, each.named(described)) for each in said]
        self._starts = [(each, names) for each, names in named if names and names[0].endswith(FIRST)]
        self._assigned = [(each, names[0]) for each, names in named if names and not names[0].endswith(FIRST)]
        self._conditions = [each for each, names in named if len(names) < len(each.sides) - 1]
        self._symbols = {str(symbol) for each in said for part in each.sides for symbol in part.free_symbols}
        self._knobs = {str(side(symbol)): value for symbol, value in knobs.items()}
        self._asked = asked
        self._t = 0
        self._past: dict[str, Any] = {}
        self._found: list[dict[str, Any]] = []

    @property
    def names(self) -> set[str]:
        """Return the symbols of the rule, as `evaluate` spells them, but for knobs and starts."""
        return {name for name in self._symbols - set(self._knobs) if not name.endswith(("_{0}", "_{1}"))}

    def values(self, latex: str) -> list[Any]:
        """Return what a part of the rule was in the last step, for all that fulfils its conditions."""
        return [evaluate(side(in_letters(latex)), known, self._asked) for known in self._found]

    def step(self, theta: Any, gradient: Any, rate: float) -> Any:
        """Return θ_{t+1} for θ_t and g_t, each of shape (2,), and the learning rate α of this step.

        A memory starts at zero unless the rule says otherwise. What a rule describes by conditions may
        not leave it open where the step leads: whatever fulfils them has to lead there. Raises KeyError
        for a name to which nothing gives a value, and ValueError where the rule makes no sense.
        """
        if self._t == 0:
            self._past = self._begin(gradient)
        self._t += 1
        now = {"alpha": rate, "t": self._t, "theta_{t}": theta, "g_{t}": gradient, "I": np.eye(2)}
        now = {**self._knobs, **self._past, **now}
        found = [now]
        if self._conditions:
            found = [{**now, **each} for each in decompositions(self._asked.hessian(theta))]
        for known in found:
            for said, name in self._assigned:
                known[name] = evaluate(said.sides[1], known, self._asked)
        found = [
            known for known in found if all(holds(each, known, self._asked) for each in self._conditions)
        ]
        if not found:
            raise ValueError(
                "Expected a rule that describes eigenvectors of the Hessian, got one that fits none."
            )
        self._found = found
        ahead = np.array([known["theta_{t + 1}"] for known in found])
        if len(found) > 1 and np.ptp(ahead, axis=0).max() > ACCURACY * np.abs(ahead).max():
            raise ValueError("Expected a rule that says where the step leads, got one that leaves it open.")
        remembered = ((name.replace(NOW, PAST), value) for name, value in found[0].items() if NOW in name)
        self._past = {name: value for name, value in remembered if name in self._symbols}
        return ahead[0]

    def _begin(self, gradient: Any) -> dict[str, Any]:
        """Return what the rule remembers before its first step: what it says, and zero for the rest."""
        past: dict[str, Any] = {name: np.zeros(2) for name in self._symbols if PAST in name}
        for said, names in self._starts:
            value = evaluate(said.sides[-1], {**self._knobs, "g_{1}": gradient}, self._asked)
            past |= {name.replace(FIRST, PAST): np.broadcast_to(value, 2) for name in names}
        return past
