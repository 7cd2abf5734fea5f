"""Scenes, links, broken links and JSON, at random."""

from collections.abc import Sequence

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from catalog import Knob, Settings, Value
from landscapes import LANDSCAPES
from optimizers import OPTIMIZERS
from scenes import MOST_LANES, PANELS, Budget, Ground, Lane, Scene, View
from scenes.changes import CHANGES
from scenes.knobs import LOSS_AXIS, NOISE, SEED, STEPS

# With lone surrogates, which no UTF-8 holds but any Python string may.
text = st.text(alphabet=st.characters(exclude_categories=()), max_size=60)


def values(knob: Knob) -> SearchStrategy[Value]:
    """Values that the knob accepts, its default and its ends among them."""
    if knob.kind == "choice":
        return st.sampled_from(knob.choices)
    if knob.kind == "whole":
        return st.integers(int(knob.low), int(knob.high)) | st.just(int(knob.default))
    inside = st.floats(float(knob.low), float(knob.high)).map(lambda x: x + 0.0)  # -0.0 is not spelled
    return inside | st.sampled_from((float(knob.default), float(knob.low), float(knob.high)))


def settings_of(knobs: Sequence[Knob]) -> SearchStrategy[Settings]:
    """A value for each of these knobs."""
    return st.fixed_dictionaries({knob.id: values(knob) for knob in knobs}).map(Settings)


@st.composite
def grounds(draw: DrawFn) -> Ground:
    """A surface, its knobs and a start in its box."""
    surface = draw(st.sampled_from(list(LANDSCAPES.values())))
    x, y = (draw(values(Knob("at", "", low, low, high))) for low, high in surface.box)
    return Ground(surface.id, draw(settings_of(surface.knobs)), (float(x), float(y)))


@st.composite
def lanes(draw: DrawFn) -> Lane:
    """A method and its knobs."""
    method = draw(st.sampled_from(list(OPTIMIZERS.values())))
    return Lane(method.id, draw(settings_of(method.knobs)))


@st.composite
def scenes(draw: DrawFn) -> Scene:
    """Any scene that a reader could reach."""
    racers = tuple(draw(st.lists(lanes(), min_size=1, max_size=MOST_LANES)))
    budget = Budget(
        steps=int(draw(values(STEPS))), sigma=float(draw(values(NOISE))), seed=int(draw(values(SEED)))
    )
    view = View(
        step=draw(st.none() | st.integers(0, budget.steps)),
        lane=draw(st.integers(0, len(racers) - 1)),
        loss_axis=draw(st.sampled_from(LOSS_AXIS.choices)),
        hide=draw(st.frozensets(st.sampled_from(PANELS))),
    )
    return Scene(draw(grounds()), racers, budget, view)


SPLINTERS = (
    *("&", "=", ",", ":", "%", "%00", "%ff", "%zz", "+", "#", "?", ";", "-", ".", "e", "_", " ", "\0", "\n"),
    *("9", "999999999999", "nan", "inf", "1e999", "1e-400", "0x1", "١", "²", "٫", "ｂｏｗｌ", "\ud800", "💀"),
    *("v=2", "f=", "at=", "&lane=", "&lane=adam", "steps=", "seed=", "pick=", "step=", "hide=", "loss="),
)


def full_link(surface: str) -> str:
    """Return a link of this surface in which every knob of a few methods is spelled, and every parameter."""
    names, n = list(OPTIMIZERS), list(LANDSCAPES).index(surface)
    some = [OPTIMIZERS[names[(3 * n + i) % len(names)]] for i in range(3)]
    spelled = [f"{m.id}:" + ",".join(f"{k.short}={k.spell(k.high)}" for k in m.knobs) for m in some]
    knobs = ",".join(f"{k.id}={k.spell(k.low)}" for k in LANDSCAPES[surface].knobs)
    head = f"v=1&f={surface}:{knobs}&at=0.5,0.5&" + "&".join(f"lane={lane}" for lane in spelled)
    return f"{head}&steps=30&noise=0.1&seed=7&step=3&pick=2&loss=linear&hide=surface,losses"


LINKS = tuple(full_link(surface) for surface in LANDSCAPES)


@st.composite
def broken_links(draw: DrawFn) -> str:
    """A link in which a few places were cut out, written over or repeated."""
    link = draw(st.sampled_from(LINKS))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(link)))
        end = min(len(link), start + draw(st.integers(0, 12)))
        put = draw(st.sampled_from(SPLINTERS) | st.just(link[start:end] * 2) | text)
        link = link[:start] + put + link[end:]
    return link


queries = broken_links() | text | st.lists(st.sampled_from(SPLINTERS), max_size=30).map("".join)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.just(10**400) | st.floats() | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=6,
)
names = st.sampled_from((*LANDSCAPES, *OPTIMIZERS, *PANELS, *LOSS_AXIS.choices))
knob_ids = st.sampled_from(
    sorted({knob.id for entry in (*LANDSCAPES.values(), *OPTIMIZERS.values()) for knob in entry.knobs})
)


@st.composite
def changes(draw: DrawFn) -> dict[str, object]:
    """A change that exists, with arguments that may or may not suit it."""
    arguments: dict[str, SearchStrategy[object]] = {
        "to": names
        | st.floats(-10, 10)
        | st.integers(-1, 2000)
        | st.booleans()
        | queries
        | json_values
        | st.lists(st.floats(-10, 10), min_size=2, max_size=2),
        "lane": st.integers(-1, MOST_LANES) | json_values,
        "knob": knob_ids | json_values,
        "panel": st.sampled_from(PANELS) | json_values,
    }
    some = draw(st.fixed_dictionaries({}, optional=arguments))
    return {"do": draw(st.sampled_from(list(CHANGES))), **some}
