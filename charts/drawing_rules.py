"""All numbers by which a map is drawn, for a browser that draws one itself while a hand turns its surface."""

from typing import Any

from charts import extent, heights, relief
from charts.method_colours import method_colours
from charts.palette import Theme


def drawing_rules(view: str, theme: Theme) -> dict[str, Any]:
    """Return the numbers of `extent`, `heights` and `relief`, and colours of `theme`, also of the methods."""
    return {
        "view": view,
        "extent": {
            "largest": extent.LARGEST,
            "tail": extent.TAIL,
            "far": extent.FAR,
            "jump": extent.JUMP,
            "margin": extent.MARGIN,
            "rounding": extent.ROUNDING,
            "smallest": extent.SMALLEST,
        },
        "heights": {
            "nice": heights.NICE,
            "pieces": heights.PIECES,
            "fine": heights.FINE,
            "apart": heights.APART,
            "hair": heights.HAIR,
            "deeper": heights.DEEPER,
            "decades": heights.DECADES,
            "most_decades": heights.MOST_DECADES,
            "finest": heights.FINEST,
            "deepest": heights.DEEPEST,
        },
        "relief": {"ramp": theme.ramp, "shade": theme.shade, "sun": relief.SUN, "steep": relief.STEEP},
        "paper": theme.paper,
        "methods": method_colours(theme),
    }
