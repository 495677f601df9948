"""What a page reads is compared with the seals that were published, patient by patient."""

import pytest
from sqlalchemy import text

from meta_med.published import reader, writer
from meta_med.published.administration import snapshot
from meta_med.published.checks import parts
from meta_med.published.engine import writing
from meta_med.published.errors import StoreUnreadable
from meta_med.published.migrations.upgrade import upgrade
from tests.published.old_stores import written
from tests.published.small_release import NOW, small_release

CHANGES = {
    "a value": "UPDATE records SET value = value + 1e-9 WHERE subject_id = 'P00001'",
    "a word": "UPDATE predictions SET flags = 'x' WHERE subject_id = 'P00001'",
    "a missing value": "UPDATE predictions SET mean = NULL WHERE subject_id = 'P00001'",
    "a row that is gone": "DELETE FROM records WHERE subject_id = 'P00001' AND time_days > 0",
    "all rows of a table": "DELETE FROM predictions WHERE subject_id = 'P00001'",
    "a row of somebody else": (
        "UPDATE records SET subject_id = 'P00001', row_number = row_number + 9 WHERE subject_id = 'P00002'"
    ),
    "the order of rows": "UPDATE records SET row_number = -row_number WHERE subject_id = 'P00001'",
    "the seal": "DELETE FROM seals WHERE part = 'P00001'",
}


def changed(url: str, statement: str) -> str:
    """The id of a release in whose rows something was changed afterwards."""
    release_id = writer.publish(url, small_release(1, n=5), NOW).release_id
    with writing(url) as connection:
        connection.execute(text(statement))
    return release_id


def test_what_was_published_fits(url: str) -> None:
    release_id = writer.publish(url, small_release(1, n=5), NOW).release_id
    assert parts.has_seals(url, release_id)
    parts.check_rest(url, release_id)
    parts.check_patients(url, release_id, [f"P{i:05d}" for i in range(5)])


@pytest.mark.fault("P07", "I1")
@pytest.mark.parametrize("what", CHANGES)
def test_what_is_changed_of_a_patient_is_found_where_that_patient_is_read(url: str, what: str) -> None:
    release_id = changed(url, CHANGES[what])
    with pytest.raises(StoreUnreadable, match=release_id):
        parts.check_patients(url, release_id, ["P00000", "P00001"])
    parts.check_patients(url, release_id, ["P00000", "P00003", "P00004"])
    parts.check_rest(url, release_id)


@pytest.mark.fault("P07", "I1")
def test_what_is_changed_in_tables_of_no_single_patient_is_found_on_every_page(url: str) -> None:
    release_id = changed(url, "UPDATE outcomes SET unit = 'g/L'")
    with pytest.raises(StoreUnreadable, match=release_id):
        parts.check_rest(url, release_id)
    parts.check_patients(url, release_id, ["P00001"])


def test_a_patient_whom_the_release_does_not_hold_has_no_seal_to_fit(url: str) -> None:
    release_id = changed(url, "UPDATE subjects SET subject_id = 'P9' WHERE subject_id = 'P00001'")
    for name in ("P9", "P00001"):
        with pytest.raises(StoreUnreadable):
            parts.check_patients(url, release_id, [name])


def test_releases_of_older_programs_have_none_and_are_checked_whole(url: str) -> None:
    upgrade(written(url, "8"))
    release_id = reader.head(url, "pbc").release_id
    assert not parts.has_seals(url, release_id)
    parts.check_rest(url, release_id)
    parts.check_patients(url, release_id, ["P0001"])
    reader.verify(url, release_id)


def test_a_removed_release_leaves_no_seal(sqlite_url: str) -> None:
    ids = [writer.publish(sqlite_url, small_release(tag), NOW, keep=1).release_id for tag in (1, 2)]
    assert parts.has_seals(sqlite_url, ids[1])
    assert not parts.has_seals(sqlite_url, ids[0])


def test_a_backup_has_the_seals(sqlite_url: str, tmp_path) -> None:
    release_id = writer.publish(sqlite_url, small_release(1), NOW).release_id
    copy, new = tmp_path / "copy.sqlite", f"sqlite:///{tmp_path / 'new.sqlite'}"
    assert snapshot.take(sqlite_url, copy)
    snapshot.put(copy, new)
    parts.check_patients(new, release_id, ["P00001"])
    assert parts.has_seals(new, release_id)
