"""Take the moving picture with which the README opens: `python -m tools.film`. Look at it, then commit."""

import io
from pathlib import Path

from PIL import Image

from tools.browser import browsing, serving, wait_for_picture

FILM = Path(__file__).parent.parent / "docs" / "images" / "race.webp"
QUERY = "?f=himmelblau&hero=both&hide=controls,results,inspector&steps=60"
STEPS = (*range(0, 40, 1), *range(40, 61, 2))
FRAME = 70  # ms
REST = 1600  # ms at the end


def main() -> None:
    """Play a race, one picture a step."""
    with serving() as address, browsing() as browser:
        page = browser.new_context(
            locale="en-US", viewport={"width": 960, "height": 600}, reduced_motion="reduce"
        ).new_page()
        page.goto(f"{address}/{QUERY}")
        wait_for_picture(page)
        page.wait_for_timeout(4000)  # the surface comes last
        frames = []
        for step in STEPS:
            page.evaluate("(step) => optiscape.at(step)", step)
            page.wait_for_timeout(120)
            frames.append(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
    times = [FRAME] * (len(frames) - 1) + [REST]
    frames[0].save(
        FILM, save_all=True, append_images=frames[1:], duration=times, loop=0, quality=60, method=6
    )


if __name__ == "__main__":
    main()
