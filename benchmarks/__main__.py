"""Run all benchmarks, or those that are named: `python -m benchmarks descent page`."""

import sys

from benchmarks import critical_points, crowds, descent, memory, page

ALL = {
    "descent": descent.main,
    "crowds": crowds.main,
    "critical_points": critical_points.main,
    "page": page.main,
    "memory": memory.main,
}

if __name__ == "__main__":
    for name in sys.argv[1:] or ALL:
        ALL[name]()
