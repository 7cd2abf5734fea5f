"""What was recorded of networks that trained, with the settings: as CSV, as JSON, as NumPy's own file."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from networks import History, Training, so_far, training_parts
from networks.history import is_too_large
from scenes import read, write
from scenes.network_training import trainings

COLUMNS: Mapping[str, str] = {
    "step": "number of the step; what follows was found before it",
    "batch_loss": "mean -ln p of the examples that the step sees",
    "train_loss": "mean -ln p of the first 1000 training examples at most, at some steps",
    "validation_loss": "the same of validation examples",
    "train_accuracy": "share of these training examples that are right",
    "validation_accuracy": "share of these validation examples that are right",
    "weight_norm": "Euclidean norm of all weights W",
    "dead": "share of hidden units that make the same of every example",
    "saturated": "share of pairs of unit and example at which the activation function is flat",
}
"""What each column holds; shares from 0 to 1."""

MEASURED = {name: "norms" if name == "weight_norm" else name for name in list(COLUMNS)[2:]}
"""The columns that are known of some steps alone, and their fields in a History."""


def history_csv(link: str, home: str) -> bytes | None:
    """Return one table of all trainers; settings are comments, `#`, at its head. None while they train.

    What was not measured at a step, or has no finite value, is empty.
    """
    found = _found(link)
    if found is None:
        return None
    text = io.StringIO()
    text.write(f"# {json.dumps(_about(link, home))}\n")
    for number, (training, history) in enumerate(found, 1):
        text.write(f"# trainer {number}: {json.dumps(_settings(training, history))}\n")
    for name, meaning in COLUMNS.items():
        text.write(f"# column {name}: {meaning}\n")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("trainer", "method", *COLUMNS))
    for number, (training, history) in enumerate(found, 1):
        for row in _rows(history):
            rows.writerow((number, training.optimizer, *("" if value is None else value for value in row)))
    return text.getvalue().encode()


def history_json(link: str, home: str) -> bytes | None:
    """Return settings, the meaning of the columns, and of each trainer its numbers; None while they train."""
    found = _found(link)
    if found is None:
        return None
    lanes = []
    for training, history in found:
        columns = {name: [_finite(value) for value in column] for name, column in _columns(history).items()}
        lanes.append({**_settings(training, history), "columns": columns})
    whole = {"about": _about(link, home), "columns": COLUMNS, "trainers": lanes}
    return json.dumps(whole, allow_nan=False).encode()


def history_npz(link: str, home: str) -> bytes | None:
    """Return an archive that `numpy.load` opens: `trainer_1_batch_loss` …; None while they train.

    `trainer_1_measured` has the steps of the columns that are known of some steps alone. `settings` is JSON.
    """
    found = _found(link)
    if found is None:
        return None
    settings = [_settings(*each) for each in found]
    about = {"about": _about(link, home), "columns": COLUMNS, "trainers": settings}
    arrays: dict[str, Any] = {"settings": np.array(json.dumps(about))}
    for number, (_, history) in enumerate(found, 1):
        arrays |= {f"trainer_{number}_{name}": column for name, column in _columns(history).items()}
    held = io.BytesIO()
    np.savez_compressed(held, **arrays)
    return held.getvalue()


def _found(link: str) -> list[tuple[Training, History]] | None:
    """Train for a moment; return all histories when they are whole."""
    asked = trainings(read(link)[0].network)
    try:
        if not all(part() is not False for part in training_parts(asked)):
            return None
    except FileNotFoundError as error:
        raise ValueError(f"Expected the file of the data set, which was not made. {error}") from error
    return [(training, so_far(training)) for training in asked]


def _about(link: str, home: str) -> dict[str, Any]:
    return {"made_by": "Optiscape", "link": f"{home}?{write(read(link)[0])}"}


def _settings(training: Training, history: History) -> dict[str, Any]:
    network = training.network
    return {
        "data": network.data if isinstance(network.data, str) else "brought by the reader, see the link",
        "widths": network.widths,
        "activation": network.activation,
        "initializer": network.initializer,
        "sigma": network.sigma,
        "normalization": network.normalization,
        "residual": network.residual,
        "dropout": network.dropout,
        "method": training.optimizer,
        "knobs": dict(training.knobs),
        "schedule": training.schedule,
        "schedule_knobs": dict(training.schedule_knobs),
        "warmup": training.warmup,
        "batch": training.batch,
        "steps": training.steps,
        "weight_decay": training.weight_decay,
        "decoupled": training.decoupled,
        "seed": training.seed,
        "parameters": history.parameters,
        "ending": history.ending.kind,
        "ending_at_step": history.ending.step,
    }


def _columns(history: History) -> dict[str, NDArray[Any]]:
    """Return the numbers of a trainer: one for each step, and others with the steps that these are of."""
    found: dict[str, NDArray[Any]] = {"batch_loss": history.losses, "measured": history.measured}
    return found | {name: getattr(history, field) for name, field in MEASURED.items()}


def _rows(history: History) -> Iterator[list[Any]]:
    """Yield a row for each step, in the order of COLUMNS; None for what is not known."""
    at = {int(step): row for row, step in enumerate(history.measured)}
    for step, loss in enumerate(history.losses):
        row = at.get(step)
        measured = [None if row is None else getattr(history, field)[row] for field in MEASURED.values()]
        yield [step, *(None if value is None else _finite(value) for value in (loss, *measured))]


def _finite(value: Any) -> float | int | None:
    """Return a number, None where it is not finite or what is called diverged."""
    if isinstance(value, np.integer):
        return int(value)
    return None if is_too_large(np.asarray(value, np.float32)) else float(value)
