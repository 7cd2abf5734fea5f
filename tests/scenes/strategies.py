"""Scenes, links, broken links and JSON, at random.

Strategies that depend on knobs are kept: to build and check one takes longer than to draw from it.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Any, Literal

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from catalog import Knob, Settings, Value
from landscapes import LANDSCAPES, Box
from landscapes.data import MODELS, Fit, fit, parse_rows
from landscapes.find import Which, find
from landscapes.formula import DEFAULT_BOX, Formula, read_formula
from networks import TableData
from optimizers import OPTIMIZERS
from scenes import MOST_LANES, PANELS, Budget, Ground, Lane, Scene, View
from scenes.changes import CHANGES
from scenes.knobs import FAIRNESS, SCHEDULE, lane_knobs
from scenes.net_labs import TABLES, LabTable
from scenes.network import MOST_TRAINERS, NET, Net, NetworkScene, Trainer, net_knobs
from scenes.network_data import parse_table, spell_table
from scenes.network_knobs import LAB, TRAINING_METHODS, trainer_knobs
from scenes.network_slice import NetworkSlice, SliceTable, slice_of_table
from scenes.network_training import affordable
from scenes.scene import BUDGET, VIEW
from scenes.setting import Setting
from scenes.setting import settings_of as settings_of_table
from scenes.write_network import steps_of

# With lone surrogates, which no UTF-8 holds but any Python string may.
text = st.text(alphabet=st.characters(exclude_categories=()), max_size=60)


@lru_cache(maxsize=4096)  # the boxes of formulas are others every time
def values(knob: Knob) -> SearchStrategy[Value]:
    """Values that the knob accepts, its default and its ends among them."""
    if knob.kind == "choice":
        return st.sampled_from(knob.choices)
    if knob.kind == "whole":
        return st.integers(int(knob.low), int(knob.high)) | st.just(int(knob.default))
    inside = st.floats(float(knob.low), float(knob.high)).map(lambda x: x + 0.0)  # -0.0 is not spelled
    return inside | st.sampled_from((float(knob.default), float(knob.low), float(knob.high)))


@cache
def a_value_each(knobs: tuple[tuple[str, Knob], ...]) -> SearchStrategy[dict[str, Any]]:
    """A value for each of these knobs, under the name that stands before it."""
    return st.fixed_dictionaries({name: values(knob) for name, knob in knobs})


@cache
def settings_of(knobs: tuple[Knob, ...]) -> SearchStrategy[Settings]:
    """A value for each of these knobs."""
    return a_value_each(tuple((knob.id, knob) for knob in knobs)).map(Settings)


FORMULAS = (
    *("x**2/20+y**2", "sin(3*x)*cos(y)", "log(1+x**2+10*y**2)", "-x+-y", "5", "x/y", "2*(x+y)**2-x*y"),
    *("1e-3*x+.5*y**2", "exp(-x**2-y**2)", "abs(x)+abs(y)", "sqrt(1-x**2-y**2)", "x**-2+y", "(x+1)-(-y)"),
)

CORNERS = st.floats(-3, 3).map(lambda x: x + 0.0)


@st.composite
def formulas(draw: DrawFn) -> Formula:
    """A formula, in a box of any size that can be shown."""
    text = draw(st.sampled_from(FORMULAS))
    if draw(st.booleans()):
        return read_formula(text, DEFAULT_BOX)
    x, y = (draw(CORNERS) for _ in "xy")
    box: Box = ((x - 4.25, x + 2.5), (y - 3.125, y + 7.75))
    return read_formula(text, box)


@st.composite
def grounds(draw: DrawFn) -> Ground:
    """A surface, its knobs and a start in its box."""
    which: Which = draw(SURFACES)
    knobs = draw(settings_of(find(which).knobs))
    return Ground(which, knobs, draw(points(find(which, knobs).box)))


ROWS = (
    "1,2;2,3;3,5",
    "0,1;1,0;-2,4;3,3.5",
    "1990,10;2000,14;2010,19;2020,22",
    "0.001,5000;0.004,7000;0.002,5500",
)


@st.composite
def fits(draw: DrawFn) -> Fit:
    """A model of the shelf on data of the reader's own."""
    return fit(draw(st.sampled_from(tuple(MODELS))), parse_rows(draw(st.sampled_from(ROWS))))


