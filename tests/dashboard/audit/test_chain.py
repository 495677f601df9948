"""The audit is only added to: what is changed, removed or cut off is found, and what cannot be written is refused."""

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from sqlalchemy import create_engine, text

import dashboard.audit.store as audit_store
from dashboard.audit.entry import Entry, plain_text
from dashboard.audit.errors import AuditBroken, AuditError, AuditKeyError
from dashboard.audit.read import AuditFilter, every, page
from dashboard.audit.store import AuditStore
from dashboard.audit.verify import Head, verify
from meta_med.published.engine import parse
from tests.published.conftest import postgres_server, postgres_url  # noqa: F401

THREADS, EACH = 4, 10


def entry(number: int = 1, **changes: str) -> Entry:
    values = {
        "at": f"2027-03-01T08:00:{number % 60:02d}.000+00:00", "who": "clara", "role": "clinician", "session": "s",
        "action": "patient", "purpose": "treatment", "study": "pbc", "release": "r", "patients": f"P{number}",
        "result": "shown", "detail": "",
    }  # fmt: skip
    return Entry(**{**values, **changes})


@pytest.fixture(params=["sqlite", "postgres"])
def log(request: pytest.FixtureRequest, tmp_path: Path) -> AuditStore:
    url = f"sqlite:///{tmp_path / 'audit.sqlite'}"
    if request.param == "postgres":
        url = request.getfixturevalue("postgres_url")
    return AuditStore(url, tmp_path / "audit.key")


@pytest.fixture
def five(log: AuditStore) -> AuditStore:
    for number in range(1, 6):
        log.append(entry(number))
    return log


def by_hand(log: AuditStore, *statements: str) -> None:
    """What somebody with every right to the database does, triggers taken away first."""
    engine = create_engine(parse(log.url))
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            for name in (
                connection.execute(text("SELECT name FROM sqlite_master WHERE type='trigger'"))
                .scalars()
                .all()
            ):
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            connection.execute(text("ALTER TABLE audit_entries DISABLE TRIGGER ALL"))
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def test_an_unbroken_chain_is_told_with_its_head(five: AuditStore) -> None:
    head = verify(five)
    assert head.sequence == 5
    assert verify(five, head) == head
    five.append(entry(6))
    assert verify(five, head).sequence == 6
    assert verify(AuditStore(five.url, five.key_path), Head(0, "")).sequence == 6


FORGED = "UPDATE audit_entries SET who = 'someone else' WHERE sequence = 3"


@pytest.mark.access_case("S19")
@pytest.mark.parametrize(
    ("statements", "told"),
    [
        ([FORGED], "broken at entry 3: it was changed"),
        (["UPDATE audit_entries SET patients = '' WHERE sequence = 5"], "broken at entry 5"),
        (["DELETE FROM audit_entries WHERE sequence = 2"], "1 entry is missing before entry 3"),
        (["DELETE FROM audit_entries WHERE sequence < 3"], "2 entries are missing before entry 3"),
        (
            ["DELETE FROM audit_entries WHERE sequence = 2",
             "UPDATE audit_entries SET sequence = sequence - 1 WHERE sequence > 2"],
            "broken at entry 2: it does not follow",
        ),
        (["DELETE FROM audit_entries WHERE sequence > 3"], "ends with entry 3, and the saved head is entry 5"),
        (["DELETE FROM audit_entries"], "ends with entry 0"),
    ],
)  # fmt: skip
def test_what_was_changed_or_cut_off_is_found(five: AuditStore, statements: list[str], told: str) -> None:
    head = verify(five)
    by_hand(five, *statements)
    with pytest.raises(AuditBroken, match=told):
        verify(five, head)


@pytest.mark.access_case("S19")
def test_a_chain_that_was_written_anew_is_not_the_saved_one(five: AuditStore) -> None:
    head = verify(five)
    by_hand(five, "DELETE FROM audit_entries WHERE sequence > 3")
    five.append(entry(7))
    five.append(entry(8))
    assert verify(five).sequence == 5
    with pytest.raises(AuditBroken, match="written anew"):
        verify(five, head)


