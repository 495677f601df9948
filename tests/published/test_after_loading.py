"""After a release PostgreSQL notes that every reader sees its rows; where it cannot, the release is there as well."""

import pytest
from sqlalchemy import create_engine, text

from meta_med.published import engine, reader, writer
from meta_med.published.engine import parse
from tests.published.small_release import NOW, small_release

SEEN = "SELECT relallvisible FROM pg_class WHERE relname = 'subjects'"


def test_rows_are_seen_by_every_reader_as_soon_as_they_are_published(postgres_url: str) -> None:
    writer.publish(postgres_url, small_release(1, n=500), NOW)
    with engine.reading(postgres_url) as connection:
        assert connection.execute(text(SEEN)).scalar_one() > 0


def test_a_table_that_somebody_has_locked_keeps_no_release_back(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer.publish(postgres_url, small_release(1), NOW)
    monkeypatch.setattr(engine, "CHECK_SECONDS", 0.05)
    with create_engine(parse(postgres_url)).begin() as other:
        other.execute(text("LOCK TABLE subjects IN SHARE UPDATE EXCLUSIVE MODE"))
        engine.vacuum(postgres_url)
    done = writer.publish(postgres_url, small_release(2), NOW)
    assert reader.head(postgres_url, "pbc").release_id == done.release_id
