"""Held rows and the journal as tables for a reader, and as plain records for a machine."""

import json
from pathlib import Path
from typing import Any

import pandas as pd
from rich.console import RenderableType
from rich.table import Table

_ABOUT_ROWS = ("row", "file", "line", "codes", "rules", "status", "decided_by")


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Plain values, None where there is none."""
    found: list[dict[str, Any]] = json.loads(frame.to_json(orient="records"))
    return found


def counts_text(found: pd.DataFrame, whole: pd.DataFrame, files: Path) -> list[RenderableType]:
    """How many rows are held for each reason, batch by batch."""
    if found.empty and whole.empty:
        return ["Nothing is held."]
    shown: list[RenderableType] = []
    for (study, batch, at, verdict), reasons in found.groupby(
        ["study", "batch", "at", "verdict"], sort=False
    ):
        shown.append(f"{study!s}, batch {batch}, {str(at)[:16]}, {verdict}")
        columns = ["source", "rule", "code", "column", "rows", "held", "released", "discarded"]
        shown.append(_table(reasons[columns]))
    shown += [_kept_whole(file, files) for file in whole.to_dict("records")]
    return shown


def _kept_whole(file: dict[Any, Any], files: Path) -> str:
    place = str(files / file["sha256"])
    return f"Kept whole, its rows are not listed: {file['file']} ({file['code']}, {file['at'][:10]}): {place}"


def rows_text(found: pd.DataFrame, limit: int) -> list[RenderableType]:
    """The rows one by one; with their text if the frame has it."""
    if found.empty:
        return ["No held row matches."]
    columns = [*_ABOUT_ROWS, *(["as_delivered"] if "as_delivered" in found else [])]
    more = [f"Only the first {limit:,} are shown; see --limit."] if len(found) == limit else []
    # numbers of rows and lines are there to be typed again: without separators
    return [_table(found[columns].astype({"row": "str", "line": "str"})), *more]


def journal_text(found: pd.DataFrame) -> list[RenderableType]:
    """One line an entry; the numbers of rows are in the JSON."""
    if found.empty:
        return ["Nobody has looked at a value or decided anything yet."]
    rows = [what["rows"] for what in found["what"]]
    return [_table(found[["at", "who", "account", "action", "study"]].assign(rows=rows, why=found["why"]))]


def _table(frame: pd.DataFrame) -> Table:
    table = Table()
    for name in frame.columns:
        numeric = pd.api.types.is_numeric_dtype(frame[name])
        table.add_column(name.replace("_", " "), justify="right" if numeric else "left", overflow="fold")
    for row in frame.itertuples(index=False):
        table.add_row(*(_cell(value) for value in row))
    return table


def _cell(value: object) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload]
