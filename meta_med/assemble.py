"""From valid source tables to records: pivot, join, events, covariates, outcomes, cohorts; then columns."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from meta_med.cohorts import assign_cohorts
from meta_med.records import Bools, Floats, RecordTable
from meta_med.study import (
    DAYS_PER_YEAR,
    CovariateSpec,
    EventsSpec,
    OutcomeSpec,
    StudyMismatch,
    StudySpec,
    TimeSpec,
)

SUBJECT, TIME, SINCE_ENTRY = "__subject", "__time", "years_since_entry"


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
    y = np.column_stack([_outcome(frame, o) for o in study.outcomes])
    frame, y = _with_any_outcome(frame, y)
    if never := [o.name for o, n in zip(study.outcomes, (~np.isnan(y)).sum(0), strict=True) if n == 0]:
        raise StudyMismatch(f"records: no record has a value of outcome {', '.join(never)}")
    subject_ids, start = np.unique(frame[SUBJECT].to_numpy(dtype=np.str_), return_index=True)
    frame[SINCE_ENTRY] = frame[TIME] - frame.groupby(SUBJECT)[TIME].transform("min")
    since = CovariateSpec(name=SINCE_ENTRY, known="ahead")
    blocks = [_covariate(frame, c) for c in (*study.covariates, since)]
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
        known_ahead=_flags(study, blocks, lambda c: c.known_ahead),
        log_covariate=_flags(study, blocks, lambda c: c.scale == "log"),
    )


def newest_rows(frames: Mapping[str, pd.DataFrame], study: StudySpec) -> pd.DataFrame:
    """Each subject's newest source row, by SUBJECT: what a screen shows of the subject, and who is current."""
    return _records_frame(frames, study).groupby(SUBJECT, sort=True).tail(1).reset_index(drop=True)


def advancing_covariates(study: StudySpec) -> tuple[str, ...]:
    """Covariates that grow by one a year."""
    return (*(c.name for c in study.covariates if c.advances), SINCE_ENTRY)


def _flags(study: StudySpec, blocks: list[tuple[list[str], Floats]], rule: object) -> tuple[bool, ...]:
    specs = (*study.covariates, CovariateSpec(name=SINCE_ENTRY, known="ahead"))
    return tuple(bool(rule(c)) for c, (names, _) in zip(specs, blocks, strict=True) for _ in names)  # type: ignore[operator]


def _records_frame(frames: Mapping[str, pd.DataFrame], study: StudySpec) -> pd.DataFrame:
    spec = study.records
    source = frames[spec.source]
    _need(source, spec.source, [spec.subject, spec.time.column])
    frame = source.assign(**{SUBJECT: source[spec.subject].astype(str), TIME: years(source, spec.time)})
    if spec.long is not None:
        frame = frame.pivot_table(
            index=[SUBJECT, TIME], columns=spec.long.name, values=spec.long.value, aggfunc="first"
        ).reset_index()
    if spec.subjects is not None:
        own = frames[spec.subjects.source]
        own = own.assign(**{SUBJECT: own[spec.subjects.key].astype(str)}).drop(columns=spec.subjects.key)
        frame = frame.merge(own, on=SUBJECT, how="inner", validate="many_to_one")
    if spec.events is not None:
        frame = _with_events(frame, frames[spec.events.source], spec.events, study.covariates)
    frame = frame.sort_values([SUBJECT, TIME], kind="stable").reset_index(drop=True)
    return _advanced(frame, study)


def _advanced(frame: pd.DataFrame, study: StudySpec) -> pd.DataFrame:
    """Columns that grow by one a year, moved from time 0 (from the first record, if times are dates)."""
    since = frame[TIME]
    if study.records.time.unit == "date":
        since = since - frame.groupby(SUBJECT)[TIME].transform("min")
    advanced = {c.source_column: frame[c.source_column] + since for c in study.covariates if c.advances}
    return frame.assign(**advanced)


def years(frame: pd.DataFrame, spec: TimeSpec) -> pd.Series:
    """A time column in years on the study's axis (dates: since 1970-01-01)."""
    column = frame[spec.column]
    if spec.unit == "date":
        days = (pd.to_datetime(column, utc=True) - pd.Timestamp(0, tz="UTC")).dt.total_seconds() / 86400.0
        return days / DAYS_PER_YEAR
    return column.astype(float) / (1.0 if spec.unit == "years" else DAYS_PER_YEAR)


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


def _covariate(frame: pd.DataFrame, spec: CovariateSpec) -> tuple[list[str], Floats]:
    column = spec.name if spec.kind == "event" else spec.source_column
    _need(frame, "records", [column])
    if spec.kind == "category":
        levels = sorted(frame[column].dropna().astype(str).unique())
        values = frame[column].astype("string")
        block = np.column_stack([(values == level).to_numpy(float, na_value=np.nan) for level in levels])
        return [f"{spec.name}={level}" for level in levels], block
    numbers = frame[column].to_numpy(np.float64, na_value=np.nan)
    return [spec.name], numbers[:, None]


def _outcome(frame: pd.DataFrame, spec: OutcomeSpec) -> Floats:
    columns = list(spec.any_positive) or [spec.source_column]
    _need(frame, "records", columns)
    values = frame[columns].to_numpy(np.float64, na_value=np.nan)
    if not spec.any_positive:
        return values[:, 0]
    positive = (values > 0).any(1)
    return np.where(positive, 1.0, np.where(np.isnan(values).any(1), np.nan, 0.0))


def _with_any_outcome(frame: pd.DataFrame, y: Floats) -> tuple[pd.DataFrame, Floats]:
    keep: Bools = np.asarray(~np.isnan(y).all(1))
    if not keep.any():
        raise StudyMismatch("records: no record has any of the study's outcomes")
    return frame[keep].reset_index(drop=True), y[keep]


def _need(frame: pd.DataFrame, source: str, columns: list[str]) -> None:
    missing = [c for c in columns if c not in frame]
    if missing:
        raise StudyMismatch(f"{source}: the study names column {', '.join(missing)}, which the table lacks")
