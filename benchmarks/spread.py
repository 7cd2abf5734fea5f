"""How measured values are printed."""

import statistics


def spread(name: str, values: list[float], unit: str) -> None:
    """Print median, 95th percentile and the worst of `values`."""
    ordered = sorted(values)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    median, worst = statistics.median(values), ordered[-1]
    print(f"  {name:34} median {median:7.2f}  p95 {p95:7.2f}  worst {worst:7.2f} {unit}", flush=True)
