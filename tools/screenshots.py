"""Take the pictures under docs/images: `python -m tools.screenshots [name …]`. Look at them, then commit."""

import sys
from pathlib import Path
from typing import Any

from scenes.questions import QUESTIONS
from tools.browser import browsing, serving, wait_for_picture

FOLDER = Path(__file__).parent.parent / "docs" / "images"
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}}
RACE = "?f=bowl"
HIMMELBLAU = "?f=himmelblau&step=14"
SLOW = {
    "networks": 15_000,
    "inside": 10_000,
    "step": 1500,
    "noise": 20_000,
    "fair": 20_000,
    "questions": 1500,
}
"""Pictures with cards that take long, and how long, in ms."""
WIDE: dict[str, Any] = {"viewport": {"width": 1920, "height": 1080}}

PICTURES: dict[str, tuple[str, dict[str, Any]]] = {
    "main": (RACE, DESKTOP),
    "wide": ("?f=himmelblau&hero=both", WIDE),
    "surface": ("?f=six_hump_camel&hero=surface&theme=dark", DESKTOP),
    "questions": (f"?{QUESTIONS[0].query}", DESKTOP),
    "presenter": ("?f=himmelblau&present=1&hero=both", WIDE),
    "paper": ("?f=himmelblau&tint=paper", DESKTOP),
    "step": ("?f=rosenbrock&lane=adam:lr=0.1&lane=momentum:lr=0.0005&steps=200&step=9&page=step", DESKTOP),
    "dark": (HIMMELBLAU, {**DESKTOP, "color_scheme": "dark"}),
    "curvature": (
        "?f=six_hump_camel&page=curvature&probe=0,0&layer=lambda_min&measure=stability"
        "&lane=sgd:lr=0.02&lane=newton&lane=saddle_free_newton&at=-0.2,0.1&steps=40",
        DESKTOP,
    ),
    "formula": ("?formula=sin(3*x)*cos(2*y)+(x**2+y**2)/10&box=-3,3,-3,3&at=-2.2,1.9", DESKTOP),
    "noise": (
        "?f=flat_vs_sharp&lane=sgd:lr=0.4&lane=adam&noise=1&steps=100&page=noise&cloud=on&crowd=starts&step=60",
        DESKTOP,
    ),
    "data": ("?f=line_fit&lane=sgd:schedule=cosine,warmup=5&lane=adam&steps=100&step=40", DESKTOP),
    "fair": (
        "?v=1&f=three_minima&lane=sgd:lr=0.1&lane=momentum:lr=0.1&lane=rmsprop:lr=0.1&lane=adam:lr=0.1"
        "&steps=100&rule=same&page=fair&crowd=starts",
        DESKTOP,
    ),
    "networks": ("?page=networks", DESKTOP),
    "inside": ("?page=networks&lab=init", {**DESKTOP, "color_scheme": "dark"}),
    "chinese": ("?f=flat_vs_sharp&lang=zh", DESKTOP),
    "embed": ("?f=saddle&embed=true", {"viewport": {"width": 640, "height": 360}, "device_scale_factor": 2}),
    "phone": (
        RACE,
        {
            "viewport": {"width": 390, "height": 844},
            "device_scale_factor": 2,
            "is_mobile": True,
            "has_touch": True,
        },
    ),
}


def main() -> None:
    """Take them all, or those that are named."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with serving() as address, browsing() as browser:
        for name in sys.argv[1:] or PICTURES:
            query, options = PICTURES[name]
            page = browser.new_context(locale="en-US", **options).new_page()
            page.goto(f"{address}/{query}")
            wait_for_picture(page)
            page.wait_for_timeout(3000)  # the surface comes last
            page.wait_for_timeout(SLOW.get(name, 0))
            page.screenshot(path=FOLDER / f"{name}.png")
            page.context.close()


if __name__ == "__main__":
    main()
