"""Colours, dashes and marker shapes: one palette for every figure, in both schemes and three tints.

The terrain spans four to one and more in luminance, so no colour stands out from all of it: what is drawn on
it has a halo in the colour of the paper. Lane colours keep at least 4.5:1 against that, and stay apart for
readers with red-green and blue-yellow colour blindness; dash and marker shape say the same a second time.
docs/colours.md has the numbers.
"""

from dataclasses import dataclass, replace
from typing import Literal

FONT = "Inter, ui-sans-serif, system-ui, 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"

DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot", "solid", "dash")
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "pentagon", "hexagram", "triangle-down", "cross")


def theme_id(scheme: str, tint: str) -> str:
    """Return the name of a theme in addresses: the scheme, and the tint where that is not the usual one."""
    return scheme if tint == "terrain" else f"{scheme}-{tint}"


@dataclass(frozen=True)
class Theme:
    """The colours of one theme: those of a scheme with the terrain in one tint.

    `ramp` is the terrain from its lowest to its highest point, `shade` how much darker or lighter a slope
    is than level ground. `ridge` is the contour line in three dimensions, where WebGL draws no translucent
    ones. `hatch` lines the paper where there is no loss.

    Curvature, as a layer in place of the terrain: `concave` and `convex` are the tints of curvature
    below and above zero, from zero outwards, `level` stands between them; `rising` is for what has no
    sign, from little to much. All are quiet enough for the lanes to be read on them.

    Curvature at one point: `accent` draws the quadratic model, with
    `wash` as its opacity over where it holds, `positive` and `negative` the two
    kinds of principal direction.
    """

    scheme: Literal["light", "dark"]
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
    tint: str = "terrain"

    @property
    def id(self) -> str:
        """Return its name in addresses."""
        return theme_id(self.scheme, self.tint)


LIGHT = Theme(
    scheme="light",
    paper="#fbfaf7",
    ink="#1d2429",
    muted="#5a646c",
    grid="#e4e0d6",
    contour="rgba(36, 24, 6, 0.38)",
    contour_index="rgba(36, 24, 6, 0.68)",
    ridge="#6f5b3c",
    ramp=("#2b6070", "#3f7780", "#578d8c", "#79a493", "#a3b593", "#c9c192", "#e0ca9b", "#efd4ad", "#faddc2"),
    shade=0.15,
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
    scheme="dark",
    paper="#11161b",
    ink="#e6e9ec",
    muted="#9aa6b0",
    grid="#28313a",
    contour="rgba(244, 234, 216, 0.26)",
    contour_index="rgba(244, 234, 216, 0.48)",
    ridge="#c9b590",
    ramp=("#001927", "#002736", "#063642", "#194547", "#384f43", "#55583c", "#73603d", "#906840", "#ac7046"),
    shade=0.24,
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

SCHEMES = {theme.scheme: theme for theme in (LIGHT, DARK)}

TINTS = {
    # As on a sheet of paper: pale, so that the lines stand out and little else.
    "paper": {
        "light": {
            "ramp": ("#d3e4e1", "#dfeae3", "#eaeee4", "#f1eee4", "#f4efe5"),
            "shade": 0.045,
            "contour": "rgba(96, 84, 60, 0.28)",
            "contour_index": "rgba(96, 84, 60, 0.55)",
            "ridge": "#b5b09f",
        },
        "dark": {
            "ramp": ("#0b1d26", "#10232d", "#172a34", "#1f313b", "#283a44"),
            "shade": 0.13,
            "contour": "rgba(176, 196, 210, 0.20)",
            "contour_index": "rgba(176, 196, 210, 0.42)",
            "ridge": "#3f5561",
        },
    },
    # Without a hue, for printers that have none.
    "print": {
        "light": {
            "ramp": ("#6f6f6f", "#8c8c8c", "#a5a5a5", "#bdbdbd", "#d4d4d4", "#ebebeb"),
            "shade": 0.1,
            "contour": "rgba(20, 20, 20, 0.42)",
            "contour_index": "rgba(20, 20, 20, 0.62)",
            "ridge": "#5e5e5e",
        },
        "dark": {
            "ramp": ("#141414", "#272727", "#3b3b3b", "#505050", "#656565", "#7b7b7b"),
            "shade": 0.2,
            "contour": "rgba(245, 245, 245, 0.26)",
            "contour_index": "rgba(245, 245, 245, 0.48)",
            "ridge": "#a0a0a0",
        },
    },
}
"""What the terrain looks like besides the usual, by tint and scheme: fields of Theme."""

THEMES = {
    theme.id: theme
    for scheme, usual in SCHEMES.items()
    for theme in (
        usual,
        *(replace(usual, tint=tint, **looks[scheme]) for tint, looks in TINTS.items()),
    )
}
"""All themes by their names in addresses."""
