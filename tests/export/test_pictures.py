"""Pictures and films, opened by something else than us: an XML parser, Pillow, and FFmpeg's libraries."""

import io
import re
import xml.etree.ElementTree as ET
from itertools import count, pairwise
from types import SimpleNamespace

import av
import numpy as np
import pytest
from PIL import Image

from api.startable import ensure_startable
from charts.palette import THEMES
from descent import descend
from export import film
from export.by_name import made, part_of
from export.card import SIZE
from export.drawing.stage import picture
from export.options import options_of
from export.picture import LINK
from scenes import read

HOME = "https://example.org/o/"
SVG = "{http://www.w3.org/2000/svg}"
SMALL = "f=bowl&steps=12&lane=sgd:lr=0.95&lane=adam:lr=0.3&size=480x270"
EIGHT = "f=rastrigin&steps=1000&theme=dark&lang=zh&size=800x450" + "&lane=adam" * 4 + "&lane=sgd" * 4


def drawn(link: str) -> ET.Element:
    return ET.fromstring(made("picture.svg", link, HOME))


def opened(name: str, link: str) -> Image.Image:
    return Image.open(io.BytesIO(made(name, link, HOME)))


def words_of(root: ET.Element) -> list[str]:
    return ["".join(node.itertext()) for node in root.iter(f"{SVG}text")]


def test_an_svg_names_its_surface_its_methods_and_the_step():
    root = drawn(SMALL)
    assert (root.get("width"), root.get("height")) == ("480", "270")
    said = words_of(root)
    assert said[0] == "Stretched bowl" and {"SGD", "Adam", "step 12", "x", "y"} <= set(said)
    assert root.findtext(f"{SVG}title") == "Stretched bowl: SGD, Adam"


def test_the_losses_beside_the_names_are_those_of_the_step():
    scene = read(SMALL)[0]
    root = drawn(f"{SMALL}&step=3")
    for run in scene.runs():
        loss = descend(run).losses[3]
        assert any(text == f"{loss:.3g}" for text in words_of(root)), (loss, words_of(root))


def test_a_path_is_drawn_where_the_race_went():
    """On the map alone, whose axes say where a pixel is."""
    link = "f=bowl&steps=12&lane=sgd:lr=0.95&pane=map&size=600x600"
    root = drawn(link)
    rect = next(root.iter(f"{SVG}clipPath")).find(f"{SVG}rect")
    assert rect is not None
    x, y, width, height = (float(rect.get(name, "")) for name in ("x", "y", "width", "height"))
    (run,) = read(link)[0].runs()
    (x0, x1), (y0, y1) = read(link)[0].ground.surface.box
    points = descend(run).points
    where = np.stack(
        [x + width * (points[:, 0] - x0) / (x1 - x0), y + height * (y1 - points[:, 1]) / (y1 - y0)], axis=1
    )
    expected = "M" + "L".join(f"{u:.2f} {v:.2f}" for u, v in where)
    assert expected in [node.get("d") for node in root.iter(f"{SVG}path")]


