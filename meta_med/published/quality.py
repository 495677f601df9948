"""Reading the data's quality from the store: of one release, and over releases."""

import json
from collections.abc import Sequence
from datetime import datetime

import pandas as pd
from sqlalchemy import select

from meta_med.published.engine import reading
from meta_med.published.reader import existing_store, frame_of, read_table, typed
from meta_med.published.rows import count_of, written_rows
from meta_med.published.store_tables import releases
from meta_med.published.tables import content_columns, predictions, quality_rules, subjects

MOST_RELEASES = 12
AT_ONCE = 512
COUNTED = ("rows_in", "rows_accepted", "rows_quarantined")
TOLD = ("verdict", *COUNTED, "model")


def rules(url: str, release_id: str) -> pd.DataFrame:
    """Violations of each rule, in total (cohort "") and by cohort; a small count is missing."""
    return read_table(url, release_id, "quality_rules")


def missing(url: str, release_id: str) -> pd.DataFrame:
    """Accepted rows without a value by column, in total (cohort "") and by cohort; a small count is missing."""
    return read_table(url, release_id, "quality_missing")


def shapes(url: str, release_id: str) -> pd.DataFrame:
    """Histograms of accepted values over the contract's range; `labels` and `counts` are JSON lists."""
    return read_table(url, release_id, "quality_shapes")


def deliveries(url: str, study: str, until: str) -> pd.DataFrame:
    """The study's releases up to the one named: release_id, published_at, verdict, counts, model; oldest first."""
    query = (
        select(releases.c.release_id, releases.c.staged_at, releases.c.manifest)
        .where(releases.c.study == study)
        .order_by(releases.c.staged_at, releases.c.release_id)
    )
    with reading(url) as connection:
        stored = [] if connection is None else connection.execute(query).all()
    known = [
        {
            "release_id": row.release_id,
            "published_at": datetime.fromisoformat(row.staged_at),
            **{name: manifest.get(name) for name in TOLD},
        }
        for row in stored
        for manifest in [json.loads(row.manifest)]
    ]
    last = next((i for i, row in enumerate(known) if row["release_id"] == until), len(known) - 1)
    names = ["release_id", "published_at", *TOLD]
    return pd.DataFrame(known[max(0, last + 1 - MOST_RELEASES) : last + 1], columns=names)


def rules_of(url: str, release_ids: list[str]) -> pd.DataFrame:
    """`rules` of several releases, with the column release_id."""
    names = ("release_id", *content_columns("quality_rules"))
    query = select(*(quality_rules.c[name] for name in names)).where(
        quality_rules.c.release_id.in_(release_ids)
    )
    with existing_store(url) as connection:
        return typed(frame_of(connection, query), quality_rules)


def prediction_count(url: str, release_id: str) -> int:
    """Number of published predictions."""
    with existing_store(url) as connection:
        return count_of(connection, predictions.name, release_id)


def published_counts(url: str, release_id: str) -> tuple[int, int]:
    """Number of published predictions, and of the subjects they are of."""
    with existing_store(url) as connection:
        return (
            count_of(connection, predictions.name, release_id),
            count_of(connection, subjects.name, release_id),
        )


def prediction_statuses(url: str, release_id: str, of: Sequence[str] | None = None) -> pd.DataFrame:
    """One row per published prediction: subject, cohort, status; `of` these subjects, None for all."""
    query = (
        select(predictions.c.subject_id.label("subject"), subjects.c.cohort, predictions.c.status)
        .select_from(subjects.join(predictions, written_rows(predictions)))
        .where(subjects.c.release_id == release_id)
    )
    with existing_store(url) as connection:
        if of is None:
            return frame_of(connection, query)
        parts = [of[start : start + AT_ONCE] for start in range(0, len(of), AT_ONCE)] or [[]]
        return pd.concat(
            [frame_of(connection, query.where(subjects.c.subject_id.in_(part))) for part in parts],
            ignore_index=True,
        )
