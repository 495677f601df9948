"""A home is lost and comes back from its backup: the same release is served, and nights go on with the same model."""

import io
import shutil
import tarfile
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select, text

from meta_med.published import reader, store_tables, tables, writer
from meta_med.published.engine import exclusive, reading
from meta_med.published.errors import StoreNotEmpty, StoreUnreadable
from orchestration.errors import PublishedStoreError, StoreBusyError
from orchestration.execution import run_graph
from orchestration.maintenance.backup import back_up, only_maintenance, restore
from orchestration.models.decide import versions
from orchestration.workspace import open_workspace
from tests.orchestration.small_study import Finished, workspace_at
from tests.orchestration.test_command import meta_med
from tests.published.old_stores import written
from tests.published.small_release import NOW, small_release


def rows_of(url: str) -> dict[str, list[tuple]]:
    """Every row of the store, by table, in an order that no database decides."""
    with exclusive(url) as connection:
        return {
            name: sorted((tuple(r) for r in connection.execute(table.select())), key=repr)
            for name, table in tables.metadata.tables.items()
        }


@pytest.fixture
def lost(finished: Finished, tmp_path: Path) -> tuple[Finished, Path, dict[str, list[tuple]]]:
    """A backup of a home that is gone, and the rows of its store."""
    ran, file = finished.copied(tmp_path / "home"), tmp_path / "backups" / "one.tar.gz"
    file.parent.mkdir()
    before = rows_of(ran.workspace().store_url)
    back_up(ran.workspace(), file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["one.tar.gz"]
    shutil.rmtree(ran.home)
    return ran, file, before


def test_after_a_lost_disk_the_same_release_is_served_and_a_night_finds_nothing_new(
    lost: tuple[Finished, Path, dict[str, list[tuple]]],
) -> None:
    ran, file, before = lost
    workspace = workspace_at(ran.home, ran.study)
    done = restore(workspace, file)
    assert done.served == {"asthma": ran.release_id}
    assert rows_of(workspace.store_url) == before
    assert [(v.latest.state, v.damage) for v in versions(workspace)] == [("champion", "")]
    assert not [path for path in ran.home.iterdir() if path.name.startswith(".")]
    published = run_graph(ran.study, workspace).published
    assert published is not None
    assert (published.release_id, published.changed) == (ran.release_id, False)


@pytest.mark.nightly
def test_a_night_after_the_restore_publishes_the_release_that_it_would_have_published(
    lost: tuple[Finished, Path, dict[str, list[tuple]]], finished: Finished, tmp_path: Path
) -> None:
    ran, file, _ = lost
    news = tmp_path / "visits.csv"
    lines = ran.study.sources["visits"].read_text().splitlines()
    news.write_text("\n".join(lines[:-1]) + "\n")
    restore(workspace_at(ran.home, ran.study), file)
    undisturbed = finished.copied(tmp_path / "undisturbed")
    one, other = (
        run_graph(ran.study, workspace_at(home, ran.study, visits=news)).published
        for home in (ran.home, undisturbed.home)
    )
    assert one is not None
    assert other is not None
    assert (one.changed, other.changed) == (True, True)
    kept = [
        content_sha256(workspace_at(home, ran.study).store_url, release.release_id)
        for home, release in ((ran.home, one), (undisturbed.home, other))
    ]
    assert kept[0] == kept[1]
    assert one.release_id == other.release_id


def content_sha256(url: str, release_id: str) -> str:
    """The hash of a release's rows."""
    with reading(url) as connection:
        assert connection is not None
        query = select(store_tables.releases.c.content_sha256).where(
            store_tables.releases.c.release_id == release_id
        )
        return str(connection.execute(query).scalar_one())


@pytest.mark.nightly
def test_it_is_consistent_while_releases_are_published(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "home")
    url, stop = workspace.store_url, threading.Event()
    writer.publish(url, small_release(0), NOW)

    def publish() -> None:
        for tag in range(1, 1000):
            if stop.is_set():
                return
            writer.publish(url, small_release(tag, n=40), NOW, keep=3)

    other = threading.Thread(target=publish)
    other.start()
    for number in range(4):
        file = tmp_path / f"{number}.tar.gz"
        back_up(workspace, file)
        restored = open_workspace(tmp_path / f"home{number}")
        done = restore(restored, file)
        assert reader.head(restored.store_url, "pbc").release_id == done.served["pbc"]
    stop.set()
    other.join()


@pytest.mark.parametrize(
    "way", ["to a server", "from a server", pytest.param("between servers", marks=pytest.mark.nightly)]
)
def test_one_file_restores_sqlite_and_postgresql(
    way: str,
    tmp_path: Path,
    postgres_url: str,
) -> None:
    here, there = (open_workspace(tmp_path / name) for name in ("here", "there"))
    server = replace(here, store_url=postgres_url)
    source = here if way == "to a server" else server
    target = replace(there, store_url=postgres_url) if way == "to a server" else there
    for tag in (1, 2):
        writer.publish(source.store_url, small_release(tag), NOW)
    writer.rollback(source.store_url, "pbc", NOW, actor="steward: \t\\ \n ü")
    before = rows_of(source.store_url)
    back_up(source, tmp_path / "b.tar.gz")
    if way == "between servers":
        with exclusive(postgres_url) as connection:
            tables.metadata.drop_all(connection)
        target = replace(there, store_url=postgres_url)
    restore(target, tmp_path / "b.tar.gz")
    assert rows_of(target.store_url) == before
    assert writer.publish(target.store_url, small_release(3), NOW).changed


def test_a_backup_of_an_older_program_is_upgraded_on_the_way(tmp_path: Path) -> None:
    old, new = (open_workspace(tmp_path / name) for name in ("old", "new"))
    written(old.store_url, "2")
    assert back_up(old, tmp_path / "b.tar.gz").schema == 2
    restore(new, tmp_path / "b.tar.gz")
    head = reader.head(new.store_url, "pbc")
    reader.verify(new.store_url, head.release_id)
    assert head.restored


def test_nothing_is_put_into_a_home_or_store_in_use(finished: Finished, tmp_path: Path) -> None:
    ran = finished.copied(tmp_path / "home")
    file, workspace = tmp_path / "b.tar.gz", ran.workspace()
    back_up(workspace, file)
    before = rows_of(workspace.store_url)
    with pytest.raises(StoreNotEmpty, match=r"E_STORE_NOT_EMPTY.*Nothing was changed"):
        restore(workspace, file)
    assert rows_of(workspace.store_url) == before
    elsewhere = replace(workspace, store_url=f"sqlite:///{tmp_path / 'other.sqlite'}")
    (ran.home / "models" / "journal.sqlite").write_bytes(b"another journal")
    with pytest.raises(PublishedStoreError, match="is in use"):
        restore(elsewhere, file)
    assert not (tmp_path / "other.sqlite").exists()


def test_a_restore_that_was_killed_is_done_again(finished: Finished, tmp_path: Path, monkeypatch) -> None:
    ran, file = finished.copied(tmp_path / "home"), tmp_path / "b.tar.gz"
    back_up(ran.workspace(), file)
    fresh = open_workspace(tmp_path / "fresh")

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("orchestration.maintenance.backup.snapshot.put", killed)
        with pytest.raises(KeyboardInterrupt):
            restore(fresh, file)
    assert reader.studies(fresh.store_url) == ()
    restore(fresh, file)
    assert reader.head(fresh.store_url, "asthma").release_id == ran.release_id


def cut_off(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-200])


