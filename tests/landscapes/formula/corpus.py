"""Formulas that broke other evaluators, and formulas that none may refuse.

In the table, a formula that begins with a double quote is JSON, and a run of equal pieces is folded:
`⟨A×5⟩` stands for AAAAA.
"""

import json
import re
from pathlib import Path

TABLE = Path(__file__).parents[2] / "data" / "hostile_formulas.tsv"


def unfolded(cell: str) -> str:
    text = json.loads(cell) if cell.startswith('"') else cell
    return re.sub(r"⟨(.+?)×(\d+)⟩", lambda run: run[1] * int(run[2]), text)


def rows(verdict: str) -> list[str]:
    lines = TABLE.read_text("utf-8").rstrip("\n").split("\n")
    cells = [line.split("\t") for line in lines]
    return [unfolded(formula) for formula, found, _ in cells if found == verdict]


ACCEPTED, REFUSED, EITHER = rows("accept"), rows("refuse"), rows("either")
