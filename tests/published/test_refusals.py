"""What does not fit is refused with all its mistakes, and never with a patient's value."""

import sqlite3
import subprocess
import sys
import threading
import time

import pandas as pd
import pytest
from sqlalchemy import text

from meta_med.published import errors, reader, writer
from meta_med.published.engine import writing
from meta_med.published.release import Release
from tests.published.small_release import NOW, small_release


def changed(release: Release, **frames: pd.DataFrame | None) -> Release:
    kept = {k: v for k, v in {**release.frames, **frames}.items() if v is not None}
    return Release(release.study, kept, release.manifest)


def test_all_mistakes_of_shape_are_named_at_once(sqlite_url: str) -> None:
    release = small_release(1)
    wrong = changed(
        release,
        cohorts=None,
        extra=pd.DataFrame(),
        records=release.frames["records"].rename(columns={"value": "v"}),
    )
    with pytest.raises(errors.ReleaseInvalid) as refused:
        writer.publish(sqlite_url, wrong, NOW)
    for part in ("'cohorts' is missing", "'extra'", "records.value is missing", "records.v is not published"):
        assert part in str(refused.value)
    assert reader.head(sqlite_url, "pbc") is None


def test_repeated_and_orphan_rows_are_refused_without_their_ids(sqlite_url: str) -> None:
    release = small_release(1)
    subjects, records = release.frames["subjects"], release.frames["records"]
    wrong = changed(
        release,
        subjects=pd.concat([subjects, subjects.head(1), subjects.head(1).assign(subject_id=None)]),
        records=records.assign(subject_id="CANARY-7f3a"),
    )
    with pytest.raises(errors.ReleaseInvalid) as refused:
        writer.publish(sqlite_url, wrong, NOW)
    assert "1 rows whose (subject_id) is already there" in str(refused.value)
    assert "without subject_id" in str(refused.value)
    assert "6 rows of records name a subject_id that subjects does not hold" in str(refused.value)
    assert "CANARY" not in str(refused.value)


def test_a_word_in_a_column_of_numbers_is_refused_without_the_word(sqlite_url: str) -> None:
    release = small_release(1)
    wrong = changed(release, records=release.frames["records"].assign(value="CANARY-7f3a"))
    with pytest.raises(
        errors.ReleaseInvalid, match=r"records\.value has a value that is not a number"
    ) as refused:
        writer.publish(sqlite_url, wrong, NOW)
    assert "CANARY" not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.access_case("S31")
@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf"), None])
def test_what_is_not_finite_is_stored_as_not_available(url: str, value: float | None) -> None:
    release = small_release(1)
    predictions = release.frames["predictions"].astype({"mean": object}).assign(mean=value)
    publication = writer.publish(url, changed(release, predictions=predictions), NOW)
    assert reader.predictions(url, publication.release_id, "P00000")["mean"].isna().all()
    reader.verify(url, publication.release_id)


@pytest.mark.parametrize("words", ["a\tb\nc\rd\\e", "\\N", "", "' OR 1=1 --", "<script>é漢</script>"])
def test_any_text_comes_back_as_it_was(url: str, words: str) -> None:
    release = small_release(1)
    subjects = release.frames["subjects"].assign(display=words)
    publication = writer.publish(url, changed(release, subjects=subjects), NOW)
    assert reader.subject(url, publication.release_id, "P00000")["display"] == words


@pytest.mark.fault("P09")
@pytest.mark.parametrize(("version", "who"), [(0, "older"), (99, "newer")])
def test_another_schema_is_refused_and_left_alone(url: str, version: int, who: str) -> None:
    writer.publish(url, small_release(1), NOW)
    with writing(url) as connection:
        connection.execute(text(f"UPDATE store SET schema_version = {version}"))
    with pytest.raises(errors.StoreSchemaMismatch, match=who):
        writer.publish(url, small_release(2), NOW)
    with pytest.raises(errors.StoreSchemaMismatch, match=f"schema {version}"):
        reader.head(url, "pbc")
    with pytest.raises(errors.StoreSchemaMismatch), writing(url):
        pass


