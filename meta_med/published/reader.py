"""Reading the store: which release is served, and page-sized pieces of it.

Every query names one release. A release never changes, so all parts of a page are consistent, and a cache by release id
is always valid. Only `head` must be read each time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select, Table, func, select

from meta_med.published import rows
from meta_med.published.content.stored_hash import stored_sha256
from meta_med.published.engine import reading
from meta_med.published.errors import ReleaseMissing, StoreUnreadable
from meta_med.published.heads import CurrentRelease, head, studies
from meta_med.published.store_tables import journal, releases
from meta_med.published.tables import CONTENT, content_columns, subjects
from meta_med.published.tables import records as records_table

__all__ = [
    "CurrentRelease",
    "champions",
    "cohorts",
    "evaluation",
    "existing_store",
    "findings",
    "frame_of",
    "guards",
    "head",
    "history",
    "measured_values",
    "newest_values",
    "outcomes",
    "predictions",
    "read_table",
    "records",
    "sentinels",
    "studies",
    "subject",
    "typed",
    "types_of",
    "verify",
]


def history(url: str, study: str) -> pd.DataFrame:
    """The study's journal: sequence, study, release_id, action, at, actor; newest last."""
    with reading(url) as connection:
        if connection is None:
            return pd.DataFrame(columns=[c.name for c in journal.columns])
        return frame_of(
            connection, select(journal).where(journal.c.study == study).order_by(journal.c.sequence)
        )


def verify(url: str, release_id: str) -> None:
    """Check the hash of all rows of the release.

    Raises:
        ReleaseMissing: the store does not hold it.
        StoreUnreadable: its rows are not those that were published.

    """
    with existing_store(url) as connection:
        query = select(releases.c.content_sha256).where(releases.c.release_id == release_id)
        published = connection.execute(query).scalar_one_or_none()
        if published is None:
            raise ReleaseMissing(f"The store holds no release {release_id}.")
        if stored_sha256(connection, release_id) != published:
            raise changed(release_id)


def changed(release_id: str) -> StoreUnreadable:
    """What is said of a release whose rows are not those that were published."""
    return StoreUnreadable(
        f"The rows of release {release_id} are not those that were published. "
        "Publish again, roll back, or restore a copy of the store."
    )


def subject(url: str, release_id: str, subject_id: str) -> dict[str, Any] | None:
    """One subject's row; None where the release does not hold the subject."""
    found = read_table(url, release_id, "subjects", subject_id=subject_id)
    return None if found.empty else {str(k): v for k, v in found.iloc[0].to_dict().items()}


def status_counts(url: str, release_id: str) -> dict[str, int]:
    """Number of subjects by their best status, such as personalised or withheld."""
    table = CONTENT["subjects"]
    query = (
        select(table.c.status, func.count())
        .where(table.c.release_id == release_id)
        .group_by(table.c.status)
        .order_by(table.c.status)
    )
    with existing_store(url) as connection:
        return {str(status): int(count) for status, count in connection.execute(query)}


def records(url: str, release_id: str, subject_id: str) -> pd.DataFrame:
    """One subject's measurements by outcome, oldest first: subject_id, time_days, outcome, value."""
    found = read_table(url, release_id, "records", subject_id=subject_id)
    return found.sort_values(["outcome", "time_days"], kind="stable", ignore_index=True)


def predictions(url: str, release_id: str, subject_id: str) -> pd.DataFrame:
    """One subject's predictions, one row per outcome."""
    return read_table(url, release_id, "predictions", subject_id=subject_id)


def horizons(url: str, release_id: str, subject_id: str) -> pd.DataFrame:
    """One subject's forecasts over time, one row per outcome and horizon, the nearest first."""
    found = read_table(url, release_id, "horizons", subject_id=subject_id)
    return found.sort_values(["outcome", "horizon_days"], kind="stable", ignore_index=True)


def replay(url: str, release_id: str, subject_id: str) -> pd.DataFrame:
    """One subject's earlier records beside what would have been predicted before them, by outcome, the oldest first."""
    found = read_table(url, release_id, "replay", subject_id=subject_id)
    return found.sort_values(["outcome", "own_records"], kind="stable", ignore_index=True)


def influences(url: str, release_id: str, subject_id: str) -> pd.DataFrame:
    """The own records that moved one subject's predictions most, by outcome, the largest first."""
    return read_table(url, release_id, "influences", subject_id=subject_id)


def width_reasons(url: str, release_id: str, subject_id: str) -> pd.DataFrame:
    """The parts of the variance of one subject's predictions."""
    return read_table(url, release_id, "width_reasons", subject_id=subject_id)


def what_if(url: str, release_id: str, subject_id: str) -> pd.DataFrame:
    """What is predicted of one subject for other values of modifiable covariates."""
    return read_table(url, release_id, "what_if", subject_id=subject_id)


def horizon_check(url: str, release_id: str) -> pd.DataFrame:
    """How each outcome's horizons did on held-out patients, and why one is not published."""
    return read_table(url, release_id, "horizon_check")


