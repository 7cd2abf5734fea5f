"""The figures of a ground, as the JSON that the stage fetches and a browser may keep for good."""

from charts import heights
from charts.contour_map import ground_sheet, moving_sheet
from charts.loss_curves import curves_sheet, playhead_sheet
from charts.palette import Theme
from charts.surface import surface
from landscapes import LANDSCAPES
from landscapes.known import least_loss
from landscapes.terrain import Terrain, sample
from scenes import Ground


def terrain_json(ground: Ground, theme: Theme) -> str:
    """Return the sheets of the map and of the loss curves: {"map", "movers", "losses", "playhead"}."""
    landscape, terrain, scale = _sampled(ground)
    minima = landscape.minima(**ground.knobs) or ()
    least = least_loss(landscape, ground.knobs)
    sheets = {
        "map": ground_sheet(terrain, scale, landscape.box, minima, least, theme),
        "movers": moving_sheet(landscape.box, theme),
        "losses": curves_sheet(theme),
        "playhead": playhead_sheet(theme),
    }
    return "{" + ",".join(f'"{name}":{sheet.to_json()}' for name, sheet in sheets.items()) + "}"


def relief_json(ground: Ground, theme: Theme) -> str:
    """Return the figure in three dimensions. It takes every second sample of the map: the same facts."""
    landscape, terrain, scale = _sampled(ground)
    coarse = Terrain(terrain.x[::2], terrain.y[::2], terrain.loss[::2, ::2])
    return str(surface(coarse, scale, landscape.box, theme).to_json())


def _sampled(ground: Ground):
    """Return the surface, its samples and the scale of its pictures."""
    landscape = LANDSCAPES[ground.landscape]
    terrain = sample(landscape, ground.knobs)
    return landscape, terrain, heights.scale(terrain.loss, landscape.view)
