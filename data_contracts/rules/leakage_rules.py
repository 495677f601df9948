"""Target leakage: covariates that reveal the outcome of their own record or of the subject's next record.

A column that is computed from later data (a result filed under the visit before, a label shifted by one row) makes
every predictor look excellent until it is used. A covariate is reported if it determines the outcome by value or by
rank; for the next record, only if the current outcome does not determine it as well.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data_contracts.columns.coded import Codes, factorize
from data_contracts.contract.check_specs import CheckSpec
from data_contracts.contract.model import Table
from data_contracts.contract.rule_word import RuleWord, Words
from data_contracts.findings import Note, Positions
from data_contracts.rules.slices import View, column_note

WORDS = Words()
Numbers = npt.NDArray[np.float64]

_LARGEST_SAMPLE = 1000
"""Rows that are ranked first, so that the full column is sorted only if the sample already exceeds the limit."""


def correlation_exceeds(values: Numbers, outcomes: Numbers, limit: float) -> bool:
    """Whether the absolute Pearson or Spearman correlation exceeds the limit.

    Ranks are needed because a logarithm or a percentile of the outcome reveals it too, though not linearly.
    """
    if abs(_correlation(values, outcomes)) > limit:
        return True
    few = slice(None, None, max(1, len(values) // _LARGEST_SAMPLE))
    return all(
        abs(_rank_correlation(a, b)) > limit for a, b in ((values[few], outcomes[few]), (values, outcomes))
    )


def _rank_correlation(a: Numbers, b: Numbers) -> float:
    return _correlation(ranks(a), ranks(b))


def ranks(values: Numbers) -> Numbers:
    """Ranks from 1; equal values get their average rank."""
    _, groups, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    middles: Numbers = (ends - (counts + 1) / 2).astype(np.float64)
    return middles[groups]


def _correlation(a: Numbers, b: Numbers) -> float:
    """Pearson correlation; 0 if a column is constant."""
    a, b = a - a.mean(), b - b.mean()
    scale = np.sqrt((a @ a) * (b @ b))
    return float(a @ b / scale) if scale else 0.0


_ENOUGH_ROWS = 30
_ENOUGH_OF_A_CLASS = 10
_TELLING = 0.995
_MOST_CLASSES = 20
_MOST_COMMON = 0.95
"""Share of the most common class from which classes are not compared: predicting it is trivial."""
_SAMPLE = 20_000
"""Number of records that are compared; a leak shows in a sample as well."""


def _default_arguments(table: Table) -> Mapping[str, Any] | None:
    return {} if any(c.role == "outcome" for c in table.columns) else None


@WORDS.add(RuleWord(
    scope="table", level="whole", code="W_LEAKAGE_SUSPECT", outcome="warn",
    promise="has no covariate that reveals the outcome of its own record or of the next one",
    roles=("subject",), across_cohorts=True, default_arguments=_default_arguments,
))  # fmt: skip
def no_foretelling(view: View, spec: CheckSpec) -> Iterator[Note]:
    """No covariate reveals the outcome of its own record or of the subject's next record."""
    table = view.table
    outcomes = [c.name for c in table.columns if c.role == "outcome" and c.name in view.frame]
    declared = {(r.column, r.arguments["outcome_column"]) for r in table.rules if r.rule == "not_leaked"}
    rows, after = _sample(view)
    for outcome in outcomes:
        y = _numbers(view.frame[outcome])
        for column in table.columns:
            if (
                column.role
                or column.kind not in {"number", "integer", "string"}
                or column.name not in view.frame
            ):
                continue
            x = _numbers(view.frame[column.name])
            same = "" if (column.name, outcome) in declared else _gives_away(x[rows], y[rows])
            when = _which_record(x, y, rows, after) if not same else "of the same record"
            if same or when:
                message = f"{column.name!r} reveals the outcome {outcome!r} {when}: is it known at that time?"
                yield column_note(spec, message, len(rows), column=column.name)


