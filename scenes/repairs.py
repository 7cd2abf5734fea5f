"""What is said to the reader when some of what came could not be used."""

from collections.abc import Sequence

from catalog import Repair

MOST_REPAIRS = 12

Repairs = list[Repair]


def capped(repairs: Sequence[Repair]) -> tuple[Repair, ...]:
    """Return at most twelve repairs; the twelfth then says how many there are besides."""
    if len(repairs) <= MOST_REPAIRS:
        return tuple(repairs)
    shown = repairs[: MOST_REPAIRS - 1]
    return (*shown, Repair("more_repairs", "", str(len(repairs) - len(shown)), ""))