def evaluation(
    url: str,
    release_id: str,
    *,
    outcome: str | None = None,
    metric: str | None = None,
    cohort: str | None = None,
    cross_fitted: bool = False,
) -> pd.DataFrame:
    """The evaluation table, optionally of one outcome, metric or cohort ("all" is a cohort).

    `cross_fitted`: of all patients, each held out once; empty where that was not evaluated.
    """
    table = "cross_fitted" if cross_fitted else "evaluation"
    wanted = {"outcome": outcome, "metric": metric, "cohort": cohort}
    return read_table(url, release_id, table, **{k: v for k, v in wanted.items() if v is not None})


def champions(url: str, release_id: str) -> pd.DataFrame:
    """Which predictor serves each outcome and support size, and why."""
    return read_table(url, release_id, "champions")


def guards(url: str, release_id: str) -> pd.DataFrame:
    """The guards: their rules, cut-offs and false-alarm rates."""
    return read_table(url, release_id, "guards")


def sentinels(url: str, release_id: str) -> pd.DataFrame:
    """The leakage checks and their results."""
    return read_table(url, release_id, "sentinels")


def findings(url: str, release_id: str) -> pd.DataFrame:
    """What the gate found in the source files."""
    return read_table(url, release_id, "findings")


def outcomes(url: str, release_id: str) -> pd.DataFrame:
    """What is predicted, in the order of the study."""
    return read_table(url, release_id, "outcomes").sort_values("position", kind="stable", ignore_index=True)


def measured_values(url: str, release_id: str, outcome: str, most: int) -> pd.Series:
    """Some measured values of an outcome, at most so many: enough to see with how many decimals it is written."""
    query = (
        select(records_table.c.value)
        .select_from(subjects.join(records_table, rows.written_rows(records_table)))
        .where(
            subjects.c.release_id == release_id,
            records_table.c.outcome == outcome,
            records_table.c.value.is_not(None),
        )
        .limit(most)
    )
    with existing_store(url) as connection:
        return pd.Series(connection.execute(query).scalars().all(), dtype="float64")


def newest_values(url: str, release_id: str) -> pd.DataFrame:
    """Each subject's newest value of each outcome, with the subject's cohort: subject_id, outcome, cohort, value."""
    own = records_table
    latest = func.row_number().over(
        partition_by=(own.c.subject_id, own.c.outcome), order_by=(own.c.time_days.desc(), own.c.row_number)
    )
    columns = (own.c.subject_id, own.c.outcome, subjects.c.cohort, own.c.value, subjects.c.row_number)
    inner = (
        select(*columns, latest.label("place"))
        .select_from(subjects.join(own, rows.written_rows(own)))
        .where(subjects.c.release_id == release_id, own.c.value.is_not(None))
        .subquery()
    )
    query = (
        select(inner.c.subject_id, inner.c.outcome, inner.c.cohort, inner.c.value)
        .where(inner.c.place == 1)
        .order_by(inner.c.row_number, inner.c.outcome)
    )
    with existing_store(url) as connection:
        return typed(frame_of(connection, query), own).astype({"cohort": "str"})


def cohorts(url: str, release_id: str) -> pd.DataFrame:
    """The cohorts and their sizes by split."""
    return read_table(url, release_id, "cohorts")


@contextmanager
def existing_store(url: str) -> Iterator[Connection]:
    """A read-only snapshot of the store.

    Raises:
        ReleaseMissing: there is no store yet.

    """
    with reading(url) as connection:
        if connection is None:
            raise ReleaseMissing("There is no published store here yet.")
        yield connection


def frame_of(connection: Connection, query: Select[Any]) -> pd.DataFrame:
    """The query's rows as a frame."""
    result = connection.execute(query)
    names, cursor = list(result.keys()), result.cursor
    assert cursor is not None
    found = (
        cursor.fetchall()
    )  # the driver's own rows, column by column: SQLAlchemy's and pandas' own way takes 4 times
    if not found:
        return pd.DataFrame(columns=names)
    return pd.DataFrame(dict(zip(names, map(list, zip(*found, strict=True)), strict=True)))


def read_table(url: str, release_id: str, name: str, **equal: str) -> pd.DataFrame:
    """The release's rows of one published table, in order, filtered by equal values of columns."""
    with existing_store(url) as connection:
        found = frame_of(connection, table_query(release_id, name, **equal))
    return typed(found, CONTENT[name])


def table_query(release_id: str, name: str, **equal: str) -> Select[Any]:
    """The query of `read_table`."""
    patient = equal.pop("subject_id", None)
    query = rows.rows_query(name, release_id, content_columns(name), None if patient is None else [patient])
    for column, value in equal.items():
        query = query.where(CONTENT[name].columns[column] == value)
    return query


def typed(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """The frame with the table's column types, also for empty and all-missing columns."""
    kinds = types_of(table)
    return frame.astype({name: kinds[name] for name in frame.columns if name in kinds})


def types_of(table: Table) -> dict[str, str]:
    """Column -> its type in a frame."""
    kinds = {float: "float64", int: "Int64"}
    return {column.name: kinds.get(column.type.python_type, "str") for column in table.columns}
