"""The figures of a ground, as the JSON that the stage fetches and a browser may keep for good."""

from charts import heights
from charts.contour_map import contour_map
from charts.loss_curves import loss_curves
from charts.palette import Theme
from charts.surface import surface
from landscapes import LANDSCAPES
from landscapes.known import least_loss
from landscapes.terrain import Terrain, sample
from scenes import Ground


def terrain_json(ground: Ground, theme: Theme) -> str:
    """Return the map and the loss figure: {"map": …, "losses": …}."""
    landscape, terrain, scale = _sampled(ground)
    minima = landscape.minima(**ground.knobs) or ()
    map_ = contour_map(terrain, scale, landscape.box, minima, least_loss(landscape, ground.knobs), theme)
    return f'{{"map":{map_.to_json()},"losses":{loss_curves(theme).to_json()}}}'


def surface_json(ground: Ground, theme: Theme) -> str:
    """Return the figure in three dimensions. It takes every second sample of the map: the same facts."""
    landscape, terrain, scale = _sampled(ground)
    coarse = Terrain(terrain.x[::2], terrain.y[::2], terrain.loss[::2, ::2])
    return str(surface(coarse, scale, landscape.box, theme).to_json())


def _sampled(ground: Ground):
    """Return the surface, its samples and the scale of its pictures."""
    landscape = LANDSCAPES[ground.landscape]
    terrain = sample(landscape, ground.knobs)
    return landscape, terrain, heights.scale(terrain.loss, landscape.view)
