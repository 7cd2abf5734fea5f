"""What the three scripts have in common: which lanes race, what stands at the head and at the end."""

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from urllib.parse import quote

from descent.python import columns
from descent.randomness import draws_batches
from descent.run import Run
from landscapes import Landscape
from landscapes.find import formula_of
from optimizers import OPTIMIZERS
from scenes import Scene, read, write
from scenes.scene import View

LONGEST = 100
"""How long a line of numbers or words is."""

INDENT = "    "


@dataclass(frozen=True)
class Racer:
    """A lane: its number from 1, and its question."""

    number: int
    run: Run

    @property
    def name(self) -> str:
        """Return what its function is called."""
        return f"lane_{self.number}_{self.run.optimizer}"

    @property
    def title(self) -> str:
        """Return method, schedule and treatment in words of ASCII."""
        run = self.run
        said = [
            f"{name}={_spelled(value)}"
            for name, value in OPTIMIZERS[run.optimizer].settings(run.knobs).items()
        ]
        if run.schedule != "constant":
            knobs = ", ".join(f"{name}={_spelled(value)}" for name, value in run.schedule_knobs.items())
            said.append(f"schedule {run.schedule} ({knobs})" if knobs else f"schedule {run.schedule}")
        if run.warmup:
            said.append(f"{run.warmup} steps of warm-up")
        if run.clip != "none":
            said.append(f"gradients clipped by {run.clip} at {_spelled(run.clip_at)}")
        if run.decoupled:
            said.append("decoupled penalty")
        return f"{run.optimizer}: {', '.join(said)}"

    @property
    def docstring(self) -> list[str]:
        """Return the title as the docstring of a function."""
        return textwrap.wrap(f'"""{self.title}."""', LONGEST, initial_indent=INDENT, subsequent_indent=INDENT)


@dataclass(frozen=True)
class Race:
    """The scene of a script, and where it came from."""

    scene: Scene
    link: str

    @property
    def racers(self) -> list[Racer]:
        """Return the lanes in their order."""
        return [Racer(number, run) for number, run in enumerate(self.scene.runs(), 1)]

    @property
    def landscape(self) -> Landscape:
        """Return the surface."""
        return self.scene.ground.surface

    @property
    def batches(self) -> bool:
        """Return whether mini-batches are drawn: all lanes do, or none."""
        return draws_batches(self.racers[0].run, self.landscape)

    @property
    def noisy(self) -> bool:
        """Return whether there is noise on the gradients: in all lanes, or in none."""
        return self.racers[0].run.sigma > 0

    @property
    def hessian(self) -> bool:
        """Return whether one of the methods reads Hessians."""
        return any(OPTIMIZERS[each.run.optimizer].hessian for each in self.racers)


def race_of(link: str, home: str) -> Race:
    """Return the race that `link` spells; of the view nothing is kept but the page that its link opens."""
    scene = read(link)[0]
    plain = Scene(scene.ground, scene.racers, scene.budget, View())
    return Race(plain, f"{home}?{write(plain)}")


def script(race: Race, tools: str, checked: Iterable[str], parts: Iterable[Iterable[str]]) -> bytes:
    """Return a whole script: its docstring, what `parts` say, `paths` and what is done when it is run.

    `tools`: what it uses, in words; `checked`: the same as names and versions, with which it was tried.
    """
    names = [each.name for each in race.racers]
    head = [
        f'"""The race of {len(names)} lane{"s" * (len(names) > 1)} down {race.landscape.id}, with {tools}.',
        "",
        "paths() returns where each lane went: an array (steps + 1, 2) for each, the start first.",
        "A lane that diverges goes on here; the page stops at the last point where all is finite.",
        "",
        f"Made from {safe(race.link)}",
        f"by Optiscape: generated, take it for whatever you like. Checked with {', '.join(checked)}.",
        '"""',
    ]
    typed = formula_of(race.scene.ground.landscape)
    note = [] if typed is None else [f"# The loss that was typed: {typed!a}"]
    end = [
        *("def paths():", "    return ["),
        *(f"        {name}()," for name in names),
        *("    ]", "", "", 'if __name__ == "__main__":'),
        "    for lane, path in enumerate(paths(), 1):",
        "        print(lane, *map(float, path[-1]))",
    ]
    blocks = [[*head, *note], *(list(part) for part in parts), end]
    text, code = "", False
    for block in filter(None, blocks):
        gap = "\n" if text and not _is_code(block) and not code else "\n\n"
        text, code = f"{text}{gap if text else ''}" + "\n".join(block) + "\n", _is_code(block)
    return text.encode()


def _is_code(block: list[str]) -> bool:
    """Return whether a block is a function or a class, which stands apart."""
    return any(line.startswith(("def ", "class ", "@")) for line in block)


def versions(*packages: str) -> list[str]:
    """Return the names of packages with the versions that run here."""
    return [f"{each} {version(each)}" for each in packages]


def safe(text: str) -> str:
    """Return an address that is nothing but text in a docstring: no quotes, line ends, backslashes."""
    return "".join(each if re.match(r"[!#-&(-\[\]-~]", each) else quote(each) for each in text)


def table_lines(race: Race, made: str) -> list[str]:
    """Return the data of the surface by columns; `made` makes an array of a list of numbers."""
    lines = []
    for name, column in columns(race.landscape).items():
        lines += [f"{name} = {made}(", "    [", *_wrapped(map(repr, column.tolist())), "    ]", ")"]
    return ["# The data, scaled as they are raced on.", *lines] if lines else []


def _wrapped(numbers: Iterable[str]) -> list[str]:
    lines = [" " * 7]
    for number in numbers:
        if len(lines[-1]) + len(number) > LONGEST:
            lines.append(" " * 7)
        lines[-1] += f" {number},"
    return lines


def _spelled(value: object) -> str:
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)
