"""A store that cannot be used says why, before anything is changed; a sound one is never called damaged."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meta_med.published import engine, errors, reader, writer
from meta_med.published.errors import store_error
from meta_med.published.release import Release
from tests.examples import examples
from tests.published.small_release import NOW, small_release

CANARY = "CANARY-7f3a"


def with_canary(tag: int) -> Release:
    release = small_release(tag)
    subjects = release.frames["subjects"].assign(display=f"{CANARY} Ǆ")
    return Release(release.study, {**release.frames, "subjects": subjects}, release.manifest)


@examples(30)
@given(
    name=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="/\0"), min_size=1, max_size=40)
)
def test_the_url_of_a_path_leads_to_that_very_path(name: str) -> None:
    path = Path("/homes") / name / "published.sqlite"
    assert engine.sqlite_path(engine.parse(engine.sqlite_url(path))) == path


@pytest.mark.parametrize(
    "name", ["fifty%20", "q?mode=ro", "hash#1", "ü 'q' \"d\"", "a b", "%", "x" * 200, "@:&;"]
)
def test_a_store_lies_where_its_path_says_for_writer_and_reader(tmp_path: Path, name: str) -> None:
    path = tmp_path / name / "published.sqlite"
    url = engine.sqlite_url(path)
    published = writer.publish(url, small_release(1), NOW)
    assert path.is_file()
    assert [p.name for p in tmp_path.iterdir()] == [name]
    assert reader.head(url, "pbc").release_id == published.release_id


def test_checking_a_store_changes_nothing_in_it(url: str) -> None:
    engine.check(url, writes=True)
    assert reader.studies(url) == ()
    writer.publish(url, small_release(1), NOW)
    engine.check(url, writes=True)
    engine.check(url, writes=False)
    assert reader.head(url, "pbc").release_id == small_release(1).release_id


def test_a_store_that_another_writer_holds_passes_the_check_soon(url: str) -> None:
    writer.publish(url, small_release(1), NOW)
    with engine.writing(url):
        started = time.monotonic()
        engine.check(url, writes=True)
        assert time.monotonic() - started < 2


def test_a_store_behind_a_file_is_told_by_reader_and_writer(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    url = engine.sqlite_url(tmp_path / "file" / "published.sqlite")
    for use in (
        lambda: reader.studies(url),
        lambda: writer.publish(url, small_release(1), NOW),
        lambda: engine.check(url, writes=True),
    ):
        with pytest.raises(errors.StoreUnreachable, match="there is a file where a folder is needed"):
            use()


def in_another_process(script: str, *arguments: str, limit: int | None = None) -> str:
    """What the script prints, under a limit of the size of files."""

    def limited() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        capture_output=True,
        text=True,
        check=True,
        preexec_fn=limited,
        cwd=Path(__file__).parent,
        env={**os.environ, "PYTHONPATH": f"{Path(__file__).parents[2]}:{Path(__file__).parent}"},
    )
    return done.stdout + done.stderr


PUBLISH = """
import sys
from tests.published.small_release import NOW, small_release
from meta_med.published import errors, writer
try:
    writer.publish(sys.argv[1], small_release(2, n=3000), NOW)
except errors.StoreError as error:
    print(type(error).__name__, error)
