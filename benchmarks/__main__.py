"""Run all benchmarks, or those that are named: `python -m benchmarks descent page`.

`python -m benchmarks load …` has options of its own: see `--help`.
"""

import sys

from benchmarks import (
    critical_points,
    curvature,
    descent,
    ensembles,
    exports,
    load,
    memory,
    networks,
    page,
    questions,
    slices,
    visits,
)

ALL = {
    "descent": descent.main,
    "ensembles": ensembles.main,
    "networks": networks.main,
    "curvature": curvature.main,
    "slices": slices.main,
    "critical_points": critical_points.main,
    "questions": questions.main,
    "page": page.main,
    "visits": visits.main,
    "exports": exports.main,
    "memory": memory.main,
}

if __name__ == "__main__":
    if sys.argv[1:2] == ["load"]:
        load.main(sys.argv[2:])
    else:
        for name in sys.argv[1:] or ALL:
            ALL[name]()
