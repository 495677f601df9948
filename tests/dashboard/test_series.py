"""Patients with several series: they are counted once, named with their series, and found by their own id."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from meta_med.published.release import Release
from tests.dashboard.opened_pages import opened, published, words
from tests.dashboard.synthetic_release import made_release

TWO = {"P0001": "H~11/stay 1", "P0002": "H~11/stay 2", "P0003": "H~12/stay 1"}


@pytest.fixture
def url(tmp_path: Path) -> str:
    """A release in which patient H/1 has two stays."""
    made = made_release(n=12)
    frames = {
        table: rows.assign(subject_id=rows["subject_id"].replace(TWO)) if "subject_id" in rows else rows
        for table, rows in made.frames.items()
    }
    return published(tmp_path, Release(made.study, frames, {**made.manifest, "series": True, "patients": 11}))


def typed(url: str, text: str) -> AppTest:
    page = opened("patient", url)
    return page.text_input[0].set_value(text).run()


def test_the_worklist_counts_patients_and_series_and_names_both(url: str) -> None:
    page = opened("worklist", url)
    assert "11 patients (12 series) in this release" in words(page)
    assert {"H/1 · stay 1", "H/1 · stay 2"} <= set(page.dataframe[0].value["Patient"])


def test_a_release_without_series_counts_patients_alone(store: str) -> None:
    assert "90 patients in this release" in words(opened("worklist", store))


def test_the_worklist_is_searched_by_the_persons_own_id(url: str) -> None:
    page = opened("worklist", url)
    found = page.text_input[0].set_value("H/1").run().dataframe[0].value
    assert found["Patient"].tolist() == ["H/1 · stay 1", "H/1 · stay 2"]


@pytest.mark.nightly
def test_a_persons_id_opens_their_only_series(url: str) -> None:
    assert "Patient H/2 · stay 1" in words(typed(url, "H/2"))


def test_a_persons_id_with_several_series_asks_which(url: str) -> None:
    page = typed(url, "H/1")
    assert "2 series have this id" in words(page)
    assert "Patient H/1 · stay 2" in words(page.selectbox[0].set_value("H~11/stay 2").run())


def test_an_unknown_id_is_told(url: str) -> None:
    assert "not in the current release" in words(typed(url, "H/3"))
