"""The knob of the lab on the book: which of its experiments is seen."""

from catalog import Knob

FIGURE = Knob(
    "figure",
    "",
    default="starting_weights",
    kind="choice",
    choices=(
        *("optimizers", "activations", "starting_weights", "batch_norm"),
        *("weight_decay", "dropout", "search"),
    ),
)
