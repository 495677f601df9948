"""Checks that every table has without being asked, as far as its columns' roles allow. They warn and hold nothing.

A contract that declares the same word keeps its own rule, with its own arguments and outcome.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from data_contracts.rules import VOCABULARY
from data_contracts.terms import Rule, Table

_ANY_STAYED = 1e-9
"""Share of patients of before: the default is only told where not one of them is there."""
_MOSTLY_UNLIKE = 0.9
"""Where so many records are unlike all others, two patients who share three are seldom two."""
_FEWEST_MEASURED = 2


def default_rules(table: Table) -> tuple[Rule, ...]:
    """The rules that a table keeps unasked, without those that its contract declares itself."""
    declared = {r.rule for r in table.rules}
    return tuple(
        Rule(
            name=f"{table.name}.{word}",
            rule=word,
            table=table.name,
            arguments=arguments,
            outcome="warn",
            code=VOCABULARY[word].code,
        )
        for word, arguments in _words(table)
        if word not in declared
    )


def _words(table: Table) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if any(c.kind == "string" for c in table.columns):
        yield "no_person_numbers", {}
    if table.subject is None:
        return
    yield "subjects_stay", {"min_share": _ANY_STAYED}
    yield "labels_stay", {}
    if table.cohort:
        yield "cohorts_stay", {}
        yield "one_cohort", {}
    measured = [
        c.name for c in table.columns if c.kind in {"number", "integer"} and c.role in {"", "outcome"}
    ]
    if table.time:
        yield "time_moves_on", {}
        if len(measured) >= _FEWEST_MEASURED:
            yield "no_twins", {"columns": [table.time, *measured], "min_distinct": _MOSTLY_UNLIKE}
    if any(c.role == "outcome" for c in table.columns):
        yield "no_foretelling", {}