def changed(file: Path) -> None:
    _again(file, lambda name, data: data[:-1] + b"\0" if name.endswith(".sqlite") else data)


def renamed(file: Path) -> None:
    _again(file, lambda name, data: data, lambda name: "../outside" if name.endswith(".sqlite") else name)


def no_backup(file: Path) -> None:
    file.write_text("no backup")


def _again(file: Path, content, name=lambda name: name) -> None:
    with tarfile.open(file) as tar:
        members = [(member, tar.extractfile(member).read()) for member in tar]
    with tarfile.open(file, "w:gz") as tar:
        for member, data in members:
            member.name = name(member.name)
            found = content(member.name, data)
            member.size = len(found)
            tar.addfile(member, io.BytesIO(found))


@pytest.mark.parametrize("harm", [cut_off, changed, renamed, no_backup])
def test_a_damaged_backup_is_refused_and_nothing_is_written(tmp_path: Path, harm) -> None:
    workspace, file = open_workspace(tmp_path / "home"), tmp_path / "b.tar.gz"
    writer.publish(workspace.store_url, small_release(1, n=200), NOW)
    back_up(workspace, file)
    harm(file)
    fresh = open_workspace(tmp_path / "deep" / "fresh")
    with pytest.raises(PublishedStoreError, match=r"E_BACKUP.*is not a whole backup.*Nothing was changed"):
        restore(fresh, file)
    assert [path.name for path in fresh.home.iterdir()] == ["locks"]
    assert not (tmp_path / "deep" / "outside").exists()


