"""A batch of events as an export writes them, before the mapping is applied; every standard's reader returns these.

Also casts cells to the few Arrow types that the readers support.
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
    """Several texts per event, such as the codes of a FHIR concept: `texts[i]` belongs to event `owner[i]`."""

    texts: Any
    owner: Integers


@dataclass(frozen=True, kw_only=True)
class EventBatch:
    """Some events of one table. Columns are Arrow arrays or masks with one item per event; None if there is none."""

    table: str
    rows: int
    codes: Flat
    subject: Any
    """The patient's key, or null."""
    visit: Any = None
    time: Any
    date: Any = None
    """A second column with the date; it wins over a contradicting `time`."""
    row: Any = None
    """The row's id in its table, if the standard has one; rows with equal id, patient and code are one event."""
    drop_repeats: bool = False
    """Whether exact duplicates are one event."""
    other_times: tuple[Any, ...] = ()
    """Alternatives to `time` in order of preference, used where it is missing or cannot be read."""
    value: Any = None
    """Numbers, or null."""
    unreadable: Mask | None = None
    """Values that are not a number."""
    contradicted: Mask | None = None
    """Values that come with a reason for their absence."""
    bound: Mask | None = None
    """Censored values such as "<5"."""
    unit: Any = None
    answers: Flat | None = None
    key: Keys | None = None
    """Hash of the event's identifier."""
    origin: Integers | None = None
    """Index of the event's FHIR resource among all versions in the export."""
    status_valid: Mask | None = None
    """False: entered in error, cancelled, not final."""


def one_per_event(texts: Any) -> Flat:
    """One text per event."""
    return Flat(texts=texts, owner=np.arange(len(texts)))


def hash_rows(*columns: npt.NDArray[Any]) -> Keys:
    """A 64-bit hash of each row of several number columns."""
    from pandas.util import hash_array

    total = np.zeros(len(columns[0]), dtype=np.uint64)
    for column in columns:
        total = total * _SPREAD + hash_array(np.ascontiguousarray(column), categorize=False)
    return total


def hashes(texts: Any, salt: str = "") -> Keys:
    """A 64-bit hash of each text, 0 for null; identifiers are compared by their hashes and not kept."""
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
    raise reject("E_TYPE", f"Column {name!r} of table {table} is of an unsupported type.", column=name)


def _is_text(kind: Any) -> bool:
    import pyarrow as pa

    kinds = (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view, pa.types.is_null)
    return any(fits(kind) for fits in kinds)


def _decoded(array: Any, name: str, table: str) -> Any:
    """Binary columns as text; some engines write text as binary."""
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
