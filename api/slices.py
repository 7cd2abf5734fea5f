"""Slices through the loss of networks as surfaces: what is said of them, and how their samples get about.

The process for long work trains and samples. Its answer to `sampled.json` has the samples, which the server
keeps as well, and so answers by itself from then on. What is asked of a slice that it does not know the other
process answers.
"""

import base64
import gzip
import json
from dataclasses import replace
from typing import Any

from api.parts import in_parts
from catalog import Settings
from landscapes.spline import Samples
from networks import ACTIVATIONS, parameters_of, so_far
from networks.geometry import Sampled, keep, known, progress, sampled_parts, slice_costs
from optimizers.knobs import RATE
from scenes import Scene, default_scene, read, write
from scenes.network import Net, usual_trainer
from scenes.network_slice import SLICE, NetworkSlice, SliceTable, is_pending
from scenes.scene import View
from scenes.write import spell_ground

SAMPLED = "sampled.json"
IN_ALL = 1000
"""How far training and sampling are is said in thousandths."""


def sampled(spelling: str) -> dict[str, Any]:
    """Return the samples of the slice that `spelling` asks for, or how far they are: {"done", "parts"}.

    `failed` says why there will be none: the training of a seed "diverged" at a `step`, or its "data" are
    missing. Of what is no slice there is nothing to say.
    """
    which = read(spelling)[0].ground.landscape
    if not isinstance(which, NetworkSlice):
        return _told(None, "no_slice")
    return _in_parts(which.table)


def waiting_for_samples(spelling: str) -> dict[str, Any] | None:
    """Train and sample for a moment where `spelling` asks of a slice that is not known; None where it is.

    Returns how much is done of all, or that the slice is `missing`.
    """
    if not may_be_slice(spelling):
        return None
    which = read(spelling)[0].ground.landscape
    if not isinstance(which, NetworkSlice) or not is_pending(which):
        return None
    made = _in_parts(which.table)
    if "parts" in made:
        return made
    return {"missing": True} if made["failed"] else None


def is_unknown(spelling: str) -> bool:
    """Return whether `spelling` asks of a slice whose samples are not there."""
    return may_be_slice(spelling) and is_pending(read(spelling)[0].ground.landscape)


def may_be_slice(spelling: str) -> bool:
    """Return whether `spelling` might spell a slice: nothing is read."""
    return f"f={SLICE}" in spelling or f"{SliceTable.parameter}=" in spelling


def heard(spelling: str, contents: bytes) -> None:
    """Keep the samples in an answer to `sampled.json`, compressed, if it has some."""
    told = json.loads(gzip.decompress(contents))
    which = read(spelling)[0].ground.landscape
    if not isinstance(which, NetworkSlice) or not told.get("samples"):
        return
    (x0, x1), (y0, y1) = told["box"]
    samples = Samples(base64.b64decode(told["samples"]), ((x0, x1), (y0, y1)))
    shares = None if told["shares"] is None else tuple(told["shares"])
    keep(
        which.table.question,
        Sampled(samples, told["off"], told["replaced"], told["centre_loss"], shares),
    )


def _in_parts(table: SliceTable) -> dict[str, Any]:
    question = table.question
    try:
        more = in_parts(sampled_parts(question), lambda: None)
    except FileNotFoundError:
        return _told(None, "data")
    except ValueError:
        for run in table.trainings():
            ending = so_far(run).ending
            if ending.kind == "diverged":
                return {**_told(None, "diverged"), "step": ending.step}
        raise
    found = known(question)
    if more is not None or found is None:
        return {"done": int(IN_ALL * progress(question)), "parts": IN_ALL + 1}
    return _told(found)


def _told(found: Sampled | None, failed: str | None = None) -> dict[str, Any]:
    return {
        "samples": "" if found is None else base64.b64encode(found.samples.losses).decode(),
        "box": None if found is None else found.samples.box,
        "off": None if found is None else found.off,
        "replaced": None if found is None else found.replaced,
        "centre_loss": None if found is None else found.centre_loss,
        "shares": None if found is None else found.shares,
        "failed": failed,
        "step": None,
    }


def described(scene: Scene) -> dict[str, Any] | None:
    """Return what an answer says of a slice, None on other surfaces.

    `sampling` is where its samples are asked for as long as they are not there. `off` is by how much the
    surface differed from the loss at most where that was checked, `height` how high the surface is.
    `training` is the link of its network's training.
    """
    which = scene.ground.landscape
    if not isinstance(which, NetworkSlice):
        return None
    table, found = which.table, which.sampled
    runs = table.trainings()
    values = None if found is None else found.samples.values
    return {
        "values": table.values(),
        "usual": {knob.id: knob.default for knob in table.knobs(table.data).values()},
        "most": {knob.id: knob.high for knob in table.knobs(table.data).values() if knob.kind == "whole"},
        "idle": list(table.idle),
        "parameters": parameters_of(runs[0].network),
        "cost": sum(slice_costs(runs)),
        "sampling": None if found else f"{SAMPLED}?{spell_ground(scene.ground)}",
        "off": None if found is None else found.off,
        "height": None if values is None else float(values.max() - values.min()),
        "replaced": None if found is None else found.replaced,
        "centre_loss": None if found is None else found.centre_loss,
        "shares": None if found is None else found.shares,
        "training": write(_in_networks(scene, table)),
    }


def _in_networks(scene: Scene, table: SliceTable) -> Scene:
    """Return the scene with the training of the slice's network in view.

    Where there is no slice to be seen yet, or never, it is on the usual surface.
    """
    scene = default_scene() if is_pending(scene.ground.landscape) else scene
    net = Net(
        data=table.data,
        depth=table.depth,
        width=table.width,
        activation=table.activation,
        init=ACTIVATIONS[table.activation].start,
        norm=table.norm,
        residual=table.residual,
        batch=table.batch,
        steps=table.steps,
        seed=table.seed,
    )
    usual = usual_trainer(table.method)
    trainer = replace(usual, knobs=Settings({**usual.knobs, RATE: table.rate}))
    network = replace(scene.network, net=net, trainers=(trainer,))
    return replace(scene, network=network, view=View(lane=scene.view.lane, page="networks"))
