"""A fault that passes by itself is told apart from one that stays: only the first is tried again."""

import pytest

from meta_med.published import errors, reader, writer
from orchestration.boundary import translated
from tests.published.small_release import NOW, small_release
from tests.published.test_doors import another, sql

FAILS = (
    "CREATE FUNCTION fail() RETURNS trigger AS $$ BEGIN {what}; RETURN NEW; END $$ LANGUAGE plpgsql",
    "CREATE TRIGGER fail BEFORE INSERT ON subjects FOR EACH ROW EXECUTE FUNCTION fail()",
)


def failing(url: str, what: str) -> None:
    sql(url, *(statement.format(what=what) for statement in FAILS))


def refused(url: str) -> errors.StoreError:
    with pytest.raises(errors.StoreError) as failed:
        writer.publish(url, small_release(2), NOW)
    return failed.value


@pytest.mark.parametrize(
    "what",
    [
        "PERFORM pg_terminate_backend(pg_backend_pid())",
        "RAISE EXCEPTION 'x' USING ERRCODE = '40001'",
        "RAISE EXCEPTION 'x' USING ERRCODE = '57P03'",
    ],
)
def test_after_a_passing_fault_nothing_was_changed_and_publishing_again_succeeds(
    postgres_url: str, what: str
) -> None:
    writer.publish(postgres_url, small_release(1), NOW)
    failing(postgres_url, what)
    error = refused(postgres_url)
    assert isinstance(error, errors.StoreOutage | errors.StoreBusy)
    assert translated(error).may_be_retried
    assert reader.head(postgres_url, "pbc").release_id == small_release(1).release_id
    sql(postgres_url, "DROP TRIGGER fail ON subjects")
    assert writer.publish(postgres_url, small_release(2), NOW).changed


@pytest.mark.parametrize("code", ["53100", "25006", "42501", "22P05", "57014"])
def test_a_fault_that_stays_is_not_tried_again(postgres_url: str, code: str) -> None:
    writer.publish(postgres_url, small_release(1), NOW)
    failing(postgres_url, f"RAISE EXCEPTION 'x' USING ERRCODE = '{code}'")
    error = refused(postgres_url)
    assert type(error) is errors.StoreUnreachable
    assert not translated(error).may_be_retried


def test_a_server_that_is_away_may_be_back_and_a_database_that_is_not_there_may_not(
    postgres_url: str,
) -> None:
    away = "postgresql://meta@127.0.0.1:9/d"
    error = refused(away)
    assert (type(error), error.code) == (errors.StoreOutage, "E_STORE_OUTAGE")
    assert "is the server running" in str(error)
    for wrong in (another(postgres_url, database="nowhere"), another(postgres_url, user="nobody_known")):
        assert type(refused(wrong)) is errors.StoreUnreachable
