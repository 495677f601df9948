"""Rows that a release has in common with the one before are copied inside of the store, and nobody can tell."""

import errno
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from meta_med.published import engine, reader, writer
from meta_med.published.checks import parts
from meta_med.published.content.carried import common_ranges
from meta_med.published.release import Release
from meta_med.published.tables import CONTENT, seals
from meta_med.published.writing import staging
from meta_med.published.writing.staging import Before
from tests.examples import examples
from tests.published.small_release import NOW, small_release


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
    with engine.writing(url) as connection:
        return {
            name: connection.execute(
                select(table)
                .where(table.c.release_id == release_id)
                .order_by(table.primary_key.columns.values()[-1])
            ).all()
            for name, table in {**CONTENT, "seals": seals}.items()
        }


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Table -> how many rows the last publication copied."""
    counts: dict[str, int] = {}
    plain = staging.Carried.of

    def counting(*arguments: object) -> staging.Carried:
        found = plain(*arguments)
        counts.update({name: int(ranges.count.sum()) for name, ranges in found.ranges.items()})
        return found

    monkeypatch.setattr(staging.Carried, "of", counting)
    return counts


def test_unchanged_subjects_are_copied_and_the_rows_are_those_of_a_release_that_was_written_whole(
    url: str, tmp_path: Path, copied: dict[str, int]
) -> None:
    first = small_release(1, n=40, k=3)
    before = Before(writer.publish(url, first, NOW, tables=tmp_path / "first").release_id, tmp_path / "first")
    later = changed(first, 3, 17, 30)
    done = writer.publish(url, later, NOW, before=before, tables=tmp_path / "later")
    assert copied["records"] == 3 * 37
    assert copied["predictions"] == copied["subjects"] == 40
    reader.verify(url, done.release_id)
    alone = engine.sqlite_url(tmp_path / "alone.sqlite")
    writer.publish(alone, later, NOW)
    assert rows_of(url, done.release_id) == rows_of(alone, later.release_id)
    again = writer.publish(
        url, first, NOW, before=Before(done.release_id, tmp_path / "later"), tables=tmp_path / "again"
    )
    assert again.release_id == before.release_id


@pytest.mark.parametrize("damage", ["missing", "cut", "another"])
def test_tables_that_are_not_those_of_the_release_before_are_not_used(
    damage: str, sqlite_url: str, tmp_path: Path, copied: dict[str, int]
) -> None:
    first = small_release(1, n=20)
    published = writer.publish(sqlite_url, first, NOW, tables=tmp_path / "first")
    file = tmp_path / "first" / "records.arrow"
    if damage == "missing":
        file.unlink()
    elif damage == "cut":
        file.write_bytes(file.read_bytes()[:100])
    else:
        other = engine.sqlite_url(tmp_path / "other.sqlite")
        writer.publish(other, changed(first, 4), NOW, tables=tmp_path / "first")
    later = changed(first, 4, 5)
    done = writer.publish(sqlite_url, later, NOW, before=Before(published.release_id, tmp_path / "first"))
    assert not any(copied.values())
    reader.verify(sqlite_url, done.release_id)


def test_rows_that_the_store_has_lost_are_inserted_again(url: str, tmp_path: Path) -> None:
    first = small_release(1, n=20)
    published = writer.publish(url, first, NOW, tables=tmp_path / "first")
    with engine.writing(url) as connection:
        connection.execute(CONTENT["records"].delete().where(CONTENT["records"].c.row_number == 30))
    later = changed(first, 4)
    done = writer.publish(url, later, NOW, before=Before(published.release_id, tmp_path / "first"))
    reader.verify(url, done.release_id)


def test_seals_that_the_store_has_lost_are_made_again(sqlite_url: str, tmp_path: Path) -> None:
    first = small_release(1, n=10)
    published = writer.publish(sqlite_url, first, NOW, tables=tmp_path / "first")
    with engine.writing(sqlite_url) as connection:
        connection.execute(seals.delete().where(seals.c.part == "P00007"))
    before = Before(published.release_id, tmp_path / "first")
    done = writer.publish(sqlite_url, changed(first, 2), NOW, before=before)
    parts.check_patients(sqlite_url, done.release_id, [f"P{i:05d}" for i in range(10)])


def as_table(runs: list[tuple[str, list[float | None]]]) -> pa.Table:
    names = [name for name, values in runs for _ in values]
    values = [value for _, own in runs for value in own]
    texts = [None if value is None else str(value) for value in values]
    columns = [pa.array(names, pa.large_string()), pa.array(values, pa.float64())]
    return pa.table([*columns, pa.array(texts, pa.large_string())], names=["subject_id", "value", "text"])


def test_seals_of_unchanged_patients_are_copied_and_those_who_left_have_none(
    url: str, tmp_path: Path
) -> None:
    first = small_release(1, n=10)
    before = Before(writer.publish(url, first, NOW, tables=tmp_path / "first").release_id, tmp_path / "first")
    gone = {
        name: frame[frame["subject_id"] != "P00004"].reset_index(drop=True)
        if "subject_id" in frame
        else frame
        for name, frame in first.frames.items()
    }
    later = changed(replace(first, frames=gone), 2, 5)
    done = writer.publish(url, later, NOW, before=before)
    patients = [f"P{i:05d}" for i in range(10) if i != 4]
    parts.check_patients(url, done.release_id, patients)
    with engine.writing(url) as connection:
        own = select(seals.c.part, seals.c.seal).where(seals.c.release_id == done.release_id)
        kept = dict(connection.execute(own).all())
        old = select(seals.c.part, seals.c.seal).where(seals.c.release_id == before.release_id)
        earlier = dict(connection.execute(old).all())
    assert sorted(kept) == ["", *patients]
    assert all((kept[name] == earlier[name]) == (name not in {"P00002", "P00005"}) for name in patients)


subjects = st.dictionaries(
    st.sampled_from("abcdef"),
    st.lists(st.one_of(st.none(), st.integers(0, 2).map(float)), min_size=1, max_size=3),
)


@given(subjects, subjects)
@examples(80)
def test_common_ranges_hold_the_same_rows_and_leave_out_no_unchanged_subject(
    before: dict[str, list[float | None]], now: dict[str, list[float | None]]
) -> None:
    old, new = as_table(sorted(before.items())), as_table(sorted(now.items()))
    found = common_ranges(old, new)
    for start, begin, count in zip(found.before, found.begin, found.count, strict=True):
        assert old.slice(start, count).equals(new.slice(begin, count))
    assert found.count.sum() == sum(len(own) for name, own in now.items() if before.get(name) == own)
    others = found.others(new.num_rows)
    covered = [np.arange(a, b) for a, b in others] + [
        np.arange(a, a + n) for a, n in zip(found.begin, found.count, strict=True)
    ]
    assert sorted(np.concatenate(covered).tolist() if covered else []) == list(range(new.num_rows))


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
            writer.publish(sqlite_url, release, NOW, tables=folder)
    assert reader.head(sqlite_url, release.study) is None
    assert [path.suffix for path in folder.iterdir()] == [".partial"]
    writer.publish(sqlite_url, release, NOW, tables=folder)
    assert reader.head(sqlite_url, release.study) is not None
    assert {path.suffix for path in folder.iterdir()} == {".arrow"}