"""


def test_a_disk_that_takes_no_more_is_not_called_damage_and_the_store_stays(sqlite_url: str) -> None:
    writer.publish(sqlite_url, small_release(1), NOW)
    said = in_another_process(PUBLISH, sqlite_url, limit=300_000)
    assert said.startswith("StoreUnreachable")
    assert "full" in said
    reader.verify(sqlite_url, reader.head(sqlite_url, "pbc").release_id)


# --- PostgreSQL


def sql(url: str, *statements: str) -> None:
    import psycopg2

    place = urlsplit(url)
    connection = psycopg2.connect(host=place.hostname, port=place.port, user="meta", dbname=place.path[1:])
    connection.autocommit = True
    for statement in statements:
        connection.cursor().execute(statement)
    connection.close()


def another(url: str, user: str = "meta", database: str = "", password: str = "") -> str:
    place = urlsplit(url)
    word = f":{password}" if password else ""
    return f"postgresql://{user}{word}@{place.hostname}:{place.port}/{database or place.path[1:]}"


@pytest.fixture
def read_only(postgres_url: str) -> str:
    writer.publish(postgres_url, small_release(1), NOW)
    sql(
        postgres_url,
        f"ALTER DATABASE {postgres_url.rpartition('/')[2]} SET default_transaction_read_only = on",
    )
    return postgres_url


@pytest.fixture
def without_right(postgres_url: str) -> Iterator[str]:
    writer.publish(postgres_url, small_release(1), NOW)
    sql(postgres_url, "CREATE ROLE guest LOGIN", "GRANT SELECT ON ALL TABLES IN SCHEMA public TO guest")
    yield another(postgres_url, "guest", password="secret")
    sql(postgres_url, "DROP OWNED BY guest", "DROP ROLE guest")


@pytest.fixture(params=["LATIN1", "SQL_ASCII"])
def of_encoding(request: pytest.FixtureRequest, postgres_url: str) -> Iterator[str]:
    name = f"store_{request.param.lower()}"
    sql(
        postgres_url,
        f"CREATE DATABASE {name} ENCODING '{request.param}' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0",
    )
    yield another(postgres_url, database=name)
    sql(postgres_url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.parametrize(
    ("store", "cause"),
    [("read_only", "read-only"), ("without_right", "no right")],
)
def test_a_server_that_will_refuse_is_found_out_before_anything_is_computed(
    request: pytest.FixtureRequest, store: str, cause: str
) -> None:
    url = request.getfixturevalue(store)
    assert_refused(url, cause)
    engine.check(url, writes=False)
    assert reader.head(url, "pbc").release_id == small_release(1).release_id


def test_an_encoding_that_cannot_hold_every_text_is_found_out_before(of_encoding: str) -> None:
    assert_refused(of_encoding, "UTF8")


def assert_refused(url: str, cause: str) -> None:
    started = time.monotonic()
    with pytest.raises(errors.StoreUnreachable, match=cause) as refused:
        engine.check(url, writes=True)
    assert time.monotonic() - started < 2
    with pytest.raises(errors.StoreUnreachable, match=cause) as later:
        writer.publish(url, with_canary(2), NOW)
    for error in (refused.value, later.value):
        assert CANARY not in str(error)
        assert "secret" not in str(error)
        assert "damaged" not in str(error)


@pytest.mark.parametrize(
    ("place", "cause"),
    [
        ("postgresql://meta:secret@127.0.0.1:9/d", "is the server running"),
        ("postgresql://meta:secret@no-such-host.invalid/d", "host's name is unknown"),
        ("postgresql://127.0.0.1:9/d?user=u&password=secret", "is the server running"),
    ],
)
def test_a_lost_server_is_told_without_its_password(place: str, cause: str) -> None:
    for use in (lambda: engine.check(place, writes=True), lambda: reader.studies(place)):
        with pytest.raises(errors.StoreUnreachable, match=cause) as lost:
            use()
        assert "secret" not in str(lost.value)


def test_a_database_that_is_not_there_is_told(postgres_url: str) -> None:
    with pytest.raises(errors.StoreUnreachable, match="no such database"):
        engine.check(another(postgres_url, database="nowhere"), writes=True)


@pytest.mark.parametrize(
    ("trigger", "cause"),
    [
        ("RAISE EXCEPTION 'no space: %', NEW.display USING ERRCODE = '53100'", "disk is full"),
        ("RAISE EXCEPTION '%', NEW.display USING ERRCODE = '25006'", "read-only"),
        ("RAISE EXCEPTION '%', NEW.display USING ERRCODE = '22P05'", "encoding"),
        ("PERFORM pg_terminate_backend(pg_backend_pid())", "connection was lost|shutting down"),
        ("PERFORM NEW.display::int", "database refused"),
    ],
)
def test_a_copy_that_fails_leaves_the_old_release_and_tells_the_cause_alone(
    postgres_url: str, trigger: str, cause: str
) -> None:
    """COPY fails outside SQLAlchemy's own wrapping, and the driver's text quotes the row."""
    writer.publish(postgres_url, small_release(1), NOW)
    sql(
        postgres_url,
        f"CREATE FUNCTION fail() RETURNS trigger AS $$ BEGIN {trigger}; RETURN NEW; END $$ LANGUAGE plpgsql",
        "CREATE TRIGGER fail BEFORE INSERT ON subjects FOR EACH ROW EXECUTE FUNCTION fail()",
    )
    with pytest.raises(errors.StoreUnreachable, match=cause) as failed:
        writer.publish(postgres_url, with_canary(2), NOW)
    assert CANARY not in str(failed.value)
    assert failed.value.__suppress_context__
    assert reader.head(postgres_url, "pbc").release_id == small_release(1).release_id


@pytest.mark.parametrize("text", ["a\0b", "half a \ud800 character"])
def test_what_no_database_can_hold_is_refused_with_its_column(url: str, text: str) -> None:
    release = small_release(1)
    subjects = release.frames["subjects"]
    held = pd.Series([text] * len(subjects), dtype=object)
    frames = {**release.frames, "subjects": subjects.assign(display=held)}
    with pytest.raises(errors.ReleaseInvalid, match=r"subjects\.display has a value that is not valid text"):
        writer.publish(url, Release("pbc", frames, release.manifest), NOW)


@examples(30)
@given(
    state=st.sampled_from(["", "53100", "25006", "42501", "22021", "08006", "57P01", "XX000", "99999"]),
    data=st.text(),
)
def test_no_driver_text_is_ever_passed_on(state: str, data: str) -> None:
    class DriverError(Exception):
        pgcode = state or None

    assert CANARY not in str(store_error(DriverError(f"{data} {CANARY}"), "the store"))


def test_every_phrase_of_a_refused_login_is_ours() -> None:
    said: Callable[[str], str] = lambda text: str(store_error(Exception(text), "s"))  # noqa: E731
    assert "login was refused" in said(f'FATAL: password authentication failed for user "{CANARY}"')
    assert "login was refused" in said('FATAL: role "x" does not exist')
    assert "no such database" in said('FATAL: database "x" does not exist')
