"""The rules again, as plainly as they can be written: row by row, patient by patient, on ordinary values."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from itertools import combinations, pairwise
from statistics import median
from typing import Any

import pandas as pd

from data_contracts.contract.check_specs import CheckSpec

Rows = list[dict[str, Any]]


def rows_of(frame: pd.DataFrame) -> Rows:
    """The table as dictionaries; missing is None."""
    plain = frame.astype(object).where(frame.notna(), None)
    return plain.to_dict("records")


def broken(rows: Rows, spec: CheckSpec, arguments: Mapping[str, Any]) -> list[int]:
    """Positions of the rows that break the rule."""
    rule = _ROW_BY_ROW.get(spec.rule)
    if rule is not None:
        return [i for i, row in enumerate(rows) if not rule(row, arguments)]
    return sorted(_TOGETHER[spec.rule](rows, arguments))


def _between(row: dict[str, Any], a: Mapping[str, Any]) -> bool:
    value = row[a["column"]]
    low, high = a.get("min"), a.get("max")
    if isinstance(value, pd.Timestamp):
        low, high = (None if b is None else pd.Timestamp(b) for b in (low, high))
    return value is None or ((low is None or value >= low) and (high is None or value <= high))


def _not_after(row: dict[str, Any], a: Mapping[str, Any]) -> bool:
    earlier, later = row[a["earlier"]], row[a["later"]]
    if earlier is None or later is None:
        return True
    return bool(earlier <= later + pd.Timedelta(days=a.get("tolerance_days", 0)))


def _age_agrees(row: dict[str, Any], a: Mapping[str, Any]) -> bool:
    age, birth, time = row[a["age"]], row[a["birth"]], row[a["time"]]
    if age is None or birth is None or time is None:
        return True
    return abs((time - birth) / pd.Timedelta(days=365.25) - age) <= a.get("tolerance_years", 1.0)


def _matches(row: dict[str, Any], a: Mapping[str, Any]) -> bool:
    value = row[a["column"]]
    return value is None or re.fullmatch(a["regex"], value) is not None


_ROW_BY_ROW: Any = {
    "not_null": lambda row, a: row[a["column"]] is not None,
    "allowed": lambda row, a: row[a["column"]] is None or row[a["column"]] in a["values"],
    "pattern": _matches,
    "hard_range": _between,
    "soft_range": _between,
    "not_after": _not_after,
    "age_agrees": _age_agrees,
}


def _by_key(rows: Rows, key: list[str]) -> list[list[int]]:
    groups = defaultdict(list)
    for i, row in enumerate(rows):
        if all(row[k] is not None for k in key):
            groups[tuple(row[k] for k in key)].append(i)
    return list(groups.values())


def _unique_key(rows: Rows, a: Mapping[str, Any]) -> list[int]:
    groups = _by_key(rows, a["columns"])
    return [i for group in groups if any(rows[i] != rows[group[0]] for i in group) for i in group]


def _repeated(rows: Rows, a: Mapping[str, Any]) -> list[int]:
    groups = _by_key(rows, a["columns"])
    return [i for g in groups for n, i in enumerate(g) if any(rows[j] == rows[i] for j in g[:n])]


def _constant(rows: Rows, a: Mapping[str, Any]) -> list[int]:
    groups = _by_key(rows, [a["subject"]])
    return [
        i for g in groups for i in g if any(len({rows[j][c] for j in g} - {None}) > 1 for c in a["columns"])
    ]


def _in_order(rows: Rows, a: Mapping[str, Any]) -> list[int]:
    subject, time = a["columns"]
    pairs = [(i, j) for g in _by_key(rows, [subject]) for i, j in pairwise(g)]
    times = [(rows[i][time], rows[j][time], j) for i, j in pairs]
    return [j for before, after, j in times if before is not None and after is not None and after < before]


def _no_jump(rows: Rows, a: Mapping[str, Any]) -> list[int]:
    column = a["column"]
    groups = [[i for i in g if rows[i][column] is not None] for g in _by_key(rows, [a["subject"]])]
    middle = {i: median(rows[j][column] for j in g) for g in groups for i in g}
    away = {i: abs(rows[i][column] - middle[i]) for i in middle}
    of_many = [away[i] for g in groups if len(g) >= 3 for i in g]
    usual = 1.4826 * median(of_many) if of_many else 0
    if not usual > 0:
        return []
    return [i for i in away if away[i] > a["deviations"] * usual and away[i] > 0.25 * abs(middle[i])]


_TOGETHER: Any = {
    "unique_key": _unique_key,
    "repeated": _repeated,
    "constant_per_subject": _constant,
    "in_order": _in_order,
    "no_jump": _no_jump,
}


def counted(rows: Rows, spec: CheckSpec, subject: str) -> int | None:
    """What a rule about the whole counts when it is broken; 0 where it is kept, None where it is not known here."""
    rule = _ABOUT_ALL.get(spec.rule)
    return None if rule is None else rule(rows, spec, subject)


def _values(rows: Rows, column: str) -> list[Any]:
    return [row[column] for row in rows if row[column] is not None]


def _heaping(rows: Rows, spec: CheckSpec, _: str) -> int:
    values = Counter(_values(rows, spec.column))
    most, filled = max(values.values(), default=0), sum(values.values())
    return most if filled >= 30 and len(values) >= 3 and most > spec.arguments["max_share"] * filled else 0


def _copied(rows: Rows, spec: CheckSpec, subject: str) -> int:
    groups = [_values([rows[i] for i in g], spec.column) for g in _by_key(rows, [subject])]
    several = [g for g in groups if len(g) >= 3]
    frozen = [g for g in several if len(set(g)) == 1]
    return (
        len(frozen) if len(several) >= 10 and len(frozen) > spec.arguments["max_share"] * len(several) else 0
    )


def _leaked(rows: Rows, spec: CheckSpec, _: str) -> int:
    outcome = spec.arguments["outcome_column"]
    pairs = pd.DataFrame(rows)[[spec.column, outcome]].astype(float).dropna()
    if len(pairs) < 30 or (pairs.nunique() < 3).any():
        return 0
    correlation = pairs.corr().iloc[0, 1]
    return len(pairs) if abs(correlation) > spec.arguments.get("max_correlation", 0.995) else 0


def _few(rows: Rows, spec: CheckSpec, subject: str) -> int:
    patients = len(set(_values(rows, subject)))
    return patients if patients < spec.arguments["min"] else 0


def _dominant(rows: Rows, spec: CheckSpec, subject: str) -> int:
    counts = Counter(_values(rows, subject))
    most = max(counts.values(), default=0)
    return most if len(counts) > 1 and most > spec.arguments["max_share"] * sum(counts.values()) else 0


def _twins(rows: Rows, spec: CheckSpec, subject: str) -> int:
    columns = spec.arguments["columns"]
    traces = [
        Counter(tuple(rows[i][c] for c in columns) for i in group) for group in _by_key(rows, [subject])
    ]
    sharing = Counter(record for trace in traces for record in trace)
    groups = Counter(frozenset(trace.items()) for trace in traces)
    found = set()
    for (a, one), (b, other) in combinations(enumerate(traces), 2):
        longer = max(one.total(), other.total())
        shared = sum(sharing[record] <= 3 for record in one.keys() & other.keys())
        equal = one == other and longer >= 2 and groups[frozenset(one.items())] <= 3
        if equal or shared >= max(3, 0.75 * longer):
            found |= {a, b}
    return len(found)


_ABOUT_ALL: Any = {
    "no_heaping": _heaping,
    "no_copy_forward": _copied,
    "not_leaked": _leaked,
    "enough_subjects": _few,
    "no_dominant_subject": _dominant,
    "no_twins": _twins,
}
