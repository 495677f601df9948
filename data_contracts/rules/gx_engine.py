"""Run the checks of rows on a typed frame with Great Expectations."""

import logging
import os
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

import pandas as pd

from data_contracts.contract.check_specs import CheckSpec, resolve_arguments
from data_contracts.contract.model import Table
from data_contracts.errors import CheckBrokenError
from data_contracts.findings import Positions

_RAISED = re.compile(r"^(?:\w+\.)*(\w*(?:Error|Exception|Interrupt|Exit))\b", re.MULTILINE)


def failing_rows(
    frame: pd.DataFrame, specs: Sequence[CheckSpec], table: Table, now: datetime
) -> dict[str, Positions]:
    """Run all checks of rows in one validation.

    Args:
        frame: the typed rows.
        specs: the table's check specs; other levels than "rows" are ignored.
        table: the table of the contract.
        now: the time that 'now' means in bounds.

    Returns:
        Check name -> positions of the rows that fail it.

    Raises:
        CheckBrokenError: the engine failed, or its result is inconsistent.

    """
    from data_contracts.rules.gx_expectations import expectation_of, row_count_expectation

    runnable = [s for s in specs if s.level == "rows" and set(s.columns) <= set(frame.columns)]
    expectations = {s.name: expectation_of(s, resolve_arguments(s, table, now)) for s in runnable}
    results = _validate(frame, [row_count_expectation(len(frame)), *expectations.values()])
    if not results.pop("rows seen").success:
        raise CheckBrokenError(f"{table.name}.rows_seen", "the engine saw another number of rows")
    return {name: _positions(name, results[name], frame) for name in expectations}


def _validate(frame: pd.DataFrame, expectations: Sequence[Any]) -> dict[str, Any]:
    """Validate all expectations at once: check name -> its result."""
    context = _context()
    from great_expectations.execution_engine import PandasExecutionEngine
    from great_expectations.validator.validator import Validator

    # a data source of the context would hash the whole table twice, for an unused fingerprint
    engine = PandasExecutionEngine(batch_data_dict={"delivery": frame})
    validator = Validator(execution_engine=engine, data_context=context)
    results = validator.graph_validate(
        configurations=[e.configuration for e in expectations],
        runtime_configuration={"result_format": "BASIC"},
    )
    return {r.expectation_config.meta["check"]: r for r in results}


@cache
def _context() -> Any:
    """A context of Great Expectations without progress bars, logging and analytics."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    import great_expectations as gx

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    return context


def _positions(name: str, result: Any, frame: pd.DataFrame) -> Positions:
    broken = _exception(result.exception_info)
    if broken:
        raise CheckBrokenError(name, broken)
    positions: Positions = result.result["details"]["positions"]
    if len(positions) != result.result["observed_value"] or bool(result.success) != (not len(positions)):
        raise CheckBrokenError(name, "its list of rows is not as long as its count")
    if len(positions) and not 0 <= positions[0] <= positions[-1] < len(frame):
        raise CheckBrokenError(name, "it names rows that do not exist")
    return positions


def _exception(info: Mapping[str, Any]) -> str:
    """Name of the type of an exception in an expectation; its text is not used, as it may contain a value."""
    entries = [info] if "raised_exception" in info else list(info.values())
    raised = [e for e in entries if e.get("raised_exception")]
    if not raised:
        return ""
    # GX wraps the exception: the first name is the cause
    named = _RAISED.search(str(raised[0].get("exception_traceback") or ""))
    return named[1] if named else "exception"
