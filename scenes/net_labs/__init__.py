"""The labs of networks that have settings of their own, each a table that a link spells."""

from scenes.net_labs.regularization import Regularization
from scenes.net_labs.table import LabTable

__all__ = ["TABLES", "LabTable", "Regularization"]

TABLES: dict[str, type[LabTable]] = {each.id: each for each in (Regularization,)}
"""The kinds of tables by the id of their lab; a scene has one of each (`NetworkScene`)."""
