"""From valid source tables to records: pivot, joins, events, doses, covariates, outcomes, cohorts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from meta_med.cohorts import doses
from meta_med.cohorts.account import RecordAccount, RecordCounts
from meta_med.cohorts.assign import assign_cohorts
from meta_med.cohorts.columns.build import covariate_columns, joined_next
from meta_med.cohorts.columns.history import with_history
from meta_med.cohorts.columns.known_columns import KnownColumns
from meta_med.cohorts.columns.text_places import ascending, begins
from meta_med.cohorts.covariates import require_columns, unmatched_words
from meta_med.cohorts.determined.refusal import refuse_determined
from meta_med.cohorts.dose_history import dose_columns, is_dose
from meta_med.cohorts.joins import count_events, count_facts, pivot_measurements, with_events, with_facts
from meta_med.cohorts.outcome_columns import (
    apply_floors,
    may_have_outcome,
    outcome_columns,
    outcomes,
    records_before,
    rows_with_outcome,
)
from meta_med.cohorts.persons import merge_persons, similar_identifiers
from meta_med.cohorts.record_table import Bools, RecordTable
from meta_med.cohorts.row_filters import PATIENT, PERSON, SUBJECT, add_subjects, select_rows
from meta_med.cohorts.time_to_event import refuse_follow_up_time
from meta_med.cohorts.times import (
    ROWS,
    TIME,
    add_times,
    class_columns,
    disagreeing_rows,
    end_times,
    merge_ties,
    refuse_ties,
    years,
)
from meta_med.study import StudyMismatch, StudySpec

__all__ = ["Assembled", "assemble", "assemble_with_account", "years"]

DISAGREE = "__disagree"


@dataclass(frozen=True)
class Assembled:
    """Records, each subject's newest source row (by SUBJECT, for the dashboard), and the account of all rows."""

    table: RecordTable
    newest: pd.DataFrame
    account: RecordAccount


def assemble(frames: Mapping[str, pd.DataFrame], study: StudySpec) -> RecordTable:
    """Records of a study from its valid source tables.

    Args:
        frames: source name -> rows that passed the gate; study: the configuration.

    Raises:
        StudyMismatch: a column is missing in the sources; no record has an outcome, or an outcome no value; values
            have no logarithm on a log scale; a subject has several records at one time; the times look like
            follow-up times; an outcome is known before its record.

    """
    return assemble_with_account(frames, study).table


def assemble_with_account(
    frames: Mapping[str, pd.DataFrame], study: StudySpec, known: KnownColumns | None = None
) -> Assembled:
    """Records, newest rows and the account of a study; arguments and errors as of `assemble`.

    Every accepted row of every source is used, or left out under one code of the account. The records get the `known`
    columns of a trained model; what training refuses of a whole table was refused then.
    """
    frame, unused, rows = _records_frame(frames, study, counts := RecordCounts())
    study = with_history(study, rows, known.stems if known else None)
    if study.records.same_time == "refuse":
        _refuse_ties(frame[may_have_outcome(frame, study)])
    table, used, without = _table(frame, rows, study, counts, known.cohort_names if known else ())
    table = known.aligned(table) if known else table
    if known is None:
        refuse_follow_up_time(table, study)
        refuse_determined(table, study)
    _count_rows(used, [*unused, without], frames, study, counts)
    alike = similar_identifiers(table.patients)
    counts.add("W_SPELT_ALIKE", sum(map(len, alike)), study.records.source, study.records.subject)
    newest = _newest(frame, study)
    for name in (c for c in study.serve.where if c in newest):
        unmet = len(unmatched_words(newest[name], study.serve.where[name]))
        counts.add("W_WORD_NEVER_MET", unmet, study.records.source, f"serve.where.{name}")
    account = counts.account(table, study)
    if rest := account.unexplained():
        raise AssertionError(f"account: {sum(rest.values())} rows of {', '.join(rest)} are unexplained")
    return Assembled(merge_persons(table, alike), newest, account)


def as_delivered(frames: Mapping[str, pd.DataFrame], study: StudySpec) -> RecordTable:
    """Records without merging rows of one time: to check an evaluation, not for training."""
    records = replace(study.records, same_time="refuse", time=replace(study.records.time, step=0.0))
    study = replace(study, records=records)
    counts = RecordCounts()
    frame, _, rows = _records_frame(frames, study, counts, by_itself=True)
    return _table(frame, rows, with_history(study, rows), counts)[0]


