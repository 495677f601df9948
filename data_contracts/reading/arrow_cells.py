"""Convert the Arrow types of Parquet and pandas to those that the gate reads: plain arrays, exact text, timestamps.

Nothing is rounded and nothing overflows. Cells that cannot be converted exactly are marked.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

Mask = npt.NDArray[np.bool_]

LARGEST_EXACT_INTEGER = 2.0**53
"""From here on two integers can be the same float64: 2^53 + 1 becomes 2^53."""
_EXACT_BELOW = {16: 2.0**11, 32: 2.0**24, 64: LARGEST_EXACT_INTEGER}
"""Bits of a float -> the same limit for its type."""
_US_OF = {"s": 1_000_000, "ms": 1_000, "us": 1}
_US_OF_DAY = 86_400_000_000
_FIRST, _LAST = -62_135_596_800_000_000, 253_402_300_800_000_000
"""Microseconds since 1970 at the start of the years 1 and 10000."""


def plain_cells(cells: Any) -> Any:
    """The cells in a plain layout: no views, run-end encoding or extension types; only text may be a dictionary."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = cells.type
    if isinstance(kind, pa.BaseExtensionType):
        storage = cells.storage
        return _uuids(storage) if kind.extension_name == "arrow.uuid" else plain_cells(storage)
    if pa.types.is_run_end_encoded(kind):
        return plain_cells(pc.run_end_decode(cells))
    if pa.types.is_dictionary(kind):
        text = pa.types.is_string(kind.value_type) or pa.types.is_large_string(kind.value_type)
        return cells if text else plain_cells(_decoded(cells))
    if pa.types.is_string_view(kind):
        return cells.cast(pa.string())
    return cells.cast(pa.binary()) if pa.types.is_binary_view(kind) else cells


def _decoded(cells: Any) -> Any:
    """Decode a dictionary array; Arrow itself cannot decode dictionaries of every type."""
    return plain_cells(cells.dictionary).take(cells.indices)


def _uuids(storage: Any) -> Any:
    import uuid

    import pyarrow as pa

    texts = [None if v is None else str(uuid.UUID(bytes=v)) for v in storage.to_pylist()]
    return pa.array(texts, type=pa.string())


def as_text(cells: Any) -> tuple[Any, dict[str, Mask]]:
    """Convert plain cells to text.

    Whole numbers in a float column are written without ".0", so that 7.0 and "7" are the same subject.

    Args:
        cells: an Arrow array of n cells.

    Returns:
        The text, an Arrow array of n strings, and for each code a mask of shape (n,) of the cells without an exact
        text, such as a float so large that its neighbouring integers are the same float.

    """
    import pyarrow as pa

    kind = cells.type
    if pa.types.is_string(kind):
        return cells, {}
    if pa.types.is_floating(kind):
        return _of_floats(cells)
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        return _of_moments(cells)
    if pa.types.is_binary(kind) or pa.types.is_fixed_size_binary(kind) or pa.types.is_large_binary(kind):
        return _of_bytes(cells)
    if pa.types.is_nested(kind) or pa.types.is_duration(kind) or pa.types.is_interval(kind):
        nothing = pa.nulls(len(cells), pa.string())
        return nothing, {"Q_TYPE": ~_missing(cells)}
    return cells.cast(pa.string()), {}


def _of_floats(cells: Any) -> tuple[Any, dict[str, Mask]]:
    import pyarrow as pa
    import pyarrow.compute as pc

    values = np.asarray(cells.cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=np.float64)
    finite = np.isfinite(values)
    exact = finite & (np.abs(values) < _EXACT_BELOW[cells.type.bit_width])
    whole = exact & (values == np.floor(values))
    digits = pa.array(np.where(whole, values, 0.0).astype(np.int64)).cast(pa.string())
    text = pc.if_else(pa.array(whole), digits, cells.cast(pa.string()))
    bad = {"Q_NONFINITE": np.isinf(values), "Q_ID_FORMAT": finite & ~exact}
    return pc.if_else(pa.array(exact), text, pa.scalar(None, pa.string())), bad


def _of_moments(cells: Any) -> tuple[Any, dict[str, Mask]]:
    import pyarrow as pa

    moments, beyond = moments_of(cells)
    if pa.types.is_date(cells.type):
        texts = np.datetime_as_string(moments.astype("datetime64[D]"))
    else:
        texts = np.datetime_as_string(moments).astype(object) + ("Z" if cells.type.tz else "")
    written = np.asarray(texts, dtype=object)
    written[np.isnat(moments)] = None
    return pa.array(written, type=pa.string()), {"Q_TYPE": beyond}


def _of_bytes(cells: Any) -> tuple[Any, dict[str, Mask]]:
    """Decode bytes as UTF-8, since some writers do not mark text as such."""
    import pyarrow as pa

    try:
        return cells.cast(pa.string()), {}
    except pa.ArrowInvalid:
        texts = [_utf8(v) for v in cells.to_pylist()]
    lost = np.array([t is None for t in texts], dtype=bool) & ~_missing(cells)
    return pa.array(texts, type=pa.string()), {"Q_TYPE": lost}


def _utf8(value: bytes | None) -> str | None:
    try:
        return None if value is None else value.decode("utf-8")
    except UnicodeDecodeError:
        return None


def moments_of(times: Any) -> tuple[npt.NDArray[Any], Mask]:
    """Convert Arrow timestamps or dates to microseconds; nanoseconds are rounded down.

    Args:
        times: an Arrow array of n timestamps or dates.

    Returns:
        The values, datetime64[us] of shape (n,), and a mask of shape (n,) of those outside the years 1 to 9999.

    """
    import pyarrow as pa

    missing = _missing(times)
    if pa.types.is_date32(times.type):
        times, scale = times.cast(pa.int32()), _US_OF_DAY
    else:
        scale = 1_000 if pa.types.is_date64(times.type) else _US_OF.get(times.type.unit, 0)
    ticks = np.array(times.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False), dtype=np.int64)
    if not scale:  # nanoseconds
        ticks, scale = ticks // 1_000, 1
    beyond = ~missing & ((ticks < _FIRST // scale) | (ticks >= _LAST // scale))
    out: npt.NDArray[Any] = np.where(beyond, 0, ticks) * scale
    values = out.astype(np.int64).view("datetime64[us]")
    values[missing | beyond] = np.datetime64("NaT")
    return values, beyond


def _missing(cells: Any) -> Mask:
    return np.array(cells.is_null().to_numpy(zero_copy_only=False), dtype=bool)
