"""A release is published whole, once; one can go back; nothing else ever changes."""

from datetime import datetime, timedelta

import pytest

from meta_med.published import errors, reader, writer
from meta_med.published.tables import CONTENT
from tests.published.small_release import NOW, small_release


def test_an_empty_store_has_no_release(url: str) -> None:
    assert reader.head(url, "pbc") is None
    assert reader.studies(url) == ()
    assert reader.history(url, "pbc").empty


def test_a_published_release_is_read_back_as_it_was(url: str) -> None:
    release = small_release(1)
    publication = writer.publish(url, release, NOW)
    head = reader.head(url, "pbc")
    assert publication == writer.Publication(release.release_id, 2, changed=True)
    assert head is not None
    assert (head.release_id, head.sequence, head.published_at) == (release.release_id, 2, NOW)
    assert head.manifest == {"tag": 1, "n": 3}
    assert not head.restored
    assert reader.studies(url) == ("pbc",)
    reader.verify(url, release.release_id)


def test_every_table_comes_back_in_its_order(url: str) -> None:
    release = small_release(1, n=25)
    writer.publish(url, release, NOW)
    found = reader.subject(url, release.release_id, "P00007")
    assert found is not None
    assert found["newest_record_days"] == 0.0
    assert reader.subject(url, release.release_id, "nobody") is None
    assert reader.records(url, release.release_id, "P00007")["value"].tolist() == [9.0, 9.0]
    assert reader.predictions(url, release.release_id, "P00007")["mean"].tolist() == [8.0]
    assert reader.predictions(url, release.release_id, "P00007")["probability"].isna().all()
    assert reader.outcomes(url, release.release_id)["label"].tolist() == ["Bilirubin"]
    for read in (reader.evaluation, reader.champions, reader.findings, reader.cohorts):
        assert read(url, release.release_id).empty


def test_publishing_the_head_again_changes_nothing(url: str) -> None:
    first = writer.publish(url, small_release(1), NOW)
    again = writer.publish(url, small_release(1), NOW + timedelta(days=1))
    assert again == writer.Publication(first.release_id, first.sequence, changed=False)
    assert len(reader.history(url, "pbc")) == 2
    head = reader.head(url, "pbc")
    assert head is not None
    assert head.published_at == NOW


def test_rollback_serves_the_release_before(url: str) -> None:
    old = writer.publish(url, small_release(1), NOW)
    writer.publish(url, small_release(2), NOW + timedelta(days=1))
    back = writer.rollback(url, "pbc", NOW + timedelta(days=2), actor="steward")
    head = reader.head(url, "pbc")
    assert head is not None
    assert (back.release_id, head.release_id, head.restored) == (old.release_id, old.release_id, True)
    assert (head.published_at, head.served_since) == (NOW, NOW + timedelta(days=2))
    journal = reader.history(url, "pbc")
    assert journal["action"].tolist() == ["stage", "promote", "stage", "promote", "rollback"]
    assert journal["sequence"].tolist() == [1, 2, 3, 4, 5]
    assert journal["actor"].iloc[-1] == "steward"


def test_rollback_walks_back_and_stops_at_the_first(url: str) -> None:
    ids = [writer.publish(url, small_release(tag), NOW).release_id for tag in (1, 2, 3)]
    assert writer.rollback(url, "pbc", NOW).release_id == ids[1]
    assert writer.rollback(url, "pbc", NOW).release_id == ids[0]
    with pytest.raises(errors.NothingToRollBack):
        writer.rollback(url, "pbc", NOW)


def test_publishing_after_a_rollback_goes_on_from_there(url: str) -> None:
    ids = [writer.publish(url, small_release(tag), NOW).release_id for tag in (1, 2)]
    writer.rollback(url, "pbc", NOW)
    writer.lift(url, "pbc", NOW, actor="steward: it was right")
    assert writer.publish(url, small_release(2), NOW).release_id == ids[1]  # its rows were still there
    assert writer.rollback(url, "pbc", NOW).release_id == ids[0]


def test_only_the_newest_releases_are_kept(sqlite_url: str) -> None:
    ids = [writer.publish(sqlite_url, small_release(tag), NOW, keep=2).release_id for tag in range(5)]
    assert reader.outcomes(sqlite_url, ids[3]).shape[0] == 1
    assert reader.outcomes(sqlite_url, ids[0]).empty
    with pytest.raises(errors.ReleaseMissing):
        reader.verify(sqlite_url, ids[0])
    assert writer.rollback(sqlite_url, "pbc", NOW).release_id == ids[3]
    with pytest.raises(errors.NothingToRollBack):
        writer.rollback(sqlite_url, "pbc", NOW)


def test_pruned_releases_are_passed_over_when_going_back(sqlite_url: str) -> None:
    a, b, c = (small_release(tag) for tag in range(3))
    for release in (a, b, c, a):
        writer.publish(sqlite_url, release, NOW, keep=2)
    assert writer.rollback(sqlite_url, "pbc", NOW).release_id == c.release_id


def test_studies_do_not_touch_each_other(url: str) -> None:
    writer.publish(url, small_release(1), NOW)
    writer.publish(url, small_release(1, study="nafld"), NOW, keep=1)
    assert reader.studies(url) == ("nafld", "pbc")
    heads = [reader.head(url, study) for study in ("nafld", "pbc")]
    assert heads[0].release_id != heads[1].release_id
    with pytest.raises(errors.NothingToRollBack):
        writer.rollback(url, "nafld", NOW)


def test_a_time_without_zone_is_refused(sqlite_url: str) -> None:
    with pytest.raises(ValueError, match="time zone"):
        writer.publish(sqlite_url, small_release(1), datetime(2026, 1, 1))


@pytest.mark.access_case("S29")
def test_the_store_is_the_owners_alone(sqlite_url: str, tmp_path) -> None:
    writer.publish(sqlite_url, small_release(1), NOW)
    assert (tmp_path / "home").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "home" / "published.sqlite").stat().st_mode & 0o777 == 0o600
    assert [p.name for p in (tmp_path / "home").iterdir()] == ["published.sqlite"]  # nothing left lying about


def test_every_published_table_names_its_release() -> None:
    assert all({"release_id", "row_number"} <= set(table.columns.keys()) for table in CONTENT.values())
