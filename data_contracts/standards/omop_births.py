"""When a person of OMOP was born: birth_datetime, else year, month and day as far as they are written."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from data_contracts.standards.event_times import in_iso, local_clock
from data_contracts.standards.moments import NEVER, Integers, Mask, Moments, moments
from data_contracts.standards.text_cells import identifiers


@dataclass(frozen=True, kw_only=True)
class Births:
    """Between which moments each person was born, NEVER where it is not known. One item a row.

    `unreadable`: something is written, and nothing of it is a date. `contradicts`: birth_datetime is of another date
    than year, month and day; these count, since the standard asks for them.
    """

    start: Integers
    end: Integers
    unreadable: Mask
    contradicts: Mask

    def of(self, which: Mask) -> "Births":
        """Those of some rows."""
        return Births(**{f.name: getattr(self, f.name)[which] for f in fields(self)})


def joined(parts: Sequence[Births]) -> Births:
    """All parts, one after the other."""
    return Births(**{f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Births)})


def births(table: Any, zone: str) -> Births:
    """Of a table with the columns of person."""
    written = _of_parts(table, zone)
    exact, any_text = _of_datetime(table.column("birth_datetime").combine_chunks(), zone)
    has, known = exact.start != NEVER, written.start != NEVER
    apart = has & known & ((exact.start > written.end) | (exact.end < written.start))
    take = has & ~apart
    start = np.where(take, exact.start, written.start)
    return Births(
        start=start,
        end=np.where(take, exact.end, written.end),
        unreadable=(start == NEVER) & (any_text | ~written.missing),
        contradicts=apart,
    )


def _of_parts(table: Any, zone: str) -> Moments:
    """The most exact of "1963-12-31", "1963-12" and "1963" that is a date."""
    import pyarrow.compute as pc

    year = pc.utf8_lpad(identifiers(table.column("year_of_birth").combine_chunks()), 4, "0")
    month, day = (
        pc.utf8_lpad(identifiers(table.column(name).combine_chunks()), 2, "0")
        for name in ("month_of_birth", "day_of_birth")
    )
    year_month = pc.binary_join_element_wise(year, month, "-")
    found = moments(year, zone)
    for texts in (year_month, pc.binary_join_element_wise(year_month, day, "-")):
        finer = moments(texts, zone)
        use = finer.start != NEVER
        found = Moments(
            start=np.where(use, finer.start, found.start),
            end=np.where(use, finer.end, found.end),
            missing=found.missing,
            unreadable=found.unreadable,
            ambiguous=found.ambiguous,
        )
    return found


def _of_datetime(cells: Any, zone: str) -> tuple[Moments, Mask]:
    """The day of each, as its own clock shows it; and whether anything is written."""
    import pyarrow as pa
    import pyarrow.compute as pc

    whole = in_iso(local_clock(cells))
    readable = moments(whole, zone)
    known = pa.array(~readable.missing & ~readable.unreadable)
    day = pc.utf8_slice_codeunits(whole.cast(pa.string()), 0, 10)
    return moments(pc.if_else(known, day, pa.scalar(None, pa.string())), zone), ~readable.missing
