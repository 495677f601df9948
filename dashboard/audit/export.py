"""The audit and the feedback as CSV or JSON lines. Text in CSV is never a formula of a spreadsheet program."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Literal

from dashboard.audit.entry import NAMES, Linked

Format = Literal["csv", "jsonl"]
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
COLUMNS = ("sequence", *NAMES, "previous", "link")


def inert(cell: object) -> object:
    """The cell; a text that a spreadsheet program would compute gets an apostrophe in front. Numbers stay numbers."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def lines(rows: Iterable[Mapping[str, object]], columns: tuple[str, ...], form: Format) -> Iterator[str]:
    """The rows as lines of text with their line ends; CSV begins with the names of the columns."""
    if form == "csv":
        yield _csv(columns)
    for row in rows:
        if form == "csv":
            yield _csv([inert(row[name]) for name in columns])
        else:
            yield json.dumps({name: row[name] for name in columns}, ensure_ascii=False) + "\n"


def rows_of(entries: Iterable[Linked]) -> Iterator[dict[str, object]]:
    """Entries as rows of `COLUMNS`."""
    for one in entries:
        yield {
            "sequence": one.sequence,
            **asdict(one.entry),
            "previous": one.previous,
            "link": one.link,
        }


def _csv(cells: Iterable[object]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue()
