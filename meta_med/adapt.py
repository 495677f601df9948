"""Serving, first half: everybody's next record, adapted to their own records and to their cohort."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from meta_med.assemble import advancing_covariates
from meta_med.baselines.lags import last_observed
from meta_med.fitted import Prepared
from meta_med.records import Bools, Floats, Ints, with_next_records
from meta_med.study import DAYS_PER_YEAR, ServeSpec

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
    rows = extended.newest[subject]
    episodes = served.episodes(rows)
    return Serving(served, rows, subject, last_observed(episodes.support_y, episodes.support_time)[1])


def current_subjects(prepared: Prepared, newest: pd.DataFrame, serve: ServeSpec) -> Bools:
    """(n_subjects,) mask: whose newest source row meets every `serve.where` condition.

    Raises:
        ValueError: a column that the records lack.

    """
    current = np.ones(prepared.table.n_subjects, dtype=bool)
    for column, values in serve.where.items():
        if column not in newest:
            raise ValueError(f"serve.where: no column {column} in the records")
        text = newest[column].map(lambda v: f"{v:g}" if isinstance(v, float) else str(v))
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
    never, old = np.isnan(age_days), np.nan_to_num(age_days) > serve.max_age_days
    conflict = np.broadcast_to(withheld[:, None], age_days.shape)
    status = np.select([conflict, old, never], [WITHHELD, WITHHELD, COHORT], PERSONALISED)
    reasons = [
        "Two of this patient's records contradict each other and are in quarantine.",
        f"Last measured more than {serve.max_age_days:.0f} days before the predicted visit.",
        "Never measured in this patient so far: this is the cohort's prediction.",
    ]
    reason = np.select([conflict, old, never], reasons, "")
    size = (~np.isnan(serving.prepared.episodes(serving.rows).support_y)).sum(1)
    return pd.DataFrame(
        {
            "subject": np.repeat(serving.subject, len(names)),
            "outcome": np.tile(names, len(serving.subject)),
            "status": status.ravel(),
            "reason": reason.ravel(),
            "support_size": size.ravel(),
            "newest_value_age_days": age_days.ravel(),
        }
    )
