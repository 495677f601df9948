"""A store of each earlier schema keeps its history when it is upgraded, on SQLite and on PostgreSQL."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from meta_med.published import engine, errors, reader, store_tables, tables, writer
from meta_med.published import migrations as revisions
from meta_med.published.holds import holds
from meta_med.published.migrations import upgrade as upgrading
from meta_med.published.migrations.upgrade import upgrade
from tests.published.old_stores import SCHEMAS, written
from tests.published.small_release import NOW, small_release

# SQLAlchemy cannot read SQLite's indexes of expressions back, and says so
pytestmark = pytest.mark.filterwarnings("ignore:.*expression-based index")
NUMBERS = {name: int(name.partition("_")[0]) for name in SCHEMAS}


BY_DAY = {SCHEMAS[0], SCHEMAS[-1]}


@pytest.fixture(
    params=[name if name in BY_DAY else pytest.param(name, marks=pytest.mark.nightly) for name in SCHEMAS]
)
def old(request: pytest.FixtureRequest, url: str) -> str:
    """A store as the program of this schema left it."""
    return written(url, request.param)


def rows_of(url: str) -> dict[str, list[dict]]:
    """Every row of every table that the store has, by the columns it has."""
    with engine.exclusive(url) as connection:
        names = [name for name in tables.metadata.tables if name not in {"store", "alembic_version"}]
        there = [n for n in names if engine.schema.inspect(connection).has_table(n)]
        found = {
            n: [dict(r) for r in connection.execute(text(f'SELECT * FROM "{n}"')).mappings()] for n in there
        }
    return {n: sorted(rows, key=_place) for n, rows in found.items()}


def _place(row: dict) -> tuple:
    """The order of a table's rows, whatever order the database has them in."""
    return tuple(row.get(name, 0) for name in ("release_id", "row_number", "sequence", "part"))


def _counted(url: str, patients: list[dict]) -> list[tuple[int, int]]:
    """Of each patient the number of predictions with remarks, and of those outside the reference range."""
    stored = rows_of(url)
    limits = {
        (o["release_id"], o["name"]): (o["reference_low"] or -1e9, o["reference_high"] or 1e9)
        for o in stored["outcomes"]
    }
    counts = {(p["release_id"], p["subject_id"]): [0, 0] for p in patients}
    for p in stored["predictions"]:
        low, high = limits[p["release_id"], p["outcome"]]
        mean = (low + high) / 2 if p["mean"] is None else p["mean"]
        counts[p["release_id"], p["subject_id"]][0] += bool(p["flags"])
        counts[p["release_id"], p["subject_id"]][1] += not low <= mean <= high
    return [tuple(counts[p["release_id"], p["subject_id"]]) for p in patients]


def test_an_upgraded_store_has_every_row_it_had_and_the_tables_of_a_new_one(old: str) -> None:
    before = rows_of(old)
    done = upgrade(old)
    assert (done.before in range(1, tables.SCHEMA_VERSION), done.after, done.changed) == (
        True,
        tables.SCHEMA_VERSION,
        True,
    )
    for name, rows in rows_of(old).items():
        earlier = before.get(name, [])
        assert [{k: row[k] for k in was} for row, was in zip(rows, earlier, strict=True)] == earlier
        news = [{k: row[k] for k in row if k not in earlier[0]} for row in rows] if earlier else []
        if name == "subjects" and any(news):  # the rows of a patient are those of the same release
            assert [new.pop("rows_in") for new in news] == [row["release_id"] for row in rows]
            assert [(new.pop("flagged"), new.pop("outside")) for new in news] == _counted(old, rows)
        assert name == "releases" or not any(value for new in news for value in new.values())
    assert not upgrade(old).changed
    with engine.exclusive(old) as connection:
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []


def test_its_history_is_read_and_continued(old: str) -> None:
    upgrade(old)
    history = reader.history(old, "pbc")
    assert history["action"].tolist() == ["stage", "promote", "stage", "promote", "rollback"]
    head = reader.head(old, "pbc")
    assert (head.release_id, head.restored) == (history["release_id"].iloc[0], True)
    (hold,) = holds(old, "pbc")
    assert (hold.release_id, hold.actor) == (history["release_id"].iloc[2], "steward: wrong units")
    for release_id in (head.release_id, hold.release_id):
        reader.verify(old, release_id)
    assert reader.predictions(old, head.release_id, "P0001")["mean"].notna().any()
    assert len(reader.records(old, head.release_id, "P0001")) == 49
    assert writer.publish(old, small_release(7), NOW).changed
    assert writer.rollback(old, "pbc", NOW).release_id == head.release_id


