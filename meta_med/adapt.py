"""Serving, first half: the shared models adapted to each current subject, and whom to withhold."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from meta_med.assemble import advancing_covariates
from meta_med.champion import Champion
from meta_med.cohorts import level_text
from meta_med.fitted import CHAMPION, UN_ADAPTED, Fitted, Prepared
from meta_med.forecast import Forecast
from meta_med.queries import most_recent
from meta_med.records import Bools, Floats, Ints, RecordTable, with_next_records
from meta_med.study import DAYS_PER_YEAR, ServeSpec, StudyMismatch

PERSONALISED, COHORT, WITHHELD = "personalised", "cohort", "withheld"


@dataclass(frozen=True)
class Serving:
    """What is predicted for whom.

    Attributes:
        prepared: the study with one empty next record a subject appended.
        rows: (R,) that next record of each current subject; subject: (R,) its index.
        age: (R, D) years from the newest observed value of each outcome to the predicted record; NaN if none.

    """

    prepared: Prepared
    rows: Ints
    subject: Ints
    age: Floats


def next_records(prepared: Prepared, current: Bools) -> Serving:
    """The next record of each current subject, `serve.horizon_days` after the newest one."""
    study = prepared.study
    years_ahead = study.serve.horizon_days / DAYS_PER_YEAR
    extended = with_next_records(prepared.table, years_ahead, advancing_covariates(study))
    served = Prepared.with_scaling(study, extended, prepared.splits, prepared.scaling)
    served = replace(served, context=prepared.context)
    subject = np.flatnonzero(current)
    return Serving(served, extended.newest[subject], subject, _age(extended)[subject])


def _age(table: RecordTable) -> Floats:
    """(n_subjects, D) years from the newest observed value in the whole history to the last record; NaN if none."""
    when = np.where(np.isnan(table.y), -np.inf, table.time[:, None])
    age = table.time[table.newest][:, None] - np.maximum.reduceat(when, table.offsets[:-1])
    return np.where(np.isfinite(age), age, np.nan)


def current_subjects(prepared: Prepared, newest: pd.DataFrame, serve: ServeSpec) -> Bools:
    """(n_subjects,) mask: whose newest source row meets every `serve.where` condition.

    Raises:
        StudyMismatch: a column that the records lack.

    """
    current = np.ones(prepared.table.n_subjects, dtype=bool)
    for column, values in serve.where.items():
        if column not in newest:
            raise StudyMismatch(f"serve.where: no column {column} in the records")
        text = newest[column].map(level_text)
        current &= text.isin([str(v) for v in values]).to_numpy()
    return current


def statuses(serving: Serving, withheld: Bools) -> pd.DataFrame:
    """Status and reason of each prediction, (R * D) rows, subjects outermost.

    Args:
        serving: what is predicted.
        withheld: (R,) subjects with a record in quarantine that contradicts another.

    """
    serve, names = serving.prepared.study.serve, [o.name for o in serving.prepared.layout.outcomes]
    age_days = serving.age * DAYS_PER_YEAR
    size = (~np.isnan(serving.prepared.episodes(most_recent(serving.prepared, serving.rows)).support_y)).sum(
        1
    )
    cases = {
        "Two of this patient's records contradict each other and are in quarantine.": withheld[:, None],
        "This patient has had no record for too long before the delivery's newest.": _silent(serving)[
            :, None
        ],
        f"Last measured more than {serve.max_age_days:.0f} days before the predicted visit.": (
            np.nan_to_num(age_days) > serve.max_age_days
        ),
        "None of the records used has this value: predicted from the cohort and the patient's other values.": (
            size == 0
        ),
    }
    conditions = [np.broadcast_to(c, age_days.shape) for c in cases.values()]
    status = np.select(conditions, [WITHHELD, WITHHELD, WITHHELD, COHORT], PERSONALISED)
    return pd.DataFrame(
        {
            "subject": np.repeat(serving.subject, len(names)),
            "outcome": np.tile(names, len(serving.subject)),
            "status": status.ravel(),
            "reason": np.select(conditions, list(cases), "").ravel(),
            "flags": "",
            "support_size": size.ravel(),
            "newest_value_age_days": age_days.ravel(),
        }
    )


def _silent(serving: Serving) -> Bools:
    """(R,) subjects whose newest record is too old beside the delivery's newest one."""
    study, table = serving.prepared.study, serving.prepared.table
    if study.serve.max_silence_days is None or study.records.time.unit != "date":
        return np.zeros(len(serving.rows), dtype=bool)
    predicted = table.time[table.newest]
    return np.asarray(
        (predicted.max() - predicted[serving.subject]) * DAYS_PER_YEAR > study.serve.max_silence_days
    )


def adapted_forecasts(serving: Serving, fitted: Fitted, champion: Champion) -> dict[str, Forecast]:
    """The champion adapted to each current subject's own records, and the un-adapted prediction, on model scale."""
    forecasts = fitted.forecasts(serving.prepared, most_recent(serving.prepared, serving.rows))
    prepared = serving.prepared
    size, cohort = prepared.support_size(serving.rows), prepared.table.cohort_before[serving.rows]
    own = champion.forecast(forecasts, size, cohort)
    return {CHAMPION: own, UN_ADAPTED: forecasts[UN_ADAPTED]}
