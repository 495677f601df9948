"""Names that differ in letter case or leading zeros only: 007 and 7, c3 and C3 are seldom two."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.checks import CheckSpec
from data_contracts.coded import coded
from data_contracts.findings import Note
from data_contracts.view import View, on_column

_LEADING_ZEROS = r"(^|[^0-9.,])0+([0-9])"


def loose(names: "pd.Series[Any] | pd.Index[Any]") -> "pd.Series[str]":
    """The names without what a program on the way may change: capitals, and zeros before a number."""
    import pyarrow as pa
    import pyarrow.compute as pc

    lowered = pc.utf8_lower(pa.array(np.asarray(names, dtype=object), type=pa.string()))
    return pd.Series(pc.replace_substring_regex(lowered, _LEADING_ZEROS, r"\1\2").to_pandas(), dtype="str")


def one_spelling(view: View, spec: CheckSpec) -> Iterator[Note]:
    """No name stands in two spellings: one patient, or one site, would be two."""
    found = coded(view.values(spec.column))
    several = int(loose(found.values[found.counts() > 0]).duplicated(keep=False).sum())
    if several:
        message = (
            f"{several:,} names in {spec.column!r} differ from another in letter case or leading zeros only."
        )
        yield on_column(spec, message, several)
