"""The patients of a release who are compared with one of them, and their records, as two frames of bounded size."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
from sqlalchemy import CTE, Select, and_, case, func, or_, select

from meta_med.published.reader import existing_store, frame_of, typed
from meta_med.published.release import LEAST_PATIENTS
from meta_med.published.series_names import MARK
from meta_med.published.tables import outcomes, records, subjects

MOST_PATIENTS, MOST_RECORDS = 5_000, 200_000
"""At most so many are read; those with nearly as many records as the patient come first."""


@dataclass(frozen=True)
class Pool:
    """Patients to compare; the rows of one patient are in `records` as often as values were measured.

    Attributes:
        subjects: subject_id, person, cohort, display.
        records: subject_id, time_days, outcome, value.
        outcomes: name, scale.

    """

    subjects: pd.DataFrame
    records: pd.DataFrame
    outcomes: pd.DataFrame

    def without_small_cohorts(self, subject_id: str) -> "Pool":
        """Only patients of cohorts with `LEAST_PATIENTS` people or more, and the patient who is compared."""
        people = self.subjects.groupby("cohort")["person"].transform("nunique")
        kept = (people >= LEAST_PATIENTS) | (self.subjects["subject_id"] == subject_id)
        subjects = self.subjects[kept].reset_index(drop=True)
        own = self.records["subject_id"].isin(subjects["subject_id"])
        return replace(self, subjects=subjects, records=self.records[own].reset_index(drop=True))


def pool(
    url: str, release_id: str, subject_id: str, cohorts: Collection[str] | None, *, series: bool = False
) -> Pool:
    """The patients who may be compared with one patient, and this one.

    Args:
        url: of the store.
        release_id: the release.
        subject_id: the patient.
        cohorts: whose patients may be read; None for all.
        series: whether a name is that of a series, which begins with the person.

    """
    known = select(outcomes.c.name, outcomes.c.scale).where(outcomes.c.release_id == release_id)
    with existing_store(url) as connection:
        described = frame_of(connection, known.order_by(outcomes.c.position))
        chosen = _chosen(release_id, subject_id, cohorts, max(1, MOST_RECORDS // max(1, len(described))))
        people = frame_of(connection, select(chosen.c.subject_id, chosen.c.cohort, chosen.c.display))
        measured = frame_of(connection, _records(chosen))
    names = people["subject_id"].astype(str)
    person = names.str.split(MARK, regex=False).str[0] if series else names
    return Pool(people.assign(person=person), typed(measured, records), described)


def _chosen(release_id: str, subject_id: str, cohorts: Collection[str] | None, most: int) -> CTE:
    """The patients who are read, with `most` records together; the patient first, then by the number of records."""
    own = subjects.c.subject_id == subject_id
    allowed = subjects.c.release_id == release_id
    count = select(subjects.c.n_records).where(allowed, own).scalar_subquery()
    if cohorts is not None:
        allowed = and_(allowed, or_(own, subjects.c.cohort.in_(sorted(cohorts))))
    unlike = case((own, -1), else_=func.abs(subjects.c.n_records - count)).label("unlike")
    columns = (
        subjects.columns[c] for c in ("subject_id", "cohort", "display", "n_records", "row_number", "rows_in")
    )
    nearest = select(*columns, unlike).where(allowed).order_by(unlike, subjects.c.row_number)
    first = nearest.limit(MOST_PATIENTS).subquery()
    so_far = func.sum(first.c.n_records).over(order_by=(first.c.unlike, first.c.row_number))
    counted = select(first, so_far.label("so_far")).subquery()
    within = or_(counted.c.unlike < 0, counted.c.so_far <= most)
    return select(counted).where(within).cte("compared").prefix_with("MATERIALIZED")


def _records(chosen: CTE) -> Select[Any]:
    return (
        select(records.c.subject_id, records.c.time_days, records.c.outcome, records.c.value)
        .join(
            chosen,
            and_(chosen.c.rows_in == records.c.release_id, chosen.c.subject_id == records.c.subject_id),
        )
        .where(records.c.value.is_not(None))
    )
