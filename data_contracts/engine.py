"""Running row checks on a typed frame: check specs in, positions of the rows that fail out."""

import logging
import os
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.checks import CheckSpec
from data_contracts.errors import CheckBrokenError
from data_contracts.findings import Positions
from data_contracts.terms import Table

_NOW = re.compile(r"now\s*(?:([+-])\s*(\d+)\s*days?)?$")


def failing_rows(
    frame: pd.DataFrame, specs: Sequence[CheckSpec], table: Table, now: datetime
) -> dict[str, Positions]:
    """Check name -> positions of the rows that fail it. Raises `CheckBrokenError`, never guesses.

    The frame has an unnamed RangeIndex: with any other, GX answers with lists of dicts, three times slower.
    """
    from data_contracts.expectations import expectation_of, row_count_expectation

    runnable = [s for s in specs if s.judge == "rows" and set(s.columns) <= set(frame.columns)]
    expectations = {s.name: expectation_of(s, resolved(s, table, now)) for s in runnable}
    results = _validate(frame, [row_count_expectation(len(frame)), *expectations.values()])
    if not results.pop("rows seen").success:
        raise CheckBrokenError(f"{table.name}.rows_seen", "the engine saw another number of rows")
    return {name: _positions(name, results[name], frame) for name in expectations}


def resolved(spec: CheckSpec, table: Table, now: datetime) -> dict[str, Any]:
    """The rule's arguments with 'now' made a date, and with what the table knows."""
    arguments = dict(spec.arguments)
    kinds = {c.name: c.kind for c in table.columns}
    if spec.rule in {"hard_range", "soft_range"} and kinds.get(spec.column) in {"date", "timestamp"}:
        bounds = {k: definite(v, now) for k, v in arguments.items()}
        return {**bounds, "of_dates": True, "column": spec.column}
    if spec.rule in {"constant_per_subject", "no_jump"}:
        arguments |= {"subject": table.subject}
    if spec.rule == "no_jump":
        arguments |= {"column": spec.column}
    return arguments


def definite(bound: Any, now: datetime) -> Any:
    """A bound with 'now + N days' as an ISO moment; any other as it is."""
    relative = _NOW.match(bound) if isinstance(bound, str) else None
    if relative is None:
        return bound
    days = int(relative[2] or 0) * (-1 if relative[1] == "-" else 1)
    moment = now.astimezone(UTC).replace(tzinfo=None) if now.tzinfo else now
    return (moment + timedelta(days=days)).isoformat()


def _validate(frame: pd.DataFrame, expectations: Sequence[Any]) -> dict[str, Any]:
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    logging.getLogger("great_expectations").setLevel(logging.ERROR)
    import great_expectations as gx

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    batch = (
        context.data_sources.add_pandas("delivery")
        .add_dataframe_asset("table")
        .add_batch_definition_whole_dataframe("whole")
        .get_batch({"dataframe": frame})
    )
    suite = gx.ExpectationSuite(name="contract", expectations=list(expectations))
    # results hold failing values: they are read here and dropped, never stored
    outcome = batch.validate(
        suite, result_format={"result_format": "COMPLETE", "partial_unexpected_count": 0}
    )
    return {r.expectation_config.meta["check"]: r for r in outcome.results}


def _positions(name: str, result: Any, frame: pd.DataFrame) -> Positions:
    broken = _exception(result.exception_info)
    if broken:
        raise CheckBrokenError(name, broken)
    found = result.result.get("unexpected_index_list") or []
    positions = np.unique(np.asarray(found, dtype=np.int64))
    if len(positions) != result.result.get("unexpected_count"):
        raise CheckBrokenError(name, "its list of rows is not as long as its count")
    if len(positions) and positions[-1] >= len(frame):
        raise CheckBrokenError(name, "it names rows that do not exist")
    return positions


def _exception(info: Mapping[str, Any]) -> str:
    """The type of an exception inside an expectation; its text may hold a value and stays unread."""
    entries = [info] if "raised_exception" in info else list(info.values())
    raised = [e for e in entries if e.get("raised_exception")]
    if not raised:
        return ""
    last = str(raised[0].get("exception_traceback") or "").strip().splitlines()
    return re.split(r"[:\s]", last[-1])[0] if last else "exception"
