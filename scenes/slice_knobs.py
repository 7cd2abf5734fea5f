"""The knobs of the lab on slices: which plane through a network's loss, and how much of it."""

from catalog import Knob

SLICE_KINDS = ("path", "random", "hessian", "trainers", "seeds")
"""What spans the plane. "trainers": the ends of others; "seeds": those of the same run with other seeds."""

KIND = Knob("slice", "", default="path", kind="choice", choices=SLICE_KINDS)
NORM = Knob("slicenorm", "", default="filter", kind="choice", choices=("filter", "length"))
EXTENT = Knob("sliceextent", "", default=1.0, low=0.01, high=10.0, scale="log", step=0.05)
POINTS = Knob("slicepoints", "n", default=51, low=3, high=101, step=2, kind="whole")
SLICE_SEED = Knob("sliceseed", "", default=0, low=0, high=2**31 - 1, step=1, kind="whole")
RACE = Knob("slicerace", "", default="off", kind="choice", choices=("off", "on"))

SLICE = KIND, NORM, EXTENT, POINTS, SLICE_SEED, RACE
