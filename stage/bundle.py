"""The stage's modules as one: a page asks for one file instead of some sixty, and a saved page holds it.

There is no build step and no second language of modules: each script becomes a function that is called once,
after those that it imports from, and returns what it exports. That works because our scripts are regular,
which tests hold them to: they import names from files of ours at the beginning of lines, without circles, and
export declarations. Comments stay behind.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping

IMPORT = re.compile(r'^import \{([^}]*)\} from "(\.[^"]+)";\n', re.M)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const) (\w+))", re.M)
COMMENT = re.compile(r"^[ \t]*(?:/\*\*(?:(?!\*/).)*\*/|//[^\n]*)\n", re.M | re.S)


def bundle(scripts: Mapping[str, str], entry: str) -> str:
    """Return one module that does and exports what `entry` does, of `scripts` (text by place).

    Raises ValueError where scripts import from each other in a circle, KeyError where one is missing.
    """
    parts = [_function(name, scripts[name]) for name in _ordered(scripts, entry)]
    exports = ", ".join(EXPORT.findall(scripts[entry]))
    return "\n".join(("const scripts = {};", *parts, f'export const {{ {exports} }} = scripts["{entry}"];\n'))


def _ordered(scripts: Mapping[str, str], entry: str) -> Iterator[str]:
    """Yield the names of `entry` and all that it needs, each after what it imports from."""
    done, under_way = set[str](), list[str]()

    def visit(name: str) -> Iterator[str]:
        if name in under_way:
            raise ValueError(f"Expected no circle of imports; got {' → '.join([*under_way, name])}.")
        if name not in done:
            under_way.append(name)
            for _, source in IMPORT.findall(scripts[name]):
                yield from visit(_place(name, source))
            done.add(under_way.pop())
            yield name

    return visit(entry)


def _place(script: str, source: str) -> str:
    """Return the place of what `script` imports from `source`."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(script), source))


def _function(name: str, text: str) -> str:
    """Return the statement that runs the script `name`, and keeps what it exports."""

    def imported(found: re.Match[str]) -> str:
        names = found[1].replace(" as ", ": ")
        return f'const {{{names}}} = scripts["{_place(name, found[2])}"];\n'

    return f'scripts["{name}"] = {as_value(IMPORT.sub(imported, COMMENT.sub("", text)))};'


def as_value(text: str) -> str:
    """Return an expression that runs a script without imports, and is an object of what it exports."""
    exports = ", ".join(EXPORT.findall(text))
    return f"(() => {{\n{EXPORT.sub('', text)}return {{ {exports} }};\n}})()"
