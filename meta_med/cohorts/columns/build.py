"""All covariates of a study as columns of its records, and what each record tells of the one to come."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from meta_med.cohorts import doses
from meta_med.cohorts.account import RecordCounts
from meta_med.cohorts.columns.text_places import begins, places_among
from meta_med.cohorts.columns.windows import CODE, aggregated
from meta_med.cohorts.covariates import apply_floor, covariate_block, level_text, require_columns
from meta_med.cohorts.dose_history import dose_columns
from meta_med.cohorts.record_table import Ahead, Bools, Floats
from meta_med.cohorts.row_filters import SUBJECT
from meta_med.cohorts.times import TIME, time_part
from meta_med.study import DAYS_PER_YEAR, CovariateSpec, StudyMismatch, StudySpec

SINCE_ENTRY, ORDER_SINCE_ENTRY = "years_since_entry", "order_since_entry"
SAME_DAYS = 1e-6  # tolerance for rounded times


def since_entry(study: StudySpec) -> str:
    """Name of the covariate for the time since entry, or for the number of records since entry in an order."""
    return SINCE_ENTRY if study.dated else ORDER_SINCE_ENTRY


def advancing_covariates(study: StudySpec) -> tuple[str, ...]:
    """Covariates that grow by one per year (per record, where times are an order)."""
    return (*(c.name for c in study.covariates if c.advances), since_entry(study))


@dataclass(frozen=True)
class Column:
    """The columns of one covariate: of a number one, of a category one a level.

    Attributes:
        spec: the covariate; names: of its columns; x: (n, columns); ahead: see `RecordTable`.
        next_x: (n, columns) as in `RecordTable`; None where it has none.

    """

    spec: CovariateSpec
    names: list[str]
    x: Floats
    ahead: Ahead
    next_x: Floats | None = None


def covariate_columns(
    frame: pd.DataFrame, rows: pd.DataFrame, study: StudySpec, counts: RecordCounts
) -> tuple[Column, ...]:
    """Every covariate of the study and of its doses, and the time since entry.

    Args:
        frame: the records, sorted by SUBJECT and TIME.
        rows: all rows of the study, those that are no records too.
        study: its configuration; counts: receives counts of values.

    Raises:
        StudyMismatch: a column is missing or holds no numbers; no record has the `next_value` of a category.

    """
    begin = begins(frame[SUBJECT])
    code, subjects = np.cumsum(begin) - 1, frame[SUBJECT][begin]
    since = frame[TIME].to_numpy() - frame[TIME].to_numpy()[begin][code]
    frame = frame.assign(**{since_entry(study): since, CODE: code})
    rows = rows.assign(**{CODE: places_among(rows[SUBJECT], subjects)})
    of_doses = doses.COVARIATES if study.records.doses else ()
    specs = (*study.covariates, *of_doses, CovariateSpec(name=since_entry(study), known="ahead"))
    coming = _coming(frame, rows, study)
    return tuple(_column(frame, rows, coming, spec, study, counts) for spec in specs)


def joined_next(columns: tuple[Column, ...]) -> Floats:
    """(n, F) `RecordTable.next_x` of all columns."""
    if all(column.next_x is None for column in columns):
        return np.zeros((0, 0))
    return np.column_stack([np.full(c.x.shape, np.nan) if c.next_x is None else c.next_x for c in columns])


def _coming(frame: pd.DataFrame, rows: pd.DataFrame, study: StudySpec) -> pd.DataFrame:
    """SUBJECT, CODE and TIME of each subject's record to come, with its doses where they are planned."""
    coming = frame.loc[_newest(frame), [SUBJECT, CODE, TIME]].reset_index(drop=True)
    coming[TIME] += study.years_ahead
    if study.records.doses is None or not study.records.doses.planned:
        return coming
    both = pd.concat([rows, coming], ignore_index=True)
    given = dose_columns(both, both[TIME].to_numpy(np.float64), study.records.doses, RecordCounts(), "")
    return coming.join(given.tail(len(coming)).reset_index(drop=True))


def _newest(frame: pd.DataFrame) -> Bools:
    """(n,) each subject's newest record."""
    return np.append(np.diff(frame[CODE].to_numpy()) != 0, True)[: len(frame)]


