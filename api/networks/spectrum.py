"""The spectrum of a network's Hessian at a step, and how sharp small and large batches end."""

from dataclasses import asdict
from typing import Any

from api.encode import finite, packed
from api.parts import in_parts
from networks import parameters_of, so_far, training_parts
from networks.data import about
from scenes import read
from scenes.net_labs import SpectrumLab
from studies.hessian_spectrum import (
    SpectrumAt,
    compared,
    kept_step,
    outliers,
    sharpness_parts,
    sharpness_so_far,
    spectrum_parts,
    spectrum_so_far,
)


def net_spectrum(spelling: str) -> dict[str, Any]:
    """Return the spectrum at the playhead's step, and the sharpness of all runs, as far as they are known.

    As long as not all is known the answer says so, {"done": …, "parts": …} in parts.
    """
    scene = read(spelling)[0]
    lab = scene.network.spectrum
    run = lab.training()
    try:
        more = in_parts(training_parts([run]), dict[str, Any])
    except FileNotFoundError:
        return {**_known(lab, None), "missing": True}
    step = scene.view.step
    ahead = len(lab.trainings()) + 2
    if "parts" in more:
        history = so_far(run)
        return {**_known(lab, None), "done": history.steps_done, "parts": run.steps * (ahead + 1)}
    at = kept_step(run, lab.steps if step is None else int(step))
    question = None if at is None else SpectrumAt(run, at)
    parts = spectrum_parts(question) if question else []
    told_of = in_parts(parts, dict[str, Any])
    if "parts" not in told_of:
        told_of = in_parts(
            [*parts, *sharpness_parts(lab.runs(lab.batch), lab.runs(lab.large))], dict[str, Any]
        )
    told = _known(lab, question)
    if "parts" not in told_of:
        return told
    known = sum(sharpness_so_far(each) is not None for each in lab.trainings())
    done = 1 + (told["spectrum"] is not None) + known
    return {**told, "done": run.steps * done, "parts": run.steps * (ahead + 1)}


def _known(lab: SpectrumLab, question: SpectrumAt | None) -> dict[str, Any]:
    run = lab.training()
    found = None if question is None else spectrum_so_far(question)
    classes = about(run.network.data).classes
    small, large = ([sharpness_so_far(each) for each in lab.runs(size)] for size in (lab.batch, lab.large))
    whole = [each for each in (*small, *large) if each is not None]
    ends = None
    if len(whole) == len(small) + len(large):
        ends = compared(whole[: len(small)], whole[len(small) :])
    told = {
        "parameters": parameters_of(run.network),
        "classes": classes,
        "step": None if question is None else question.step,
        "exact": question is None or question.exact,
        "spectrum": None,
        "runs": [_run(size, each) for size, each in ((lab.batch, small), (lab.large, large))],
        "sharpness": None if ends is None else asdict(ends),
        "diverged": len(whole) == len(small) + len(large) and ends is None,
        "missing": False,
    }
    if found is not None:
        gap = outliers(found.largest, classes)
        told["spectrum"] = {
            **{name: packed(getattr(found, name)) for name in ROWS},
            "negative": asdict(found.negative),
            "mean": asdict(found.mean),
            "outliers": None if gap is None else asdict(gap),
        }
    return told


ROWS = "largest", "errors", "smallest", "smallest_errors", "middles", "counts"


def _run(size: int, ends: list[tuple[float, float, float] | None]) -> dict[str, Any]:
    """Return the sharpness of each seed with batches of this size: null if not known, or diverged."""
    return {"batch": size, "sharpness": [None if end is None else finite(end[0]) for end in ends]}
