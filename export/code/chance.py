"""What chance brought to a race, inside its script: noise and mini-batches, number for number."""

import base64
import textwrap
import zlib
from collections.abc import Iterator
from typing import Any

from descent.race import randomness_of
from export.code.script import Race, Racer

DECODED = {
    "np": 'np.frombuffer(data, "<f8").reshape(shape)',
    "torch": "torch.frombuffer(bytearray(data), dtype=torch.float64).reshape(shape)",
}


def noise_name(racer: Racer) -> str:
    """Return where a lane's standard normal numbers stand; lanes that share them have one name."""
    return f"NOISE_{racer.run.stream}" if racer.run.stream else "NOISE"


def weights_name(racer: Racer) -> str:
    """Return where the weights of a lane's examples stand."""
    return f"WEIGHTS_{racer.run.stream}" if racer.run.stream else "WEIGHTS"


def chance_lines(race: Race, lib: str) -> list[str]:
    """Return the numbers that the lanes drew, and the function that reads them; nothing where none did."""
    if not (race.noisy or race.batches):
        return []
    lines = [
        "def numbers(text, shape):",
        "    data = zlib.decompress(base64.b64decode(text))",
        f"    return {DECODED[lib]}",
        "",
        "",
        "# What the race drew: float64, compressed with zlib, in base64; a row for each step.",
    ]
    said: set[str] = set()
    for racer in race.racers:
        for name, what, values in _drawn(race, racer):
            if name not in said:
                said.add(name)
                text = base64.b64encode(zlib.compress(values.astype("<f8").tobytes(), 9)).decode()
                *folded, last = (f'    "{line}"' for line in textwrap.wrap(text, 100))
                lines += [f"# {what}", f"{name} = numbers(", *folded, f"{last},", f"    {values.shape},", ")"]
    return lines


def _drawn(race: Race, racer: Racer) -> Iterator[tuple[str, str, Any]]:
    drawn, steps = randomness_of(racer.run, race.landscape), racer.run.steps
    if race.noisy:
        yield noise_name(racer), "Standard normal numbers, one for each coordinate.", drawn.noise[:steps]
    if race.batches and race.landscape.examples is not None:
        count = race.landscape.examples.count
        what = "How much each example weighs in the mini-batch."
        yield weights_name(racer), what, drawn.weights[:steps, :count]
