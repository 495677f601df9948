"""Releases of earlier programs open on every page after their store was upgraded; before, the page says what to run."""

from pathlib import Path

import pytest

from meta_med.published.migrations.upgrade import upgrade
from tests.dashboard.opened_pages import app, opened, words
from tests.published.old_stores import SCHEMAS, written

BY_DAY = {("1", "patient"), ("1", "data_quality"), ("1", "overview.pipeline"), ("3", "model")}
"""Where an old release lacks most of what the page shows, or has a part of it."""
PAGES = [
    pytest.param(schema, view, marks=() if (schema, view) in BY_DAY else pytest.mark.nightly)
    for schema in SCHEMAS
    for view in ("worklist", "patient", "model", "data_quality", "overview.cohort", "overview.pipeline")
]
A_CENTURY = "876600"
"""Hours after which an old release is withheld: what is tried here does not depend on the day."""
SHOWN = {
    "worklist": "6 patients in this release",
    "patient": "Patient P0002",
    "model": "62 patients",
    "data_quality": "Data quality",
    "overview.cohort": "Cohort",
    "overview.pipeline": "Pipeline",
}


def old_store(tmp_path: Path, schema: str) -> str:
    return written(f"sqlite:///{tmp_path / 'published.sqlite'}", schema)


@pytest.mark.parametrize(("schema", "view"), PAGES)
def test_a_page_of_an_old_release_shows_what_it_has_and_nothing_made_up(
    tmp_path: Path, schema: str, view: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("META_MED_WITHHOLD_HOURS", A_CENTURY)
    url = old_store(tmp_path, schema)
    upgrade(url)
    test = opened(view, url, patient="P0002")
    assert not test.exception
    tables = [*test.table, *test.dataframe]
    cells = "\n".join(shown.value.astype(str).to_csv() for shown in tables)
    shown = f"{words(test)}\n{cells}"
    assert SHOWN[view] in shown
    assert not {"nan", "<NA>", "NaT"} & set(shown.replace(",", " ").replace(".", " ").split())
    assert not any((frame.value.astype(str) == "None").any(axis=None) for frame in tables)


def test_before_the_upgrade_the_page_says_what_to_run_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = old_store(tmp_path, "5")
    before = (tmp_path / "published.sqlite").read_bytes()
    monkeypatch.setenv("META_MED_STORE", url)
    shown = words(app())
    assert "The published store cannot be read" in shown
    assert "Run: meta-med store upgrade" in shown
    assert "E_STORE_SCHEMA" in shown
    assert (tmp_path / "published.sqlite").read_bytes() == before
