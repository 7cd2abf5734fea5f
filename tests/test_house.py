"""The rules of the house, read from the source. Each rule is a function over text, tried on bad text too."""

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import packages_distributions
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent

# From the roof down. A room sees the floors below its own, and nobody on its own floor.
FLOORS = (
    ("app",),
    ("server",),
    ("app_pages", "export"),
    ("api",),
    ("charts", "scenes", "stage", "serving"),
    ("studies",),
    ("descent", "curvature", "networks"),
    ("landscapes", "optimizers"),
    ("catalog",),
)
ROOMS = tuple(room for floor in FLOORS for room in floor)
DOORS = ("app", "server")
# Words and pictures: they see nothing of ours. Only the upper two floors see them, and the landscapes,
# where a formula that cannot be read must say so to a script as it does to a reader.
TEXTS = ("lessons", "locales")
TEXT_READERS = {"app", "server", "export", "api", "landscapes"}
# Not part of the app: they may see everything, and nothing sees them.
OUTSIDE = ("benchmarks", "docs", "tests", "tools")

# A room that sees less than its floor allows: below it only these, and of a room only these names.
NARROW: Mapping[str, Mapping[str, set[str] | None]] = {
    "scenes": {
        **{"catalog": None, "landscapes": None, "optimizers": None, "descent": {"run", "Run"}},
        "networks": {
            *("ACTIVATIONS", "DATASETS", "INITIALIZERS", "NORMALIZATIONS", "data", "geometry", "training"),
            *("Network", "TableData", "Training", "cost_of", "nearest_allowed"),
        },
    },
    "stage": {},
    "serving": {"catalog": None},
    "networks": {
        **{"catalog": None, "optimizers": None},
        "landscapes": {"arrays", "data", "programs", "spline"},
    },
}

NUMERICS = {"studies", "descent", "curvature", "networks", "landscapes", "optimizers"}
# Every library we import, and the rooms it may be in.
LIBRARIES: Mapping[str, set[str]] = {
    "PIL": {"charts", "export", "server"},
    "av": {"export"},
    "contourpy": {"charts"},
    "jax": NUMERICS,
    "latex2mathml": {"api"},
    "numpy": {"server", "export", "api", "charts", *NUMERICS},
    "optax": NUMERICS,
    "plotly": {"charts"},
    "resvg_py": {"export"},
    "starlette": {"server", "serving"},
    "streamlit": {"app", "server", "app_pages", "stage"},
    "uvicorn": {"server"},
}

LONGEST_DOOR = 80
LONGEST_FILE = 400
LONGEST_LINE = 1000


def room_of(path: str) -> str:
    """Return the room that the file at `path` (relative to the root) stands in."""
    return path.split("/")[0].removesuffix(".py")


def imports(source: str) -> Iterator[tuple[int, str, str | None]]:
    """Yield (line, module, name) for every import in `source`; name is None where a whole module is meant."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name, None
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for alias in node.names:
                yield node.lineno, node.module or "", alias.name
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in (
            "__import__",
            "importlib.import_module",
        ):
            if node.args and isinstance(node.args[0], ast.Constant):
                yield node.lineno, str(node.args[0].value), None
            else:
                yield node.lineno, "a module that only the running program knows", None


def forbidden_room(room: str, module: str, name: str | None) -> str | None:
    """Say why `room` may not import `module` (of it: `name`), a module of ours; None if it may."""
    other, *inside = module.split(".")
    if other == room:
        return None
    if room in TEXTS:
        return f"{room} imports nothing of ours"
    if other in TEXTS:
        return None if room in TEXT_READERS else f"only {', '.join(sorted(TEXT_READERS))} read {other}"
    if other in OUTSIDE:
        return f"{other} is not part of the app"
    floors = {each: height for height, floor in enumerate(FLOORS) for each in floor}
    if floors[other] <= floors[room]:
        return f"{other} is not below {room}"
    if room in NARROW:
        if other not in NARROW[room]:
            return f"{room} knows nothing of {other}"
        names = NARROW[room][other]
        if names is not None and (inside[0] if inside else name) not in names:
            return f"of {other}, {room} knows only {', '.join(sorted(names))}"
    return None


def forbidden_imports(path: str, source: str) -> list[str]:
    """Return a sentence for every import in the file at `path` that breaks a rule."""
    found = []
    room = room_of(path)
    for line, module, name in imports(source):
        top = module.split(".")[0]
        if top in ROOMS + TEXTS + OUTSIDE:
            why = forbidden_room(room, module, name)
        elif top in sys.stdlib_module_names or room in LIBRARIES.get(top, ()):
            why = None
        elif top in LIBRARIES:
            why = f"{top} stays in {', '.join(sorted(LIBRARIES[top]))}"
        else:
            why = f"{top} has no line in LIBRARIES"
        if why:
            found.append(f"{path}:{line} imports {module}: {why}")
    return found


def hiding(names: Iterable[str], libraries: Iterable[str]) -> list[str]:
    """Return the `names` that would hide a library, or that mean something to Streamlit."""
    return sorted(set(names) & ({"pages"} | set(libraries)))


def not_on_the_shelf(modules: Iterable[ModuleType], shelf: Mapping[str, Any]) -> list[str]:
    """Return module.NAME of every entry in `modules` that the shelf does not list."""
    kind = type(next(iter(shelf.values())))
    listed = {id(entry) for entry in shelf.values()}
    return [
        f"{module.__name__}.{name}"
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, kind) and id(value) not in listed
    ]


def too_long(path: str, text: str) -> str | None:
    """Say so if a file of ours is longer than one sitting reads."""
    most = LONGEST_DOOR if path == "app.py" else LONGEST_FILE
    lines = text.count("\n")
    return f"{path} has {lines} lines; split it, {most} are the most" if lines > most else None


def third_party_build(path: str, text: str) -> str | None:
    """Say so if a file looks like the output of somebody's build."""
    if re.search(r"\.min\.\w+$|\.(map|wasm|whl)$|(^|/)node_modules/", path):
        return f"{path} is a build; take it from an installed package instead"
    if path.endswith((".js", ".mjs", ".ts", ".css")) and any(
        len(line) > LONGEST_LINE for line in text.splitlines()
    ):
        return f"{path} has a line of more than {LONGEST_LINE} characters, as only builds have"
    return None