@pytest.mark.parametrize("pane", ["stage", "map", "surface", "losses", "measures"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_png_is_a_picture_of_the_asked_size(pane: str, theme: str):
    image = opened("picture.png", f"{SMALL}&pane={pane}&theme={theme}&scale=1.5")
    assert image.size == (720, 405) and image.format == "PNG"
    paper = tuple(int(THEMES[theme].paper[k : k + 2], 16) for k in (1, 3, 5))
    assert image.convert("RGB").getpixel((1, 1)) == paper
    colours = image.convert("RGB").resize((80, 45)).getcolors(80 * 45)
    assert colours is not None and len(colours) > 100  # something is drawn


@pytest.mark.parametrize("pane", ["map", "surface", "losses"])
def test_one_pane_says_whose_courses_it_shows(pane: str):
    assert {"SGD", "Adam"} <= set(words_of(drawn(f"{SMALL}&pane={pane}")))
    alone = words_of(drawn(f"f=bowl&steps=12&lane=sgd&size=480x270&pane={pane}"))
    assert "SGD" not in alone  # one needs no name


def test_a_surface_is_drawn_from_where_it_is_seen():
    """Half a turn around, the corners change their places."""
    link = "f=himmelblau&steps=12&lane=sgd&size=480x400&pane=surface"
    here, there = (opened("picture.png", f"{link}&eye={eye}") for eye in ("-1,-1,1", "1,1,1"))
    assert np.abs(np.asarray(here.convert("L"), int) - np.asarray(there.convert("L"), int)).mean() > 3
    ends = [words_of(drawn(f"{link}&eye={eye}"))[2:4] for eye in ("-1,-1,1", "1,1,1")]
    assert ends[0] == ends[1][::-1] and ends[0][0] != ends[0][1]


def test_transparent_paper_is_transparent():
    image = opened("picture.png", f"{SMALL}&paper=none").convert("RGBA")
    assert image.getpixel((1, 1))[3] == 0  # type: ignore[index]
    assert image.getchannel("A").getextrema() == (0, 255)


def test_a_png_has_its_link_in_it():
    image = opened("picture.png", f"{SMALL}&theme=dark&step=3")
    scene, _ = options_of(f"{SMALL}&theme=dark&step=3")
    assert image.info[LINK] == f"{HOME}?{scene}"  # type: ignore[attr-defined]
    image.load()
    assert "size=" not in scene and "theme=" not in scene


@pytest.mark.parametrize(
    "link",
    [
        EIGHT,
        "f=rosenbrock&lane=sgd:lr=1&steps=100&size=480x270",  # diverges at once
        "formula=x/y&lane=sgd&size=480x270",  # with ground that is undefined
        "formula=<script>alert(1)</script>&size=480x270",
        "f=line_fit&size=480x270&hero=losses",
        "f=saddle&hide=surface,losses&size=240x135",
        "f=bowl&steps=1&size=120x120",
        "page=networks&size=480x270",
        "f=logistic&size=480x270&pane=data",
        "f=saddle&size=480x270&page=curvature&layer=lambda_min&measure=stability",
        "f=saddle&size=480x270&layer=condition&measure=lambda_min&theme=dark",
        "f=bowl&size=480x270&lane=sgd&sched=cosine&measure=rate&steps=1",
    ],
)
def test_whatever_the_scene_there_is_a_picture(link: str):
    text = made("picture.svg", link, HOME).decode()
    assert "nan" not in re.sub(r"base64,[^\"]*", "", text).lower() and "<script" not in text
    ET.fromstring(text)
    assert opened("picture.png", link).size[0] >= 120


def test_what_stays_put_and_what_moves_make_the_picture():
    scene, options = options_of(SMALL)
    whole = picture(ensure_startable(read(scene)[0])[0], options)
    assert whole.last == whole.step == 12
    assert whole.at(3) == whole.framed(whole.still, whole.moving(3)) != whole.at(4)


def frames_of(image: Image.Image) -> list[np.ndarray]:
    found = []
    for nth in range(image.n_frames):  # type: ignore[attr-defined]
        image.seek(nth)
        found.append(np.asarray(image.convert("RGB"), int))
    return found


@pytest.mark.parametrize("kind", ["webp", "gif"])
def test_a_moving_picture_has_a_frame_for_each_step_and_ends_as_the_picture(kind: str):
    frames = frames_of(opened(f"race.{kind}", SMALL))
    assert len(frames) == 13 and frames[0].shape == (270, 480, 3)
    last = np.asarray(opened("picture.png", SMALL).convert("RGB"), int)
    assert np.abs(frames[-1] - last).mean() < 6 < np.abs(frames[0] - last).max()
    between = [np.abs(a - b).max() for a, b in pairwise(frames)]
    assert min(between) > 30  # each of them moves


def test_an_mp4_is_a_film_that_every_player_plays():
    with av.open(io.BytesIO(made("race.mp4", SMALL + "&size=481x271", HOME)), "r") as opened_film:
        (stream,) = opened_film.streams.video
        assert stream.codec_context.name == "h264" and stream.codec_context.pix_fmt == "yuv420p"
        frames = [frame.to_ndarray(format="rgb24") for frame in opened_film.decode(stream)]
        rate = float(stream.average_rate or 0)
    assert frames[0].shape == (270, 480, 3)
    assert 13 / rate == pytest.approx(5, rel=0.4) and len(frames) > 13 + rate  # the end is seen for a while
    assert np.abs(frames[12].astype(int) - frames[-1].astype(int)).mean() < 3


def test_a_long_race_has_no_more_frames_than_a_film_may():
    image = opened("race.webp", "f=bowl&steps=1000&lane=sgd&size=240x135&pane=losses")
    assert image.n_frames == film.MOST_FRAMES  # type: ignore[attr-defined]


def test_a_film_is_drawn_in_parts_so_that_others_have_their_turns(monkeypatch: pytest.MonkeyPatch):
    # A clock of its own: each look at it is 0.15 s after the one before, so that a part draws one frame.
    ticks = count(0, 0.15)
    monkeypatch.setattr(film, "time", SimpleNamespace(monotonic=lambda: next(ticks)))
    link, parts = f"{SMALL}&theme=dark", 1
    while part_of("race.webp", link, HOME) is None:
        parts += 1
    assert parts == 13


@pytest.mark.parametrize(
    ("name", "more", "why"),
    [
        ("race.mp4", "size=1920x1080", "a film of at most"),
        ("race.gif", "size=1280x720&scale=2", "a film of at most"),
        ("race.webp", "paper=none", "paper=solid"),
        ("picture.png", "size=0x0", "width and height in pixels"),
        ("picture.svg", "pane=data", "a surface that is made of data"),
    ],
)
def test_too_much_is_refused_in_a_sentence(name: str, more: str, why: str):
    with pytest.raises(ValueError, match=why):
        made(name, f"f=bowl&{more}", HOME)


@pytest.mark.parametrize("link", ["", "f=himmelblau&lang=zh&theme=dark&pane=map&size=300x300&paper=none"])
def test_a_card_has_the_size_that_readers_of_cards_want(link: str):
    image = opened("card.jpg", link)
    assert image.size == SIZE and image.format == "JPEG"
    assert len(made("card.jpg", link, HOME)) < 300_000
