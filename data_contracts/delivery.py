"""One delivered table before its types are known: cells, line numbers and every row's original text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

from data_contracts.findings import Held, Note, Positions


class RawRows(Protocol):
    """Gives back rows as they were delivered."""

    def text(self, positions: Positions) -> list[str]:
        """The original text of these rows."""
        ...


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """A table as delivered. `cells` are pyarrow columns, text for CSV; `header` as it was written."""

    form: Literal["csv", "parquet"]
    header: tuple[str, ...]
    cells: Mapping[str, Any]
    rows: int
    lines: npt.NDArray[np.int64]
    """CSV: line of the file, the header being line 1; Parquet: row number from 1."""
    raw: RawRows
    unreadable: npt.NDArray[np.bool_]
    """Rows that have no cells to speak of (wrong number of fields): already held."""
    held: tuple[Held, ...] = ()
    notes: tuple[Note, ...] = field(default_factory=tuple)
