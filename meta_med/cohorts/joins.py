"""Joins of other tables to the records: static facts of the patient, and past events.

Also the pivot of a measurements table: one row per subject and time, one column per test.
"""

from collections.abc import Collection

import numpy as np
import pandas as pd

from meta_med.cohorts.account import RecordCounts
from meta_med.cohorts.covariates import numbers, require_columns, texts
from meta_med.cohorts.record_table import Bools
from meta_med.cohorts.row_filters import PATIENT, PERSON, SUBJECT, identifiers
from meta_med.cohorts.times import ROWS, TIME, class_columns, disagreeing_rows, merge_ties, refuse_ties, years
from meta_med.study import CovariateSpec, EventsSpec, LongSpec, StudyMismatch, StudySpec, SubjectsSpec


def with_facts(
    frame: pd.DataFrame, own: pd.DataFrame, spec: SubjectsSpec, named: Collection[str]
) -> pd.DataFrame:
    """The records with their patient's row of facts, missing where there is none.

    Raises:
        StudyMismatch: a patient has two rows of facts, or both tables have a column of those `named` by the study.

    """
    require_columns(own, spec.source, [spec.key])
    facts = own[own[spec.key].notna()]
    facts = facts.assign(**{PATIENT: identifiers(facts[spec.key])}).drop(columns=spec.key)
    twice = int(facts.duplicated(PATIENT).sum())
    if twice:
        raise StudyMismatch(
            f"records.subjects: {twice:,} rows of {spec.source} are second ones of their patient, and it must have "
            "one row per patient; make its key the primary key in the contract"
        )
    both = [str(column) for column in facts if column in frame and column != PATIENT]
    if meant := [column for column in both if column in named]:
        raise StudyMismatch(
            f"records.subjects: column {', '.join(meant)} is in the records and in {spec.source}, and the study "
            "uses it; rename one of them"
        )
    return frame.merge(facts.drop(columns=both), on=PATIENT, how="left", validate="many_to_one")


def count_facts(
    table: pd.DataFrame, own: pd.DataFrame, spec: SubjectsSpec, counts: RecordCounts, source: str
) -> None:
    """Count the rows of facts whose patient has records, those whose patient has none, and patients without facts."""
    known = identifiers(own.loc[own[spec.key].notna(), spec.key])
    counts.add("W_FACTS_NO_SUBJECT", len(own) - len(known), spec.source, spec.key)
    patients = table[PATIENT].unique()
    of_somebody = int(known.isin(patients).sum())
    counts.used[spec.source] += of_somebody
    counts.add("N_FACTS_OF_NOBODY", len(known) - of_somebody, spec.source)
    counts.add("W_NO_FACTS", int((~pd.Series(patients).isin(known)).sum()), source)


