"""The courses of patients who are similar to one: of the user's own cohorts, without names, ids and dates, audited."""

from dataclasses import dataclass

import pandas as pd

from dashboard import soundness
from dashboard.access import record
from dashboard.access.authorize import Action, authorize
from dashboard.patients import ReadPatient
from dashboard.release import Served
from meta_med.published.similar.distance import Neighbour, nearest
from meta_med.published.similar.pool import pool

MOST, NEWEST = 3, 40
"""The number of similar patients, and of the newest records that are shown of each outcome of one."""


@dataclass(frozen=True)
class SimilarPatients:
    """Similar patients, the nearest first, numbered from 1; the patient who is looked at has number 0.

    Attributes:
        distances: of each, 1 being that of two patients picked at random.
        courses: who, outcome, age_days (the time up to the newest record of the same patient), value.
        compared: how many patients there were to compare with.

    """

    distances: tuple[float, ...]
    courses: pd.DataFrame
    compared: int


def may_see(served: Served, patient: ReadPatient) -> bool:
    """Whether the user may see similar patients of this one."""
    return served.user.may(Action.SIMILAR, patient.grant.scope)


def similar(served: Served, patient: ReadPatient, step: float) -> SimilarPatients:
    """The patients of the release and of the user's cohorts who are most similar; written to the audit.

    Args:
        served: the release.
        patient: who is looked at.
        step: the time between two values of an outcome that are compared; 0 for the newest value alone.

    Raises:
        Denied: no role of the user allows it.
        AuditError: it cannot be written, so it must not be shown.

    """
    grant, own = authorize(served.user, Action.SIMILAR, patient.grant.scope), patient.subject_id
    series = bool(served.head.manifest.get("series"))
    found = pool(served.url, served.release_id, own, grant.cohorts, series=series).without_small_cohorts(own)
    near = nearest(found, own, step, MOST)
    shown = [own, *(neighbour.subject_id for neighbour in near)]
    soundness.require_patients(served, shown)
    record.shown(grant, release=served.release_id, patients=shown)
    people = found.subjects["person"].nunique() - 1
    return SimilarPatients(tuple(n.distance for n in near), _courses(found.records, own, near), people)


def _courses(records: pd.DataFrame, own: str, near: tuple[Neighbour, ...]) -> pd.DataFrame:
    """The newest values of the patient and of those who are similar, by number; ids and times do not leave this."""
    number = {own: 0, **{neighbour.subject_id: i for i, neighbour in enumerate(near, start=1)}}
    who = records["subject_id"].map(number)
    newest = records.groupby("subject_id")["time_days"].transform("max")
    rows = records.assign(who=who, age_days=newest - records["time_days"]).dropna(subset=["who"])
    rows = (
        rows.sort_values(["outcome", "who", "age_days"], kind="stable")
        .groupby(["outcome", "who"])
        .head(NEWEST)
    )
    return rows[["who", "outcome", "age_days", "value"]].astype({"who": int}).reset_index(drop=True)
