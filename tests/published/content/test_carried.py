"""The rows of patients who did not change are kept once for all releases, and no reader can tell."""

import errno
import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from meta_med.cohorts.columns.text_places import places_among
from meta_med.published import engine, errors, reader, store_tables, tables, writer
from meta_med.published.checks import parts
from meta_med.published.content.carried import FILE, NOTE, Saved
from meta_med.published.release import Release
from meta_med.published.store_tables import seals
from meta_med.published.tables import CONTENT, OF_PATIENTS
from tests.examples import examples
from tests.published.small_release import NOW, small_release

RECORDS = CONTENT["records"]


def changed(release: Release, *subjects: int) -> Release:
    """The release with another value, one more row or one row less for these subjects, in turn."""
    records = release.frames["records"]
    for turn, number in enumerate(subjects):
        mine = records.index[records["subject_id"] == f"P{number:05d}"]
        if turn % 3 == 0:
            records = records.assign(value=records["value"].mask(records.index == mine[0], 123.0 + turn))
        elif turn % 3 == 1:
            records = pd.concat([records[: mine[-1] + 1], records[mine[-1] :]], ignore_index=True)
        else:
            records = records.drop(index=mine[:1]).reset_index(drop=True)
    return replace(release, frames={**release.frames, "records": records})


def rows_of(url: str, release_id: str) -> dict[str, list[tuple]]:
    """The release's tables as a reader has them."""
    return {
        name: list(reader.read_table(url, release_id, name).itertuples(index=False, name=None))
        for name in CONTENT
    }


def written(url: str, release_id: str) -> dict[str, int]:
    """Table of patients -> rows that this release wrote."""
    with engine.writing(url) as connection:
        return {
            name: len(connection.execute(select(table).where(table.c.release_id == release_id)).all())
            for name, table in {**OF_PATIENTS, "seals": seals}.items()
        }


def published(url: str, release: Release, folder: Path, before: Saved | None = None, **kept: int) -> Saved:
    """The release, to be the one before the next."""
    done = writer.publish(url, release, NOW, before=before, folder=folder, **kept)
    saved = Saved.load(folder, done.release_id)
    assert saved is not None
    return saved


def test_rows_of_unchanged_patients_are_not_written_again_and_no_reader_can_tell(
    url: str, tmp_path: Path
) -> None:
    first = small_release(1, n=40, k=3)
    before = published(url, first, tmp_path / "first")
    later = changed(first, 3, 17, 30)
    done = published(url, later, tmp_path / "later", before)
    assert written(url, done.release_id)["predictions"] == 3
    assert written(url, done.release_id)["records"] == 3 + 4 + 2
    assert written(url, done.release_id)["seals"] == 3 + 1
    reader.verify(url, done.release_id)
    alone = engine.sqlite_url(tmp_path / "alone.sqlite")
    writer.publish(alone, later, NOW)
    assert str(rows_of(url, done.release_id)) == str(rows_of(alone, later.release_id))
    for patient in ("P00003", "P00004"):
        for name in OF_PATIENTS:
            here, there = (
                reader.read_table(store, done.release_id, name, subject_id=patient) for store in (url, alone)
            )
            pd.testing.assert_frame_equal(here, there)
    parts.check_patients(url, done.release_id, ["P00003", "P00004"])
    again = published(url, first, tmp_path / "again", done)
    assert again.release_id == before.release_id


