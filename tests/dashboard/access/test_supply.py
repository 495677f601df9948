"""What is installed, and how services are started: versions, and addresses in the documentation."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
FLOORS = {"torch": (2, 10), "streamlit": (1, 54), "starlette": (1, 1), "Authlib": (1, 3, 2)}


def pins() -> list[str]:
    lines = (ROOT / "constraints.txt").read_text().splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.access_case("S25")
@pytest.mark.parametrize("name", FLOORS)
def test_no_pin_is_below_the_version_without_known_holes(name: str) -> None:
    pinned = dict(line.split("==") for line in pins())
    assert tuple(int(part) for part in pinned[name].split(".")[:3]) >= FLOORS[name]


@pytest.mark.access_case("S25")
def test_everything_that_is_pinned_has_one_exact_version() -> None:
    lines = pins()
    assert all(re.fullmatch(r"[\w.-]+==[\w.]+", line) for line in lines)
    assert len({line.partition("==")[0].lower() for line in lines}) == len(lines)


@pytest.mark.access_case("S26")
def test_dagsters_pages_are_shown_on_loopback_behind_a_proxy() -> None:
    guide = (ROOT / "docs" / "operations.md").read_text()
    started = re.findall(r"^dagster-webserver .*$", guide, re.M)
    assert started
    assert all("-h 127.0.0.1" in line for line in started)
    assert "behind a proxy" in guide
    assert not re.search(r"^dagster dev", guide, re.M)
