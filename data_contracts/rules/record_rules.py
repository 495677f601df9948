"""Rules that compare a table with its previous delivery record by record: exchanged labels, backdated records."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data_contracts.columns.coded import factorize
from data_contracts.contract.check_specs import CheckSpec
from data_contracts.contract.codes import Code
from data_contracts.contract.model import Column, Table
from data_contracts.contract.rule_word import RuleWord, Words
from data_contracts.findings import Note, Positions

WORDS = Words()


@dataclass(frozen=True, kw_only=True)
class Pair:
    """This delivery of a table, and the previous one."""

    new: pd.DataFrame
    old: pd.DataFrame
    table: Table
    same_bytes: bool = False
    """The two files have the same bytes."""

    def values_per_subject(self, column: str) -> "tuple[pd.Series[Any], pd.Series[Any]]":
        """(new, old): the last value of each subject, without categories so that both can be compared."""
        subject = self.table.subject or ""
        new, old = (value_per_subject(f, subject, column) for f in (self.new, self.old))
        return new, old

    @property
    def record_key(self) -> list[str]:
        """The columns that identify a record: the subject, and the time if there is one."""
        return [c for c in (self.table.subject, self.table.time) if c]

    def added(self) -> pd.DataFrame:
        """The rows later than all of the previous delivery: the new rows, if deliveries accumulate."""
        time = self.table.time
        return self.new if time is None else self.new[self.new[time] > self.old[time].max()]


def value_per_subject(
    frame: pd.DataFrame, subject: str, column: str, *, first: bool = False
) -> "pd.Series[Any]":
    """The last (or first) value of the column of each subject, indexed by subject; others are left out."""
    patients = factorize(frame[subject])
    rows = np.flatnonzero(patients.present & frame[column].notna().to_numpy())
    rows = rows[::-1] if first else rows
    chosen = np.full(len(patients.values), -1)
    # if a position is assigned several times, the last assignment wins
    chosen[patients.codes[rows]] = rows
    found = chosen >= 0
    values = without_categories(frame[column].take(chosen[found]))
    return values.set_axis(pd.Index(patients.values[found]))


def without_categories(values: "pd.Series[Any]") -> "pd.Series[Any]":
    """The values without categories: pandas cannot compare the categories of two deliveries."""
    dtype = values.dtype
    return values.astype(dtype.categories.dtype) if isinstance(dtype, pd.CategoricalDtype) else values


_ENOUGH_RECORDS, _ENOUGH_PATIENTS = 10, 50
_MOST_CLASSES = 20
_FOLLOWING = 0.9
"""Share of the records that must agree with one exchange of labels."""
_AWAY = 0.15
"""Distance of a share from one half from which an exchange can be seen."""
Values = npt.NDArray[Any]


@WORDS.add(RuleWord(
    scope="table", level="batch", code="W_LABELS_TURNED", outcome="warn",
    promise="has labels with the same meaning as in the previous delivery", roles=("subject",), across_cohorts=True,
    default_arguments={}, codes=(Code("LABELS_TURNED", "plausibility", "Labels are exchanged"),),
))  # fmt: skip
def labels_stay(pair: Pair, spec: CheckSpec) -> Iterator[Note]:
    """No column has its labels exchanged or its sign inverted.

    Records in both deliveries are compared one by one. If there are too few, the shares of a column of two values are
    compared: 10 % of subjects before and 90 % now is the same population with exchanged labels.
    """
    old, new = _same_records(pair)
    for column in _labelled(pair):
        a, b = (_plain_values(f[column.name]) for f in (pair.old, pair.new))
        both = ~(pd.isna(a[old]) | pd.isna(b[new]))
        turned = (
            _turned(a[old][both], b[new][both])
            if both.sum() >= _ENOUGH_RECORDS
            else _shares_turned(pair, column)
        )
        if turned:
            message = (
                f"{column.name!r} seems to have exchanged labels or an inverted sign compared with the previous "
                f"delivery ({turned:,} records). Was a code list or a sign changed?"
            )
            yield Note(code=spec.code, message=message, rule=spec.name, column=column.name, count=turned)


def _labelled(pair: Pair) -> Iterator[Column]:
    for column in pair.table.columns:
        there = column.name in pair.new and column.name in pair.old
        if there and column.role in {"", "outcome"} and column.kind in {"number", "integer", "string"}:
            yield column


def _same_records(pair: Pair) -> tuple[Positions, Positions]:
    """(old, new): positions of the records that are exactly once in both deliveries, by subject and time."""
    old, new = (_records(f, pair).drop_duplicates(pair.record_key, keep=False) for f in (pair.old, pair.new))
    both = old.merge(new, on=pair.record_key, suffixes=("_old", "_new"))
    return both["at_old"].to_numpy(), both["at_new"].to_numpy()


def _records(frame: pd.DataFrame, pair: Pair) -> pd.DataFrame:
    keys = {c: without_categories(frame[c]) for c in pair.record_key}
    return pd.DataFrame({**keys, "at": np.arange(len(frame))}).dropna()


def _plain_values(column: "pd.Series[Any]") -> Values:
    return without_categories(column).to_numpy(dtype=object if column.dtype == "category" else None)


def _turned(old: Values, new: Values) -> int:
    """Number of records that agree with an exchange of labels or an inverted sign; 0 if there is none."""
    names = pd.unique(np.concatenate([old, new]))
    if len(names) > _MOST_CLASSES:
        return _sign_turned(old, new)
    places = pd.Index(names)
    counts = np.zeros((len(names), len(names)), dtype=np.int64)
    np.add.at(counts, (places.get_indexer(old), places.get_indexer(new)), 1)
    seen = counts.sum(axis=1) > 0
    became = counts.argmax(axis=1)[seen]
    moved = became != np.flatnonzero(seen)
    exchanged = len(set(became)) == len(became) and set(became) == set(np.flatnonzero(seen)) and moved.any()
    following = int(counts[np.flatnonzero(seen), became].sum())
    if not exchanged or following < _FOLLOWING * len(old):
        return 0
    return int(counts[np.flatnonzero(seen)[moved], became[moved]].sum())


def _sign_turned(old: Values, new: Values) -> int:
    if old.dtype.kind != "f":
        return 0
    centred = old - old.mean(), new - new.mean()
    scale = float(np.sqrt((centred[0] @ centred[0]) * (centred[1] @ centred[1])))
    return len(old) if scale and float(centred[0] @ centred[1]) / scale <= -_FOLLOWING else 0


def _shares_turned(pair: Pair, column: Column) -> int:
    """The same for deliveries without common records; one value per subject, as a subject's records are alike."""
    first = (
        (pair.values_per_subject(column.name))
        if pair.table.subject
        else (pair.new[column.name], pair.old[column.name])
    )
    new, old = (without_categories(values).dropna() for values in first)
    names = sorted(set(old))
    if len(names) != 2 or not set(new) <= set(names) or min(len(new), len(old)) < _ENOUGH_PATIENTS:
        return 0
    p, q = float((old == names[1]).mean()), float((new == names[1]).mean())
    chance = 3 * np.sqrt(p * (1 - p) * (1 / len(new) + 1 / len(old)))
    opposite = abs(q - (1 - p)) <= max(chance, 0.05) and abs(p - 0.5) >= max(_AWAY, chance)
    return len(new) if opposite and (q - 0.5) * (p - 0.5) < 0 else 0


