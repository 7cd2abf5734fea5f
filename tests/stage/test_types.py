"""The types in stage/types are those of what Python really sends: TypeScript's checker compares them."""

import json
import re
from base64 import b64encode
from pathlib import Path
from typing import Any, get_args

import pytest

from api.answer import answer
from api.facts import FACTS
from api.messages import words
from api.pictures import picture
from charts.palette import THEMES
from descent.trajectory import Kind
from landscapes import LANDSCAPES
from locales import LANGUAGES
from networks import Ending
from scenes import read
from scenes.changes import CHANGES
from scenes.knobs import FAIRNESS, HERO, LAYER, LOSS_AXIS, MEASURE, PAGE, TINT
from scenes.network import GROUPS
from scenes.network_book import FIGURE
from scenes.network_knobs import LAB
from scenes.slice_knobs import SLICE_KINDS
from studies import small_batches
from tests.api.responses import response
from tests.stage.node import Done, started

ROOT = Path(__file__).parents[2]
TSC = ROOT / "node_modules" / "typescript" / "bin" / "tsc"
TOLD = {"token": "a", "applied": 0, "visit": 0}

SCENES = (
    "",
    "formula=x**2%2By**4&box=-1,1,-1,1&noise=0.5&steps=9&wrong=1",
    "f=line_fit&batch=2&probe=1,2&step=3&hide=story&lane=sgd:lr=0.1,schedule=cosine&page=noise",
    "f=saddle&lane=sgd:lr=10&steps=5",
    "f=slice&through=moons:depth=1,width=4,steps=5",
    "page=networks&lab=init&net=table&nettable=" + ";".join(f"{k},{k * k},{k % 2}" for k in range(9)),
)
FLAT = "f=flat_vs_sharp&lane=sgd:lr=0.01&steps=5"
TINY = "depth=1,width=4,steps=5"
FACT_QUERIES = {
    "critical": ("f=himmelblau", "formula=0"),
    "point": ("f=bowl&probe=1,1", "formula=log(x)&probe=-1,-1"),
    "measures": ("f=bowl&lane=sgd:lr=0.01&steps=3", "f=bowl&lane=adam&lane=newton&steps=3"),
    "escape": ("f=saddle&probe=0,0&lane=sgd:lr=0.1&steps=5",),
    "symbols": ("f=bowl&lane=adam&steps=3", "f=bowl&lane=sgd&lane=newton&steps=3&of=1", "f=bowl&lane=sgd"),
    "formula": ("formula=x**2", "formula=x*", "formula=x&box=1"),
    "data": ("f=line_fit", "f=bowl"),
    "batches": ("f=line_fit&batch=2&steps=3", "f=bowl"),
    "band": ("f=bowl&noise=1&lane=sgd&steps=3", "f=bowl&lane=sgd&steps=3"),
    "columns": ("f=line_fit", "f=bowl"),
    "sampled": ("f=slice&through=moons:depth=1,width=4,steps=5", "f=bowl"),
    "rates": ("lane=sgd:lr=0.1,schedule=cosine&steps=3", ""),
    "noise": ("seed=1&stream=2&steps=3", ""),
    "weights": ("f=line_fit&batch=2&steps=3&stream=1", "f=bowl"),
    "crowd": (FLAT, f"{FLAT}&noise=1", "f=levy13&lane=sgd&steps=3&crowd=starts"),
    "cloud": (FLAT, f"{FLAT}&crowd=starts"),
    "reach": (FLAT, "f=saddle&lane=sgd&steps=3"),
    "minima": (FLAT, "formula=x&lane=sgd&steps=3"),
    "shares": (FLAT, f"{FLAT}&noise=1&size=4"),
    "sweep": (FLAT, "f=saddle&lane=sgd&steps=3"),
    "variance": ("f=line_fit&lane=sgd", "f=bowl"),
    "net_train": (
        f"net=moons:{TINY}&trainer=adam&trainer=sgd:lr=1000",
        f"net=line:{TINY},activation=relu&trainer=sgd:lr=100",
    ),
    "net_band": (
        f"net=moons:{TINY}&trainer=adam&trainer=sgd:lr=1000",
        "net=mnist:depth=4,width=128,steps=9000",
    ),
    "net_boundary": (
        f"net=moons:{TINY}&trainer=adam&trainer=sgd:lr=1000&of=1",
        f"net=digits:{TINY}&trainer=adam",
    ),
    "net_slice": (
        f"net=moons:{TINY}&trainer=adam&trainer=sgd:lr=0.1&slicepoints=5&slicerace=on&of=1",
        f"net=moons:{TINY}&trainer=adam&slice=seeds&slicepoints=5",
        f"net=moons:{TINY}&trainer=adam&slice=trainers&slicepoints=5",
        f"net=moons:{TINY},activation=relu&trainer=adam&slice=random&slicenorm=length&slicepoints=5",
    ),
    "net_signals": (
        f"inside=moons:{TINY}&trainer=adam&at=2",
        "inside=normal_inputs:depth=20,init=normal,sigma=10,activation=relu",
        "inside=normal_inputs:depth=2,init=constant",
    ),
    "net_activations": ("",),
    "net_edge": (
        "edge=chebyshev:width=4,rates=1,steps=300",
        "edge=chebyshev:width=4,method=momentum,lr=5,rates=1,steps=300",
    ),
    "net_spectrum": ("spectrum=moons:width=4,batch=20,large=100,steps=10",),
    "net_search": ("search=moons:examples=50,depth=1,width=4,epochs=2,side=2,repeats=2",),
    "net_lines": ("lines=moons:examples=50,depth=1,width=4,epochs=2,pairs=2,cuts=10,bend=10",),
    "net_saddles": ("saddles=moons:examples=20,width=6,searches=5",),
    "net_residual": (
        "residual=moons:examples=50,depth=2,width=4,steps=5",
        "residual=moons:examples=50,depth=2,width=4,activation=relu,lr=10,steps=40,compare=normalization",
    ),
    "net_scales": ("scales=moons:examples=50,depth=1,width=4,epochs=2",),
    "net_modes": (
        "scales=moons:examples=50,depth=1,width=4,epochs=2,vary=batches",
        "scales=moons:examples=50,depth=1,width=4,epochs=2,norm=layer,vary=batches",
    ),
    "net_rates": (
        "scales=moons:examples=50,depth=1,width=4,epochs=2,vary=rates",
        "scales=moons:examples=50,depth=1,width=4,batch=10,epochs=20,vary=rates",
    ),
    "net_batches": (
        "batches=moons:examples=50,depth=1,width=4,epochs=3",
        "batches=moons:examples=50,depth=1,width=4,lr=10,epochs=3",
    ),
    "net_regularization": (
        f"regularization=line:{TINY}",
        f"regularization=line:{TINY},method=sgd,lr=10,pull=10",
    ),
    "net_book": ("",),
    "net_table": ("rows=MSwwCjIsMQ==", "rows=" + b64encode(b"1,0\n2,1\n" * 4).decode()),
    "scaling": ("f=line_fit&lane=sgd&batch=2&steps=4&times=2", "f=bowl"),
}
WRITTEN = {
    "Types": f"""
import type * as answers from "{ROOT}/stage/types/answer.d.ts";
import type * as facts from "{ROOT}/stage/types/facts.d.ts";
import type * as networks from "{ROOT}/stage/types/networks.d.ts";
import type * as slices from "{ROOT}/stage/types/network_slice.d.ts";
import type * as book from "{ROOT}/stage/types/network_book.d.ts";
import type * as words from "{ROOT}/stage/types/words.d.ts";
"""
}


