"""Long ids, long names of outcomes and many cards at the widths of a desk, a tablet and a phone."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pandas as pd
import pytest

from dashboard.views import worklist
from meta_med.published.release import Release
from tests.dashboard.opened_pages import opened, published, words
from tests.dashboard.running_dashboard import running
from tests.dashboard.synthetic_release import made_release

UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"
LONG = "HOSPITAL-NORTH-WARD-07-INTENSIVE-CARE-0123456789ABCDEFGHIJKL"
SERIES = f"{UUID}/{UUID}"
NAME = "Mean arterial pressure by non-invasive oscillometric measurement"
WIDTHS = (1280, 700, 390)


def with_long_ids() -> Release:
    """The synthetic release with long ids and a long name of an outcome."""
    made = made_release(12)
    ids = {"P0001": LONG, "P0002": UUID, "P0003": SERIES}
    frames = {
        name: frame.assign(subject_id=frame["subject_id"].replace(ids)) if "subject_id" in frame else frame
        for name, frame in made.frames.items()
    }
    outcomes = frames["outcomes"]
    frames["outcomes"] = outcomes.assign(label=outcomes["label"].replace({"Bilirubin": NAME}))
    return dataclasses.replace(made, frames=frames)


@pytest.fixture(scope="module")
def long_ids(tmp_path_factory: pytest.TempPathFactory) -> str:
    return published(Path(tmp_path_factory.mktemp("long")), with_long_ids())


@pytest.mark.parametrize(
    "patient", [LONG, *(pytest.param(other, marks=pytest.mark.nightly) for other in (UUID, SERIES))]
)
def test_the_heading_and_the_box_hold_the_whole_id(long_ids: str, patient: str) -> None:
    test = opened("patient", long_ids, patient=patient)
    assert not test.exception
    assert test.title[0].value.replace("\\", "") == f"Patient {patient}"
    typed = opened("patient", long_ids)
    typed.text_input(key="pbc/typed_subject").set_value(patient).run()
    assert patient in words(typed)


def test_the_column_of_ids_is_as_wide_as_the_longest() -> None:
    short, long = (worklist.id_width(pd.Series(["P1", name])) for name in ("P2", LONG))
    assert short < 150
    assert long >= 7 * len(LONG)


@pytest.mark.nightly
@pytest.mark.browser
def test_nothing_is_cut_off_or_broken_into_letters_at_any_width(long_ids: str) -> None:
    with running(long_ids) as page:
        page.get_by_text("12 patients in this release").wait_for()
        page.goto(urljoin(page.url, "patient"))
        box = page.get_by_label("Patient id", exact=True)
        box.fill(LONG)
        box.press("Enter")
        heading = page.get_by_role("heading", name=f"Patient {LONG}")
        heading.wait_for()
        for _ in at_widths(page):
            box = heading.bounding_box()
            assert box["x"] + box["width"] <= page.viewport_size["width"]
            assert heading.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
            assert letters_alone(page) == []
        page.goto(urljoin(page.url, "model"))
        page.get_by_text("Against the best baseline").wait_for()
        for _ in at_widths(page):
            assert cut_off(page) == []
            assert letters_alone(page) == []


def at_widths(page: Any) -> Iterator[int]:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 1000})
        page.wait_for_timeout(500)
        yield width


def cut_off(page: Any) -> list[str]:
    """Numbers of cards that do not fit into their boxes."""
    return page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=stMetricValue], [data-testid=stMetricLabel]')]
        .filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.innerText)"""
    )


def letters_alone(page: Any) -> list[str]:
    """Texts in so narrow a box that a line holds a letter or two."""
    return page.evaluate(
        """() => [...document.querySelectorAll('[data-testid=stMarkdownContainer] p')]
        .filter(e => e.innerText.length > 12 && e.clientWidth > 0 && e.clientWidth < 40).map(e => e.innerText)"""
    )
