"""The same promises as a user of Great Expectations would write them: its built-in expectations, one a rule.

What no built-in expectation can say (constant within a patient, order of two dates with a tolerance, age that
agrees with dates, jumps, whatever is about the table as a whole) is left out: it does less, not more.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import pandas as pd

from data_contracts.checks import CheckSpec, table_specs
from data_contracts.engine import definite
from data_contracts.terms import Table

NOW = datetime(2026, 1, 1, tzinfo=UTC)
"""What is later than this is the future: after every date of the made-up table."""


def expectations(table: Table, now: datetime) -> Iterator[Any]:
    """A built-in expectation for each rule of rows that has one."""
    from great_expectations import expectations as gxe

    for spec in table_specs(table):
        column, given = spec.column, spec.arguments
        common = {"meta": {"check": spec.name}, **_condition(spec)}
        if spec.rule == "not_null":
            yield gxe.ExpectColumnValuesToNotBeNull(column=column, **common)
        elif spec.rule == "allowed":
            yield gxe.ExpectColumnValuesToBeInSet(column=column, value_set=list(given["values"]), **common)
        elif spec.rule == "pattern":
            regex = rf"\A(?:{given['regex']})\Z"
            yield gxe.ExpectColumnValuesToMatchRegex(column=column, regex=regex, **common)
        elif spec.rule in {"hard_range", "soft_range"}:
            low, high = (_bound(given.get(k), now) for k in ("min", "max"))
            yield gxe.ExpectColumnValuesToBeBetween(column=column, min_value=low, max_value=high, **common)
        elif spec.rule == "unique_key" and len(given["columns"]) > 1:
            keys = list(given["columns"])
            yield gxe.ExpectCompoundColumnsToBeUnique(
                column_list=keys, ignore_row_if="any_value_is_missing", **common
            )


def _condition(spec: CheckSpec) -> dict[str, str]:
    if not spec.where:
        return {}
    parts = [f"`{column}` in {list(values)!r}" for column, values in spec.where.items()]
    return {"row_condition": " and ".join(parts), "condition_parser": "pandas"}


def _bound(bound: Any, now: datetime) -> Any:
    """Dates must be datetimes for the built-in range."""
    bound = definite(bound, now)
    is_date = isinstance(bound, str) and re.match(r"\d{4}-\d{2}-\d{2}", bound)
    return datetime.fromisoformat(bound) if is_date else bound


def failing(frame: pd.DataFrame, wanted: Sequence[Any]) -> dict[str, list[int]]:
    """Check name -> positions of the rows that fail it, as the results list them."""
    import great_expectations as gx

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    source = context.data_sources.add_pandas("delivery").add_dataframe_asset("table")
    batch = source.add_batch_definition_whole_dataframe("whole").get_batch({"dataframe": frame})
    suite = gx.ExpectationSuite(name="contract", expectations=list(wanted))
    results = batch.validate(suite, result_format={"result_format": "COMPLETE"}).results
    return {
        r.expectation_config.meta["check"]: sorted(r.result.get("unexpected_index_list") or [])
        for r in results
    }


def judge(frame: pd.DataFrame, table: Table) -> int:
    """Everything at once; returns how many rows were named, one for each rule that they break."""
    return sum(map(len, failing(frame, list(expectations(table, NOW))).values()))
