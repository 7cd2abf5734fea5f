"""What the lab on training opens with is worth looking at: every trainer learns."""

from networks import train
from scenes.network import UNTOUCHED
from scenes.network_training import trainings


def test_what_the_lab_opens_with_is_learned_by_every_trainer():
    for run in trainings(UNTOUCHED):
        known = train(run)
        assert known.ending.kind == "done"
        assert known.validation_accuracy[-1] >= 0.9
        assert known.train_loss[-1] < 0.2 * known.train_loss[0]
