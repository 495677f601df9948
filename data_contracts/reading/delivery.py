"""One delivered table before the cast: cells, line numbers and the original text of every row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

from data_contracts.findings import Held, Note, Positions

PIECE_ROWS = 2**20
"""Rows of a column that are in memory as text at one time."""


class RawRows(Protocol):
    """Access to the original text of rows, exact to the byte for text files."""

    def text(self, positions: Positions) -> list[str]:
        """The original text of the rows, one per position."""
        ...


@dataclass(frozen=True, kw_only=True)
class ReadmittedRows:
    """Rows of a delivery that a person released from the quarantine."""

    fixed: Positions
    """Rows with corrected cells; they are validated as if they had been delivered like that."""
    confirmed: Mapping[str, Positions]
    """Rule -> rows that a person confirmed as delivered; this rule does not hold them."""
    by: tuple[str, ...]
    """Names of those who released them."""
    unusable: int = 0
    """Rows whose correction no longer has the column's type; they stay as delivered."""


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """A table as delivered; `header` has the column names as written in the file."""

    form: Literal["csv", "parquet"]
    header: tuple[str, ...]
    cells: Mapping[str, Any]
    """Position in the header -> an Arrow column (text for CSV), or a function that reads the column from the file
    piece by piece. Use `pieces` to read them."""
    rows: int
    lines: npt.NDArray[np.int64]
    """CSV: line in the file, where the header is line 1. Parquet: row number from 1."""
    raw: RawRows
    unreadable: npt.NDArray[np.bool_]
    """Rows without usable cells (wrong number of fields); they are already held."""
    held: tuple[Held, ...] = ()
    notes: tuple[Note, ...] = field(default_factory=tuple)
    readmitted: ReadmittedRows | None = None
    parts: tuple[str, ...] = ()
    """Names of the files, if the table was delivered in several parts."""
    part_ends: Positions = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    """Position after the last row of each part; `lines` restart in each part."""

    def files_of(self, positions: Positions) -> list[str]:
        """The file of each row; empty if the table is a single file."""
        if not self.parts:
            return []
        return [self.parts[i] for i in np.searchsorted(self.part_ends, positions, side="right")]

    def pieces(self, key: str) -> Iterator[Any]:
        """A column as Arrow arrays of at most `PIECE_ROWS` rows. Raises `RejectedError` if the file is damaged.

        Dictionary columns in memory are not split, since every piece would keep the whole dictionary.
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
