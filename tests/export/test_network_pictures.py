"""Pictures of labs: numbers that are drawn are those of the facts, in every lab, size and language."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from api.networks.panes import PANES
from api.networks.registry import NETWORKS
from charts.palette import SCHEMES, THEMES
from charts.raster import tinted
from export.by_name import made, part_of
from export.card import SIZE
from export.drawing.letters import length, shortened, wrapped
from export.drawing.networks.inks import class_colours, inks, mixed
from export.drawing.networks.lane_names import lane_colours
from export.drawing.networks.packed import row, unpacked_bytes
from export.drawing.networks.plane import said as said_of
from export.drawing.networks.slice_maps import heights_of, slice_scale
from export.lab_facts import facts_of, is_near
from export.options import options_of
from export.picture import LINK, drawing_of
from networks import train
from scenes import read
from scenes.network_training import trainings
from tests.export.labs import DIGITS, HOME, LABS, SCALES, SVG, TRAIN, axis, drawn, lines, points, said
from tests.stage.scripts import STAGE

ALONE = "size=600x400&pane="


@pytest.mark.parametrize("name", LABS)
@pytest.mark.parametrize("look", ["size=1200x750", "size=640x360&theme=dark&lang=zh", "size=390x700"])
def test_every_lab_has_a_picture_within_its_edges(name: str, look: str):
    root = drawn(f"{LABS[name]}&{look}")
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    for node in root.iter(f"{SVG}text"):
        text, size = "".join(node.itertext()), float(node.get("font-size", 0))
        x, y, wide = float(node.get("x", 0)), float(node.get("y", 0)), length(text) * size
        left = x - {"middle": 0.5, "end": 1.0}.get(node.get("text-anchor", ""), 0.0) * wide
        assert left >= -3 and left + wide <= width + 3 and size <= y <= height, (text, left, wide, y)
        assert 8 <= size <= 20 and "{" not in text and "nan" not in text.lower(), text
    for node in root.iter():
        assert not any("nan" in value or "inf" in value for value in node.attrib.values() if len(value) < 60)


@pytest.mark.parametrize("name", LABS)
def test_every_chart_of_a_lab_can_be_had_alone(name: str):
    lab = read(LABS[name])[0].view.lab
    whole = drawn(f"{LABS[name]}&size=600x400")
    for pane in PANES[lab]:
        alone = drawn(f"{LABS[name]}&{ALONE}{pane}")
        assert alone.findtext(f"{SVG}title") == whole.findtext(f"{SVG}title")
        assert len(list(alone.iter())) > 12, pane  # something is drawn


def test_losses_and_accuracies_are_drawn_where_they_are():
    """The axes' own numbers say where a value stands; every measured one is there, to a pixel."""
    runs = trainings(read(TRAIN)[0].network)
    colours = lane_colours([run.optimizer for run in runs], THEMES["light"])
    for pane, fields, scale in (
        ("losses", ("train_loss", "validation_loss"), np.log10),
        ("accuracies", ("train_accuracy", "validation_accuracy"), np.asarray),
    ):
        root = drawn(f"{TRAIN}&{ALONE}{pane}")
        steps, left = axis(root, upright=False)
        values, up = axis(root, upright=True)
        assert len(steps) > 3 and len(values) > 2
        to_x, to_y = np.polyfit(steps, left, 1), np.polyfit(scale(values), up, 1)
        for run, colour in zip(runs, colours, strict=True):
            history = train(run)
            own = [line for line in lines(root, colour) if len(points(line.get("d"))) > 2]
            assert [line.get("stroke-dasharray") is None for line in own] == [True, False]
            for line, field in zip(own, fields, strict=True):
                expected = np.stack(
                    [np.polyval(to_x, history.measured), np.polyval(to_y, scale(getattr(history, field)))], 1
                )
                np.testing.assert_allclose(points(line.get("d")), expected, atol=1)