PRIVATE = re.compile(
    r"/(?:home|Users)/\w|/roo[t]/|[A-Z]:\\Users\\"  # somebody's machine
    r"|index-url[ =]+\S*//|find-links[ =]+\S*/|//\S+/simpl[e]\b|pythonhosted\.org|registry\.npmjs|\bfile://"
)


def private(path: str, text: str) -> list[str]:
    """Return where `text` names a home directory or the host of a package registry."""
    return [f"{path}:{n}: {line}" for n, line in enumerate(text.splitlines(), 1) if PRIVATE.search(line)]


def let_into_the_image(dockerignore: str) -> set[str]:
    """Return what the container image is built from."""
    return {line[1:] for line in dockerignore.splitlines() if line.startswith("!")}


GENERATED = {
    ".venv",
    "node_modules",
    "__pycache__",
    ".pytest_cache",
    ".ruff_cache",
    ".hypothesis",
    "build",
    "test-results",
}


def ours() -> dict[str, str]:
    """Return path and text of every text file that is, or could be, committed."""
    if (ROOT / ".git").exists():
        git = [
            "git",
            "-c",
            "safe.directory=*",
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ]
        listing = subprocess.run(git, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    else:  # an unpacked archive
        files = (path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file())
        listing = [path.as_posix() for path in files if not GENERATED & set(path.parts)]
    texts = {}
    for path in filter(None, listing):
        if (ROOT / path).is_file():
            content = (ROOT / path).read_bytes()
            if b"\0" not in content:
                texts[path] = content.decode("utf-8")
    return texts


FILES = ours()
PYTHON = {path: text for path, text in FILES.items() if path.endswith(".py")}
APP = {path: text for path, text in PYTHON.items() if room_of(path) not in OUTSIDE}


def modules(folder: str) -> list[ModuleType]:
    """Import the files directly in `folder`, without what begins with an underscore."""
    return [
        importlib.import_module(f"{folder.replace('/', '.')}.{path.stem}")
        for path in sorted((ROOT / folder).glob("*.py"))
        if not path.stem.startswith("_")
    ]


def test_every_room_is_known():
    assert {room_of(path) for path in APP} <= {*ROOMS, *TEXTS}


@pytest.mark.parametrize("path", APP)
def test_imports_go_down_and_libraries_stay_in_their_rooms(path: str):
    assert forbidden_imports(path, APP[path]) == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("catalog/knob.py", "import numpy"),
        ("catalog/knob.py", "from landscapes import LANDSCAPES"),
        ("landscapes/bowl.py", "from optimizers import OPTIMIZERS"),
        ("landscapes/bowl.py", "import torch"),
        ("optimizers/adam.py", "def build():\n    from descent.run import Run"),
        ("curvature/hessian.py", "from descent import Run"),
        ("charts/surface.py", "from scenes import Scene"),
        ("charts/surface.py", "import streamlit as st"),
        ("charts/surface.py", "import jax.numpy as jnp"),
        ("charts/surface.py", "from locales import sentence"),
        ("networks/course.py", "from descent import Run"),
        ("networks/course.py", "from landscapes import LANDSCAPES"),
        ("networks/course.py", "import sklearn"),
        ("scenes/read.py", "import jax"),
        ("scenes/read.py", "from descent import race"),
        ("scenes/read.py", "from descent.race import race"),
        ("scenes/read.py", "import descent"),
        ("scenes/read.py", "from curvature import critical_points"),
        ("stage/__init__.py", "from catalog import Knob"),
        ("stage/__init__.py", "import plotly"),
        ("app_pages/race.py", "import server"),
        ("app_pages/race.py", "from starlette.routing import Route"),
        ("app_pages/race.py", "import plotly.graph_objects as go"),
        ("app_pages/race.py", "from tests.conftest import home"),
        ("app_pages/race.py", "import importlib\nimportlib.import_module('plotly')"),
        ("app_pages/race.py", "import importlib\nimportlib.import_module(name)"),
        ("locales/__init__.py", "from catalog import Repair"),
        ("server.py", "import app"),
    ],
)
def test_a_bad_import_is_found(path: str, source: str):
    assert len(forbidden_imports(path, source)) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("scenes/scene.py", "from descent.run import MOST_STEPS, Run\nfrom descent import Run"),
        (
            "scenes/scene.py",
            "from landscapes import LANDSCAPES\nfrom scenes.read import read\nimport urllib.parse",
        ),
        (
            "app_pages/race.py",
            "from charts import contour_map\nfrom api.answer import answer\nimport streamlit",
        ),
        ("descent/race.py", "from . import run\nimport jax.numpy as jnp\nimport numpy as np"),
    ],
)
def test_a_good_import_is_left_alone(path: str, source: str):
    assert forbidden_imports(path, source) == []