def checked(folder: Path, modules: dict[str, list[str]]) -> Done:
    """Check modules, each of its lines, against the types of the stage."""
    if not TSC.exists():
        pytest.fail("Expected TypeScript in node_modules; `make node_modules/dev` installs it.")
    for name, lines in modules.items():
        (folder / f"{name}.ts").write_text(WRITTEN["Types"] + "\n".join(lines), "utf-8")
    config: dict[str, Any] = {"extends": str(ROOT / "tsconfig.json"), "include": [str(folder / "*.ts")]}
    config["compilerOptions"] = {"allowImportingTsExtensions": True, "noUnusedLocals": False}
    (folder / "tsconfig.json").write_text(json.dumps(config), "utf-8")
    return started(str(TSC), "--project", str(folder))


def value(name: str, type_: str, content: Any) -> str:
    return f"export const {name}: {type_} = {json.dumps(content, allow_nan=False)};"


def sent() -> list[str]:
    """Return a line for each thing that Python sends, with the type that it is said to have."""
    lines = [
        value(f"answer{index}", "answers.Message", {**TOLD, **answer(*read(spelling))})
        for index, spelling in enumerate(SCENES)
    ]
    lines += [value(f"words_{each}", "words.Words", words(each)) for each in LANGUAGES]
    for name, queries in FACT_QUERIES.items():
        for index, spelling in enumerate(queries):
            lines.append(value(f"{name}{index}", f'facts.Facts["{name}.json"]', response(name, spelling)))
    layer = json.loads(str(picture("layer-condition", read("")[0].ground, THEMES["light"])))
    return [*lines, value("layer", "facts.Layer", layer)]


