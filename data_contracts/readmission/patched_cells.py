"""A delivered column with corrected cells in it, read piece by piece like any other."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from data_contracts.delivery import Delivery


def castable(text: str, kind: Any) -> Any:
    """The text as a value of the Arrow type, or None where it is no such value."""
    import pyarrow as pa

    if not text and not pa.types.is_string(kind):
        return None
    try:
        return pa.array([text], type=pa.string()).cast(kind)[0]
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return None


def kind_of(delivery: Delivery, key: str) -> Any:
    """The Arrow type of the column's cells."""
    import pyarrow as pa

    kind = next(delivery.pieces(key)).type
    return kind.value_type if pa.types.is_dictionary(kind) else kind


def patched(delivery: Delivery, key: str, texts: Mapping[int, str]) -> Callable[[], Iterator[Any]]:
    """A reader of the column's pieces, with these texts at these positions."""

    def pieces() -> Iterator[Any]:
        start = 0
        for piece in delivery.pieces(key):
            end = start + len(piece)
            own = {at - start: text for at, text in texts.items() if start <= at < end}
            yield _with(piece, own) if own else piece
            start = end

    return pieces


def _with(piece: Any, texts: Mapping[int, str]) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    coded = pa.types.is_dictionary(piece.type)
    plain = piece.dictionary_decode() if coded else piece
    mask = np.zeros(len(plain), dtype=bool)
    mask[list(texts)] = True
    values = [castable(texts[at], plain.type) for at in sorted(texts)]
    new = pc.replace_with_mask(plain, pa.array(mask), pa.array(values, type=plain.type))
    return new.dictionary_encode() if coded else new
