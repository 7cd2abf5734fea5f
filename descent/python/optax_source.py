"""Methods and schedules as they are written here, for a script: calls of optax with their numbers."""

import ast
import inspect
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import FunctionType, ModuleType
from typing import Any

OURS = ("optimizers", "descent", "landscapes", "catalog")


@dataclass
class Source:
    """What a script needs to make something: import lines, definitions in their order, by their names."""

    imports: set[str] = field(default_factory=set)
    definitions: dict[str, str] = field(default_factory=dict)

    def add(self, other: "Source") -> None:
        """Take over all that `other` needs. Raises ValueError for two things of one name."""
        self.imports |= other.imports
        for name, text in other.definitions.items():
            if self.definitions.setdefault(name, text) != text:
                raise ValueError(f"Expected one definition of {name}, got two; rename one of them.")


def source_of(build: Callable[..., Any], name: str, numbers: Mapping[str, Any]) -> tuple[str, Source]:
    """Return an expression for `build(**numbers)`, and what has to be defined for it.

    A function that only returns something is that expression, with the numbers in it; any other is defined as
    `name` and called.
    """
    source = Source()
    given = ", ".join(f"{knob}={value!r}" for knob, value in numbers.items())
    if build.__module__.partition(".")[0] == "optax":
        source.imports.add("import optax")
        return f"optax.{build.__name__}({given})", source
    tree = _tree(build)
    body = [each for each in tree.body if not _is_text(each)]
    if len(body) == 1 and isinstance(body[0], ast.Return) and body[0].value is not None:
        inserted = _Inserted(numbers).visit(body[0].value)
        _require(source, build, inserted)
        return ast.unparse(ast.fix_missing_locations(inserted)), source
    _require(source, build, tree)
    tree.name = name
    source.definitions[name] = _text(build, name)
    return f"{name}({given})", source


def definition_of(function: Callable[..., Any]) -> Source:
    """Return `function` under its own name, with all that it needs."""
    source = Source()
    _require(source, function, _tree(function))
    source.definitions[function.__name__] = _text(function, function.__name__)
    return source


class _Inserted(ast.NodeTransformer):
    """Puts numbers where their names stand."""

    def __init__(self, numbers: Mapping[str, Any]) -> None:
        self._numbers = numbers

    def visit_Name(self, node: ast.Name) -> ast.expr:
        """Return the number that a name stands for, if it stands for one."""
        if isinstance(node.ctx, ast.Load) and node.id in self._numbers:
            return ast.parse(repr(self._numbers[node.id]), mode="eval").body
        return node


def _tree(function: Any) -> ast.FunctionDef:
    (tree,) = ast.parse(inspect.getsource(function)).body
    if not isinstance(tree, ast.FunctionDef):
        raise ValueError(f"Expected a function with a name, got {function!r}.")
    return tree


def _text(thing: Any, name: str) -> str:
    text = inspect.getsource(thing).rstrip()
    own = thing.__name__
    return text if own == name else text.replace(f"def {own}(", f"def {name}(", 1)


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _require(source: Source, thing: Any, tree: ast.AST) -> None:
    """Add what the names in `tree`, a part of the module of `thing`, stand for."""
    module = sys.modules[thing.__module__]
    for name in _read(tree):
        if name in source.definitions or not hasattr(module, name):
            continue
        found = getattr(module, name)
        home = getattr(found, "__module__", "") or ""
        if isinstance(found, FunctionType | type) and home.partition(".")[0] in OURS:
            _require(source, found, ast.parse(inspect.getsource(found)))
            source.definitions[name] = _text(found, name)
        elif isinstance(found, int | float | str) and (line := _assignment(module, name)):
            source.definitions[name] = line
        elif line := _import(module, name):
            source.imports.add(line)


def _read(tree: ast.AST) -> Iterator[str]:
    """Yield the names that a tree takes from around it: all but those to which it gives a value itself."""
    parts = [*ast.walk(tree)]
    seen = {each.arg for each in parts if isinstance(each, ast.arg)}
    seen |= {each.id for each in parts if isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store)}
    for each in parts:
        if isinstance(each, ast.Name) and each.id not in seen:
            seen.add(each.id)
            yield each.id


def _assignment(module: ModuleType, name: str) -> str:
    """Return the line of a module that gives its value to a constant, "" where there is none."""
    for line in inspect.getsource(module).splitlines():
        if line.startswith(f"{name} = "):
            return line
    return ""


def _import(module: ModuleType, name: str) -> str:
    """Return an import line for `name` alone as the module has it, "" where it imports no such thing."""
    for each in ast.parse(inspect.getsource(module)).body:
        if isinstance(each, ast.Import | ast.ImportFrom):
            for alias in each.names:
                if (alias.asname or alias.name) == name:
                    each.names = [alias]
                    return ast.unparse(each)
    return ""
