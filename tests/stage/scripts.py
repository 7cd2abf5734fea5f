"""The stage's scripts, read as text."""

import posixpath
import re
from pathlib import Path

STAGE = Path(__file__).parents[2] / "stage"
SCRIPTS = {
    file.relative_to(STAGE).as_posix(): file.read_text("utf-8") for file in sorted(STAGE.rglob("*.js"))
}
ALL = "\n".join(SCRIPTS.values())


def imports(source: str, script: str) -> list[tuple[str, set[str]]]:
    """Return file and names of every import of ours in `source`, which is that of `script`."""
    return _listed(re.findall(r'^import \{([^}]*)\} from "(\.[^"]+)";$', source, re.M), script)


def types(source: str, script: str) -> list[tuple[str, set[str]]]:
    """Return file and names of every type of ours that `source`, that of `script`, imports in a comment."""
    return _listed(re.findall(r'^/\*\* @import \{([^}]*)\} from "(\.[^"]+)" \*/$', source, re.M), script)


def _listed(found: list[tuple[str, str]], script: str) -> list[tuple[str, set[str]]]:
    folder = posixpath.dirname(script)
    return [
        (
            posixpath.normpath(posixpath.join(folder, file)),
            {name.strip() for name in names.split(",") if name.strip()},
        )
        for names, file in found
    ]


def exports(source: str) -> set[str]:
    """Return the names that `source` exports."""
    return set(re.findall(r"^export (?:async )?(?:function|class|const) (\w+)", source, re.M))


def object_of(name: str, source: str) -> str:
    """Return what stands between the braces of the object that `source` calls `name`."""
    (body,) = re.findall(rf"const {name} = \{{(.*?)\n?\}};", source, re.S)
    return body