def test_each_release_of_a_long_row_of_nights_reads_as_if_it_were_alone(url: str, tmp_path: Path) -> None:
    """Old ones go meanwhile, and one comes back when it has gone; the store keeps what is needed, and no more."""
    release, before = small_release(1, n=12), None
    releases = [release]
    for night in range(1, 7):
        release = changed(release, night, night + 5)
        releases.append(releases[1] if night == 6 else release)
    for number, each in enumerate(releases):
        before = published(url, each, tmp_path / str(number), before, keep=3)
        with engine.writing(url) as connection:
            kept = list(connection.execute(select(store_tables.releases.c.release_id)).scalars())
            assert len(kept) == min(3, number + 1)
            pairs = {
                tuple(pair)
                for pair in connection.execute(
                    select(tables.subjects.c.rows_in, tables.subjects.c.subject_id)
                )
            }
            for table in OF_PATIENTS.values():
                rows = connection.execute(select(table.c.release_id, table.c.subject_id)).all()
                assert {tuple(row) for row in rows} <= pairs
            rest = {(name, "") for name in kept}
            assert {tuple(row) for row in connection.execute(select(seals.c.release_id, seals.c.part))} == (
                pairs | rest
            )
        for name in kept:
            reader.verify(url, name)
            parts.check_patients(url, name, [f"P{i:05d}" for i in range(12)])


@pytest.mark.parametrize(
    "damage", ["missing", "cut", "of another release", "one of another release", "no note"]
)
def test_tables_that_are_not_those_of_the_release_before_are_not_used(
    damage: str, sqlite_url: str, tmp_path: Path
) -> None:
    first = small_release(1, n=20)
    first_done = writer.publish(sqlite_url, first, NOW, folder=tmp_path / "first")
    file = tmp_path / "first" / FILE
    if damage == "missing":
        file.unlink()
    elif damage == "cut":
        file.write_bytes(file.read_bytes()[:100])
    elif damage == "no note":
        (tmp_path / "first" / NOTE).write_text("{}")
    else:
        other = engine.sqlite_url(tmp_path / "other.sqlite")
        whole = damage == "of another release"
        writer.publish(other, changed(first, 4), NOW, folder=tmp_path / ("first" if whole else "other"))
        if not whole:
            shutil.copy(tmp_path / "other" / file.name, file)
    assert Saved.load(tmp_path / "first", first_done.release_id) is None


def test_a_release_that_the_store_does_not_have_as_it_was_saved_is_not_used(
    sqlite_url: str, tmp_path: Path
) -> None:
    other = engine.sqlite_url(tmp_path / "other.sqlite")
    first = small_release(1, n=20)
    elsewhere = published(other, first, tmp_path / "first")
    later = changed(first, 4, 5)
    done = writer.publish(sqlite_url, later, NOW, before=elsewhere)
    assert written(sqlite_url, done.release_id)["predictions"] == 20
    reader.verify(sqlite_url, done.release_id)


def test_rows_that_the_store_has_lost_are_inserted_again(url: str, tmp_path: Path) -> None:
    first = small_release(1, n=20)
    before = published(url, first, tmp_path / "first")
    with engine.writing(url) as connection:
        connection.execute(
            RECORDS.delete().where(RECORDS.c.subject_id == "P00015", RECORDS.c.row_number == 1)
        )
    later = changed(first, 4)
    done = writer.publish(url, later, NOW, before=before)
    reader.verify(url, done.release_id)


def test_seals_that_the_store_has_lost_are_made_again(sqlite_url: str, tmp_path: Path) -> None:
    first = small_release(1, n=10)
    before = published(sqlite_url, first, tmp_path / "first")
    with engine.writing(sqlite_url) as connection:
        connection.execute(seals.delete().where(seals.c.part == "P00007"))
    done = writer.publish(sqlite_url, changed(first, 2), NOW, before=before)
    parts.check_patients(sqlite_url, done.release_id, [f"P{i:05d}" for i in range(10)])


def test_a_patient_who_left_has_no_rows_and_no_seal_in_the_later_release(url: str, tmp_path: Path) -> None:
    first = small_release(1, n=10)
    before = published(url, first, tmp_path / "first")
    gone = {
        name: frame[frame["subject_id"] != "P00004"].reset_index(drop=True)
        if "subject_id" in frame
        else frame
        for name, frame in first.frames.items()
    }
    done = published(url, changed(replace(first, frames=gone), 2, 5), tmp_path / "later", before)
    parts.check_patients(url, done.release_id, [f"P{i:05d}" for i in range(10) if i != 4])
    assert reader.records(url, done.release_id, "P00004").empty
    with pytest.raises(errors.StoreUnreadable):
        parts.check_patients(url, done.release_id, ["P00004"])
    parts.check_patients(url, before.release_id, ["P00004"])


