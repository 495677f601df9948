"""Who is read to be compared: of one release, of cohorts that may be read, and never more rows than the limit."""

from pathlib import Path

import pandas as pd
import pytest

from meta_med.published import writer
from meta_med.published.release import Release
from meta_med.published.similar import pool as pools
from meta_med.published.similar.pool import pool
from tests.published.small_release import NOW, small_release


def stored(tmp_path: Path, *releases: Release) -> str:
    url = f"sqlite:///{tmp_path / 'published.sqlite'}"
    for release in releases:
        writer.publish(url, release, NOW)
    return url


def test_patients_and_values_are_those_of_one_release(tmp_path: Path) -> None:
    first, second = small_release(1, n=30), small_release(2, n=20)
    url = stored(tmp_path, first, second)
    found = pool(url, second.release_id, "P00003", None)
    assert sorted(found.subjects["subject_id"]) == second.frames["subjects"]["subject_id"].tolist()
    pd.testing.assert_series_equal(
        found.records.sort_values(["subject_id", "time_days"])["value"].reset_index(drop=True),
        second.frames["records"]["value"],
    )
    assert found.outcomes.to_numpy().tolist() == [["bili", "log"]]


def test_of_other_cohorts_than_those_named_only_the_patient_is_read(tmp_path: Path) -> None:
    release = small_release(1, n=30)
    found = pool(stored(tmp_path, release), release.release_id, "P00000", {"c1"})
    assert found.subjects.set_index("subject_id")["cohort"].drop("P00000").unique().tolist() == ["c1"]
    assert set(found.records["subject_id"]) == set(found.subjects["subject_id"])
    nobody = pool(stored(tmp_path, release), release.release_id, "P00000", ())
    assert nobody.subjects["subject_id"].tolist() == ["P00000"]


@pytest.mark.parametrize(("limit", "most"), [("MOST_PATIENTS", 7), ("MOST_RECORDS", 7 * 2)])
def test_at_most_so_many_are_read_the_patient_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int
) -> None:
    release = small_release(1, n=30)
    monkeypatch.setattr(pools, limit, most)
    found = pool(stored(tmp_path, release), release.release_id, "P00029", None)
    assert len(found.subjects) == 7
    assert found.subjects["subject_id"].iloc[0] == "P00029"
    monkeypatch.setattr(pools, limit, 1)
    alone = pool(stored(tmp_path, release), release.release_id, "P00029", None)
    assert alone.subjects["subject_id"].tolist() == ["P00029"]


def test_a_series_belongs_to_the_person_that_its_name_begins_with(tmp_path: Path) -> None:
    release = small_release(1)
    names = {"P00000": "anna/1", "P00001": "anna/2", "P00002": "bert/1"}
    frames = {
        name: frame.assign(subject_id=frame["subject_id"].map(names)) if "subject_id" in frame else frame
        for name, frame in release.frames.items()
    }
    release = Release(release.study, frames, release.manifest)
    url = stored(tmp_path, release)
    found = pool(url, release.release_id, "anna/1", None, series=True)
    assert found.subjects["person"].tolist() == ["anna", "anna", "bert"]
    assert pool(url, release.release_id, "anna/1", None).subjects["person"].nunique() == 3
