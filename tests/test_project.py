"""The files around the code agree with each other."""

import re
import tomllib
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from scenes import PANELS

ROOT = Path(__file__).parent.parent
PYTHONS = ("3.11", "3.12", "3.13")

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
THEME = tomllib.loads((ROOT / ".streamlit/config.toml").read_text("utf-8"))["theme"]


def pins(text: str, python: str) -> dict[str, str]:
    """Return name and version of what a requirements file installs on `python`."""
    found = {}
    for line in text.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            requirement = Requirement(line)
            (pin,) = requirement.specifier
            if pin.operator != "==" or "*" in pin.version:
                raise ValueError(f"Expected one exact version, got {line!r}.")
            here = {
                "python_version": python,
                "python_full_version": f"{python}.0",
                "sys_platform": "linux",
                "platform_system": "Linux",
            }
            if requirement.marker is None or requirement.marker.evaluate(here):
                if requirement.name in found:
                    raise ValueError(f"Expected one version of {requirement.name} on Python {python}.")
                found[requirement.name] = pin.version
    return found


def unmet(wanted: list[str], pinned: dict[str, str]) -> list[str]:
    """Return the requirements that the pins do not fulfil."""
    requirements = [Requirement(text) for text in wanted]
    return [str(r) for r in requirements if r.name not in pinned or pinned[r.name] not in r.specifier]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two #rrggbb colours (WCAG 2.2, "contrast ratio")."""

    def luminance(colour: str) -> float:
        channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("python", PYTHONS)
def test_what_is_pinned_fulfils_what_is_asked(python: str):
    runtime = pins((ROOT / "requirements.txt").read_text("utf-8"), python)
    everything = pins((ROOT / "requirements-dev.txt").read_text("utf-8"), python)
    assert unmet(PROJECT["project"]["dependencies"], runtime) == []
    assert unmet(PROJECT["dependency-groups"]["dev"], everything) == []
    assert runtime.items() <= everything.items()


def test_the_supported_pythons_are_the_tested_ones():
    assert PROJECT["project"]["requires-python"] == ">=3.11,<3.14"
    assert f"python:{PYTHONS[1]}-slim" in (ROOT / "Dockerfile").read_text("utf-8")


def test_bad_pins_are_found():
    assert pins("jax==1 ; python_full_version < '3.12'\njax==2 ; python_full_version >= '3.12'", "3.12") == {
        "jax": "2"
    }
    for text in ("jax>=1", "jax==1.*", "jax==1\njax==2"):
        with pytest.raises(ValueError, match="Expected"):
            pins(text, "3.12")
    assert unmet(["jax>=2", "optax"], {"jax": "1"}) == ["jax>=2", "optax"]


@pytest.mark.parametrize("shade", ["light", "dark"])
@pytest.mark.parametrize("ink", ["textColor", "primaryColor", "linkColor"])
@pytest.mark.parametrize("paper", ["backgroundColor", "secondaryBackgroundColor"])
def test_text_can_be_read(shade: str, ink: str, paper: str):
    assert contrast(THEME[shade][ink], THEME[shade][paper]) >= 4.5


def test_contrast_is_computed_as_published():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)


def test_every_word_of_the_makefile_is_explained():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    (words,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.M)
    for word in words.split():
        assert re.search(rf"^{word}:", makefile, re.M), word
        assert word == "help" or f"'make {word} " in makefile, word


def test_the_server_believes_the_proxy_that_is_composed_with_it_and_nobody_else():
    compose = (ROOT / "compose.yaml").read_text("utf-8")
    believed = re.findall(r"FORWARDED_ALLOW_IPS: (.*)", compose)
    proxy = re.findall(r"ipv4_address: (.*)", compose)
    assert believed == proxy == ["${PROXY_ADDRESS:-172.30.85.2}"]
    (subnet,) = re.findall(r"subnet: \$\{SUBNET:-(.*)\}", compose)
    assert ip_address("172.30.85.2") in ip_network(subnet)
    assert "{$UPSTREAM" in (ROOT / "deploy" / "Caddyfile").read_text("utf-8")


def test_the_newest_release_is_the_version_of_the_project() -> None:
    releases = re.findall(
        r"^## \[(\d+\.\d+\.\d+)\] – \d{4}-\d\d-\d\d$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M
    )
    assert releases[0] == PROJECT["project"]["version"]


def test_the_readme_names_every_panel_that_can_be_hidden():
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    (row,) = (line for line in lines if line.startswith("| `hide="))
    assert set(re.findall(r"`(\w+)`", row.split("|")[2])) == set(PANELS)
