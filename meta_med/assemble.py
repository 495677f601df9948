"""From valid source tables to records: pivot, join, events, covariates, outcomes, cohorts; then columns."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from meta_med.cohorts import assign_cohorts
from meta_med.records import Bools, Floats, RecordTable
from meta_med.sources import doses
from meta_med.sources.asked_rows import PERSON, SUBJECT, asked_rows, with_series
from meta_med.sources.covariates import covariate_block, need
from meta_med.sources.dose_history import dose_covariates
from meta_med.study import (
    DAYS_PER_YEAR,
    CovariateSpec,
    DosesSpec,
    EventsSpec,
    OutcomeSpec,
    RecordsSpec,
    StudyMismatch,
    StudySpec,
    TimeSpec,
)

TIME, SINCE_ENTRY = "__time", "years_since_entry"
SAME_DAYS = 1e-6  # a time is not earlier for the rounding of it
HOURS_PER_YEAR = 24 * DAYS_PER_YEAR
PER_YEAR = {"hours": HOURS_PER_YEAR, "days": DAYS_PER_YEAR, "years": 1.0, "order": 1.0}


def assemble(frames: Mapping[str, pd.DataFrame], study: StudySpec) -> RecordTable:
    """Records of a study from its valid source tables.

    Args:
        frames: source name -> rows that passed the gate.
        study: the configuration.

    Raises:
        StudyMismatch: a column that the study names and the sources lack; no record with an outcome, or an outcome
            without any value.

    """
    frame = _records_frame(frames, study)
    if frame[_may_be_asked(frame, study)].duplicated([SUBJECT, TIME]).any():
        raise StudyMismatch(
            "records: some subjects have two records at one time; let the contract hold such rows back, or "
            "write records.same_time: mean"
        )
    return _table(frame, study)


def as_delivered(frames: Mapping[str, pd.DataFrame], study: StudySpec) -> RecordTable:
    """Every row by itself, also those of one subject at one time: for judging an evaluation, not for learning."""
    records = replace(study.records, same_time="refuse", time=replace(study.records.time, step=0.0))
    study = replace(study, records=records)
    return _table(_records_frame(frames, study), study)


def _table(frame: pd.DataFrame, study: StudySpec) -> RecordTable:
    y = np.column_stack([_outcome(frame, o) for o in study.outcomes])
    frame, y = _with_any_outcome(frame, y, newest=study.serve.record == "newest")
    if never := [o.name for o, n in zip(study.outcomes, (~np.isnan(y)).sum(0), strict=True) if n == 0]:
        raise StudyMismatch(f"records: no record has a value of outcome {', '.join(never)}")
    subject_ids, start = np.unique(frame[SUBJECT].to_numpy(dtype=np.str_), return_index=True)
    frame[SINCE_ENTRY] = frame[TIME] - frame.groupby(SUBJECT)[TIME].transform("min")
    specs = _covariates(study)
    blocks = [covariate_block(_by_then(frame, c), c) for c in specs]
    spread = [c for c, (names, _) in zip(specs, blocks, strict=True) for _ in names]
    cohort, cohort_names = assign_cohorts(frame, SUBJECT, study.cohorts)
    return RecordTable(
        subject_ids=subject_ids,
        offsets=np.append(start, len(frame)).astype(np.int64),
        time=frame[TIME].to_numpy(np.float64),
        x=np.column_stack([b for _, b in blocks]),
        y=y,
        cohort=cohort,
        cohort_names=cohort_names,
        covariates=tuple(name for names, _ in blocks for name in names),
        known_ahead=tuple(c.known_ahead for c in spread),
        log_covariate=tuple(c.scale == "log" for c in spread),
        most=tuple(c.most or 0 for c in spread),
        # A dose is so many milligrams of one drug or of another: it says much only beside its own drug's doses.
        by_cohort=tuple(_by_cohort(study) and c.name in doses.AMOUNTS for c in spread),
        person_ids=frame[PERSON].to_numpy(dtype=np.str_)[start],
    )


def newest_rows(frames: Mapping[str, pd.DataFrame], study: StudySpec) -> pd.DataFrame:
    """Each subject's newest source row, by SUBJECT: what a screen shows of the subject, and who is current."""
    return _records_frame(frames, study).groupby(SUBJECT, sort=True).tail(1).reset_index(drop=True)


