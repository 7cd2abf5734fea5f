"""What every entry of every shelf is made of. Standard library only."""

from catalog.knob import Knob, Value
from catalog.repair import Repair
from catalog.settings import Settings
from catalog.shelf import Shelf
from catalog.source import Source

__all__ = ["Knob", "Repair", "Settings", "Shelf", "Source", "Value"]
