"""What a table of a reader's own holds, before anything is trained on it."""

from typing import Any

from landscapes.data import TableError
from scenes import query
from scenes.changes.ground import as_table
from scenes.network_data import read_table, spell_table


def net_table(spelling: str) -> dict[str, Any]:
    """Return what a link would spell of the table `rows` of a query, and how its rows are split.

    `rows` is what would be learned from, as the change "net_table" has it: the bytes of a file, in base64.
    Of a table that cannot be learned from: what is wrong, and on which `line` of the file (0 where none
    can be named), as `TableError` says it. Every query has an answer.
    """
    coded = dict(query.split(spelling)).get("rows", "")
    try:
        table = read_table(as_table({"bytes": coded}))
    except TableError as error:
        return {"ok": False, "why": error.why, "line": error.line, "value": error.value}
    return {
        "ok": True,
        "table": spell_table(table),
        "rows": len(table.rows),
        "inputs": table.inputs,
        "classes": table.classes,
        "train": table.train,
        "validation": table.validation,
    }
