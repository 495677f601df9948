"""Rules that compare a table with its previous delivery record by record: exchanged labels, backdated records."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from data_contracts.contract.check_specs import CheckSpec
from data_contracts.contract.codes import Code
from data_contracts.contract.model import Column, Table
from data_contracts.contract.rule_word import RuleWord, Words
from data_contracts.findings import Note, Positions
from data_contracts.rules.delivery_pair import Pair, numbered_alike, without_categories

WORDS = Words()


_ENOUGH_RECORDS, _ENOUGH_PATIENTS = 10, 50
_MOST_CLASSES = 20
_SOME = 1_000
_FOLLOWING = 0.9
"""Share of the records that must agree with one exchange of labels."""
_AWAY = 0.15
"""Distance of a share from one half from which an exchange can be seen."""
NUMBERS = "fiub"
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
        before, now = _comparable(pair.old[column.name].take(old), pair.new[column.name].take(new))
        enough = len(before) >= _ENOUGH_RECORDS
        turned = _turned(before, now) if enough else _shares_turned(pair, column)
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
    """(old, new): rows of the records that are exactly once in both deliveries, by subject and time."""
    new, old = pair.records
    place, both = old.places_of(new.key[new.once])
    both[both] = old.once[place[both]]
    return old.row[place[both]], new.row[new.once][both]


def _comparable(old: "pd.Series[Any]", new: "pd.Series[Any]") -> tuple[Values, Values]:
    """The values of a column where it has one in both deliveries; labels as numbers, equal where the labels are."""
    both = old.notna().to_numpy() & new.notna().to_numpy()
    if old.dtype.kind in NUMBERS and new.dtype.kind in NUMBERS:
        return old.to_numpy()[both], new.to_numpy()[both]
    before, now = numbered_alike(old, new)
    return before[both], now[both]


def _turned(old: Values, new: Values) -> int:
    """Number of records that agree with an exchange of labels or an inverted sign; 0 if there is none."""
    some = slice(_SOME)  # numbers mostly show at once that they are no labels
    names = pd.unique(np.concatenate([old[some], new[some]]))
    if len(names) <= _MOST_CLASSES:
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
    time = pair.table.time
    if time is None or pair.same_bytes:
        return
    new, old = pair.records
    last = np.full(1 + max(int(keys.subject.max(initial=-1)) for keys in (new, old)), -1)
    last[old.subject[old.last]] = old.key[old.last]  # keys of one subject are in the order of time
    known = last[new.subject] >= 0
    late = known & (new.key < last[new.subject]) & ~old.places_of(new.key)[1]
    if late.any():
        count, patients = int(late.sum()), len(set(new.subject[late].tolist()))
        message = (
            f"{count:,} records of {patients:,} patients were not in the previous delivery and are older "
            "than the patient's last record there: entered late, or moved in time?"
        )
        yield Note(code=spec.code, message=message, rule=spec.name, column=time, count=count)
    newest = known & new.last
    behind = new.key[newest] < last[new.subject[newest]]
    if len(behind) and behind.mean() > 0.5:
        message = (
            f"Of {int(behind.sum()):,} of {len(behind):,} patients the newest record is older than in the previous "
            "delivery: is this an earlier export?"
        )
        yield Note(code=spec.code, message=message, rule=spec.name, column=time, count=int(behind.sum()))