def _table(
    frame: pd.DataFrame,
    rows: pd.DataFrame,
    study: StudySpec,
    counts: RecordCounts,
    known_cohorts: tuple[str, ...] = (),
) -> tuple[RecordTable, pd.DataFrame, pd.DataFrame]:
    """The records, the rows that they are built from, and the rows without any outcome."""
    source = study.records.source
    y = outcomes(frame, study)
    keep = rows_with_outcome(frame, y, newest=study.serve.record == "newest")
    without, frame, y = frame[~keep], frame[keep].reset_index(drop=True), y[keep]
    if never := [o.name for o, n in zip(study.outcomes, (~np.isnan(y)).sum(0), strict=True) if n == 0]:
        raise StudyMismatch(f"records: no record has a value of outcome {', '.join(never)}")
    start = np.flatnonzero(begins(frame[SUBJECT]))
    columns = covariate_columns(frame, rows, study, counts)
    spread = [c for c in columns for _ in c.names]
    cohort, cohort_names = assign_cohorts(
        frame, SUBJECT, study.cohorts, counts, source, PERSON, known_cohorts
    )
    y = apply_floors(y, cohort, cohort_names, study, counts)
    table = RecordTable(
        subject_ids=frame[SUBJECT].iloc[start].to_numpy(dtype=np.str_),
        offsets=np.append(start, len(frame)).astype(np.int64),
        time=frame[TIME].to_numpy(np.float64),
        x=np.column_stack([c.x for c in columns]),
        y=y,
        cohort=cohort,
        cohort_names=cohort_names,
        covariates=tuple(name for c in columns for name in c.names),
        known_ahead=tuple(c.spec.known_ahead for c in spread),
        log_covariate=tuple(c.spec.scale == "log" for c in spread),
        most=tuple(c.spec.most or 0 for c in spread),
        # Amounts of different drugs are not comparable, so they are centred by cohort.
        by_cohort=tuple(_by_cohort(study) and c.spec.name in doses.AMOUNTS for c in spread),
        ahead=tuple(c.ahead for c in spread),
        next_x=joined_next(columns),
        person_ids=frame[PERSON].iloc[start].to_numpy(dtype=np.str_),
        patient_ids=frame[PATIENT].iloc[start].to_numpy(dtype=np.str_),
    )
    return table, frame, without


def _in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows by subject and time; most deliveries are in this order already."""
    same, time = ~begins(frame[SUBJECT])[1:], frame[TIME].to_numpy()
    if (time[1:] >= time[:-1])[same].all() and ascending(frame[SUBJECT]):
        return frame.reset_index(drop=True)
    return frame.sort_values([SUBJECT, TIME], kind="stable").reset_index(drop=True)


def _refuse_ties(frame: pd.DataFrame) -> None:
    """`refuse_ties` of rows by subject and time, where two of one time stand together."""
    again, time = ~begins(frame[SUBJECT])[1:], frame[TIME].to_numpy()
    if (again & (time[1:] == time[:-1])).any():
        refuse_ties(frame, [SUBJECT, TIME])


def _by_cohort(study: StudySpec) -> bool:
    own = any(outcome.standardise == "cohort" for outcome in study.outcomes)
    if own and any(factor.at == "record" for factor in study.cohorts.factors):
        raise StudyMismatch(
            "outcomes: standardise: cohort needs cohorts that a subject stays in; use at: entry for all factors"
        )
    return own


def _records_frame(
    frames: Mapping[str, pd.DataFrame], study: StudySpec, counts: RecordCounts, *, by_itself: bool = False
) -> tuple[pd.DataFrame, list[pd.DataFrame], pd.DataFrame]:
    """Source rows sorted by subject and time; those that are no records, without outcome; all, before any is merged.

    `by_itself`: measurements of one test at one time are averaged, also where the study refuses them.
    """
    spec, unused = study.records, []
    frame = add_subjects(_source_rows(frames, study, counts), spec, counts)
    frame = select_rows(frame, spec, counts).assign(**{ROWS: 1})
    frame = add_times(frame, spec.time, TIME, counts, spec.source)
    if spec.long is not None:
        refuse = spec.same_time == "refuse" and not by_itself
        frame = pivot_measurements(frame, study, _columns_used(study), counts, refuse=refuse)
    if spec.subjects is not None:
        frame = with_facts(frame, frames[spec.subjects.source], spec.subjects, _columns_used(study))
    if spec.events is not None:
        frame = with_events(frame, frames[spec.events.source], spec.events, study.covariates)
    frame = _in_order(frame)
    rows = frame
    if spec.doses is not None:
        at = frame[TIME].to_numpy(np.float64)
        frame = frame.join(dose_columns(frame, at, spec.doses, counts, spec.source))
    if spec.same_time == "mean":
        relevant = may_have_outcome(frame, study)
        unused.append(frame[~relevant])
        frame = _merge_same_time(frame[relevant], study, counts)
    if spec.first is not None:
        early = records_before(frame, study) < spec.first
        counts.add("N_ROW_BEYOND_FIRST", int(frame.loc[~early, ROWS].sum()), spec.source)
        frame = frame[early].reset_index(drop=True)
    return _advance_covariates(frame, study), unused, rows


def _source_rows(frames: Mapping[str, pd.DataFrame], study: StudySpec, counts: RecordCounts) -> pd.DataFrame:
    spec = study.records
    named = [spec.subject, *spec.series, *spec.person, *spec.where, *spec.where_not, *spec.between]
    require_columns(
        frames[spec.source], spec.source, [*named, *filter(None, (spec.time.column, spec.time.unit_column))]
    )
    joined = [part.source for part in (spec.subjects, spec.events) if part is not None]
    counts.accepted |= {source: len(frames[source]) for source in (spec.source, *joined)}
    return frames[spec.source].reset_index(drop=True)


def _columns_used(study: StudySpec) -> set[str]:
    """Columns that the study reads from records or from the patients' facts."""
    covariates = {column for c in study.covariates for column in c.columns}
    dose = study.records.doses
    given = {dose.amount, dose.rate, dose.at_start, *dose.per_minute} if dose else set()
    factors = {f.column for f in study.cohorts.factors}
    return covariates | outcome_columns(study) | factors | set(study.serve.where) | given


