"""Records with every predictor's forecast and the truth: of a split, or of those who lend a new cohort's context.

Lenders tell how well their own cohort is predicted. A forecast from a context that holds the subject's own records
would be too good, so lenders are divided into groups, and each group is predicted from the context (and, where outcomes
are standardised by cohort, on the scale) that the others lend: cross-conformal prediction (Vovk 2015) over lenders.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from meta_med.cohorts.record_table import Bools, Floats, Ints
from meta_med.cohorts.splits import SPLITS, Split, Splits
from meta_med.episodes.prepared import Prepared, lending_subjects
from meta_med.episodes.queries import queries_of
from meta_med.forecast import Forecast, concatenate
from meta_med.meta_train.predictors import FittedPredictors
from meta_med.study import Setting

GROUPS = 5  # of lenders, at most; fewer lenders are left out one at a time


@dataclass(frozen=True)
class AnsweredRecords:
    """R records and D outcomes.

    Attributes:
        forecasts: predictor -> forecast; y: (R, D) truth on model scale, NaN where not observed.
        own: (R, D) own values of each outcome that were used.
        cohort, subject: (R,) index of the cohort, index of the subject.

    """

    forecasts: dict[str, Forecast]
    y: Floats
    own: Ints
    cohort: Ints
    subject: Ints

    @property
    def who(self) -> tuple[Floats, Ints, Ints, Ints]:
        """Truth, own values used, cohort and subject."""
        return self.y, self.own, self.cohort, self.subject

    @classmethod
    def of(
        cls, prepared: Prepared, fitted: FittedPredictors, split: Split, setting: Setting
    ) -> "AnsweredRecords":
        """The records of a split in one setting, with the forecasts of all fitted predictors."""
        queries, table = queries_of(prepared, split, setting), prepared.table
        return cls(
            fitted.forecasts(prepared, queries),
            prepared.truth(queries.rows),
            prepared.own_values(queries),
            queries.cohort(table),
            table.person[table.subject[queries.rows]],
        )


def join_records(parts: Sequence[AnsweredRecords]) -> AnsweredRecords:
    """The records of several, with the forecasts that all of them have."""
    names = [name for name in parts[0].forecasts if all(name in p.forecasts for p in parts)]
    forecasts = {name: concatenate([p.forecasts[name] for p in parts]) for name in names}
    arrays = [np.concatenate([getattr(p, n) for p in parts]) for n in ("y", "own", "cohort", "subject")]
    return AnsweredRecords(forecasts, *arrays)


def of_lenders(
    prepared: Prepared, fitted: FittedPredictors, setting: Setting, lent: int
) -> AnsweredRecords | None:
    """The lenders' records, each predicted from what other lenders of its cohort lend; None where nobody lends any.

    Args:
        prepared: records with whole cohorts left out of training; fitted: the predictors.
        setting: how queries are formed.
        lent: how many subjects of each of these cohorts lend its context.

    """
    splits, groups = prepared.splits, min(lent, GROUPS)
    place = np.where(lending_subjects(splits, lent), splits.lends, -1)
    lending = replace(prepared, splits=Splits(splits.of_subject, place))
    each = [np.asarray((place >= 0) & (place % groups == g)) for g in range(groups)]
    parts = [_of_group(lending, fitted, setting, group) for group in each if group.any()]
    return join_records(parts) if parts else None


def _of_group(lending: Prepared, fitted: FittedPredictors, setting: Setting, group: Bools) -> AnsweredRecords:
    """The records of one group (n_subjects,) of lenders, from the context that the others lend."""
    splits, asked = lending.splits, SPLITS.index("calibration")
    role = np.where(splits.of_subject == asked, -1, splits.of_subject)
    left = Splits(np.where(group, asked, role), np.where(group, -1, splits.lends))
    others = Prepared.with_scaling(
        lending.study, lending.table, left, lending.scaling, withheld=lending.withheld
    )
    return AnsweredRecords.of(others, fitted, "calibration", setting)
