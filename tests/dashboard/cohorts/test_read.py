"""What the cohort page reads from a store counts persons, not their series."""

from pathlib import Path

import pytest

from dashboard.access.authorize import everything
from dashboard.cohorts import read
from dashboard.release import Served, current_release
from meta_med.published.release import LEAST_PATIENTS as LEAST
from meta_med.published.release import Release
from tests.dashboard.opened_pages import published
from tests.published.small_release import small_release


def shown(tmp_path: Path, *, series: bool) -> Served:
    """As many series as a cohort needs patients, two by two of one person."""
    made = small_release(1, n=2 * LEAST)
    ids = {name: f"H{i // 4}/{name}" for i, name in enumerate(made.frames["subjects"]["subject_id"])}
    frames = {
        table: rows.assign(subject_id=rows["subject_id"].map(ids))
        if len(rows) and "subject_id" in rows
        else rows
        for table, rows in made.frames.items()
    }
    url = published(tmp_path, Release("pbc", frames, {"series": series}))
    found = current_release(url, "pbc", everything("tests"))
    assert found is not None
    return found


def test_the_newest_value_of_each_patient_is_told(tmp_path: Path) -> None:
    served = shown(tmp_path, series=False)
    found = read.distribution(served).set_index("cohort")
    assert found["n_patients"].to_dict() == {"all": 2 * LEAST, "c0": LEAST, "c1": LEAST}
    assert found.loc["all", "middle"] == pytest.approx(1.0 + (2 * LEAST + 1) / 2)


def test_series_of_one_person_are_not_several_patients(tmp_path: Path) -> None:
    assert read.distribution(shown(tmp_path, series=True)).empty
    assert read.similarity(shown(tmp_path / "b", series=True)).empty
