"""A batch of events as an export writes them, before the mapping is applied: what every standard's reader returns.

Programs write the same cells in several Arrow types; they are cast here to the few that the readers know.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from data_contracts.findings import reject
from data_contracts.standards.export_files.moments import Integers, Keys, Mask

_SPREAD = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, kw_only=True)
class Flat:
    """Several texts an event, such as the codes of a FHIR concept: `texts[i]` belongs to event `owner[i]`."""

    texts: Any
    owner: Integers


@dataclass(frozen=True, kw_only=True)
class EventBatch:
    """Some events of one table. Columns are Arrow arrays or masks with one item an event; None is "has none"."""

    table: str
    rows: int
    codes: Flat
    subject: Any
    """The patient's key; null where none is named."""
    visit: Any = None
    time: Any
    date: Any = None
    """A second column that says when, by the day; of two that disagree the date counts."""
    row: Any = None
    """Where the standard numbers its rows: that number; rows that agree in it, the patient and the code are one."""
    counts_once: bool = False
    """Whether events that say the same word for word are one event."""
    otherwise: tuple[Any, ...] = ()
    """Where else the time may stand, in the order of preference, if `time` is missing or cannot be read."""
    value: Any = None
    """Numbers; null where there is none."""
    unreadable: Mask | None = None
    """Values that are written, but are no number."""
    doubted: Mask | None = None
    """Values beside which stands a reason why there is none."""
    bound: Mask | None = None
    """Values that are only a bound, like "<5"."""
    unit: Any = None
    answers: Flat | None = None
    key: Keys | None = None
    """Hash of the event's identifier."""
    origin: Integers | None = None
    """The resource that the event is part of, as its place among the versions that the export has."""
    stands: Mask | None = None
    """False: entered in error, cancelled, not final."""


def one_each(texts: Any) -> Flat:
    """One text an event."""
    return Flat(texts=texts, owner=np.arange(len(texts)))


def hash_rows(*columns: npt.NDArray[Any]) -> Keys:
    """64 bits for each row of several number columns."""
    from pandas.util import hash_array

    total = np.zeros(len(columns[0]), dtype=np.uint64)
    for column in columns:
        total = total * _SPREAD + hash_array(np.ascontiguousarray(column), categorize=False)
    return total


def hashes(texts: Any, salt: str = "") -> Keys:
    """64 bits for each text: identifiers are compared by them, never kept. Null is 0."""
    import pyarrow as pa
    import pyarrow.compute as pc
    from pandas.util import hash_array

    coded = texts.cast(pa.string()).dictionary_encode()
    distinct = np.array([salt + text for text in coded.dictionary.to_pylist()], dtype=object)
    hashed = hash_array(distinct, categorize=False) if len(distinct) else np.zeros(1, dtype=np.uint64)
    place = np.array(pc.fill_null(coded.indices, 0).to_numpy(zero_copy_only=False), dtype=np.int64)
    missing = np.array(texts.is_null().to_numpy(zero_copy_only=False), dtype=bool)
    return np.where(missing, np.uint64(0), hashed[place])


def plain(cells: Any, name: str, table: str) -> Any:
    """One array of text, whole numbers, floats, decimals, dates or times; raises `RejectedError` for other types."""
    import pyarrow as pa

    array = _one_array(cells)
    if pa.types.is_dictionary(array.type):
        array = array.dictionary_decode()
    kind = array.type
    if _is_text(kind):
        return array.cast(pa.string())
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_binary_view(kind):
        return _decoded(array, name, table)
    of_numbers = (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal)
    if any(fits(kind) for fits in (*of_numbers, pa.types.is_timestamp, pa.types.is_date)):
        return array
    raise reject(
        "E_TYPE", f"Column {name!r} of table {table} is of no type that could be meant.", column=name
    )


def _is_text(kind: Any) -> bool:
    import pyarrow as pa

    kinds = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view, pa.types.is_null)
    return any(fits(kind) for fits in kinds)


def _decoded(array: Any, name: str, table: str) -> Any:
    """Some engines write text without saying that it is text."""
    import pyarrow as pa

    try:
        return array.cast(pa.string())
    except pa.ArrowInvalid:
        raise reject(
            "E_ENCODING", f"Column {name!r} of table {table} holds bytes that are not UTF-8.", column=name
        ) from None


def _one_array(cells: Any) -> Any:
    import pyarrow as pa

    array = cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells
    return pa.concat_arrays(array.chunks) if isinstance(array, pa.ChunkedArray) else array
