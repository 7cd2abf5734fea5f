"""What a slip of the pen makes of a rule in LaTeX: every one of these, at every place where it can happen."""

import re
from collections.abc import Iterator, Sequence

# What is written → what a slip makes of it. Indices (_{t-1}) and what is left of an equation are no places.
SLIPS: tuple[tuple[str, str], ...] = (
    (r"\\(?:hat|bar) (?=[a-z]_)", ""),  # a hat is lost
    (r"\\bar (?=v_{t)", r"\\hat "),
    (r"_{t-1}", "_t"),  # this step instead of the last
    (r"(?<=[cdghmnrsuv\w])_t(?!\w)", "_{t-1}"),  # the last instead of this
    (r"\^2(?= ?[+\\$}]|$|\))", ""),  # a square is lost
    (r"\^2(?= ?[+\\$}]|$|\))", "^3"),
    (r"\^{t\+1}", "^t"),
    (r"(?<=\d)\^t", ""),
    (r"(?<=\d)\^t", "^{t+1}"),
    (r"\+(?![^{}]*-?1})", "-"),  # a sign is turned
    (r"(?<!_{t)(?<!\^{)-", "+"),
    (r"\\sqrt{", "{"),  # a root is lost
    (r"\\max", r"\\min"),
    (r"\+ \\varepsilon", ""),
    (r"\\operatorname{sign}", ""),
    (r"\|([a-z\\]+_[t12])\|", r"\1"),  # bars are lost
    (r"\^{-1}", ""),  # an inverse is lost
    (r"\^\\top", ""),
    (r"\\ge 5", r"\\ge 7"),
    (r"\\le 0", r"\\ge 0"),
    (r"\\min}", r"\\max}"),
    (r"\\frac{(\\?\w+(?:_\w+)?)}{(.*?)}(?= |$)", r"\\frac{\2}{\1}"),  # upside down
    (r"\\frac{1-", r"\\frac{2-"),
    (r"\(1-", "(2-"),
)


def mutations(rule: Sequence[str], symbols: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Yield every rule that differs from `rule` by one slip; `symbols` are those of its knobs."""
    slips = list(SLIPS)
    for symbol, other in zip(symbols, [*symbols[1:], symbols[0]], strict=True):
        slips.append((re.escape(symbol) + r"(?![a-z_])", other.replace("\\", r"\\")))  # another knob
    for number, line in enumerate(rule):
        for written, slip in slips:
            for found in re.finditer(written, line):
                if found.start() < line.index("="):
                    continue
                changed = line[: found.start()] + re.sub(written, slip, line[found.start() :], count=1)
                if changed != line:
                    yield (*rule[:number], changed, *rule[number + 1 :])