def test_the_numbers_beside_the_names_are_those_of_the_step():
    runs = trainings(read(TRAIN)[0].network)
    words = said(drawn(f"{TRAIN}&step=20"))
    assert "step 20" in words and words[0] == "Train: Two moons"
    for name, run in zip(("Adam · α 0.05", "SGD", "Adam · α 0.1"), runs, strict=True):
        history = train(run)
        share = history.validation_accuracy[list(history.measured).index(20)]
        assert f"{name} {share:.0%}" in words
    chinese = said(drawn(f"{TRAIN}&step=20&lang=zh"))
    assert chinese[0] == "训练：双月牙" and "损失" in chinese and "准确率" in chinese


def test_the_plane_has_the_colours_that_the_network_says():
    link = f"{TRAIN}&step=20&netlane=3&theme=dark&{ALONE}data"
    root, told = drawn(link), NETWORKS["net_boundary.json"](f"{TRAIN}&of=2")
    (image,) = root.iter(f"{SVG}image")
    painted = np.asarray(Image.open(io.BytesIO(base64.b64decode(image.get("href", "").partition(",")[2]))))
    at = list(row(told["measured"])).index(20)
    frame = unpacked_bytes(told["frames"]).reshape(-1, told["grid"], told["grid"])[at]
    theme = THEMES["dark"]
    for u, v in ((0, 0), (40, 3), (20, 20), (7, 33)):
        sure = 2 * int(frame[v, u]) / 255 - 1
        colour = mixed(theme.paper, class_colours(theme)[int(sure >= 0)], 0.32 * abs(sure))
        found = "#" + "".join(f"{channel:02x}" for channel in painted[told["grid"] - 1 - v, u])
        assert found == colour, (u, v)
    rings = [node for node in root.iter(f"{SVG}circle") if node.get("fill") == "none"]
    history = train(trainings(read(TRAIN)[0].network)[2])
    wrong = [
        round((1 - share[list(history.measured).index(20)]) * count)
        for share, count in ((history.train_accuracy, 200), (history.validation_accuracy, 100))
    ]
    # A frame is coarser than the network: a point at the line may be on its other side. A ring is the key's.
    assert abs(len(rings) - 1 - sum(wrong)) <= 3 < sum(wrong)


def test_of_more_than_two_classes_the_nearest_place_says_which():
    frame = np.array([[0, 128], [255, 0]], np.uint8)
    shares = np.array([0.1, 0.9, 0.2, 0.8]), np.array([0.2, 0.1, 0.9, 0.7])
    np.testing.assert_array_equal(said_of(frame, 3, shares), [0, 1, 2, 0])
    np.testing.assert_array_equal(said_of(frame, 2, shares), [0, 0, 1, 0])


def test_examples_that_are_images_are_shown_with_what_they_are_taken_for():
    root, told = drawn(f"{DIGITS}&{ALONE}data"), NETWORKS["net_boundary.json"](f"{DIGITS}&of=0")
    images = list(root.iter(f"{SVG}image"))
    taken = unpacked_bytes(told["predicted"]).reshape(-1, told["count"])[-1]
    pairs = zip(taken, unpacked_bytes(told["truth"]), strict=True)
    words = said(root)[-len(images) :]
    assert len(images) > 20
    assert words == [str(a) if a == b else f"{a} ≠ {b}" for a, b in pairs][: len(images)]
    encoded = images[5].get("href", "").partition(",")[2]
    ink = np.asarray(Image.open(io.BytesIO(base64.b64decode(encoded))))[..., 3]
    np.testing.assert_array_equal(ink, unpacked_bytes(told["images"]).reshape(-1, 8, 8)[5])


def test_histograms_are_as_high_as_their_counts():
    root, told = drawn(f"{LABS['init']}&{ALONE}histograms"), NETWORKS["net_signals.json"]("at=start")
    (first, *_) = [
        node for node in root.iter(f"{SVG}path") if node.get("fill") == inks(THEMES["light"]).accent
    ]
    counts = row(told["layers"][0]["activations"]["counts"])
    heights = [-float(bar.split("v")[1].split("h")[0]) for bar in first.get("d", "").split("M")[1:]]
    np.testing.assert_allclose(heights, max(heights) * counts[counts > 0] / counts.max(), atol=0.02)
    for layer in told["layers"]:
        assert any(text == f"σ {layer['std']:.2g}" for text in said(root))


