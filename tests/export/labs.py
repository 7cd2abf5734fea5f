"""Links to every lab, small ones, and what is read out of their pictures."""

import re
import xml.etree.ElementTree as ET

import numpy as np

from export.by_name import made

HOME = "https://example.org/o/"
SVG = "{http://www.w3.org/2000/svg}"
TINY = "depth=1,width=4"
TRAIN = f"page=networks&net=moons:{TINY},steps=40&trainer=adam:lr=0.05&trainer=sgd:lr=0.5&trainer=adam:lr=0.1"
DIGITS = f"page=networks&net=digits:{TINY},steps=20&trainer=adam:lr=0.05"
SCALES = f"page=networks&lab=normalization&scales=moons:examples=50,{TINY},epochs=2"
NORM = "examples=50,depth=2,width=4,activation=relu,lr=10,steps=40,compare=normalization"

LABS = {
    "train": TRAIN,
    "digits": DIGITS,
    "lost": f"page=networks&net=moons:{TINY},steps=5&trainer=sgd:lr=1000",
    "slice": f"{TRAIN}&lab=slice&slicepoints=11&slicerace=on&step=20",
    "init": "page=networks&lab=init",
    "init_trained": f"page=networks&lab=init&inside=moons:{TINY},steps=40&trainer=adam&step=40",
    "activations": "page=networks&lab=activations&net=moons:activation=relu",
    "regularization": f"page=networks&lab=regularization&regularization=line:{TINY},steps=60",
    "batch": f"page=networks&lab=batch&batches=moons:{TINY},batch=16,epochs=3",
    "normalization": SCALES,
    "rates": f"{SCALES},vary=rates",
    "batches": f"{SCALES},vary=batches",
    "search": f"page=networks&lab=search&search=moons:examples=50,{TINY},epochs=2,side=2,repeats=2",
    "residual": "page=networks&lab=residual&residual=moons:examples=50,depth=2,width=4,steps=5",
    "residual_norm": f"page=networks&lab=residual&residual=moons:{NORM}",
    "spectrum": "page=networks&lab=spectrum&spectrum=moons:width=4,batch=20,large=100,steps=10",
    "edge": "page=networks&lab=edge&edge=chebyshev:width=4,rates=2,steps=300",
    "edge_lost": "page=networks&lab=edge&edge=chebyshev:width=4,method=momentum,lr=5,rates=1,steps=300",
    "saddles": "page=networks&lab=saddles&saddles=moons:examples=20,width=6,searches=5",
    "lines": f"page=networks&lab=lines&lines=moons:examples=50,{TINY},epochs=4,pairs=2,cuts=10,bend=10",
    "book": "page=networks&lab=book&figure=batch_norm",
    "book_search": "page=networks&lab=book&figure=search",
    "outputs": "page=networks&lab=outputs&scorea=3&truth=b&raised=c",
}
"""By lab, and of some labs another one behind it."""


def drawn(link: str) -> ET.Element:
    """Return the picture of a link as a tree of SVG."""
    return ET.fromstring(made("picture.svg", link, HOME))


def said(root: ET.Element) -> list[str]:
    """Return all texts of a picture."""
    return ["".join(node.itertext()) for node in root.iter(f"{SVG}text")]


def points(path: str | None) -> np.ndarray:
    """Return the points (N, 2) of a path of straight lines."""
    numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", path or "")]
    return np.array(numbers).reshape(-1, 2)


def lines(root: ET.Element, colour: str) -> list[ET.Element]:
    """Return the lines of one colour that are wider than hairlines."""
    return [
        node
        for node in root.iter(f"{SVG}path")
        if node.get("stroke") == colour and float(node.get("stroke-width", 0)) > 1.1
    ]


def axis(root: ET.Element, upright: bool) -> tuple[np.ndarray, np.ndarray]:
    """Return the numbers at an axis of a picture with one chart, and where their marks stand in pixels."""
    found = []
    for node in root.iter(f"{SVG}text"):
        text, anchor = "".join(node.itertext()).replace("−", "-"), node.get("text-anchor")
        if anchor == ("end" if upright else "middle") and re.fullmatch(r"-?\d+(\.\d+)?", text):
            # A number's line is four pixels below the mark that it belongs to.
            found.append((float(text), float(node.get("y", "")) - 4 if upright else float(node.get("x", ""))))
    values, places = np.array(found).T
    return values, places
