"""Surfaces, methods and schedules as Python that a reader can run: from what JAX traces, and optax."""

from descent.python.method import Rule, rule_of
from descent.python.optax_source import Source, definition_of, source_of
from descent.python.rates import moves, schedule_lines
from descent.python.surface import columns, surface_lines

__all__ = [
    "Rule",
    "Source",
    "columns",
    "definition_of",
    "moves",
    "rule_of",
    "schedule_lines",
    "source_of",
    "surface_lines",
]