@pytest.mark.access_case("S19")
@pytest.mark.parametrize("change", [FORGED, "DELETE FROM audit_entries", "DELETE FROM audit_store"])
def test_the_tables_refuse_to_be_changed(five: AuditStore, change: str) -> None:
    engine = create_engine(parse(five.url))
    with pytest.raises(Exception, match="the audit is only added to"), engine.begin() as connection:
        connection.execute(text(change))
    engine.dispose()
    assert verify(five).sequence == 5


@pytest.mark.access_case("S19")
@pytest.mark.access_case("S27")
def test_the_dashboards_database_role_may_add_and_read_and_nothing_else(
    postgres_url: str,  # noqa: F811
    tmp_path: Path,
) -> None:
    owner = AuditStore(postgres_url, tmp_path / "audit.key")
    owner.append(entry(1))
    engine = create_engine(parse(postgres_url))
    with engine.begin() as connection:
        connection.execute(text("DROP ROLE IF EXISTS dashboard_role"))
        connection.execute(text("CREATE ROLE dashboard_role LOGIN"))
    owner.grant_to("dashboard_role")
    role_url = postgres_url.replace("meta@", "dashboard_role@")
    role = AuditStore(role_url, owner.key_path)
    assert role.append(entry(2)) == 2
    assert verify(role).sequence == 2
    connection = psycopg2.connect(str(role_url))
    connection.autocommit = True
    for refused in (FORGED, "DELETE FROM audit_entries", "TRUNCATE audit_entries", "DROP TABLE audit_entries",
                    "ALTER TABLE audit_entries DISABLE TRIGGER ALL"):  # fmt: skip
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            connection.cursor().execute(refused)
    connection.close()
    with engine.begin() as cleaning:
        cleaning.execute(text("DROP OWNED BY dashboard_role"))
        cleaning.execute(text("DROP ROLE dashboard_role"))
    engine.dispose()


def test_sessions_at_once_make_one_chain(log: AuditStore) -> None:
    log.keys()
    failed: list[Exception] = []

    def write(thread: int) -> None:
        try:
            for number in range(EACH):
                AuditStore(log.url, log.key_path).append(entry(number, who=f"thread {thread}"))
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert verify(log).sequence == THREADS * EACH
    assert {row.entry.who for row in every(log, AuditFilter())} == {f"thread {n}" for n in range(THREADS)}


