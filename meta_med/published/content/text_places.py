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
    found = pc.index_in(_arrow(texts), value_set=_arrow(known))
    return np.asarray(pc.fill_null(found, -1).to_numpy(), dtype=np.int64)


def _arrow(texts: Texts) -> Any:
    column = texts if isinstance(texts, pa.Array | pa.ChunkedArray) else pa.array(texts)
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return whole.cast(pa.large_string())
