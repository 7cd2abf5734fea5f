"""The shapes of marks, by their names in Plotly, as SVG."""

import math

from export.drawing.svg import element


def mark(symbol: str, x: float, y: float, size: float, *, fill: str, edge: str, width: float) -> str:
    """Return the mark `symbol` with its middle at a point; `size` is its diameter in pixels."""
    radius = size / 2
    pen = {"fill": fill, "stroke": edge, "stroke-width": width, "stroke-linejoin": "round"}
    if symbol == "circle":
        return element("circle", {"cx": float(x), "cy": float(y), "r": radius, **pen})
    if symbol == "circle-cross-open":
        ring = element("circle", {"cx": float(x), "cy": float(y), "r": radius, **pen})
        cross = f"M{x - radius:.2f} {y:.2f}h{size:.2f}M{x:.2f} {y - radius:.2f}v{size:.2f}"
        return ring + element("path", {"d": cross, **pen, "fill": "none"})
    turned = [(x + radius * u, y - radius * v) for u, v in SHAPES[symbol]]
    return element("path", {"d": "M" + "L".join(f"{u:.2f} {v:.2f}" for u, v in turned) + "Z", **pen})


def _star(points: int, inner: float, outer: float = 1.0) -> list[tuple[float, float]]:
    """Return the corners of a star around the origin, up first; without an inner radius of a polygon."""
    radii = (outer, inner) if inner else (outer,)
    count = points * len(radii)
    angles = [math.pi / 2 + 2 * math.pi * k / count for k in range(count)]
    return [
        (radii[k % len(radii)] * math.cos(angle), radii[k % len(radii)] * math.sin(angle))
        for k, angle in enumerate(angles)
    ]


def _cross(wide: float) -> list[tuple[float, float]]:
    """Return the corners of a cross whose arms are `wide`, from the origin to an edge."""
    w = wide
    return [
        *((w, 1), (w, w), (1, w), (1, -w), (w, -w), (w, -1)),
        *((-w, -1), (-w, -w), (-1, -w), (-1, w), (-w, w), (-w, 1)),
    ]


SHAPES = {
    "square": [(0.9, 0.9), (0.9, -0.9), (-0.9, -0.9), (-0.9, 0.9)],
    "diamond": [(x * 1.3, y * 1.3) for x, y in _star(4, 0)],
    "triangle-up": _star(3, 0, 1.25),
    "triangle-down": [(x, -y) for x, y in _star(3, 0, 1.25)],
    "pentagon": _star(5, 0, 1.1),
    "hexagram": _star(6, 0.66, 1.25),
    "cross": _cross(0.4),
    "star": _star(5, 0.55, 1.4),
}
