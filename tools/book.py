"""Run the book's experiments on networks again, and keep what they say for the page that shows it.

    .venv/bin/python -m tools.book [EXPERIMENT …] [--seeds 10] [--parts FOLDER]

Each run is kept in a folder as soon as it is there, so that one who stops it loses a run at most; when all
runs of an experiment are there, its medians and bands go into studies/networks/book_results.json. That is
some 25 minutes of one core in all: `nice -n 10` leaves the machine to others meanwhile. Data come first:
`python -m tools.datasets`.
"""

import argparse
import json
import tempfile
import time
from pathlib import Path

from studies.networks.book import EXPERIMENTS, SEEDS, Curves
from studies.networks.book_results import FILE, merged, summary


def main() -> None:
    """Run what is asked for and not known."""
    about = (__doc__ or "").split("\n", 1)[0]
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("experiments", nargs="*", metavar="EXPERIMENT", help=", ".join(EXPERIMENTS))
    parser.add_argument("--seeds", type=int, default=SEEDS)
    usual = Path(tempfile.gettempdir()) / "optiscape_book"
    parser.add_argument("--parts", type=Path, default=usual, help=f"where runs are kept (here: {usual})")
    asked = parser.parse_args()
    unknown = set(asked.experiments) - set(EXPERIMENTS)
    if unknown:
        parser.error(f"expected experiments among {', '.join(EXPERIMENTS)}; got {', '.join(sorted(unknown))}")
    asked.parts.mkdir(parents=True, exist_ok=True)
    for id in asked.experiments or EXPERIMENTS:
        experiment = EXPERIMENTS[id]
        runs = {
            lane: [_run(asked.parts, id, lane, seed) for seed in range(asked.seeds)]
            for lane in experiment.lanes
        }
        FILE.write_text(merged(FILE.read_text("utf-8") if FILE.exists() else "{}", summary(experiment, runs)))
        print(f"{id}: written", flush=True)


def _run(parts: Path, id: str, lane: str, seed: int) -> Curves:
    """Return one run, from the folder if it is there."""
    experiment = EXPERIMENTS[id]
    owner, of = experiment.same.get(lane, (id, lane))
    file = parts / f"{owner}-{of}-{seed}.json"
    if not file.exists():
        began = time.monotonic()
        found = EXPERIMENTS[owner].run(of, seed)
        unfinished = file.with_suffix(".new")
        unfinished.write_text(json.dumps(found))
        unfinished.replace(file)
        print(f"{owner} {of} {seed}: {time.monotonic() - began:.0f} s", flush=True)
    return json.loads(file.read_text())


if __name__ == "__main__":
    main()
