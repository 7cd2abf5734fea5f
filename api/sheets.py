"""The empty charts of the experiments, as the stage fetches them: one file for each theme."""

from charts.experiments import SHEETS
from charts.palette import Theme
from scenes import Ground


def sheets_json(_: Ground, theme: Theme) -> str:
    """Return all sheets by name; they are the same for every ground."""
    return "{" + ",".join(f'"{name}":{make(theme).to_json()}' for name, make in SHEETS.items()) + "}"
