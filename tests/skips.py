"""In CI a skipped test is a failed one: otherwise what is missing there would look as if it held."""

import os
from collections.abc import Iterator
from typing import Any

import pytest

# Reasons for which a test may be skipped in CI all the same, and why that loses nothing.
ALLOWED: dict[str, str] = {}


def judge(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Make a failure of a report that says "skipped", in CI and for no allowed reason."""
    if os.environ.get("CI") != "true" or not report.skipped or hasattr(report, "wasxfail"):
        return
    _, _, said = report.longrepr  # type: ignore[misc]  # (path, line, "Skipped: …") of whatever was skipped
    reason = said.removeprefix("Skipped: ")
    if reason not in ALLOWED:
        report.outcome = "failed"
        report.longrepr = f"Expected no test to be skipped in CI, this one was: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[Any]:
    report = yield
    judge(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[Any]:
    report = yield
    judge(report)
    return report