def advancing_covariates(study: StudySpec) -> tuple[str, ...]:
    """Covariates that grow by one a year."""
    return (*(c.name for c in study.covariates if c.advances), SINCE_ENTRY)


def _covariates(study: StudySpec) -> tuple[CovariateSpec, ...]:
    """Those of the study, those of its doses, and the time since entry."""
    of_doses = doses.COVARIATES if study.records.doses else ()
    return (*study.covariates, *of_doses, CovariateSpec(name=SINCE_ENTRY, known="ahead"))


def _by_then(frame: pd.DataFrame, spec: CovariateSpec) -> pd.DataFrame:
    """The frame, without the covariate where it was not known yet."""
    if spec.since_days is None:
        return frame
    need(frame, "records", [spec.source_column])
    known = frame[TIME] * DAYS_PER_YEAR > spec.since_days - SAME_DAYS
    return frame.assign(**{spec.source_column: frame[spec.source_column].where(known)})


def _by_cohort(study: StudySpec) -> bool:
    own = any(outcome.standardise == "cohort" for outcome in study.outcomes)
    if own and any(factor.at == "record" for factor in study.cohorts.factors):
        raise StudyMismatch(
            "outcomes: standardise: cohort needs cohorts that a subject stays in; use at: entry for all factors"
        )
    return own


def _records_frame(frames: Mapping[str, pd.DataFrame], study: StudySpec) -> pd.DataFrame:
    spec = study.records
    frame = with_series(_source_rows(frames, spec), spec)
    frame = asked_rows(frame, spec)
    frame = frame.assign(**{TIME: _stepped(years(frame, spec.time), spec.time.step / DAYS_PER_YEAR)})
    if spec.long is not None:
        frame = frame.pivot_table(
            index=[SUBJECT, PERSON, TIME], columns=spec.long.name, values=spec.long.value, aggfunc="first"
        ).reset_index()
    if spec.subjects is not None:
        own = frames[spec.subjects.source]
        own = own.assign(**{SUBJECT: own[spec.subjects.key].astype(str)}).drop(columns=spec.subjects.key)
        frame = frame.merge(own, on=SUBJECT, how="inner", validate="many_to_one")
    if spec.events is not None:
        frame = _with_events(frame, frames[spec.events.source], spec.events, study.covariates)
    frame = frame.sort_values([SUBJECT, TIME], kind="stable").reset_index(drop=True)
    if spec.doses is not None:
        frame = frame.join(dose_columns(frame, spec.doses))
    if spec.same_time == "mean":
        frame = _one_a_time(frame[_may_be_asked(frame, study)])
    if spec.first is not None:
        earlier = _has_outcome(frame, study).groupby(frame[SUBJECT]).cumsum() - _has_outcome(frame, study)
        frame = frame[earlier < spec.first].reset_index(drop=True)
    return _advanced(frame, study)


def _source_rows(frames: Mapping[str, pd.DataFrame], spec: RecordsSpec) -> pd.DataFrame:
    named = [spec.subject, *spec.series, *spec.person, *spec.where, *spec.where_not, *spec.between]
    need(frames[spec.source], spec.source, [*named, *filter(None, (spec.time.column, spec.time.unit_column))])
    return frames[spec.source]


def dose_columns(frame: pd.DataFrame, spec: DosesSpec) -> pd.DataFrame:
    """What the doses before each row are still worth (`meta_med.sources.doses`)."""
    need(frame, "records", list(filter(None, (spec.amount, spec.rate, spec.at_start, *spec.per_minute))))
    return dose_covariates(frame, frame[TIME].to_numpy(np.float64) * HOURS_PER_YEAR, spec)