def every(name: str, type_: str, names: Any) -> str:
    """Return a line that holds only if these are all the names that `type_` allows."""
    return value(name, f"Record<{type_}, true>", dict.fromkeys(names, True))


def names() -> list[str]:
    """Return a line for each list of names that Python has, with the type that allows these and no others."""
    models = {surface.examples.model for surface in LANDSCAPES.values() if surface.examples}
    known = " | ".join(json.dumps(name) for name in CHANGES)
    return [
        every("pages", "answers.PageName", PAGE.choices),
        every("heroes", "answers.HeroName", HERO.choices),
        every("layers", "answers.LayerName", LAYER.choices),
        every("tints", "answers.TintName", TINT.choices),
        every("measures", "answers.MeasureName", MEASURE.choices),
        every("axes", "answers.LossAxis", LOSS_AXIS.choices),
        every("rules", "answers.RuleName", FAIRNESS.choices),
        every("endings", "answers.EndingKind", get_args(Kind)),
        every("models", "answers.Model", models),
        every("labs", "networks.LabName", LAB.choices),
        every("book_figures", "book.FigureName", FIGURE.choices),
        every("slice_kinds", "slices.SliceKind", SLICE_KINDS),
        every("net_groups", 'networks.NetKnob["group"]', GROUPS),
        every("net_endings", "networks.NetEndingKind", get_args(Ending.__annotations__["kind"])),
        every("languages", 'words.Words["lang"]', LANGUAGES),
        every("facts_", "facts.FactName", FACTS),
        f"export const changes: {known} = null as unknown as answers.ChangeName;",
    ]


def test_what_python_sends_has_the_types_of_the_stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(small_batches, "SIZES", (2, 16))  # each size compiles
    assert {f"{name}.json" for name in FACT_QUERIES} == set(FACTS), "Ask for each fact in FACT_QUERIES."
    done = checked(tmp_path, {"sent": [*sent(), *names()]})
    assert done.code == 0, done.said


WRONG = {
    "another_type": value("data", 'facts.Facts["data.json"]', {"count": 0, "model": None, "inputs": ""}),
    "another_field": value("data", 'facts.Facts["batches.json"]', {"size": 0, "members": 3, "nobody": 255}),
    "a_field_too_many": value(
        "layer", "facts.Layer", {"image": "", "bar": {"colors": [], "ticks": []}, "more": 1}
    ),
    "a_name_too_few": every("rules", "answers.RuleName", FAIRNESS.choices[1:]),
    "a_name_too_many": every("rules", "answers.RuleName", (*FAIRNESS.choices, "none")),
    "an_unknown_change": 'export const change: answers.Change = { do: "explode" };',
}


def test_what_does_not_fit_is_found(tmp_path: Path):
    done = checked(tmp_path, {"right": names(), **{name: [line] for name, line in WRONG.items()}})
    assert done.code != 0
    assert set(re.findall(r"(\w+)\.ts\(\d+,\d+\): error", done.said)) == set(WRONG), done.said