@st.composite
def slices(draw: DrawFn) -> NetworkSlice:
    """A slice through a network's loss that nobody has sampled."""
    data = draw(values(settings_of_table(SliceTable)["data"].knob))
    knobs = SliceTable.knobs(str(data))
    drawn = draw(a_value_each(tuple((name, knob) for name, knob in knobs.items() if name != "data")))
    return slice_of_table(SliceTable(**{**drawn, "data": data}).affordable([]))


SURFACES: SearchStrategy[Which] = st.sampled_from(tuple(LANDSCAPES)) | formulas() | fits() | slices()


@lru_cache(maxsize=1024)
def points(box: Box) -> SearchStrategy[tuple[float, float]]:
    """A point of the box, its edge included."""
    x, y = (values(Knob("at", "", low, low, high)).map(float) for low, high in box)
    return st.tuples(x, y)


METHODS, CURVES = st.sampled_from(list(OPTIMIZERS.values())), st.sampled_from(SCHEDULE.choices)


@st.composite
def lanes(draw: DrawFn) -> Lane:
    """A method and its knobs."""
    method = draw(METHODS)
    schedule = draw(CURVES)
    extras = draw(settings_of(lane_knobs(schedule)))
    return Lane(method.id, draw(settings_of(method.knobs)), Settings(extras, schedule=schedule))


def table(settings: Mapping[str, Setting], ground: Ground) -> SearchStrategy[dict[str, Any]]:
    """A value for each setting of a table, as it is on this surface."""
    return a_value_each(tuple((field, each.on(ground.surface)) for field, each in settings.items()))


RACERS = st.lists(lanes(), min_size=1, max_size=MOST_LANES)
GROUNDS = grounds()
HIDDEN = st.frozensets(st.sampled_from(PANELS))


@st.composite
def scenes(draw: DrawFn) -> Scene:
    """Any scene that a reader could reach."""
    racers = tuple(draw(RACERS))
    ground = draw(GROUNDS)
    budget, network = Budget(**draw(table(BUDGET, ground))), draw(networks())
    looked = draw(table(VIEW, ground))
    steps = steps_of(network, looked["lab"]) if looked["page"] == "networks" else budget.steps
    view = View(
        step=draw(st.none() | st.integers(0, steps)),
        lane=draw(st.integers(0, len(racers) - 1)),
        hide=draw(HIDDEN),
        probe=draw(st.none() | points(ground.surface.box)),
        **looked,
    )
    return Scene(ground, racers, budget, view, network)


TABLE = parse_table(";".join(f"{k},{(5 * k) % 7},{k % 3}" for k in range(12)))


@st.composite
def nets(draw: DrawFn, which: Literal["net", "inside"], table: TableData | None) -> Net:
    """A network that is trained or looked into, on any data, on the table only where there is one."""
    data = draw(
        st.sampled_from([id for id in net_knobs(which, "moons", None)["data"].choices if id != "table"])
    )
    data = "table" if table is not None and draw(st.booleans()) else data
    knobs = {name: knob for name, knob in net_knobs(which, data, table).items() if name != "data"}
    return Net(**{**draw(a_value_each(tuple(knobs.items()))), "data": data})


@st.composite
def trainers(draw: DrawFn) -> Trainer:
    """A method that trains networks, and its knobs."""
    method = OPTIMIZERS[draw(st.sampled_from(TRAINING_METHODS))]
    schedule = draw(CURVES)
    extras = draw(settings_of(trainer_knobs(schedule)))
    return Trainer(method.id, draw(settings_of(method.knobs)), Settings(extras, schedule=schedule))


@st.composite
def lab_tables(draw: DrawFn, kind: type[LabTable]) -> Any:
    """The settings of a lab that has its own."""
    data = draw(st.sampled_from(kind.knobs(kind.usual().data)["data"].choices))
    knobs = {field: knob for field, knob in kind.knobs(data).items() if field != "data"}
    return kind(**{**draw(a_value_each(tuple(knobs.items()))), "data": data}).affordable([])


