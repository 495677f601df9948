"""Patients' rows: each read is authorised for the patient's cohort and written to the audit; nothing is cached.

A scientist sees a pseudonym wherever an id would stand, and finds a patient by it alone.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from dashboard import cache, soundness
from dashboard.access import record
from dashboard.access.authorize import Action, Denied, Grant, Scope, authorize
from dashboard.audit.keys import pseudonym
from dashboard.release import Served
from dashboard.wording.people import name_of
from meta_med.published import reader
from meta_med.published import search as published
from meta_med.published.search import SubjectPage, SubjectSearch

LEAST_LETTERS = 4
MOST_NAMED = 200


@dataclass(frozen=True)
class ReadPatient:
    """A patient whom the user may read, as `opened` has authorised and written to the audit.

    Attributes:
        grant: the permission.
        subject: the published row.
        name: as it is shown: the id, or a pseudonym.

    """

    grant: Grant
    subject: dict[str, Any]
    name: str

    @property
    def subject_id(self) -> str:
        """The id in the store."""
        return str(self.subject["subject_id"])


def is_pseudonymous(served: Served) -> bool:
    """Whether the user sees pseudonyms."""
    return authorize(served.user, Action.WORKLIST, served.scope).pseudonymous


def is_limited(served: Served) -> bool:
    """Whether the user sees some cohorts of the study only."""
    return authorize(served.user, Action.WORKLIST, served.scope).cohorts is not None


def searched(served: Served, wanted: SubjectSearch) -> SubjectPage:
    """One page of the patients who match, of the user's own cohorts."""
    grant = authorize(served.user, Action.WORKLIST, served.scope)
    own = _own_search(served, grant, wanted)
    page = SubjectPage(pd.DataFrame(), 0)
    if own is not None:
        known = _known_total(served, own)
        page = published.search_subjects(served.url, served.release_id, own, known)
    ids = page.rows["subject_id"] if page.total else ()
    soundness.require_patients(served, ids)
    record.shown(grant, release=served.release_id, patients=ids, detail=f"{page.total} match")
    return page


def named(served: Served, text: str) -> tuple[str, ...]:
    """Ids of the patients that a typed id, or pseudonym, names; nobody of another cohort than the user's."""
    grant = authorize(served.user, Action.PATIENT, served.scope)
    if grant.pseudonymous:
        return _of_pseudonym(served, text)
    found = published.named_subjects(served.url, served.release_id, text)
    return tuple(name for name in found if _readable(served, name) is not None)


def opened(served: Served, subject_id: str) -> ReadPatient | None:
    """The patient, written to the audit; None where the release has nobody of this id whom the user may read."""
    authorize(served.user, Action.PATIENT, served.scope)
    found = _readable(served, subject_id)
    if found is not None:
        soundness.require_patients(served, [subject_id])
        record.shown(found.grant, release=served.release_id, patients=[subject_id])
    return found


def may_print(served: Served, patient: ReadPatient) -> bool:
    """Whether the user may have the sheet of this patient."""
    return served.user.may(Action.PRINT, patient.grant.scope)


def printed(served: Served, patient: ReadPatient) -> None:
    """The sheet of the patient is about to be shown."""
    grant = authorize(served.user, Action.PRINT, patient.grant.scope)
    record.shown(grant, release=served.release_id, patients=[patient.subject_id])


def records(served: Served, patient: ReadPatient) -> pd.DataFrame:
    """The patient's measurements by outcome, the oldest first."""
    authorize(served.user, Action.PATIENT, patient.grant.scope)
    return reader.records(served.url, served.release_id, patient.subject_id)


def predictions(served: Served, patient: ReadPatient) -> pd.DataFrame:
    """The patient's predictions, one row per outcome."""
    authorize(served.user, Action.PATIENT, patient.grant.scope)
    return reader.predictions(served.url, served.release_id, patient.subject_id)


def horizons(served: Served, patient: ReadPatient) -> pd.DataFrame:
    """The patient's forecast over time."""
    authorize(served.user, Action.PATIENT, patient.grant.scope)
    return reader.horizons(served.url, served.release_id, patient.subject_id)


