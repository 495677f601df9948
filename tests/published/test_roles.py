"""What each role of a PostgreSQL store may do, tried with real accounts; a refusal leaves everything as it was."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

from meta_med.published import engine, errors, reader, tables, writer
from meta_med.published.administration.roles import PURPOSES, Roles, apply
from meta_med.published.migrations.upgrade import upgrade
from tests.published.old_stores import written
from tests.published.small_release import NOW, small_release

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "alone")
"""Roles belong to the whole server, which the processes of a test run share."""
ROLES = Roles(prefix=f"clinic-{WORKER}")
"""A name that SQL needs quotes for."""


def run_as(url: str, user: str, *statements: str) -> list[tuple]:
    place = urlsplit(url)
    connection = psycopg2.connect(host=place.hostname, port=place.port, user=user, dbname=place.path[1:])
    try:
        with connection, connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def account(role: str) -> str:
    return f"{role}_login_{WORKER}"


def url_of(url: str, role: str) -> str:
    return url.replace("//meta@", f"//{account(role)}@")


@pytest.fixture
def own_database(postgres_url: str) -> Iterator[str]:
    """A database of its own; the roles and accounts made in it go with the test.

    Roles belong to the server: one that still owns a table of another test's database cannot be dropped.
    """
    yield postgres_url
    own = {f"{ROLES.prefix}_{role}" for role in PURPOSES} | {account(role) for role in PURPOSES}
    made = [name for (name,) in run_as(postgres_url, "meta", "SELECT rolname FROM pg_roles") if name in own]
    if made:
        names = ", ".join(f'"{name}"' for name in made)
        run_as(postgres_url, "meta", f"REASSIGN OWNED BY {names} TO meta", f"DROP OWNED BY {names}")
        run_as(postgres_url, "meta", f"DROP ROLE {names}")


@pytest.fixture
def store(own_database: str) -> str:
    """A store with two releases, its roles, and an account of each."""
    for tag in (1, 2):
        writer.publish(own_database, small_release(tag), NOW)
    apply(own_database, ROLES)
    for role in PURPOSES:
        run_as(
            own_database,
            "meta",
            f"CREATE ROLE {account(role)} LOGIN",
            f"GRANT {ROLES.name(role)} TO {account(role)}",
        )
    return own_database


def test_the_pipeline_publishes_rolls_back_lifts_and_prunes(store: str) -> None:
    own = url_of(store, "pipeline")
    engine.check(own, writes=True)
    assert writer.publish(own, small_release(3), NOW, keep=2).changed
    assert writer.rollback(own, "pbc", NOW).release_id == small_release(2).release_id
    writer.lift(own, "pbc", NOW, actor="steward")
    reader.verify(own, small_release(2).release_id)
    assert reader.outcomes(own, small_release(1).release_id).empty


def test_the_server_s_log_tells_a_refusal_without_the_row(store: str) -> None:
    (data,) = run_as(store, "meta", "SHOW data_directory")[0]
    log = Path(data).parent / "log"
    run_as(store, "meta", "ALTER TABLE records ADD CONSTRAINT refusal CHECK (row_number < 1) NOT VALID")
    before = len(log.read_text())
    with pytest.raises(errors.StoreError):
        writer.publish(url_of(store, "pipeline"), small_release(3), NOW)
    told = log.read_text()[before:]
    assert "refusal" in told
    assert "P0000" not in told
    with psycopg2.connect(store) as plain, pytest.raises(psycopg2.errors.CheckViolation):
        plain.cursor().execute("INSERT INTO records SELECT * FROM records WHERE row_number = 1")
    assert "P0000" in log.read_text()[before:]  # as it would be without


def test_the_pipeline_changes_no_row_no_journal_and_no_table(store: str) -> None:
    for forbidden in (
        "DELETE FROM journal",
        "UPDATE journal SET actor = 'nobody'",
        "TRUNCATE journal",
        "DROP TABLE journal",
        "UPDATE records SET value = 0",
        "UPDATE releases SET content_sha256 = ''",
        "ALTER TABLE subjects ADD COLUMN note text",
        "CREATE TABLE more (n int)",
        "UPDATE store SET schema_version = 1",
        "DELETE FROM alembic_version",
    ):
        refused(store, "pipeline", forbidden)


def test_the_dashboard_reads_every_table_and_writes_none(store: str) -> None:
    for table in tables.metadata.sorted_tables:
        run_as(store, account("dashboard"), f"SELECT count(*) FROM {table.name}")
        column = next(iter(table.columns)).name
        for forbidden in (
            f"DELETE FROM {table.name}",
            f"INSERT INTO {table.name} SELECT * FROM {table.name}",
            f"UPDATE {table.name} SET {column} = {column}",
            f"TRUNCATE {table.name}",
        ):
            refused(store, "dashboard", forbidden)


def test_the_dashboard_s_account_is_told_that_it_may_not_publish(store: str) -> None:
    own = url_of(store, "dashboard")
    assert reader.head(own, "pbc").release_id == small_release(2).release_id
    for use in (lambda: writer.rollback(own, "pbc", NOW), lambda: engine.check(own, writes=True)):
        with pytest.raises(errors.StoreUnreachable, match="no right"):
            use()


def test_the_audit_adds_to_the_journal_and_sees_no_patient(store: str) -> None:
    run_as(
        store,
        account("audit"),
        "INSERT INTO journal SELECT max(sequence) + 1, 'pbc', 'r', 'audit', 'now', 'auditor' FROM journal",
    )
    assert reader.history(store, "pbc")["actor"].iloc[-1] == "auditor"
    for forbidden in ("DELETE FROM journal", "UPDATE journal SET actor = ''", "SELECT * FROM subjects"):
        refused(store, "audit", forbidden)


def test_an_account_without_a_role_sees_nothing(store: str) -> None:
    run_as(store, "meta", "CREATE ROLE stranger LOGIN")
    try:
        refused(store, "stranger", "SELECT * FROM subjects", user="stranger")
    finally:
        run_as(store, "meta", "DROP ROLE stranger")


def test_the_owner_upgrades_and_the_roles_are_given_again(own_database: str) -> None:
    written(own_database, "3")
    upgrade(own_database)
    apply(own_database, ROLES)
    apply(own_database, ROLES)
    owners = run_as(
        own_database, "meta", "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
    )
    assert owners == [(f"{ROLES.prefix}_owner",)]


def test_a_sqlite_store_has_no_roles(sqlite_url: str) -> None:
    with pytest.raises(errors.StoreUnreachable, match="has no roles"):
        apply(sqlite_url, ROLES)


def refused(store: str, role: str, statement: str, user: str = "") -> None:
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        run_as(store, user or account(role), statement)
