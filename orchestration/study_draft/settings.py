"""The settings of a drafted study that depend on how many patients and records there are, and how far apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from meta_med.study import ServeSpec
from orchestration.study.limits import CENTURY
from orchestration.study_draft.layout import Layout, days_between

FEW_PATIENTS, MANY_PATIENTS = 60, 1000
DENSE = 30
"""Records per patient from which a series is judged by any record, not by the first ones."""
DENSE_QUESTIONS = 50
_SIGNIFICANT = 2
_TIMES_AS_OLD = 3


@dataclass(frozen=True, kw_only=True)
class Amount:
    """How much was delivered; None: not known.

    Attributes:
        patients: number of patients.
        records: records per patient or series, median; most_records: that nine in ten do not exceed.
        days_apart: median days between two records.

    """

    patients: int | None = None
    records: float | None = None
    most_records: int | None = None
    days_apart: float | None = None

    @property
    def one_record(self) -> bool:
        """Whether each patient has one record, as far as is known."""
        return self.most_records == 1


def amount_of(layout: Layout, rows: pd.DataFrame | None) -> Amount:
    """The amount in the accepted rows of the table of records."""
    if rows is None or rows.empty:
        return Amount(most_records=None if layout.time.column else 1)
    who, time = [layout.subject, *layout.series], [layout.time.column] if layout.time.column else []
    sizes = rows[[*who, *time]].drop_duplicates().groupby(who, dropna=False).size()
    gaps = days_between(rows, layout) if time and layout.time.unit != "order" else pd.Series(dtype=float)
    return Amount(
        patients=int(rows[layout.subject].nunique()),
        records=float(sizes.median()),
        most_records=max(1, int(np.ceil(sizes.quantile(0.9)))),
        days_apart=float(gaps.median()) if len(gaps) else None,
    )


def support(amount: Amount) -> int:
    """The largest support size: what nine in ten patients have before their last record, at most 10."""
    return 10 if amount.most_records is None else int(np.clip(amount.most_records - 1, 1, 10))


def splits(amount: Amount) -> dict[str, Any]:
    """A fifth is held out; where patients are few, nobody else is spared for tuning or calibration."""
    few = amount.patients is not None and amount.patients < MANY_PATIENTS
    rest = {"parts": 3, "tuning": 0.15} if few else {"tuning": 0.15, "calibration": 0.2}
    return {"folds": 5, "fold": 0, **rest, "seed": 0}


def learners(amount: Amount) -> list[dict[str, Any]]:
    """Closed forms, which few patients suffice for, and a network, of which two fits or more are averaged.

    One for series only where there are series.
    """
    of_series = [] if amount.one_record else [{"name": "hierarchical_mixed"}]
    seeds = {} if "parts" in splits(amount) else {"seeds": 2}
    return [*of_series, {"name": "bayesian_head"}, {"name": "neural_process", **seeds}]


def baselines(amount: Amount) -> list[str]:
    """All that can be told apart: with one record a patient nobody has own values."""
    return ["population", "cohort_offset", "mixed_model"] if amount.one_record else []


def budget(amount: Amount) -> dict[str, int]:
    """As in the bundled studies of that size."""
    many = (amount.patients or 0) >= MANY_PATIENTS
    return {
        "steps": 700 if many else 400,
        "evaluate_every": 25,
        "batch_subjects": 256 if many else 128,
        "context_records": 128,
        "max_support": support(amount),
        "max_query": 1 if amount.one_record else 2,
        "patience": 6,
    }


def evaluation(amount: Amount, groups: list[str]) -> dict[str, Any]:
    """How it is judged: by any record in dense series, else by the next one."""
    dense = (amount.records or 0) >= DENSE
    return {
        "settings": ["recent" if dense else "next"],
        **({"support_sizes": [0]} if amount.one_record else {}),
        **({"most_per_subject": DENSE_QUESTIONS} if dense else {}),
        **({"groups": groups} if groups else {}),
    }


def serve(layout: Layout, amount: Amount) -> Mapping[str, Any]:
    """What is published: the newest record where each patient has one, else the next one, a usual interval ahead."""
    if amount.one_record:
        return {"record": "newest"}
    if layout.time.unit == "order":
        return {"record": "next"}
    if amount.days_apart is None:
        return {
            "record": "next",
            "horizon_days": ServeSpec.horizon_days,
            "max_age_days": ServeSpec.max_age_days,
        }
    old = min(_TIMES_AS_OLD * amount.days_apart, CENTURY)
    return {"record": "next", "horizon_days": _rounded(amount.days_apart), "max_age_days": _rounded(old)}


def min_subjects(amount: Amount) -> int:
    """Least number of patients of a cohort."""
    return 5 if (amount.patients or FEW_PATIENTS) < FEW_PATIENTS else 10


def _rounded(days: float) -> float:
    """To two significant digits, so that no interval between two visits is written out."""
    value = float(f"{days:.{_SIGNIFICANT}g}")
    return int(value) if value.is_integer() else value
