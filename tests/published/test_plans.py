"""One patient's rows are found by its key, in every table: a million others cost nothing."""

import pytest
from sqlalchemy import Select
from sqlalchemy.dialects import sqlite

from meta_med.published import reader, rows, tables, writer
from meta_med.published.engine import writing
from meta_med.published.tables import CONTENT, content_columns
from tests.published.small_release import NOW, small_release

OF_PATIENTS = [name for name, table in CONTENT.items() if "subject_id" in table.columns]


@pytest.mark.parametrize("name", OF_PATIENTS)
def test_sqlite_asks_for_the_patients_rows(name: str, sqlite_url: str) -> None:
    release_id = writer.publish(sqlite_url, small_release(1, n=5), NOW).release_id
    page = reader.table_query(release_id, name, subject_id="P00001")
    checked = rows.rows_query(name, release_id, content_columns(name), ["P00001", "P00002"])
    for query in (page, checked):
        assert "subject_id=?" in plan(sqlite_url, query)


@pytest.mark.parametrize("name", [name for name in OF_PATIENTS if name != "subjects"])
def test_a_release_read_whole_asks_it_too_and_walks_over_no_other_rows(name: str, sqlite_url: str) -> None:
    release_id = writer.publish(sqlite_url, small_release(1, n=5), NOW).release_id
    whole = rows.rows_query(name, release_id, content_columns(name))
    some = whole.where(tables.subjects.c.row_number >= 0, tables.subjects.c.row_number < 5)
    for query in (whole, some):
        assert f"{name} USING PRIMARY KEY (release_id=? AND subject_id=?)" in plan(sqlite_url, query)


def plan(url: str, query: Select) -> str:
    text = str(query.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
    with writing(url) as connection:
        return "; ".join(row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}"))
