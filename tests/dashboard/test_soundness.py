"""A changed store shows no prediction of whom it was changed, also in a release too large to be checked whole first."""

from pathlib import Path

import pytest

from dashboard import soundness
from meta_med.published import reader
from meta_med.published.checks import whole_check
from meta_med.published.engine import writing
from tests.dashboard.opened_pages import app, opened, published, words
from tests.dashboard.synthetic_release import made_release


@pytest.fixture
def url(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """A release that counts as large, whose check as a whole is not done yet."""
    monkeypatch.setattr(soundness, "SMALL", 0)
    monkeypatch.setattr(whole_check, "started", lambda url, release_id: Unfinished())
    made = published(tmp_path, made_release(12))
    monkeypatch.setenv("META_MED_STORE", made)
    return made


class Unfinished:
    """A check that goes on."""

    def poll(self) -> int | None:
        return None


class Ended:
    """A check that found a change."""

    def poll(self) -> int | None:
        return whole_check.CHANGED


def change(url: str, statement: str) -> None:
    with writing(url) as connection:
        connection.exec_driver_sql(statement)


@pytest.mark.fault("P07", "I1")
def test_a_patient_whose_rows_were_changed_is_not_shown(url: str) -> None:
    change(url, "UPDATE records SET value = value * 2 WHERE subject_id = 'P0002'")
    test = app()
    assert "store cannot be read" in words(test)
    assert not test.dataframe


@pytest.mark.fault("P07", "I1")
def test_a_change_after_the_first_page_is_found_by_the_next(url: str) -> None:
    test = app()
    assert test.dataframe
    change(url, "UPDATE predictions SET mean = mean * 2 WHERE subject_id = 'P0003'")
    assert "E_STORE_UNREADABLE" in words(test.run())
    assert not test.dataframe


def test_another_patient_s_change_does_not_hide_a_patient(url: str) -> None:
    change(url, "UPDATE predictions SET mean = mean * 2 WHERE subject_id = 'P0003'")
    assert "Patient P0001" in words(opened("patient", url, patient="P0001"))


@pytest.mark.fault("P07", "I1")
def test_after_the_whole_check_found_a_change_no_page_is_shown(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole_check, "started", lambda url, release_id: Ended())
    test = app()
    assert "E_STORE_UNREADABLE" in words(test)
    assert not test.dataframe


@pytest.mark.nightly
@pytest.mark.parametrize(
    ("statement", "status"),
    [
        ("DELETE FROM journal WHERE 1 = 0", 0),
        ("DELETE FROM records WHERE row_number = 0", whole_check.CHANGED),
    ],
)
def test_the_process_that_checks_a_whole_release_says_whether_it_fits(
    tmp_path: Path, statement: str, status: int
) -> None:
    store = published(tmp_path, made_release(12))
    change(store, statement)
    assert whole_check.started(store, reader.head(store, "pbc").release_id).wait(60) == status