def test_no_name_hides_a_library():
    stems = {Path(path).stem for path in APP} | {room_of(path) for path in APP}
    assert hiding(stems, sys.stdlib_module_names) == []
    assert hiding(ROOMS + TEXTS, packages_distributions()) == []


def test_a_hidden_library_is_found():
    assert hiding(["pages", "types", "select", "locale", "bowl"], sys.stdlib_module_names) == [
        "locale",
        "pages",
        "select",
        "types",
    ]


@pytest.mark.parametrize(
    ("folder", "room", "name"),
    [
        ("landscapes", "landscapes", "LANDSCAPES"),
        ("optimizers", "optimizers", "OPTIMIZERS"),
        ("optimizers/schedules", "optimizers", "SCHEDULES"),
    ],
)
def test_every_entry_is_on_its_shelf(folder: str, room: str, name: str):
    shelf = getattr(importlib.import_module(room), name)
    assert not_on_the_shelf(modules(folder), shelf) == []


def test_a_forgotten_entry_is_found():
    module = ModuleType("landscapes.forgotten")
    module.__dict__.update(LISTED=(listed := Path("a")), FORGOTTEN=Path("b"), WORD="c")
    assert not_on_the_shelf([module], {"listed": listed}) == ["landscapes.forgotten.FORGOTTEN"]


def test_files_are_short():
    written = {
        path: text
        for path, text in FILES.items()
        if path.endswith((".py", ".js", ".mjs", ".ts", ".css", ".html"))
    }
    assert [sentence for path, text in written.items() if (sentence := too_long(path, text))] == []


def test_a_long_file_is_found():
    assert too_long("app.py", "\n" * 81)
    assert not too_long("app.py", "\n" * 80)
    assert too_long("descent/race.py", "\n" * 401)


def test_no_build_of_others_is_committed():
    assert [sentence for path, text in FILES.items() if (sentence := third_party_build(path, text))] == []


def test_a_build_is_found():
    assert third_party_build("stage/plotly.min.js", "")
    assert third_party_build("stage/plotly.js", "x" * 1001)
    assert not third_party_build("stage/session/player.js", "x\n" * 300)


def test_nothing_private_is_committed():
    assert [line for path, text in FILES.items() for line in private(path, text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "/".join(["", "home", "ada", "optiscape"]),
        "/".join(["", "Users", "ada"]),
        "/".join(["", "root", ".cache"]),
        "--extra-index" + "-url https://example.org/x",
        "https://example.org" + "/simple/jax",
        "files.python" + "hosted.org/packages",
    ],
)
def test_something_private_is_found(text: str):
    assert private("README.md", f"first line\n{text}\n") == [f"README.md:2: {text}"]


def test_the_image_holds_every_room_and_nothing_else():
    rooms = {f"{room}.py" if room in DOORS else room for room in ROOMS + TEXTS}
    assert let_into_the_image(FILES[".dockerignore"]) == rooms | {
        ".streamlit",
        "requirements.txt",
        # For the data that are made with the image.
        "requirements-data.txt",
        "tools/datasets.py",
    }
