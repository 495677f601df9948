"""Running row checks on a typed frame: check specs in, positions of the rows that fail out."""

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
    """Check name -> positions of the rows that fail it. Raises `CheckBrokenError`, never guesses."""
    from data_contracts.rules.gx_expectations import expectation_of, row_count_expectation

    runnable = [s for s in specs if s.level == "rows" and set(s.columns) <= set(frame.columns)]
    expectations = {s.name: expectation_of(s, resolve_arguments(s, table, now)) for s in runnable}
    results = _validate(frame, [row_count_expectation(len(frame)), *expectations.values()])
    if not results.pop("rows seen").success:
        raise CheckBrokenError(f"{table.name}.rows_seen", "the engine saw another number of rows")
    return {name: _positions(name, results[name], frame) for name in expectations}


def _validate(frame: pd.DataFrame, expectations: Sequence[Any]) -> dict[str, Any]:
    """Check name -> result of one validation of all expectations."""
    context = _context()
    from great_expectations.execution_engine import PandasExecutionEngine
    from great_expectations.validator.validator import Validator

    # a data source of the context would hash the whole table twice, for a fingerprint that nobody reads
    engine = PandasExecutionEngine(batch_data_dict={"delivery": frame})
    validator = Validator(execution_engine=engine, data_context=context)
    results = validator.graph_validate(
        configurations=[e.configuration for e in expectations],
        runtime_configuration={"result_format": "BASIC"},
    )
    return {r.expectation_config.meta["check"]: r for r in results}


@cache
def _context() -> Any:
    """Great Expectations without its progress bars, its log and its reports to the vendor."""
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
    """The type of an exception inside an expectation; its text may hold a value and stays unread."""
    entries = [info] if "raised_exception" in info else list(info.values())
    raised = [e for e in entries if e.get("raised_exception")]
    if not raised:
        return ""
    # GX wraps what was raised: the first name is the cause
    named = _RAISED.search(str(raised[0].get("exception_traceback") or ""))
    return named[1] if named else "exception"