@pytest.mark.fault("P06", "I1", "I2")
def test_a_second_writer_waits_then_says_busy(url: str) -> None:
    writer.publish(url, small_release(1), NOW)
    with writing(url):
        started = time.monotonic()
        with pytest.raises(errors.StoreBusy) as busy:
            writer.publish(url, small_release(2), NOW, busy_seconds=0.3)
        assert 0.2 < time.monotonic() - started < 5
        assert busy.value.retryable
        assert reader.head(url, "pbc").release_id == small_release(1).release_id  # readers do not wait
    assert writer.publish(url, small_release(2), NOW).changed


def test_a_second_writer_goes_on_when_the_first_is_done(url: str) -> None:
    writer.publish(url, small_release(1), NOW)
    holding = threading.Event()

    def hold() -> None:
        with writing(url):
            holding.set()
            time.sleep(0.4)

    other = threading.Thread(target=hold)
    other.start()
    holding.wait(10)
    assert writer.publish(url, small_release(2), NOW).changed
    other.join()


@pytest.mark.fault("P07", "I1")
def test_changed_rows_are_found(url: str) -> None:
    publication = writer.publish(url, small_release(1), NOW)
    with writing(url) as connection:
        connection.execute(text("UPDATE records SET value = value + 1e-9 WHERE row_number = 0"))
    with pytest.raises(errors.StoreUnreadable, match=publication.release_id):
        reader.verify(url, publication.release_id)


@pytest.mark.fault("P07")
def test_a_damaged_file_is_called_damaged(sqlite_url: str) -> None:
    publication = writer.publish(sqlite_url, small_release(1, n=2000), NOW)
    path = sqlite_url.removeprefix("sqlite:///")
    with open(path, "r+b") as file:
        file.write(b"\xff" * 64)
    with pytest.raises(errors.StoreUnreadable, match="damaged"):
        reader.verify(sqlite_url, publication.release_id)


@pytest.mark.access_case("S27")
def test_the_reader_cannot_write(url: str) -> None:
    writer.publish(url, small_release(1), NOW)
    with pytest.raises(errors.StoreError), reader.existing_store(url) as connection:
        connection.execute(text("DELETE FROM head"))
    assert reader.head(url, "pbc") is not None


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("nonsense", "cannot be read"),
        ("mysql://u:secret@h/d", "not 'mysql'"),
        ("sqlite://", "needs a file"),
        ("postgresql://u:secret@127.0.0.1:9/d", "nothing answers there"),
        ("sqlite:////proc/nowhere/x.sqlite", "cannot be written"),
        ("sqlite:///store.sqlite?mode=ro", "no options"),
    ],
)
def test_an_unusable_url_is_refused_without_its_password(bad: str, why: str) -> None:
    with pytest.raises(errors.StoreUnreachable, match=why) as refused:
        writer.publish(bad, small_release(1), NOW)
    assert "secret" not in str(refused.value)


def test_reading_from_a_store_that_is_not_there_says_so(sqlite_url: str) -> None:
    with pytest.raises(errors.ReleaseMissing):
        reader.outcomes(sqlite_url, "0" * 16)


def test_a_file_that_is_no_database_is_called_damaged(tmp_path) -> None:
    path = tmp_path / "x.sqlite"
    path.write_text("not a database, " * 100)
    with pytest.raises(errors.StoreUnreadable):
        reader.head(f"sqlite:///{path}", "pbc")


def test_integrity_holds_after_publishing(sqlite_url: str) -> None:
    writer.publish(sqlite_url, small_release(1, n=500), NOW)
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_importing_the_store_loads_no_science() -> None:
    script = (
        "import sys, meta_med.published.writer, meta_med.published.search\n"
        "print([m for m in ('torch', 'sklearn', 'scipy', 'streamlit', 'dagster') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