def test_who_asks_first_is_written_first(tmp_path: Path) -> None:
    """Of fifty readers at once none waits for its turn until it is refused."""
    log = AuditStore(f"sqlite:///{tmp_path / 'audit.sqlite'}", tmp_path / "audit.key")
    log.keys()
    names = [f"reader {number}" for number in range(6)]
    threads = [threading.Thread(target=log.append, args=(entry(1, who=name),)) for name in names]
    with closing(sqlite3.connect(tmp_path / "audit.sqlite", isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        for thread in threads:
            thread.start()
            thread.join(0.03)  # asks before the next one starts
    for thread in threads:
        thread.join()
    assert [row.entry.who for row in every(log, AuditFilter())] == names


@pytest.mark.access_case("S18")
@pytest.mark.parametrize("fault", ["locked", "damaged", "gone", "read-only folder"])
def test_an_audit_that_cannot_be_written_says_why_and_writes_nothing(
    tmp_path: Path, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "audit.sqlite"
    store = AuditStore(f"sqlite:///{path}", tmp_path / "audit.key")
    store.append(entry(1))
    holder = sqlite3.connect(tmp_path / "other.sqlite", isolation_level=None)
    if fault == "locked":
        holder.close()
        monkeypatch.setattr(audit_store, "BUSY_SECONDS", 0.1)
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
    elif fault == "damaged":
        path.write_bytes(b"no database" * 1000)
    elif fault == "gone":
        path.unlink()
    else:
        store = AuditStore("sqlite:////proc/nowhere/audit.sqlite", tmp_path / "audit.key")
    with pytest.raises(AuditError) as refused:
        store.append(entry(2))
    holder.close()
    assert "cannot be used" in str(refused.value)
    if fault == "locked":
        assert verify(store).sequence == 1


@pytest.mark.access_case("S29")
def test_the_key_is_its_owners_and_no_other_key_is_taken(tmp_path: Path) -> None:
    key = tmp_path / "audit.key"
    store = AuditStore(f"sqlite:///{tmp_path / 'audit.sqlite'}", key)
    store.append(entry(1))
    assert key.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "audit.sqlite").stat().st_mode & 0o777 == 0o600
    own = key.read_bytes()
    for content, mode, told in ((b"ab" * 32, 0o600, "not the one"), (b"x", 0o600, "does not hold a key"),
                                (own, 0o644, "chmod 600")):  # fmt: skip
        key.write_bytes(content)
        key.chmod(mode)
        audit_store._keys.cache_clear()
        with pytest.raises(AuditKeyError, match=told):
            store.append(entry(2))
        with pytest.raises(AuditKeyError, match=told):
            verify(store)
    key.unlink()
    audit_store._keys.cache_clear()
    with pytest.raises(AuditKeyError, match="cannot be read"):
        store.append(entry(2))
    assert not key.exists()  # a new key would make an audit that nobody can verify


def test_a_pseudonym_depends_on_key_study_and_patient(tmp_path: Path) -> None:
    one, two = (AuditStore(f"sqlite:///{tmp_path / n}.sqlite", tmp_path / f"{n}.key").keys() for n in "ab")
    told = {k.in_audit(s, p) for k in (one, two) for s in ("pbc", "pb") for p in ("c1", "1", "cc1")}
    assert len(told) == 12
    assert one.in_audit("pbc", "1") != one.on_screen("pbc", "1")
    assert one.in_audit("pbc", "1") == one.in_audit("pbc", "1")


def test_the_newest_come_first_and_filters_are_literal(five: AuditStore) -> None:
    five.append(entry(6, who="o'hara", action="model", result="denied", patients=""))
    five.append(entry(7, who="100%_"))
    found = page(five, AuditFilter(), limit=3, offset=1)
    assert [row.sequence for row in found.entries] == [6, 5, 4]
    assert found.total == 7
    for wanted, total in (
        (AuditFilter(who="O'HARA"), 1), (AuditFilter(who="%_"), 1), (AuditFilter(who="' OR 1=1 --"), 0),
        (AuditFilter(action="model"), 1), (AuditFilter(result="denied"), 1), (AuditFilter(patient="p3"), 1),
        (AuditFilter(study="x"), 0), (AuditFilter(since="2027-03-01T08:00:05"), 3),
        (AuditFilter(until="2027-03-01"), 0),
    ):  # fmt: skip
        assert page(five, wanted, limit=10).total == total


@pytest.mark.parametrize("name", ["ü\ud800", "a\x00b\nc", "x" * 5000, "'); DROP TABLE audit_entries; --"])
def test_whatever_a_claim_says_can_be_written_and_verified(log: AuditStore, name: str) -> None:
    log.append(entry(1, who=plain_text(name)))
    (row,) = every(log, AuditFilter())
    assert row.entry.who == plain_text(name)
    assert len(row.entry.who) <= 400
    assert verify(log).sequence == 1


def test_no_audit_yet_is_an_empty_one_and_reading_makes_none(tmp_path: Path) -> None:
    store = AuditStore(f"sqlite:///{tmp_path / 'audit.sqlite'}", tmp_path / "audit.key")
    assert verify(store).sequence == 0
    assert page(store, AuditFilter(), limit=5).total == 0
    assert list(tmp_path.iterdir()) == []