def _default_arguments(table: Table) -> Mapping[str, Any] | None:
    return {} if table.time else None


@WORDS.add(RuleWord(
    scope="table", level="batch", code="W_RECORD_OLDER", outcome="warn",
    promise="adds records that are newer than the patient's last one in the previous delivery",
    roles=("subject",), across_cohorts=True, default_arguments=_default_arguments,
    codes=(Code("RECORD_OLDER", "plausibility", "Backdated records"),),
))  # fmt: skip
def time_moves_on(pair: Pair, spec: CheckSpec) -> Iterator[Note]:
    """New records are later than the subject's last record in the previous delivery."""
    subject, time = pair.record_key[0], pair.table.time
    if time is None or pair.same_bytes:
        return
    old, new = (_records(f, pair) for f in (pair.old, pair.new))
    last = old.groupby(subject, sort=False)[time].max()
    known = new[last.index.get_indexer(pd.Index(new[subject])) >= 0]
    added = known.merge(
        old[pair.record_key].drop_duplicates(), on=pair.record_key, how="left", indicator=True
    )
    late = (added["_merge"] == "left_only") & (added[time] < added[subject].map(last))
    if late.any():
        patients = added.loc[late, subject].nunique()
        message = (
            f"{int(late.sum()):,} records of {patients:,} patients were not in the previous delivery and are older "
            "than the patient's last record there: entered late, or moved in time?"
        )
        yield Note(code=spec.code, message=message, rule=spec.name, column=time, count=int(late.sum()))
    newest = known.groupby(subject, sort=False)[time].max()
    behind = newest < last.reindex(newest.index)
    if len(behind) and behind.mean() > 0.5:
        message = (
            f"Of {int(behind.sum()):,} of {len(behind):,} patients the newest record is older than in the previous "
            "delivery: is this an earlier export?"
        )
        yield Note(code=spec.code, message=message, rule=spec.name, column=time, count=int(behind.sum()))