def _has_outcome(frame: pd.DataFrame, study: StudySpec) -> pd.Series:
    columns = [column for o in study.outcomes for column in (o.any_positive or (o.source_column,))]
    need(frame, "records", columns)
    return frame[columns].notna().any(axis=1)


def _may_be_asked(frame: pd.DataFrame, study: StudySpec) -> pd.Series:
    """Rows with an outcome; any, where a record is predicted that has none yet."""
    return _has_outcome(frame, study) | (study.serve.record == "newest")


def _one_a_time(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of a subject at one time as one: the mean of numbers, the first of texts in their own order."""
    keys = frame.groupby([SUBJECT, TIME], sort=True)
    numbers = frame.select_dtypes("number").columns.drop(TIME)
    texts = frame.columns.drop([*numbers, SUBJECT, TIME])
    return keys[list(numbers)].mean().join(keys[list(texts)].min()).reset_index()


def _advanced(frame: pd.DataFrame, study: StudySpec) -> pd.DataFrame:
    """Columns that grow by one a year, moved from time 0 (from the first record, if times are dates)."""
    since = frame[TIME]
    if study.records.time.unit == "date":
        since = since - frame.groupby(SUBJECT)[TIME].transform("min")
    advanced = {c.source_column: frame[c.source_column] + since for c in study.covariates if c.advances}
    return frame.assign(**advanced)


def years(frame: pd.DataFrame, spec: TimeSpec) -> pd.Series:
    """A time column in years on the study's axis (dates: since 1970-01-01)."""
    if not spec.column:
        return pd.Series(0.0, index=frame.index)
    column = frame[spec.column]
    if spec.unit_column:
        return (
            column.astype(float) * frame[spec.unit_column].map(spec.unit_days).astype(float) / DAYS_PER_YEAR
        )
    if spec.unit == "date":
        days = (pd.to_datetime(column, utc=True) - pd.Timestamp(0, tz="UTC")).dt.total_seconds() / 86400.0
        return days / DAYS_PER_YEAR
    return column.astype(float) / PER_YEAR[spec.unit]


def _stepped(time: pd.Series, step: float) -> pd.Series:
    return np.floor(time / step) * step if step else time


def _with_events(
    frame: pd.DataFrame, events: pd.DataFrame, spec: EventsSpec, covariates: tuple[CovariateSpec, ...]
) -> pd.DataFrame:
    """One 0/1 column an event covariate: its first occurrence is strictly before the record."""
    first = pd.DataFrame(
        {
            SUBJECT: events[spec.subject].astype(str),
            "event": events[spec.event],
            "when": years(events, spec.time),
        }
    )
    first = first.groupby([SUBJECT, "event"])["when"].min().unstack()
    for covariate in (c for c in covariates if c.kind == "event"):
        if covariate.source_column not in first:
            raise StudyMismatch(
                f"covariate {covariate.name}: no event {covariate.source_column!r} in {spec.source}"
            )
        when = frame[SUBJECT].map(first[covariate.source_column])
        frame[covariate.name] = (when < frame[TIME]).astype(float)
    return frame


def _outcome(frame: pd.DataFrame, spec: OutcomeSpec) -> Floats:
    columns = list(spec.any_positive) or [spec.source_column]
    need(frame, "records", columns)
    values = frame[columns].to_numpy(np.float64, na_value=np.nan)
    if not spec.any_positive:
        return values[:, 0]
    positive = (values > 0).any(1)
    return np.where(positive, 1.0, np.where(np.isnan(values).any(1), np.nan, 0.0))


def _with_any_outcome(frame: pd.DataFrame, y: Floats, *, newest: bool) -> tuple[pd.DataFrame, Floats]:
    """Rows with an outcome, and, if asked for, each subject's `newest` row whatever it has."""
    keep: Bools = np.asarray(~np.isnan(y).all(1))
    if not keep.any():
        raise StudyMismatch("records: no record has any of the study's outcomes")
    if newest:
        keep |= ~frame.duplicated(SUBJECT, keep="last").to_numpy()
    return frame[keep].reset_index(drop=True), y[keep]