def with_events(
    frame: pd.DataFrame, events: pd.DataFrame, spec: EventsSpec, covariates: tuple[CovariateSpec, ...]
) -> pd.DataFrame:
    """One 0/1 column per event covariate: whether its first occurrence is strictly before the record.

    Raises:
        StudyMismatch: no patient has the event.

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
    counts: RecordCounts,
) -> None:
    """Count each row of events as used, or under the reason why it is not."""
    left = events = events.reset_index(drop=True)
    for code, lost in (
        ("W_EVENT_NO_SUBJECT", events[spec.subject].isna()),
        ("W_EVENT_NO_NAME", events[spec.event].isna()),
        ("W_EVENT_NO_TIME", ~np.isfinite(years(events, spec.time))),
    ):
        here = lost.reindex(left.index)
        counts.add(code, int(here.sum()), spec.source)
        left = left[~here]
    dated = _dated(left, spec)
    named = dated["event"].isin([c.source_column for c in covariates if c.kind == "event"])
    counts.add("N_EVENT_NOT_ASKED", int((~named).sum()), spec.source)
    dated = dated[named]
    ours = dated[PATIENT].isin(table[PATIENT].unique())
    counts.add("N_EVENT_OF_NOBODY", int((~ours).sum()), spec.source)
    first = len(dated[ours].drop_duplicates([PATIENT, "event"]))
    counts.add("N_EVENT_LATER", int(ours.sum()) - first, spec.source)
    counts.used[spec.source] += first


def _dated(events: pd.DataFrame, spec: EventsSpec) -> pd.DataFrame:
    """Events with a patient, a name and a readable time."""
    require_columns(events, spec.source, [spec.subject, spec.event])
    found = pd.DataFrame(
        {
            PATIENT: identifiers(events[spec.subject]),
            "event": texts(events[spec.event]),
            "when": years(events, spec.time),
        }
    )
    read: pd.DataFrame = found[np.isfinite(found["when"]) & found[PATIENT].notna() & found["event"].notna()]
    return read


TEST, VALUE = "__test", "__value"
KEYS = [SUBJECT, TIME, TEST]


def pivot_measurements(
    frame: pd.DataFrame, study: StudySpec, named: Collection[str], counts: RecordCounts, *, refuse: bool
) -> pd.DataFrame:
    """Measurements pivoted to one row per subject and time; ROWS is the number of values used in each.

    Args:
        frame: one row per value, with SUBJECT, PERSON, PATIENT, TIME.
        study: the configuration; named: the tests that it uses.
        counts: receives the counts of rows that are not used.
        refuse: refuse two values of one test of a subject at one time; else they are merged, as rows of a wide table.

    Raises:
        StudyMismatch: two values of one test at one time where they are refused, or a value is not a number.

    """
    long, source = study.records.long, study.records.source
    assert long is not None
    measured = _used_measurements(frame, long, named, counts, source)
    if refuse:
        refuse_ties(measured, KEYS)
    coded = _are_classes(measured, study)
    number = measured[~coded].assign(
        **{VALUE: numbers(measured.loc[~coded, VALUE], f"records.long.{long.value}")}
    )
    values = [
        _pivot(part, counts, source, c) for part, c in ((number, False), (measured[coded], True)) if len(part)
    ]
    # times with other tests are kept: the newest row is when the patient was last seen
    every = frame.loc[frame[long.value].notna(), [SUBJECT, TIME]].drop_duplicates()
    wide = every.set_index([SUBJECT, TIME]).assign(**{ROWS: 0})
    for columns, used in values:
        wide = wide.join(columns)
        wide[ROWS] += used.reindex(wide.index, fill_value=0)
    wide = wide.reset_index()
    people = frame[[SUBJECT, PERSON, PATIENT]].drop_duplicates().sort_values([SUBJECT, PERSON])
    return wide.merge(people.drop_duplicates(SUBJECT), on=SUBJECT, how="left", validate="many_to_one")


def _used_measurements(
    frame: pd.DataFrame, long: LongSpec, named: Collection[str], counts: RecordCounts, source: str
) -> pd.DataFrame:
    """Values of the tests that the study uses, as SUBJECT, TIME, TEST, VALUE, ROWS; the other rows are counted."""
    require_columns(frame, source, [long.name, long.value])
    test, value = texts(frame[long.name]), frame[long.value]
    nameless, other, empty = test.isna(), ~test.isin(list(named)), value.isna()
    counts.add("W_ROW_NO_TEST", int(nameless.sum()), source, long.name)
    counts.add("N_ROW_OTHER_TEST", int((other & ~nameless).sum()), source, long.name)
    counts.add("W_ROW_NO_VALUE", int((empty & ~other).sum()), source, long.value)
    columns = {SUBJECT: frame[SUBJECT], TIME: frame[TIME], TEST: test, VALUE: value, ROWS: frame[ROWS]}
    return pd.DataFrame(columns)[~other & ~empty]


def _are_classes(measured: pd.DataFrame, study: StudySpec) -> Bools:
    """(n,) values of tests that are classes: by the study, or because all values are 0 or 1."""
    classes = class_columns(study)
    if not pd.api.types.is_numeric_dtype(measured[VALUE]):
        return measured[TEST].isin(classes).to_numpy(dtype=bool)
    yes_or_no = measured[VALUE].isin([0, 1]).groupby(measured[TEST]).transform("all")
    return (yes_or_no | measured[TEST].isin(classes)).to_numpy(dtype=bool)


def _pivot(
    part: pd.DataFrame, counts: RecordCounts, source: str, is_class: bool
) -> tuple[pd.DataFrame, pd.Series]:
    """One column per test, by (SUBJECT, TIME); and the number of values used in each row."""
    if part.duplicated(KEYS).any():
        counts.add("N_SAME_TIME", int(part.duplicated(KEYS, keep=False).sum()), source)
        part, disagree = merge_ties(part, KEYS, {VALUE} if is_class else ())
        contradictory = disagreeing_rows(disagree, [VALUE])
        counts.add("W_ROW_CLASSES_DISAGREE", int(part.loc[contradictory, ROWS].sum()), source)
        part = part[~contradictory]
    used = part.groupby([SUBJECT, TIME], sort=False)[ROWS].sum()
    wide = part.set_index(KEYS)[VALUE].unstack()
    return wide.rename_axis(columns=None), used