def _which_record(x: Numbers, y: Numbers, rows: Positions, after: Positions) -> str:
    """Which later outcome the covariate reveals: the next record's, or the change until then; "" if none."""
    there = rows[after[rows] >= 0]
    now, later = y[there], y[after[there]]
    if _gives_away(now, later):
        return ""
    if _gives_away(x[there], later):
        return "of the patient's next record"
    change = later - now
    many = len(np.unique(change[~np.isnan(change)])) > 2
    return "of the patient's next record (its change)" if many and _gives_away(x[there], change) else ""


def _sample(view: View) -> tuple[Positions, Positions]:
    """Positions of a sample of the accepted rows, and for every row the subject's next one (-1 if there is none)."""
    table, frame = view.table, view.frame
    kept = np.flatnonzero(view.kept)
    after = np.full(len(frame), -1, dtype=np.int64)
    if table.time is not None and table.subject is not None:
        who, times = factorize(frame[table.subject]).codes, frame[table.time]
        usable = kept[(who[kept] >= 0) & times.notna().to_numpy()[kept]]
        order = _in_order(usable, who, times.to_numpy())
        same = who[order[1:]] == who[order[:-1]]
        after[order[:-1][same]] = order[1:][same]
    step = max(1, len(kept) // _SAMPLE)
    return kept[::step], after


def _in_order(rows: Positions, who: Codes, times: npt.NDArray[Any]) -> Positions:
    """The rows by subject and time; most deliveries are in this order already."""
    same, times_of = np.diff(who[rows]), times[rows]
    if ((same > 0) | ((same == 0) & (times_of[1:] >= times_of[:-1]))).all():
        return rows
    return rows[np.lexsort((times_of, who[rows]))]


def _numbers(column: "pd.Series[Any]") -> Numbers:
    """Numbers unchanged; text as codes."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes = column.array.codes.astype(np.float64)
        return np.where(codes < 0, np.nan, codes)
    return column.to_numpy(dtype=np.float64)


def _gives_away(x: Numbers, y: Numbers) -> bool:
    """Whether x reveals y: by purity of classes, by AUROC for two classes, or by correlation."""
    both = ~(np.isnan(x) | np.isnan(y))
    x, y = x[both], y[both]
    if len(y) < _ENOUGH_ROWS:
        return False
    of_x, of_y = _codes(x), _codes(y)
    classes = np.bincount(of_y)
    if len(classes) < 2 or int(of_x.max()) < 1 or classes.max() > _MOST_COMMON * len(y):
        return False
    if max(int(of_x.max()) + 1, len(classes)) <= _MOST_CLASSES:
        return _purity(of_x, of_y) >= _TELLING
    if len(classes) == 2:
        return min(classes) >= _ENOUGH_OF_A_CLASS and abs(_auroc(x, of_y) - 0.5) >= _TELLING - 0.5
    return len(classes) > 2 and int(of_x.max()) > 1 and correlation_exceeds(x, y, _TELLING)


def _codes(values: Numbers) -> npt.NDArray[np.int64]:
    return np.unique(values, return_inverse=True)[1].astype(np.int64)


def _purity(x: npt.NDArray[np.int64], y: npt.NDArray[np.int64]) -> float:
    """Share of records that have the most common class of their category."""
    counts = np.zeros((int(x.max()) + 1, int(y.max()) + 1), dtype=np.int64)
    np.add.at(counts, (x, y), 1)
    return float(counts.max(axis=1).sum() / len(x))


def _auroc(x: Numbers, y: npt.NDArray[np.int64]) -> float:
    """Area under the ROC curve, by ranks (Mann and Whitney, 1947)."""
    positives = int(y.sum())
    negatives = len(y) - positives
    total = ranks(x)[y == 1].sum() - positives * (positives - 1) / 2
    return float(total / (positives * negatives))
