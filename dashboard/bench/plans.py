"""How a database answers the main queries of the pages: the plans that it says it follows."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select

from meta_med.published import reader, search
from meta_med.published.search import SubjectSearch


def plans_of(url: str, release_id: str, outcome: str, subject_id: str) -> dict[str, list[str]]:
    """Query in words -> the lines of its plan."""
    with reader.existing_store(url) as connection:
        named = _queries(release_id, outcome, subject_id)
        return {told: _plan(connection, query) for told, query in named}


def _queries(release_id: str, outcome: str, subject_id: str) -> Iterator[tuple[str, Select[Any]]]:
    first, found = SubjectSearch(outcome), SubjectSearch(outcome, text=subject_id)
    for told, wanted in (("the first page of the worklist", first), ("a search for an id", found)):
        chosen = search.page_query(release_id, wanted)
        yield f"{told}: which patients", chosen
        yield f"{told}: what is shown of them", search.details_query(release_id, wanted, chosen)
    yield "counts by cohort and status", search.group_counts_query(release_id)
    for table in ("subjects", "records", "predictions"):
        yield f"one patient's {table}", reader.table_query(release_id, table, subject_id=subject_id)


def _plan(connection: Connection, query: Select[Any]) -> list[str]:
    is_sqlite = connection.dialect.name == "sqlite"
    explain = "EXPLAIN QUERY PLAN" if is_sqlite else "EXPLAIN (COSTS OFF)"
    written = query.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
    text = f"{explain} {written}"
    return [str(row[-1]) for row in connection.exec_driver_sql(text)]