def _merge_same_time(frame: pd.DataFrame, study: StudySpec, counts: RecordCounts) -> pd.DataFrame:
    """Merge rows of a subject at one time, and count where their classes disagree."""
    classes, named = class_columns(study), _columns_used(study)
    one, disagree = merge_ties(frame, [SUBJECT, TIME], classes, [PERSON, PATIENT])
    source = study.records.source
    counts.add("N_SAME_TIME", int(frame.duplicated([SUBJECT, TIME], keep=False).sum()), source)
    for column in (c for c in disagree if c in named):
        counts.add("W_CLASSES_DISAGREE", int(disagree[column].sum()), source, str(column))
    return one.assign(**{DISAGREE: disagreeing_rows(disagree, outcome_columns(study))})


def _advance_covariates(frame: pd.DataFrame, study: StudySpec) -> pd.DataFrame:
    """Add the years since time 0 (since the first record, if times are dates) to covariates that advance."""
    advancing = [c.source_column for c in study.covariates if c.advances]
    require_columns(frame, "records", advancing)
    if not advancing:
        return frame
    dates = study.records.time.unit == "date"
    since = frame[TIME] - (end_times(frame[SUBJECT], frame[TIME], first=True) if dates else 0.0)
    return frame.assign(**{column: frame[column] + since for column in advancing})


def _newest(frame: pd.DataFrame, study: StudySpec) -> pd.DataFrame:
    """Each subject's row at the newest time; several such rows are merged, as in the records."""
    one = frame[frame[TIME] == end_times(frame[SUBJECT], frame[TIME], first=False)].reset_index(drop=True)
    if not begins(one[SUBJECT]).all():
        one, _ = merge_ties(one, [SUBJECT, TIME], class_columns(study), [PERSON, PATIENT])
    return one.drop(columns=[name for name in (ROWS, DISAGREE, PATIENT) if name in one])


def _used_before_records(part: pd.DataFrame, used: pd.DataFrame, study: StudySpec) -> Bools:
    """(n,) rows of subjects with records that are used without being records: doses, and values of `aggregate`."""
    found = _holds_history(part, study)
    if study.records.doses is not None:
        found = found | is_dose(part, study.records.doses)
    return np.asarray(found & part[SUBJECT].isin(used[SUBJECT].unique()) if found.any() else found)


def _holds_history(part: pd.DataFrame, study: StudySpec) -> Bools:
    """(n,) rows with a value of a column that is aggregated over the rows before a record."""
    aggregated = [c.source_column for c in study.covariates if c.aggregate]
    return part[aggregated].notna().any(axis=1).to_numpy(dtype=bool)


def _count_rows(
    used: pd.DataFrame,
    without: list[pd.DataFrame],
    frames: Mapping[str, pd.DataFrame],
    study: StudySpec,
    counts: RecordCounts,
) -> None:
    """Count the rows used in records, and the others by reason; see `_used_before_records`."""
    spec = study.records
    counts.used[spec.source] += int(used[ROWS].sum())
    for part in without:
        given = _used_before_records(part, used, study)
        counts.used[spec.source] += int(part.loc[given, ROWS].sum())
        told = given & _holds_history(part, study)
        counts.add("N_ROW_HISTORY", int(part.loc[told, ROWS].sum()), spec.source)
        contradictory = part.get(DISAGREE, pd.Series(False, index=part.index)).to_numpy(dtype=bool)
        counts.add("W_ROW_CLASSES_DISAGREE", int(part.loc[contradictory & ~given, ROWS].sum()), spec.source)
        counts.add("N_ROW_NO_OUTCOME", int(part.loc[~contradictory & ~given, ROWS].sum()), spec.source)
    if spec.subjects is not None:
        count_facts(used, frames[spec.subjects.source], spec.subjects, counts, spec.source)
    if spec.events is not None:
        count_events(used, frames[spec.events.source], spec.events, study.covariates, counts)
