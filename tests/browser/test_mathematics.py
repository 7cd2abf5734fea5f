"""How formulas are drawn, whatever fonts there are."""

import io

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import Open


def test_hats_stand_above_their_letters_and_roots_hold_what_is_in_them(visit: Open) -> None:
    """With a font that knows about mathematics or, as here it may be, without one."""
    page = visit("?f=bowl&lane=adamw&steps=20&page=step&hide=surface", device_scale_factor=4)
    hats = page.locator(".os-rules mover")
    expect(hats).to_have_count(4)
    for hat in hats.all():
        ink = np.asarray(Image.open(io.BytesIO(hat.screenshot())).convert("L")) < 140
        rows = np.flatnonzero(ink.any(axis=1))
        assert (np.diff(rows) > 1).any()  # there is paper between them
    root = ".os-rules :is(msqrt, .os-surd)"
    inside = page.locator(f"{root} > :last-child").bounding_box()
    around = page.locator(root).bounding_box()
    assert inside and around and around["height"] >= inside["height"] > 15
    # The bracket around the fraction is as high as that: drawn by its font, or as an edge of what it holds.
    heights = page.evaluate(
        """() => [...document.querySelectorAll(".os-rules :is(mo[form=prefix], .os-round, mfrac:has(mover))")]
          .map((node) => node.getBoundingClientRect().height)"""
    )
    assert len(heights) == 2 and heights[0] == pytest.approx(heights[1], rel=0.25)