def test_gaps_stand_where_their_intervals_are():
    link = LABS["regularization"]
    root, told = drawn(f"{link}&{ALONE}gaps"), NETWORKS["net_regularization.json"](link)
    values, places = axis(root, upright=False)
    to_x = np.polyfit(values, places, 1)
    colours = lane_colours(("sgd", "momentum", "adam", "rmsprop", "nesterov"), THEMES["light"])
    for colour, end in zip(colours, told["finding"]["lanes"], strict=True):
        (line,) = (node for node in lines(root, colour) if node.get("stroke-width") == "3")
        ends = np.polyval(to_x, [100 * end["gap_low"], 100 * end["gap_high"]])
        np.testing.assert_allclose(points(line.get("d"))[:, 0], ends, atol=0.6)


def test_bounds_of_rates_stand_where_they_are():
    link = LABS["edge"]
    root, told = drawn(f"{link}&{ALONE}sharpness"), NETWORKS["net_edge.json"](link)
    values, places = axis(root, upright=True)
    to_y = np.polyfit(np.log10(values), places, 1)
    for colour, each in zip(lane_colours(("sgd", "momentum"), THEMES["light"]), told["runs"], strict=True):
        bound, sharpness = sorted(lines(root, colour), key=lambda line: len(line.get("d", "")))
        np.testing.assert_allclose(
            points(bound.get("d"))[:, 1], np.polyval(to_y, np.log10(each["bound"])), atol=1
        )
        expected = np.polyval(to_y, np.log10(row(each["sharpness"])))
        np.testing.assert_allclose(points(sharpness.get("d"))[:, 1], expected, atol=1)


