"""What networks recorded while they trained, read by pandas, a JSON parser and NumPy."""

import io
import json

import numpy as np
import pandas as pd

from export.by_name import made, part_of
from networks import train
from scenes import read
from scenes.network_training import trainings

HOME = "https://example.org/o/"
LINK = "page=networks&net=moons:width=6,steps=30&trainer=adam:lr=0.05&trainer=sgd:lr=100"


def test_every_number_of_a_history_is_in_all_three_files():
    table = pd.read_csv(io.BytesIO(made("history.csv", LINK, HOME)), comment="#")
    told = json.loads(made("history.json", LINK, HOME))
    arrays = np.load(io.BytesIO(made("history.npz", LINK, HOME)))
    asked = trainings(read(LINK)[0].network)
    assert [each["method"] for each in told["trainers"]] == ["adam", "sgd"]
    assert told["about"]["link"].startswith(f"{HOME}?v=1") and "page=networks" in told["about"]["link"]
    for number, training in enumerate(asked, 1):
        history, lane = train(training), told["trainers"][number - 1]
        rows = table[table["trainer"] == number]
        np.testing.assert_array_equal(arrays[f"trainer_{number}_batch_loss"], history.losses)
        np.testing.assert_array_equal(arrays[f"trainer_{number}_measured"], history.measured)
        assert list(rows["step"]) == list(range(len(history.losses)))
        known = rows.query("validation_accuracy == validation_accuracy")  # no NaN
        np.testing.assert_allclose(known["validation_accuracy"], history.validation_accuracy, rtol=1e-6)
        assert list(known["step"]) == list(history.measured)
        assert lane["ending"] == history.ending.kind and lane["parameters"] == history.parameters
        finite = [value for value in lane["columns"]["batch_loss"] if value is not None]
        np.testing.assert_allclose(finite, history.losses[: len(finite)], rtol=1e-6)


def test_they_are_trained_in_parts():
    link = "page=networks&net=moons:width=40,steps=4000&trainer=adam:lr=0.01"
    assert part_of("history.json", link, HOME) is None
