"""Run all benchmarks, or those that are named: `python -m benchmarks descent page`."""

import sys

from benchmarks import critical_points, crowds, descent, page, questions

ALL = {
    "descent": descent.main,
    "crowds": crowds.main,
    "critical_points": critical_points.main,
    "questions": questions.main,
    "page": page.main,
}

if __name__ == "__main__":
    for name in sys.argv[1:] or ALL:
        ALL[name]()
