"""Identifiers that a spreadsheet or a data frame took for numbers: 17 became 17.0, or 1.7E11."""

from collections.abc import Iterator
from typing import Any

from data_contracts.findings import Note
from data_contracts.terms import Column

_AS_DECIMAL = r"^\d+\.0+$"
_AS_POWER = r"^\d(\.\d+)?[eE]\+?\d{2,}$"
_FEW = 3
"""One patient may be called 12.0; a whole hospital is not."""


def rewritten_ids(words: Any, column: Column) -> Iterator[Note]:
    """Refuses a column more than half of whose identifiers are numbers rewritten; patients may have merged.

    `words`: every identifier once, as a pyarrow array of text.
    """
    import pyarrow.compute as pc

    if not column.is_identifier or words is None or len(words) < _FEW:
        return
    for pattern, how in ((_AS_DECIMAL, "decimal numbers (17 became 17.0)"), (_AS_POWER, "powers of ten")):
        count = int(pc.sum(pc.match_substring_regex(words, pattern)).as_py() or 0)
        if count > 0.5 * len(words):
            message = (
                f"{count:,} of {len(words):,} identifiers in {column.name!r} were rewritten as {how}, as "
                "spreadsheets do. Different patients may have become one; export the column as text."
            )
            yield Note(code="E_ID_FORMAT", message=message, rule="type", column=column.name, count=count)