def test_both_slices_have_the_colours_of_one_scale():
    link = LABS["residual"]
    root, told = drawn(f"{link}&{ALONE}slices"), NETWORKS["net_residual.json"](link)
    scale, ramp = slice_scale(told["ends"]), THEMES["light"].ramp
    images = list(root.iter(f"{SVG}image"))[:2]
    for image, arm in zip(images, told["arms"], strict=True):
        encoded = image.get("href", "").partition(",")[2]
        painted = np.asarray(Image.open(io.BytesIO(base64.b64decode(encoded))))
        side = len(row(arm["side"]))
        every = len(painted) // side
        # The middle of a place, of an even number of pixels, is between two of them.
        seen = painted.reshape(side, every, side, every, 4)[::-1, every // 2 - 1 : every // 2 + 1]
        seen = seen[:, :, :, every // 2 - 1 : every // 2 + 1].mean((1, 3))
        wanted = tinted(heights_of(scale, row(arm["slice"]).reshape(side, side)), ramp)
        np.testing.assert_allclose(seen[1:-1, 1:-1, :3], wanted[1:-1, 1:-1], atol=6)
        assert (seen[..., 3] == 255).all()


def test_outputs_are_told_as_they_are():
    """Of scores 3, 1, 0 and −4, class B being the true one; from their definitions."""
    words = said(drawn(f"{LABS['outputs']}&size=900x600"))
    scores = np.array([3.0, 1.0, 0.0, -4.0])
    shares = np.exp(scores) / np.exp(scores).sum()
    assert [f"{share:.2f}" for share in shares[:3]] == [text for text in words if text.startswith("0.")][:3]
    assert f"loss {-np.log(shares[1]):.3g}" in words and "B · true  z = 1.0" in words
    squared = ((1 / (1 + np.exp(-scores)) - [0, 1, 0, 0]) ** 2).sum() / 2
    assert f"loss {squared:.3g}" in words
    assert f"−{1 - shares[1]:.2f}" in words


def test_a_png_of_a_lab_has_its_link_in_it():
    image = Image.open(io.BytesIO(made("picture.png", f"{TRAIN}&size=640x360&scale=2&theme=dark", HOME)))
    assert image.size == (1280, 720)
    assert image.info[LINK] == f"{HOME}?{TRAIN}"  # type: ignore[attr-defined]
    clear = Image.open(io.BytesIO(made("picture.png", f"{TRAIN}&paper=none", HOME))).convert("RGBA")
    assert clear.getpixel((1, 1))[3] == 0  # type: ignore[index]


def test_networks_are_trained_in_parts():
    link = "page=networks&net=moons:width=40,steps=4000&trainer=adam:lr=0.01"
    assert part_of("picture.png", link, HOME) is None and part_of("picture.svg", link, HOME) is None


def test_a_card_shows_the_lab_that_a_link_opens():
    image = Image.open(io.BytesIO(made("card.jpg", f"{TRAIN}&theme=dark", HOME))).convert("RGB")
    assert image.size == SIZE
    plane = np.asarray(image, int)[200:480, 100:640].reshape(-1, 3)
    theme = THEMES["dark"]
    for colour in class_colours(theme)[:2]:
        wash = [int(mixed(theme.paper, colour, 0.32)[k : k + 2], 16) for k in (1, 3, 5)]
        assert (np.abs(plane - wash).max(axis=1) < 12).mean() > 0.05  # where the network is sure


def test_a_card_waits_for_no_lab_that_takes_long(monkeypatch: pytest.MonkeyPatch):
    assert is_near(read(TRAIN)[0]) and is_near(read(LABS["search"])[0])
    assert not is_near(read(LABS["batches"])[0])
    assert not is_near(read(f"{TRAIN}&netband=on")[0])
    assert not is_near(read("page=networks&net=mnist:depth=4,width=128,steps=2000")[0])
    link = f"{SCALES},vary=batches,lr=0.3"
    assert facts_of(read(link)[0], link) is None
    assert part_of("card.jpg", link, HOME) is not None  # at once, with the question in the place of an answer
    scene, options = options_of(f"{link},lr=0.31&size=800x420")
    drawing = drawing_of((scene, options), waits=False) or ""
    assert "What do small batches" not in drawing and "how many sizes of the starting weights" in drawing


@pytest.mark.parametrize(
    ("link", "why"),
    [
        (f"{TRAIN}&pane=map", "one of stage, data, losses, accuracies; got 'map'"),
        ("page=networks&lab=book&pane=gaps", "one of stage, curves, printed; got 'gaps'"),
        ("f=bowl&pane=accuracies", "one of stage, map, surface"),
        (f"{TRAIN}&size=9x9", "width and height in pixels"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_a_sentence(link: str, why: str):
    with pytest.raises(ValueError, match=why):
        made("picture.svg", link, HOME)


def test_without_the_file_of_the_data_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch):
    told = {"lanes": [], "finding": None, "missing": True}
    monkeypatch.setitem(NETWORKS, "net_train.json", lambda asked: told)
    with pytest.raises(ValueError, match="Expected the file of the data set"):
        made("picture.svg", TRAIN, HOME)


def test_the_colours_of_labs_are_those_of_the_styles():
    styles = (STAGE / "stage.css").read_text("utf-8")
    light, dark = (styles[styles.index(f"--os-paper: {SCHEMES[each].paper}") :] for each in ("light", "dark"))
    for scheme, block in (("light", light), ("dark", dark)):
        for name, colour in inks(SCHEMES[scheme])._asdict().items():
            assert block.split(f"--os-{name}: ")[1].startswith(f"{colour};"), (scheme, name)


def test_lines_break_where_they_may():
    assert wrapped("one two three", 50, 10) == ["one two", "three"]
    assert wrapped("", 50, 10) == []
    broken = wrapped("学习率为 0.79（0.68 至 0.86），λ 为 −0.16（−0.38 至 0.076）。", 120, 10)
    assert all(line[0] not in "，。）" and line[-1] != "（" for line in broken) and len(broken) > 2
    assert all(length(line) * 10 <= 130 for line in broken)
    assert shortened("a long name", 40, 10).endswith("…") and shortened("short", 400, 10) == "short"