@st.composite
def networks(draw: DrawFn) -> NetworkScene:
    """What a scene may have of networks: mostly what every link has that says nothing of them."""
    if draw(st.integers(0, 3)):
        return NetworkScene()
    table = draw(st.none() | st.just(TABLE))
    net, inside = draw(nets("net", table)), draw(nets("inside", table))
    some = tuple(draw(st.lists(trainers(), min_size=1, max_size=MOST_TRAINERS)))
    used = table if "table" in (net.data, inside.data) else None
    tables = {lab: draw(lab_tables(kind)) for lab, kind in TABLES.items() if draw(st.booleans())}
    return affordable(NetworkScene(net, inside, some, used, **tables), [])


SPLINTERS = (
    *("&", "=", ",", ":", "%", "%00", "%ff", "%zz", "+", "#", "?", ";", "-", ".", "e", "_", " ", "\0", "\n"),
    *("9", "999999999999", "nan", "inf", "1e999", "1e-400", "0x1", "١", "²", "٫", "ｂｏｗｌ", "\ud800", "💀"),
    *("v=2", "f=", "at=", "&lane=", "&lane=adam", "steps=", "seed=", "pick=", "step=", "hide=", "loss="),
    *(
        "&formula=",
        "formula=x",
        "box=",
        "box=-1,1,-1,1",
        "page=",
        "layer=",
        "tint=",
        "measure=",
        "probe=",
        *(
            "data=",
            "data=1,2;3,4;5,7",
            "l2=",
            "l2=-1",
            "batch=",
            "batch=1e3",
            "sampling=",
            "luck=own",
            "rule=best",
        ),
        *(
            ",schedule=",
            ",schedule=cosine",
            ",clip=norm",
            ",warmup=5",
            ",penalty=",
            "band=",
            "crowd=",
            "shift=9",
        ),
        *("net=", "net=mnist:", ",depth=9", ",width=128", ",steps=20000", "inside=", ",activation=relu"),
        *("&trainer=", "&trainer=adam", "&trainer=newton", "nettable=", "net=table", "lab=init", "netlane=9"),
        "x**2 y",
        "(",
    ),
)


def full_link(surface: str) -> str:
    """Return a link of this surface in which every knob of a few methods is spelled, and every parameter."""
    names, n = list(OPTIMIZERS), list(LANDSCAPES).index(surface)
    some = [OPTIMIZERS[names[(3 * n + i) % len(names)]] for i in range(3)]
    spelled = [f"{m.id}:" + ",".join(f"{k.short}={k.spell(k.high)}" for k in m.knobs) for m in some]
    knobs = ",".join(f"{k.id}={k.spell(k.low)}" for k in LANDSCAPES[surface].knobs)
    head = f"v=1&f={surface}:{knobs}&at=0.5,0.5&" + "&".join(f"lane={lane}" for lane in spelled)
    return f"{head}&steps=30&noise=0.1&seed=7&step=3&pick=2&loss=linear&hide=surface,losses"


