"""Looking texts up among others without making each an object: rows of a million patients name fourteen million.

Loads without SQLAlchemy.
"""

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Texts = Any
"""A column of texts in pandas (Series, Index) or in Arrow."""


def places_among(texts: Texts, known: Texts) -> npt.NDArray[np.int64]:
    """(n,) the place of each text among the known ones, -1 where it is none of them.

    Args:
        texts: (n,) texts, in pandas or in Arrow; known: (K,), each once.

    """
    column, among = _arrow(texts), _arrow(known)
    begin = _begins(column)
    # equal texts mostly stand together, and each is looked up once; mostly they are all of the known ones
    together = 2 * np.count_nonzero(begin) < len(begin)
    heads = column.filter(pa.array(begin)) if together else column
    if heads.equals(among):
        places = np.arange(len(among))
    else:
        found = pc.index_in(heads, value_set=among)
        places = np.asarray(pc.fill_null(found, -1).to_numpy(), dtype=np.int64)
    return places[np.cumsum(begin) - 1] if together else places


def begins(texts: Texts) -> npt.NDArray[np.bool_]:
    """(n,) whether a text differs from the one before it; the first one does.

    Args:
        texts: (n,) texts, in pandas or in Arrow.

    """
    return _begins(_arrow(texts))


def ascending(texts: Texts) -> bool:
    """Whether no text is below the one before it, in the order of code points; False where one is missing.

    Args:
        texts: (n,) texts, in pandas or in Arrow.

    """
    column = _arrow(texts)
    if column.null_count:
        return False
    ordered = pc.less_equal(column.slice(0, max(len(column) - 1, 0)), column.slice(1))
    return bool(pc.all(ordered).as_py() is not False)


def _begins(column: Any) -> npt.NDArray[np.bool_]:
    differ = pc.not_equal(column.slice(1), column.slice(0, max(len(column) - 1, 0)))
    same = pc.fill_null(pc.invert(differ), False).to_numpy(zero_copy_only=False)
    return np.append(True, ~same.astype(bool))[: len(column)]


def _arrow(texts: Texts) -> Any:
    column = texts if isinstance(texts, pa.Array | pa.ChunkedArray) else pa.array(texts)
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return whole.cast(pa.large_string())