def replay(served: Served, patient: ReadPatient) -> pd.DataFrame:
    """The patient's earlier records beside what would have been predicted before them."""
    authorize(served.user, Action.PATIENT, patient.grant.scope)
    return reader.replay(served.url, served.release_id, patient.subject_id)


def explanations(served: Served, patient: ReadPatient) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Of the patient's predictions: parts of their width, own records that moved them, and other covariates' values."""
    authorize(served.user, Action.PATIENT, patient.grant.scope)
    width, moved, others = (
        read(served.url, served.release_id, patient.subject_id)
        for read in (reader.width_reasons, reader.influences, reader.what_if)
    )
    return width, moved, others


def shown_name(served: Served, subject_id: str) -> str:
    """A patient's name as it is shown: the id, or a pseudonym."""
    grant = authorize(served.user, Action.PATIENT, served.scope)
    if grant.pseudonymous:
        return record.store().keys().on_screen(served.head.study, subject_id)
    return name_of(served.head.manifest, subject_id)


def status_counts(served: Served) -> Mapping[str, int]:
    """Status -> number of patients of the user's cohorts."""
    grant, counts = authorize(served.user, Action.WORKLIST, served.scope), Counter[str]()
    for (_, status), count in _own_counts(served, grant):
        counts[status] += count
    return counts


def cohort_counts(served: Served) -> Mapping[str, int]:
    """Cohort -> number of patients, of the user's cohorts."""
    grant, counts = authorize(served.user, Action.WORKLIST, served.scope), Counter[str]()
    for (cohort, _), count in _own_counts(served, grant):
        counts[cohort] += count
    return counts


def _own_counts(served: Served, grant: Grant) -> Iterator[tuple[tuple[str, str], int]]:
    """Cohort and status, and the number of patients, of the user's cohorts."""
    for (cohort, status), count in cache.group_counts(served).items():
        if grant.cohorts is None or cohort in grant.cohorts:
            yield (cohort, status), count


def _readable(served: Served, subject_id: str) -> ReadPatient | None:
    """The patient of this id, if a role allows it in their cohort; a refusal is written to the audit."""
    subject = reader.subject(served.url, served.release_id, subject_id)
    if subject is None:
        return None
    try:
        grant = authorize(
            served.user, Action.PATIENT, Scope(served.head.study, cohort=str(subject["cohort"]))
        )
    except Denied as refusal:
        record.denied(refusal, patients=[subject_id])
        return None
    return ReadPatient(grant, subject, shown_name(served, subject_id))


def _known_total(served: Served, wanted: SubjectSearch) -> int | None:
    """How many patients match, where the counts that are kept say it: a search by id is counted by the store."""
    if wanted.text.strip() or wanted.only is not None:
        return None
    counts = cache.group_counts(served).items()
    return sum(
        count
        for (cohort, status), count in counts
        if (not wanted.cohorts or cohort in wanted.cohorts)
        and (not wanted.statuses or status in wanted.statuses)
    )


def _own_search(served: Served, grant: Grant, wanted: SubjectSearch) -> SubjectSearch | None:
    """The search within the user's cohorts; None where nobody can match."""
    own = wanted
    if grant.cohorts is not None:
        cohorts = tuple(sorted(grant.cohorts.intersection(wanted.cohorts or grant.cohorts)))
        if not cohorts:
            return None
        own = replace(own, cohorts=cohorts)
    if grant.pseudonymous and wanted.text.strip():
        own = replace(own, text="", only=_of_pseudonym(served, wanted.text.strip()))
    return own


def _of_pseudonym(served: Served, text: str) -> tuple[str, ...]:
    """Ids whose pseudonym begins with these letters; every id of the release is tried, for none is stored."""
    letters = text.upper()
    if len(letters) < LEAST_LETTERS:
        return ()
    key, study = record.store().keys().derived("screen"), served.head.study
    grant = authorize(served.user, Action.PATIENT, served.scope)
    found = []
    for name in published.subject_ids(served.url, served.release_id, _in_order(grant)):
        if pseudonym(key, study, name).startswith(letters):
            found.append(name)
            if len(found) == MOST_NAMED:
                break
    return tuple(found)


def _in_order(grant: Grant) -> tuple[str, ...] | None:
    return None if grant.cohorts is None else tuple(sorted(grant.cohorts))