def test_a_store_whose_rows_were_changed_before_the_backup_is_not_restored(tmp_path: Path) -> None:
    workspace, fresh = open_workspace(tmp_path / "home"), open_workspace(tmp_path / "fresh")
    writer.publish(workspace.store_url, small_release(1), NOW)
    with exclusive(workspace.store_url) as connection:
        connection.execute(text("UPDATE records SET value = value + 1"))
    back_up(workspace, tmp_path / "b.tar.gz")
    with pytest.raises(StoreUnreadable, match="not those that were published"):
        restore(fresh, tmp_path / "b.tar.gz")
    assert reader.studies(fresh.store_url) == ()


def test_two_at_once_are_refused(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "home")
    with only_maintenance(workspace), pytest.raises(StoreBusyError, match="E_RUN_BUSY"):
        back_up(workspace, tmp_path / "b.tar.gz")


def test_the_commands(finished: Finished, tmp_path: Path, capsys) -> None:
    ran, file = finished.copied(tmp_path / "home"), tmp_path / "b.tar.gz"
    code, out, _ = meta_med(capsys, "store", "backup", file, "--home", ran.home)
    assert (code, f"serves release {ran.release_id} of asthma" in out) == (0, True)
    code, out, _ = meta_med(capsys, "store", "restore", file, "--home", tmp_path / "new", "--json")
    assert (code, f'"{ran.release_id}"' in out) == (0, True)
    code, _, err = meta_med(capsys, "store", "restore", file, "--home", tmp_path / "new")
    assert (code, "E_STORE_NOT_EMPTY" in err) == (5, True)


def test_an_older_store_is_upgraded_by_the_command(tmp_path: Path, capsys) -> None:
    home = tmp_path / "home"
    written(open_workspace(home).store_url, "5")
    assert meta_med(capsys, "status", "--home", home)[0] == 5
    code, out, _ = meta_med(capsys, "store", "upgrade", "--home", home)
    assert (code, "from schema 5 to" in out, "published.sqlite.schema-5" in out) == (0, True, True)
    assert "has schema" in meta_med(capsys, "store", "upgrade", "--home", home)[1]


@pytest.mark.nightly
def test_an_older_store_is_upgraded_by_the_next_run(finished: Finished, tmp_path: Path, capsys) -> None:
    ran = finished.copied(tmp_path / "ran")
    url = ran.workspace().store_url
    (ran.home / "published.sqlite").unlink()
    written(url, "5")
    code, out, _ = meta_med(capsys, "run", "--study", ran.study.path, "--home", ran.home, "--json")
    assert (code, f'"{ran.release_id}"' in out) == (0, True)
    assert (ran.home / "published.sqlite.schema-5").exists()
    for study in ("pbc", "asthma"):
        reader.verify(url, reader.head(url, study).release_id)
