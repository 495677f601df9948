"""Candidate keys: the fewest columns that tell every row from every other."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

import pandas as pd

from data_contracts.draft.column_rules import Setting
from data_contracts.draft.column_types import ColumnFacts

_MOST_COLUMNS = 3
_MOST_CANDIDATES = 8
_ENOUGH_ROWS = 20
_NUMBERS_ROWS = r"(.*_)?(id|uid|uuid|guid|key|nr|no|number|code|accession)"


def key_of(facts: Mapping[str, ColumnFacts], around: Setting) -> tuple[str, ...]:
    """The patient, then as few more as it takes, the time first; () where no few columns do.

    Rows that repeat another in every cell are left out: they are no conflict, the gate sets them aside.
    """
    usable = [c for c in facts.values() if _may_be_of_key(c, around)]
    roles, names = around.roles, {c.name for c in usable}
    if roles.subject and roles.subject not in names:
        return ()
    whole = pd.DataFrame({n: pd.factorize(c.written)[0] for n, c in facts.items()}, copy=False)
    codes = whole[~whole.duplicated()]
    for key in _candidates(usable, around):
        if not codes.duplicated(list(key)).any():
            return key
    return ()


def _may_be_of_key(column: ColumnFacts, around: Setting) -> bool:
    """Every row has it, and it is no quantity: two equal measurements would be a conflict."""
    roles = around.roles
    if column.missing.any() or column.name in {roles.cohort, roles.outcome, *roles.static}:
        return False
    return column.name in {roles.subject, roles.time} or not column.is_numeric


def _candidates(usable: Sequence[ColumnFacts], around: Setting) -> Iterator[tuple[str, ...]]:
    subject, time = around.roles.subject, around.roles.time
    distinct = sorted(usable, key=lambda c: (c.name != time, -c.values.nunique()))
    others = [c.name for c in distinct if c.name != subject][:_MOST_CANDIDATES]
    start = (subject,) if subject else ()
    for more in range(0 if subject else 1, _MOST_COLUMNS + 1 - len(start)):
        yield from (start + extra for extra in combinations(others, more))


def numbers_rows(column: ColumnFacts, around: Setting) -> bool:
    """Whether the column numbers the rows, as an identifier of visits or samples does."""
    return bool(
        column.name not in {around.roles.subject, around.roles.time, around.roles.cohort}
        and column.kind in {"integer", "string"}
        and len(column.written) >= _ENOUGH_ROWS
        and column.written.notna().all()
        and column.written.is_unique
        and re.fullmatch(_NUMBERS_ROWS, column.name.casefold()) is not None
    )
