"""Rows of a CSV file that cannot be trusted as they stand: found over the bytes, held back before any parser."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from data_contracts.byte_order_mark import MARK
from data_contracts.csv_layout import Layout
from data_contracts.findings import Held, Positions
from data_contracts.limits import MAX_ROW_BYTES

_CONTROL = bytes({*range(32), 127} - {9, 10})
_LOST = "\ufffd".encode()
_MARKS = b"(?:" + re.escape(MARK) + b")*+"


@dataclass(frozen=True, kw_only=True)
class RowFaults:
    """`unreadable`: rows whose cells mean nothing; the parser gets an empty row in their place."""

    ragged: npt.NDArray[np.bool_]
    unreadable: npt.NDArray[np.bool_]
    held: tuple[Held, ...]


def row_faults(where: Layout, header: Sequence[str], delimiter: str) -> RowFaults:
    """What is wrong with single rows, each row under one reason only where its cells are lost."""
    ragged = where.fields[1:] != len(header)
    again, long = _header_again(where, header, delimiter), _too_long(where)
    unreadable = ragged | again | long
    footer = ragged & (where.fields[1:] == 1)
    footer[:-1] = False
    found = (
        ("Q_HEADER_REPEATED", np.flatnonzero(again), "the header line stands again among the rows"),
        ("Q_ROW_TOO_LONG", np.flatnonzero(long & ~again), f"longer than {MAX_ROW_BYTES:,} bytes"),
        ("Q_KEY_FORMAT", np.flatnonzero(footer & ~long), "the last line is no row, it looks like a footer"),
        (
            "Q_FIELD_COUNT",
            np.flatnonzero(ragged & ~footer & ~long),
            "another number of fields than the header",
        ),
        ("Q_CONTROL_CHAR", _with_control_characters(where), "control characters, such as NUL"),
        (
            "Q_LOST_CHARACTER",
            _with_lost_characters(where),
            "U+FFFD: a character was lost before the delivery, so two names may have become one",
        ),
    )
    return RowFaults(
        ragged=ragged,
        unreadable=unreadable,
        held=tuple(
            Held(code=code, rule="reader", column="", positions=positions, message=message)
            for code, positions, message in found
            if len(positions)
        ),
    )


def _header_again(where: Layout, header: Sequence[str], delimiter: str) -> npt.NDArray[np.bool_]:
    """Files joined end to end carry each their header; another program's may be quoted or in capitals."""
    again = np.zeros(len(where.starts) - 1, dtype=bool)
    if len(header) > 1:
        line = _as_written(where) + rb"|" + _as_named(header, delimiter)
        joint = re.compile(rb"\n" + _MARKS + rb"(?:" + line + rb")(?=\n|\Z)", re.IGNORECASE)
        places = np.array([m.start() + 1 for m in joint.finditer(where.content)], dtype=np.int64)
        again |= np.isin(where.starts[1:], places)
    return again


def _as_written(where: Layout) -> bytes:
    return re.escape(where.content[where.starts[0] : where.ends[0]])


def _as_named(header: Sequence[str], delimiter: str) -> bytes:
    """The names with any spaces and quotes around, none of which is tried twice: a row may be a long run of them."""
    around = b"[" + re.escape(' \t"'.replace(delimiter, "").encode()) + b"]*+"
    names = (around + re.escape(name.strip(' \t"').encode()) + around for name in header)
    return re.escape(delimiter.encode()).join(names)


def _too_long(where: Layout) -> npt.NDArray[np.bool_]:
    return (where.ends - where.starts)[1:] > MAX_ROW_BYTES


def _with_control_characters(where: Layout) -> Positions:
    if len(where.content.translate(None, _CONTROL)) == len(where.content):
        return np.empty(0, dtype=np.int64)
    is_control = np.zeros(256, dtype=bool)
    is_control[list(_CONTROL)] = True
    return _rows_at(where, np.flatnonzero(is_control[np.frombuffer(where.content, dtype=np.uint8)]))


def _with_lost_characters(where: Layout) -> Positions:
    if _LOST not in where.content:
        return np.empty(0, dtype=np.int64)
    places = [m.start() for m in re.finditer(_LOST, where.content)]
    return _rows_at(where, np.array(places, dtype=np.int64))


def _rows_at(where: Layout, places: Positions) -> Positions:
    """Data rows that hold these bytes, counted from 0 after the header."""
    records = np.searchsorted(where.starts, places, side="right") - 1
    return np.unique(records[records > 0]) - 1
