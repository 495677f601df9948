"""Check spec -> Great Expectations. It imports GX, which takes seconds: import it inside functions only."""

from typing import Any

import pandas as pd
from great_expectations import expectations as gxe
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import ColumnMapExpectation, MulticolumnMapExpectation
from great_expectations.expectations.metrics.map_metric_provider import (
    ColumnMapMetricProvider,
    MulticolumnMapMetricProvider,
    column_condition_partial,
    multicolumn_condition_partial,
)

from data_contracts.checks import CheckSpec
from data_contracts.row_rules import ROW_RULES


class RowsKeepRule(MulticolumnMapMetricProvider):  # type: ignore[misc]
    """Vectorised where GX would go row by row: dates, keys, order, agreement between columns."""

    condition_metric_name = "multicolumn_values.keep_rule"
    condition_domain_keys = (
        "batch_id",
        "table",
        "column_list",
        "row_condition",
        "condition_parser",
        "ignore_row_if",
    )
    condition_value_keys = ("rule", "arguments")

    @multicolumn_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(
        cls, frame: pd.DataFrame, rule: str, arguments: dict[str, Any], **_: Any
    ) -> "pd.Series[bool]":
        return pd.Series(ROW_RULES[rule](frame, arguments), index=frame.index)


class ExpectRowsToKeepRule(MulticolumnMapExpectation):  # type: ignore[misc]
    """Rows keep a rule of `data_contracts.row_rules`."""

    map_metric = "multicolumn_values.keep_rule"
    args_keys = ("column_list", "rule", "arguments")
    success_keys = ("rule", "arguments", "mostly")

    rule: str
    arguments: dict[str, Any]


class ColumnKeepsRule(ColumnMapMetricProvider):  # type: ignore[misc]
    """The same for rules that read one column, of which GX wants no list."""

    condition_metric_name = "column_values.keep_rule"
    condition_value_keys = ("rule", "arguments")

    @column_condition_partial(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(
        cls, column: "pd.Series[Any]", rule: str, arguments: dict[str, Any], **_: Any
    ) -> "pd.Series[bool]":
        return pd.Series(ROW_RULES[rule](column.to_frame(), arguments), index=column.index)


class ExpectColumnToKeepRule(ColumnMapExpectation):  # type: ignore[misc]
    """The values of one column keep a rule of `data_contracts.row_rules`."""

    map_metric = "column_values.keep_rule"
    args_keys = ("column", "rule", "arguments")
    success_keys = ("rule", "arguments", "mostly")

    rule: str
    arguments: dict[str, Any]


def expectation_of(spec: CheckSpec, arguments: dict[str, Any]) -> gxe.Expectation:
    """The expectation that judges the rows of one spec; `arguments` with every bound made definite."""
    common = {"meta": {"check": spec.name}, "severity": spec.severity, **_condition(spec)}
    if spec.rule == "not_null":
        return gxe.ExpectColumnValuesToNotBeNull(column=spec.column, **common)
    if spec.rule == "allowed":
        return gxe.ExpectColumnValuesToBeInSet(column=spec.column, value_set=arguments["values"], **common)
    if spec.rule == "pattern":
        regex = rf"\A(?:{arguments['regex']})\Z"
        return gxe.ExpectColumnValuesToMatchRegex(column=spec.column, regex=regex, **common)
    if spec.rule in {"hard_range", "soft_range"} and not arguments.get("of_dates"):
        low, high = arguments.get("min"), arguments.get("max")
        return gxe.ExpectColumnValuesToBeBetween(column=spec.column, min_value=low, max_value=high, **common)
    rule = "dates_between" if arguments.get("of_dates") else spec.rule
    if len(spec.columns) == 1:
        return ExpectColumnToKeepRule(column=spec.columns[0], rule=rule, arguments=arguments, **common)
    return ExpectRowsToKeepRule(
        column_list=list(spec.columns), rule=rule, arguments=arguments, ignore_row_if="never", **common
    )


def row_count_expectation(rows: int) -> gxe.Expectation:
    """The companion against vacuous passes: GX must have seen exactly the rows that were read."""
    return gxe.ExpectTableRowCountToEqual(value=rows, meta={"check": "rows seen"})


def _condition(spec: CheckSpec) -> dict[str, str]:
    """`where` in the words of GX's pandas parser; repr quotes the contract's own values."""
    if not spec.where:
        return {}
    parts = [f"`{column}` in {list(values)!r}" for column, values in spec.where.items()]
    return {"row_condition": " and ".join(parts), "condition_parser": "pandas"}
