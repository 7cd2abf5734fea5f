"""How links spell points and boxes, and how these are read."""

from catalog.knob import parse_number, spell_number
from landscapes import Box, Point


def spell_point(point: Point) -> str:
    """Return `x,y`."""
    return ",".join(spell_number(coordinate) for coordinate in point)


def spell_box(box: Box) -> str:
    """Return `x0,x1,y0,y1`."""
    return ",".join(spell_point(side) for side in box)


def read_point(text: str) -> Point | None:
    """Return the point that `text` spells as `x,y`, None if it spells none."""
    match [parse_number(part) for part in text.split(",", 2)]:
        case [float(x), float(y)]:
            return x, y
        case _:
            return None


def read_numbers(text: str) -> list[float]:
    """Return the numbers of a short comma list, an empty list if one of them is none."""
    numbers = [parse_number(part) for part in text.split(",", 4)]
    return [number for number in numbers if number is not None] if None not in numbers else []
