"""Check specs as expectations of Great Expectations (GX). Import this module only inside functions: GX takes seconds.

Every rule is one expectation of one metric, the positions of the rows that break it, computed on whole columns. The
built-in map expectations process dates row by row, copy the table for every column and return failing values as
lists; `tests/data_contracts/speed/test_slow_rules.py` compares both.
"""

from typing import Any, ClassVar

import numpy as np
import pandas as pd
from great_expectations import expectations as gxe
from great_expectations.core.metric_domain_types import MetricDomainTypes
from great_expectations.execution_engine import PandasExecutionEngine
from great_expectations.expectations.expectation import BatchExpectation
from great_expectations.expectations.metrics.metric_provider import metric_value
from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider

from data_contracts.contract.check_specs import CheckSpec
from data_contracts.contract.vocabulary import word_of_rows
from data_contracts.findings import Positions
from data_contracts.rules.slices import rows_where

POSITIONS = "table.rows_that_break_rule"


class RowsThatBreakRule(TableMetricProvider):  # type: ignore[misc]
    """Metric: positions of the rows that break a rule."""

    metric_name = POSITIONS
    value_keys = ("rule", "columns", "arguments", "where")

    @metric_value(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(
        cls,
        execution_engine: PandasExecutionEngine,
        metric_domain_kwargs: dict[str, Any],
        metric_value_kwargs: dict[str, Any],
        **_: Any,
    ) -> Positions:
        frame, _, _ = execution_engine.get_compute_domain(metric_domain_kwargs, MetricDomainTypes.TABLE)
        return rows_that_break(frame, **metric_value_kwargs)


def rows_that_break(
    frame: pd.DataFrame, rule: str, columns: list[str], arguments: dict[str, Any], where: dict[str, Any]
) -> Positions:
    """Positions of the rows that break the rule, among the rows of its condition `where`."""
    keeps = word_of_rows(rule).check
    if not where:
        return np.flatnonzero(~keeps(frame[columns], arguments))
    about = np.flatnonzero(rows_where(frame, where))
    some = frame[columns].take(about).reset_index(drop=True)
    broken: Positions = about[~keeps(some, arguments)]
    return broken


class ExpectTableToKeepRule(BatchExpectation):  # type: ignore[misc]
    """Every row keeps a rule; the result contains the positions of the rows that do not."""

    metric_dependencies = (POSITIONS,)
    success_keys: ClassVar[tuple[str, ...]] = ("rule", "columns", "arguments", "where")
    args_keys = ("rule", "columns", "arguments", "where")

    rule: str
    columns: list[str]
    arguments: dict[str, Any]
    where: dict[str, Any]

    def _validate(self, metrics: dict[str, Any], **_: Any) -> dict[str, Any]:
        positions = metrics[POSITIONS]
        found = {"observed_value": len(positions), "details": {"positions": positions}}
        return {"success": not len(positions), "result": found}


def expectation_of(spec: CheckSpec, arguments: dict[str, Any]) -> gxe.Expectation:
    """The expectation of one check spec; `arguments` come from `resolve_arguments`."""
    return ExpectTableToKeepRule(
        rule=spec.rule,
        columns=list(spec.columns),
        arguments=arguments,
        where={column: list(values) for column, values in spec.where.items()},
        severity=spec.severity,
        meta={"check": spec.name},
    )


def row_count_expectation(rows: int) -> gxe.Expectation:
    """Guard against vacuous success: GX must have seen exactly the rows that were read."""
    return gxe.ExpectTableRowCountToEqual(value=rows, meta={"check": "rows seen"})