def _column(
    frame: pd.DataFrame,
    rows: pd.DataFrame,
    coming: pd.DataFrame,
    spec: CovariateSpec,
    study: StudySpec,
    counts: RecordCounts,
) -> Column:
    ahead, source = _ahead(spec, study), study.records.source
    if spec.aggregate or spec.time_part:
        frame, coming = _computed(frame, rows, coming, spec, study, counts)
        spec = replace(spec, column="", values={})
    names, x = covariate_block(_known_by_then(frame, spec), spec, counts, source)
    if ahead == "fixed":
        return Column(spec, names, x, ahead, np.broadcast_to(_fixed(names, spec), x.shape))
    if ahead == "planned":
        require_columns(frame, "records", [spec.next_column])
        told = frame[[spec.next_column]].set_axis([spec.source_column], axis=1)
        names, x, next_x = _with(frame, told, spec)
        return Column(spec, names, x, ahead, next_x)
    if ahead in ("computed", "window"):
        names, x, at_newest = _with(frame, coming, spec)
        next_x = np.full(x.shape, np.nan)
        next_x[_newest(frame)] = at_newest
        return Column(spec, names, x, ahead, next_x)
    return Column(spec, names, x, ahead)


def _ahead(spec: CovariateSpec, study: StudySpec) -> Ahead:
    """Where the covariate's value in a predicted record comes from."""
    if study.serve.record == "newest" or not spec.known_ahead or spec.name == since_entry(study):
        return "own"
    if spec in doses.COVARIATES and study.records.doses:
        return "computed" if study.records.doses.planned else "doses"
    ways: dict[Ahead, object] = {
        "computed": spec.time_part,
        "window": spec.aggregate,
        "advances": spec.advances,
        "planned": spec.next_column,
        "fixed": spec.next_value is not None,
    }
    return next((way for way, given in ways.items() if given), "carried")


def _computed(
    frame: pd.DataFrame,
    rows: pd.DataFrame,
    coming: pd.DataFrame,
    spec: CovariateSpec,
    study: StudySpec,
    counts: RecordCounts,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The records and those to come with the covariate, which is computed from their time or over rows before them."""
    both = pd.concat([frame[[CODE, TIME]], coming[[CODE, TIME]]], ignore_index=True)
    if spec.time_part:
        value = time_part(both[TIME], spec.time_part)
    else:
        value = aggregated(rows, both.sort_values([CODE, TIME]), spec, study, counts)
    both = both.assign(**{spec.name: value})
    return both.head(len(frame)), both.tail(len(coming)).reset_index(drop=True)


def _with(frame: pd.DataFrame, other: pd.DataFrame, spec: CovariateSpec) -> tuple[list[str], Floats, Floats]:
    """The columns of both frames, with the same levels."""
    column = [spec.source_column]
    both = pd.concat([frame[column], other[column]], ignore_index=True)
    names, x = covariate_block(both, spec)
    return names, x[: len(frame)], x[len(frame) :]


def _known_by_then(frame: pd.DataFrame, spec: CovariateSpec) -> pd.DataFrame:
    """The frame with the covariate missing where it was not known yet."""
    if spec.since_days is None:
        return frame
    require_columns(frame, "records", [spec.source_column])
    known = frame[TIME] * DAYS_PER_YEAR > spec.since_days - SAME_DAYS
    return frame.assign(**{spec.source_column: frame[spec.source_column].where(known)})


def _fixed(names: list[str], spec: CovariateSpec) -> Floats:
    """(columns,) the `next_value` of a covariate.

    Raises:
        StudyMismatch: no record has this level of a category.

    """
    value = spec.next_value
    if spec.kind == "category":
        level = f"{spec.name}={level_text(value)}"
        if level not in names:
            raise StudyMismatch(
                f"covariates.{spec.name}.next_value: no record has this level; write it exactly as the records have it"
            )
        return np.asarray([name == level for name in names], dtype=np.float64)
    number = spec.values[str(value)] if spec.values else float(value or 0.0)
    return apply_floor(np.asarray([number]), spec.floor)[0]