LINKS = (
    *(full_link(surface) for surface in LANDSCAPES),
    "v=1&formula=x**2/20+y**2&at=-3,2&lane=newton&steps=30&page=curvature&layer=lambda_min&measure=stability&probe=1,1",
    "v=1&f=bowl&l2=0.25&at=-7,2&lane=adam:lr=0.3,schedule=one_cycle,warmup=5,clip=norm,clip_at=2,penalty=decoupled"
    "&steps=30&noise=0.4&batch=16&sampling=replacement&luck=own&rule=same&page=fair&band=on&crowd=starts&shift=1",
    "v=1&f=bowl&at=-7,2&lane=sgd:lr=0.1&steps=30&net=circles:depth=3,width=16,activation=relu,batch=20,steps=500"
    "&trainer=adam:lr=0.01,schedule=cosine,warmup=5&trainer=sgd:lr=0.1&inside=digits:depth=9,init=orthogonal"
    "&page=networks&lab=init&netlane=2",
    "v=1&f=bowl&at=-7,2&lane=sgd:lr=0.1&steps=30&page=networks&lab=book&figure=dropout",
    "v=1&f=bowl&at=-7,2&lane=sgd:lr=0.1&steps=30&page=networks&lab=outputs&netband=on&scorea=-1.5&scored=9&truth=b&raised=c",
    "v=1&f=bowl&at=-7,2&lane=sgd:lr=0.1&steps=30&page=networks&lab=slice&netlane=2&slice=random&slicenorm=length"
    "&sliceextent=0.5&slicepoints=21&sliceseed=3&slicerace=on",
    f"v=1&f=bowl&at=-7,2&lane=sgd:lr=0.1&steps=30&net=table:norm=batch&nettable={spell_table(TABLE)}&page=networks",
    "v=1&f=line_fit:scaling=standard&data=1,2;2,3.5;3,5;4,8&at=1,2&lane=sgd:lr=0.1&steps=30&batch=2",
    "v=1&formula=sin(3*x)*cos(y)&box=-3,3,-2.5,4&at=1,2&lane=sgd:lr=0.1&lane=adam:lr=0.3&steps=30",
)


BROKEN, CUTS, LENGTHS = st.sampled_from(LINKS), st.integers(1, 6), st.integers(0, 12)
PUT = st.sampled_from(SPLINTERS) | st.none() | text


@st.composite
def broken_links(draw: DrawFn) -> str:
    """A link in which a few places were cut out, written over or repeated."""
    link = draw(BROKEN)
    for _ in range(draw(CUTS)):
        start = draw(st.integers(0, len(link)))
        end = min(len(link), start + draw(LENGTHS))
        put = draw(PUT)
        link = link[:start] + (link[start:end] * 2 if put is None else put) + link[end:]
    return link


queries = broken_links() | text | st.lists(st.sampled_from(SPLINTERS), max_size=30).map("".join)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.just(10**400) | st.floats() | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=6,
)
names = st.sampled_from((*LANDSCAPES, *OPTIMIZERS, *PANELS, "linear", "log", *FORMULAS, "sin(3x)", "x**"))
knob_ids = st.sampled_from(
    sorted(
        {knob.id for entry in (*LANDSCAPES.values(), *OPTIMIZERS.values()) for knob in entry.knobs}
        | {"l2", *(setting.knob.id for setting in BUDGET.values())}
        | {knob.id for schedule in SCHEDULE.choices for knob in lane_knobs(schedule)}
        | {knob.id for knob in NET.values()}
    )
)


TYPED_TABLES = (spell_table(TABLE).replace(";", "\n"), "x,y,kind\n" + "1,2,a\n3,1,b\n" * 8)

ARGUMENTS: dict[str, SearchStrategy[object]] = {
    "to": names
    | st.floats(-10, 10)
    | st.integers(-1, 2000)
    | st.booleans()
    | queries
    | json_values
    | st.lists(st.floats(-10, 10), min_size=2, max_size=2)
    | st.sampled_from((*SCHEDULE.choices, *FAIRNESS.choices, "norm", "x,y\n1,2\n2,3\n4,5\n", "=1+1,2"))
    | st.sampled_from((*TYPED_TABLES, *(choice for knob in NET.values() for choice in knob.choices))),
    "rates": st.lists(st.floats(), max_size=MOST_LANES) | json_values,
    "model": names | json_values,
    "bytes": st.sampled_from(("MSwyCjIsMwo0LDUK", "AAAA", "!")) | json_values,
    "lane": st.integers(-1, MOST_LANES) | json_values,
    "lab": st.sampled_from(LAB.choices) | json_values,
    "knob": knob_ids | json_values,
    "box": st.lists(st.floats(-10, 10), min_size=4, max_size=4) | json_values,
    "panel": st.sampled_from(PANELS) | json_values,
}


def changes() -> SearchStrategy[dict[str, object]]:
    """A change that exists, with arguments that may or may not suit it."""
    return st.fixed_dictionaries({"do": st.sampled_from(list(CHANGES))}, optional=ARGUMENTS)