def only(release: Release, before: Saved, *own: int) -> Release:
    """The release with rows of these patients alone; those of all others are said to be those of the one before."""
    names = [f"P{i:05d}" for i in own]
    frames = {
        name: frame[frame["subject_id"].isin(names)].reset_index(drop=True) if name in OF_PATIENTS else frame
        for name, frame in release.frames.items()
    }
    patients = release.frames["subjects"]["subject_id"]
    place = places_among(patients, before.patients)
    return replace(release, frames=frames, kept=before.kept(~patients.isin(names).to_numpy(), place))


def without(release: Release, *gone: int) -> Release:
    """The release without these patients."""
    names = [f"P{i:05d}" for i in gone]
    frames = {
        name: frame[~frame["subject_id"].isin(names)].reset_index(drop=True)
        if "subject_id" in frame
        else frame
        for name, frame in release.frames.items()
    }
    return replace(release, frames=frames)


numbers = st.sets(st.integers(0, 8))


@given(numbers, numbers, numbers, st.data())
@examples(15)
def test_a_release_of_changed_patients_alone_is_that_of_everybody(
    absent_before: set[int], absent: set[int], others: set[int], data: st.DataObject
) -> None:
    """With patients who come, leave and change, and some who are given although nothing changed."""
    whole = small_release(1, n=10)  # the tenth stays as it is
    now = changed(whole, *sorted(others))
    must = (others | absent_before) - absent
    own = must | (data.draw(numbers) - absent)
    with TemporaryDirectory() as place:
        folder = Path(place)
        url, alone = (engine.sqlite_url(folder / f"{name}.sqlite") for name in ("nights", "alone"))
        before = published(url, without(whole, *absent_before), folder / "before")
        later = replace(without(now, *absent), manifest={"night": 2})
        done = published(url, only(later, before, *own), folder / "later", before)
        expected = published(alone, later, folder / "alone")
        assert done.release_id == expected.release_id
        reader.verify(url, done.release_id)
        assert str(rows_of(url, done.release_id)) == str(rows_of(alone, done.release_id))
        assert done.subjects.equals(expected.subjects)
        assert done.seals.tolist() == expected.seals.tolist()
        assert {n: c.tolist() for n, c in done.rows.items()} == {
            n: c.tolist() for n, c in expected.rows.items()
        }


@pytest.mark.parametrize("lost", ["the release", "a row"])
def test_a_release_of_changed_patients_alone_is_refused_where_the_store_lacks_the_others(
    lost: str, url: str, tmp_path: Path
) -> None:
    first = small_release(1, n=20)
    before = published(url, first, tmp_path / "first")
    later = changed(first, 4)
    if lost == "a row":
        with engine.writing(url) as connection:
            connection.execute(
                RECORDS.delete().where(RECORDS.c.subject_id == "P00015", RECORDS.c.row_number == 1)
            )
    else:
        writer.publish(url, changed(first, 7), NOW, keep=1)
    with pytest.raises(errors.EarlierRowsLost):
        writer.publish(url, only(later, before, 4), NOW, before=before)
    done = writer.publish(url, later, NOW)
    reader.verify(url, done.release_id)


def test_a_publication_that_ends_while_tables_are_kept_is_done_again_as_a_whole(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were they kept after the commit, nobody would keep them, or remove the draft, any more."""
    release, folder = small_release(1), tmp_path / "tables"

    def full(*_: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", full)
        with pytest.raises(OSError, match="No space"):
            writer.publish(sqlite_url, release, NOW, folder=folder)
    assert reader.head(sqlite_url, release.study) is None
    assert not (folder / NOTE).exists()
    writer.publish(sqlite_url, release, NOW, folder=folder)
    assert reader.head(sqlite_url, release.study) is not None
    assert {path.suffix for path in folder.iterdir()} == {".arrow", ".json"}
