"""What readers think of predictions: agree, disagree, or that data are wrong, each with a reason of a fixed list.

There is no free text: it would carry values of patients.
"""

from collections.abc import Iterator, Mapping
from typing import Literal

from sqlalchemy import Select, select

from dashboard.audit.store import AuditStore, reading
from dashboard.audit.tables import feedback

Verdict = Literal["agree", "disagree", "data_wrong"]
REASONS: Mapping[str, tuple[str, ...]] = {
    "agree": ("as_expected", "helpful"),
    "disagree": (
        "too_high",
        "too_low",
        "too_certain",
        "too_uncertain",
        "treatment_changed",
        "not_like_this_cohort",
    ),
    "data_wrong": ("value_wrong", "unit_wrong", "time_wrong", "record_missing", "other_patient"),
}
"""Verdict -> the reasons to choose from."""
COLUMNS = ("sequence", "at", "who", "study", "release", "subject_id", "outcome", "verdict", "reason")


def every(store: AuditStore, study: str | None = None) -> Iterator[dict[str, object]]:
    """All feedback, the oldest first; of one study where it is named."""
    query: Select[tuple[object, ...]] = select(feedback).order_by(feedback.c.sequence)
    if study is not None:
        query = query.where(feedback.c.study == study)
    with reading(store) as opened:
        if opened is not None:
            yield from ({name: row._mapping[name] for name in COLUMNS} for row in opened[0].execute(query))


def newest(store: AuditStore, studies: tuple[str, ...], limit: int) -> list[dict[str, object]]:
    """The newest feedback on these studies, the newest first."""
    query = select(feedback).where(feedback.c.study.in_(studies)).order_by(feedback.c.sequence.desc())
    with reading(store) as opened:
        if opened is None:
            return []
        return [dict(row._mapping) for row in opened[0].execute(query.limit(limit))]


def own(store: AuditStore, who: str, study: str, release: str, subject_id: str) -> dict[str, str]:
    """A reader's verdict on each outcome of a patient in this release: the newest of each."""
    query = select(feedback.c.outcome, feedback.c.verdict).where(
        feedback.c.who == who,
        feedback.c.study == study,
        feedback.c.release == release,
        feedback.c.subject_id == subject_id,
    )
    with reading(store) as opened:
        if opened is None:
            return {}
        rows = opened[0].execute(query.order_by(feedback.c.sequence))
        return {str(outcome): str(verdict) for outcome, verdict in rows}
