"""What other tables say of a record's patient: facts that never change, and whether an event has happened by then."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from meta_med.sources.account import Ledger
from meta_med.sources.asked_rows import PATIENT, identifiers
from meta_med.sources.covariates import need
from meta_med.sources.levels import texts
from meta_med.sources.times import TIME, years
from meta_med.study import CovariateSpec, EventsSpec, StudyMismatch, SubjectsSpec


def with_facts(
    frame: pd.DataFrame, own: pd.DataFrame, spec: SubjectsSpec, named: Collection[str]
) -> pd.DataFrame:
    """The records with their patient's row of facts, missing where there is none.

    Raises:
        StudyMismatch: a patient with two rows of facts; a column, of those `named` by the study, in both tables.

    """
    need(own, spec.source, [spec.key])
    facts = own[own[spec.key].notna()]
    facts = facts.assign(**{PATIENT: identifiers(facts[spec.key])}).drop(columns=spec.key)
    twice = int(facts.duplicated(PATIENT).sum())
    if twice:
        raise StudyMismatch(
            f"records.subjects: {twice:,} rows of {spec.source} are second ones of their patient, and it has one row "
            "a patient; let the contract make its key the primary key"
        )
    both = [str(column) for column in facts if column in frame and column != PATIENT]
    if meant := [column for column in both if column in named]:
        raise StudyMismatch(
            f"records.subjects: column {', '.join(meant)} stands in the records and in {spec.source}, and the study "
            "names it; which is meant cannot be told"
        )
    return frame.merge(facts.drop(columns=both), on=PATIENT, how="left", validate="many_to_one")


def count_facts(
    table: pd.DataFrame, own: pd.DataFrame, spec: SubjectsSpec, ledger: Ledger, source: str
) -> None:
    """Which rows of facts belong to a patient of the finished records, and which of these have none."""
    known = identifiers(own.loc[own[spec.key].notna(), spec.key])
    ledger.add("W_FACTS_NO_SUBJECT", len(own) - len(known), spec.source, spec.key)
    patients = table[PATIENT].unique()
    of_somebody = int(known.isin(patients).sum())
    ledger.used[spec.source] += of_somebody
    ledger.add("N_FACTS_OF_NOBODY", len(known) - of_somebody, spec.source)
    ledger.add("W_NO_FACTS", int((~pd.Series(patients).isin(known)).sum()), source)


def with_events(
    frame: pd.DataFrame, events: pd.DataFrame, spec: EventsSpec, covariates: tuple[CovariateSpec, ...]
) -> pd.DataFrame:
    """One 0/1 column an event covariate: its first occurrence is strictly before the record.

    Raises:
        StudyMismatch: an event of which nobody has any.

    """
    first = _dated(events, spec)
    wide = first.groupby([PATIENT, "event"])["when"].min().unstack()
    for covariate in (c for c in covariates if c.kind == "event"):
        if covariate.source_column not in wide:
            raise StudyMismatch(
                f"covariate {covariate.name}: no event {covariate.source_column!r} in {spec.source}"
            )
        when = frame[PATIENT].map(wide[covariate.source_column])
        frame[covariate.name] = (when < frame[TIME]).astype(float)
    return frame


def count_events(
    table: pd.DataFrame,
    events: pd.DataFrame,
    spec: EventsSpec,
    covariates: tuple[CovariateSpec, ...],
    ledger: Ledger,
) -> None:
    """What became of each row of events, once it is known who has records."""
    left = events = events.reset_index(drop=True)
    for code, lost in (
        ("W_EVENT_NO_SUBJECT", events[spec.subject].isna()),
        ("W_EVENT_NO_NAME", events[spec.event].isna()),
        ("W_EVENT_NO_TIME", ~np.isfinite(years(events, spec.time))),
    ):
        here = lost.reindex(left.index)
        ledger.add(code, int(here.sum()), spec.source)
        left = left[~here]
    dated = _dated(left, spec)
    asked = dated["event"].isin([c.source_column for c in covariates if c.kind == "event"])
    ledger.add("N_EVENT_NOT_ASKED", int((~asked).sum()), spec.source)
    dated = dated[asked]
    ours = dated[PATIENT].isin(table[PATIENT].unique())
    ledger.add("N_EVENT_OF_NOBODY", int((~ours).sum()), spec.source)
    first = len(dated[ours].drop_duplicates([PATIENT, "event"]))
    ledger.add("N_EVENT_LATER", int(ours.sum()) - first, spec.source)
    ledger.used[spec.source] += first


def _dated(events: pd.DataFrame, spec: EventsSpec) -> pd.DataFrame:
    """Events of somebody, of a kind, at a time that can be read."""
    need(events, spec.source, [spec.subject, spec.event])
    found = pd.DataFrame(
        {
            PATIENT: identifiers(events[spec.subject]),
            "event": texts(events[spec.event]),
            "when": years(events, spec.time),
        }
    )
    read: pd.DataFrame = found[np.isfinite(found["when"]) & found[PATIENT].notna() & found["event"].notna()]
    return read
