"""The scripts as one."""

import json
import re

import pytest

from stage.assets import files, files_of_a_saved_page
from stage.bundle import bundle
from tests.stage.node import started
from tests.stage.scripts import SCRIPTS, exports, imports


def test_all_scripts_are_in_it_each_after_those_that_it_needs():
    text = files()["optiscape.js"][0].decode()
    used = {name: source for name, source in SCRIPTS.items() if name != "networks/none.js"}
    places = {name: text.index(f'scripts["{name}"] = (') for name in used}
    for name, source in used.items():
        for other, names in imports(source, name):
            assert places[other] < places[name]
            assert names <= exports(SCRIPTS[other])
    assert text.rstrip().endswith('export const { mount } = scripts["mount.js"];')
    assert not re.search(r"^\s*(?://|/\*\*$)", text, re.M) and "@param" not in text


def test_a_saved_page_has_all_but_the_labs_of_networks():
    script, styles = files_of_a_saved_page()
    labs = [name for name in SCRIPTS if name.startswith("networks/")]
    for name in SCRIPTS:
        there = f'scripts["{name}"] = (' in script
        assert there == (name not in labs or name == "networks/networks.js"), name
    assert "class Networks {" in script and "NetworkPanel" not in script
    assert script.rstrip().endswith('export const { mount } = scripts["mount.js"];')
    everything = files()["optiscape.css"][0].decode()
    assert ".os-netlab {" in everything and ".os-netlab {" not in styles
    assert styles[:200] == everything[:200] and ".os-map {" in styles


def run(scripts: dict[str, str], what: str) -> object:
    """Return `what`, an expression, of the module that is made of `scripts`."""
    text = bundle(scripts, "a.js").replace("export const", "const")
    program = f"{text}\nconsole.log(JSON.stringify({what}));"
    return json.loads(started("--input-type=module", "-e", program).said)


def test_what_is_bundled_does_what_its_scripts_do():
    scripts = {
        "a.js": '// Says it.\nimport { b, C as D } from "./in/b.js";\n\n/** @param {number} x */\n'
        'export const a = (x) => b(x) + new D().d; // and "/** not */" this\n',
        "in/b.js": 'import { d } from "../d.js";\nexport async function late() {}\n'
        "export function b(x) {\n  return x * d;\n}\nexport class C {\n  d = d;\n}\n",
        "d.js": "export const d = 3;\n",
    }
    assert run(scripts, "a(2)") == 9


def test_a_circle_and_a_gap_are_found():
    circle = {"a.js": 'import { b } from "./b.js";\n', "b.js": 'import { a } from "./a.js";\n'}
    with pytest.raises(ValueError, match=r"no circle of imports; got a\.js → b\.js → a\.js"):
        bundle(circle, "a.js")
    with pytest.raises(KeyError):
        bundle({"a.js": 'import { b } from "./b.js";\n'}, "a.js")
