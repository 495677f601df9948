"""Where a delivery has given rows: columns narrow the search, then the rows' own text decides."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from data_contracts.delivery import Delivery
from data_contracts.findings import Positions
from data_contracts.readmission.patched_cells import castable
from data_contracts.readmission.row_text import RowForm, cells_of

_FEW = 1000
"""So many rows are read as text without narrowing the search further."""


def places_of(delivery: Delivery, form: RowForm, raws: Collection[str]) -> dict[str, Positions]:
    """Text of a row -> its positions; rows that the delivery does not have are left out."""
    found = defaultdict(list)
    candidates = _candidates(delivery, [cells_of(raw, form) for raw in raws])
    for position, text in zip(candidates.tolist(), delivery.raw.text(candidates), strict=True):
        if text in raws:
            found[text].append(position)
    return {text: np.array(positions, dtype=np.int64) for text, positions in found.items()}


def _candidates(delivery: Delivery, wanted: Sequence[list[str] | None]) -> Positions:
    told = [cells for cells in wanted if cells is not None]
    mask = np.full(delivery.rows, bool(told))
    for column in range(len(delivery.header)):
        if mask.sum() <= _FEW:
            break
        mask &= _has_one_of(delivery, str(column), {_read(cells[column]) for cells in told})
    if len(told) < len(wanted):
        mask |= delivery.unreadable
    return np.flatnonzero(mask)


def _read(cell: str) -> str:
    """As the reader has it, to whom all line ends are alike."""
    return cell.replace("\r\n", "\n").replace("\r", "\n")


def _has_one_of(delivery: Delivery, key: str, texts: Collection[str]) -> npt.NDArray[np.bool_]:
    return np.concatenate([_in(piece, sorted(texts)) for piece in delivery.pieces(key)])


def _in(piece: Any, texts: list[str]) -> npt.NDArray[np.bool_]:
    """Only text and whole numbers are written in one way; other cells narrow nothing."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = piece.type.value_type if pa.types.is_dictionary(piece.type) else piece.type
    if not (pa.types.is_string(kind) or pa.types.is_integer(kind)):
        return np.ones(len(piece), dtype=bool)
    values = [v for v in (castable(text, kind) for text in texts) if v is not None]
    given = pa.array([*values, pa.scalar(None, kind)] if "" in texts else values, type=kind)
    if pa.types.is_dictionary(piece.type):
        piece = piece.dictionary_decode()
    return np.asarray(pc.is_in(piece, value_set=given).to_numpy(zero_copy_only=False), dtype=bool)
