"""Computing things before somebody asks for them."""

import gc
import threading

import pytest

from api import warm
from landscapes import LANDSCAPES
from scenes import default_scene, write


def test_the_first_picture_is_that_of_the_first_page():
    fetched: list[str] = []
    gc.unfreeze()  # what tests/conftest.py set aside, and will be again, or else all later tests were slower
    warm.first(fetched.append)
    assert fetched == [write(default_scene())]
    assert gc.get_freeze_count() > 0


def test_the_rest_is_every_surface_as_it_is_met_first(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(warm, "BREATH", 0)
    fetched: list[str] = []
    worker = threading.Thread(target=warm.rest, args=(fetched.append,))  # it lowers its own priority
    worker.start()
    worker.join()
    assert fetched == [write(default_scene(name)) for name in LANDSCAPES]
