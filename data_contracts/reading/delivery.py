"""One delivered table before its types are known: cells, line numbers and every row's original text."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

from data_contracts.findings import Held, Note, Positions

PIECE_ROWS = 2**20
"""Rows of a column that are text at one time."""


class RawRows(Protocol):
    """Gives back rows as they were delivered, to the byte where the file is text."""

    def text(self, positions: Positions) -> list[str]:
        """The original text of these rows."""
        ...


@dataclass(frozen=True, kw_only=True)
class ReadmittedRows:
    """Rows of a delivery that a person let in again."""

    fixed: Positions
    """Rows with corrected cells; they are judged as if they had come so."""
    confirmed: Mapping[str, Positions]
    """Rule -> rows that a person vouches for as they are; the rule does not hold them."""
    by: tuple[str, ...]
    """Who let them in."""
    unusable: int = 0
    """Corrections that no longer fit the column's type: those rows stay as they were delivered."""


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """A table as delivered; `header` as it was written."""

    form: Literal["csv", "parquet"]
    header: tuple[str, ...]
    cells: Mapping[str, Any]
    """Place in the header -> a pyarrow column (text for CSV), or a function that reads one piece of the
    column after the other from the file. Read them through `pieces`."""
    rows: int
    lines: npt.NDArray[np.int64]
    """CSV: line of the file, the header being line 1; Parquet: row number from 1."""
    raw: RawRows
    unreadable: npt.NDArray[np.bool_]
    """Rows that have no cells to speak of (wrong number of fields): already held."""
    held: tuple[Held, ...] = ()
    notes: tuple[Note, ...] = field(default_factory=tuple)
    readmitted: ReadmittedRows | None = None
    parts: tuple[str, ...] = ()
    """Names of the files, where several are one table."""
    part_ends: Positions = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    """For each part the row after its last; lines are then counted anew in each part."""

    def files_of(self, positions: Positions) -> list[str]:
        """The file that each row stands in; nothing where the table is one file."""
        if not self.parts:
            return []
        return [self.parts[i] for i in np.searchsorted(self.part_ends, positions, side="right")]

    def pieces(self, key: str) -> Iterator[Any]:
        """A column as pyarrow arrays of at most `PIECE_ROWS` rows; may raise `RejectedError` on the way.

        Dictionary columns in memory come whole: a piece would carry all of the dictionary anyway.
        """
        import pyarrow as pa

        cells = self.cells[key]
        if callable(cells):
            yield from cells()
        elif pa.types.is_dictionary(cells.type):
            yield cells
        else:
            for at in range(0, len(cells), PIECE_ROWS):
                piece = cells.slice(at, PIECE_ROWS)
                yield piece.combine_chunks() if isinstance(piece, pa.ChunkedArray) else piece
