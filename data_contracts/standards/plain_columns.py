"""Arrow columns of any type that a program writes for the same cells, as the few types that the readers know."""

from typing import Any

from data_contracts.findings import reject


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