def test_a_changed_row_of_an_old_release_is_found_after_the_upgrade(old: str) -> None:
    upgrade(old)
    with engine.writing(old) as connection:
        connection.execute(text("UPDATE records SET value = value + 1 WHERE row_number = 0"))
    with pytest.raises(errors.StoreUnreadable):
        reader.verify(old, reader.head(old, "pbc").release_id)


@pytest.mark.parametrize("use", ["read", "publish", "roll back", "check"])
def test_without_an_upgrade_an_old_store_is_refused_unchanged(url: str, use: str) -> None:
    written(url, "3")
    before = rows_of(url)
    called = {
        "read": lambda: reader.studies(url),
        "publish": lambda: writer.publish(url, small_release(1), NOW),
        "roll back": lambda: writer.rollback(url, "pbc", NOW),
        "check": lambda: engine.check(url, writes=True),
    }
    with pytest.raises(errors.StoreOlder, match=r"E_STORE_SCHEMA.*schema 3.*meta-med store upgrade"):
        called[use]()
    assert rows_of(url) == before


def test_a_newer_store_is_refused_and_not_changed(url: str) -> None:
    writer.publish(url, small_release(1), NOW)
    with engine.writing(url) as connection:
        connection.execute(store_tables.store.update().values(schema_version=tables.SCHEMA_VERSION + 1))
    before = rows_of(url)
    for use in (lambda: upgrade(url), lambda: reader.studies(url), lambda: writer.rollback(url, "pbc", NOW)):
        with pytest.raises(errors.StoreSchemaMismatch, match=r"of a newer Meta-Med.*Nothing was changed"):
            use()
    assert rows_of(url) == before


def test_an_upgrade_that_fails_midway_changes_nothing(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    written(url, "2")
    before = rows_of(url)
    counted = upgrading._row_counts

    def one_row_less(connection) -> dict[str, int]:
        if engine.schema.inspect(connection).has_table("horizons"):  # after the revisions
            connection.execute(text("DELETE FROM predictions WHERE row_number = 0"))
        return counted(connection)

    monkeypatch.setattr(upgrading, "_row_counts", one_row_less)
    with pytest.raises(errors.StoreUnreadable, match="would have lost rows"):
        upgrade(url)
    monkeypatch.undo()
    assert rows_of(url) == before
    assert upgrade(url).changed


def test_a_sqlite_store_is_copied_before_and_the_copy_can_be_upgraded_again(sqlite_url: str) -> None:
    written(sqlite_url, "4")
    before = rows_of(sqlite_url)
    copy = upgrade(sqlite_url).copy
    assert copy.name == "published.sqlite.schema-4"
    assert copy.stat().st_mode & 0o777 == 0o600
    assert rows_of(engine.sqlite_url(copy)) == before
    assert upgrade(engine.sqlite_url(copy)).changed


def test_without_room_for_the_copy_nothing_is_changed(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(sqlite_url, "4")
    before = rows_of(sqlite_url)
    monkeypatch.setattr(upgrading, "ROOM", 1e12)
    with pytest.raises(errors.StoreUnreachable, match="of free space for a copy"):
        upgrade(sqlite_url)
    assert rows_of(sqlite_url) == before


def test_a_store_that_another_run_writes_is_not_upgraded(url: str) -> None:
    written(url, "5")
    with engine.exclusive(url), pytest.raises(errors.StoreBusy):
        upgrade(url, busy_seconds=0.2)
    assert upgrade(url).changed


def test_an_empty_database_gets_its_tables(url: str) -> None:
    done = upgrade(url)
    assert (done.before, done.after) == (None, tables.SCHEMA_VERSION)
    assert reader.studies(url) == ()


def test_the_revisions_from_nothing_make_the_tables_that_a_new_store_has(url: str) -> None:
    with engine.exclusive(url) as connection:
        upgrading._alembic(connection, None)
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) in (
            [],
            [("add_table", store_tables.alembic_version)],
        )


def test_the_newest_revision_is_the_program_s_and_each_follows_the_one_before() -> None:
    script = ScriptDirectory(str(Path(revisions.__file__).parent))
    assert script.get_heads() == [tables.REVISION]
    ordered = [revision.revision for revision in script.walk_revisions()]
    assert ordered == [f"{number:04d}" for number in range(tables.SCHEMA_VERSION, 0, -1)]


def test_programs_before_migrations_refuse_an_upgraded_store(sqlite_url: str) -> None:
    """They look at the number in `store` only."""
    written(sqlite_url, "5")
    upgrade(sqlite_url)
    with closing(sqlite3.connect(engine.sqlite_path(engine.parse(sqlite_url)))) as connection:
        assert connection.execute("SELECT schema_version FROM store").fetchall() == [(tables.SCHEMA_VERSION,)]
