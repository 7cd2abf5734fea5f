"""Colours, dashes and marker shapes: one palette for every figure, in both themes.

Lane colours keep at least 4.5:1 against the paper of their theme and stay apart for readers with
red-green and blue-yellow colour blindness; dash and marker shape say the same a second time.
"""

from dataclasses import dataclass
from typing import Literal

FONT = "Inter, ui-sans-serif, system-ui, 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"

DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot", "solid", "dash")
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "pentagon", "hexagram", "triangle-down", "cross")


@dataclass(frozen=True)
class Theme:
    """The colours of one theme. `ramp` is the terrain from its lowest to its highest point.

    `ridge` is the contour line in three dimensions, where WebGL draws no translucent ones. `hatch`
    lines the paper where there is no loss.

    Curvature, as a layer in place of the terrain: `concave` and `convex` are the tints of curvature
    below and above zero, from zero outwards, `level` stands between them; `rising` is for what has no
    sign, from little to much. All are quiet enough for the lanes to be read on them.

    Curvature at one point: `accent` draws the quadratic model, with
    `wash` as its opacity over where it holds, `positive` and `negative` the two
    kinds of principal direction.
    """

    id: Literal["light", "dark"]
    paper: str
    ink: str
    muted: str
    grid: str
    contour: str
    contour_index: str
    ridge: str
    ramp: tuple[str, ...]
    shade: float
    lanes: tuple[str, ...]
    mark: str
    hatch: str
    concave: tuple[str, ...]
    level: str
    convex: tuple[str, ...]
    rising: tuple[str, ...]
    accent: str
    wash: float
    positive: str
    negative: str


LIGHT = Theme(
    id="light",
    paper="#fbfaf7",
    ink="#1d2429",
    muted="#5a646c",
    grid="#e4e0d6",
    contour="rgba(96, 84, 60, 0.28)",
    contour_index="rgba(96, 84, 60, 0.55)",
    ridge="#b5b09f",
    ramp=("#d3e4e1", "#dfeae3", "#eaeee4", "#f1eee4", "#f4efe5"),
    shade=0.045,
    lanes=("#c34c07", "#144699", "#158166", "#8f0459", "#774d03", "#6046ba", "#04667e", "#313030"),
    mark="#1d2429",
    hatch="#e0dbcf",
    concave=("#ffdacd", "#ffccbc", "#ffbdab"),
    level="#f6f3ea",
    convex=("#d1e7f4", "#bddef6", "#aad3f7"),
    rising=("#f3f1e3", "#f3ddf0", "#ebceef", "#e3c2f0"),
    accent="#4a0358",
    wash=0.11,
    positive="#3b4df0",
    negative="#b21f41",
)

DARK = Theme(
    id="dark",
    paper="#11161b",
    ink="#e6e9ec",
    muted="#9aa6b0",
    grid="#28313a",
    contour="rgba(176, 196, 210, 0.20)",
    contour_index="rgba(176, 196, 210, 0.42)",
    ridge="#3f5561",
    ramp=("#0b1d26", "#10232d", "#172a34", "#1f313b", "#283a44"),
    shade=0.13,
    lanes=("#ff7927", "#6ea0fe", "#7ddd8e", "#e690b9", "#f0cc4c", "#b7aeff", "#5fe4f8", "#e9eced"),
    mark="#f4f6f8",
    hatch="#28313a",
    concave=("#391e15", "#4f2315", "#642819", "#762e1e"),
    level="#161a1d",
    convex=("#142935", "#13354b", "#144062", "#1b4a76"),
    rising=("#12161d", "#2c1a2b", "#3d2241", "#4b2b59", "#573573"),
    accent="#abf59b",
    wash=0.12,
    positive="#8095d6",
    negative="#d28a69",
)

THEMES = {theme.id: theme for theme in (LIGHT, DARK)}
