"""Match the delivered header with the contract's columns.

Names of unknown columns are shown only if they look like names: in a file without header, the first line contains
patients' values.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import numpy as np
import numpy.typing as npt

from data_contracts.contract.model import Column, Table
from data_contracts.findings import Note, reject
from data_contracts.reading.delivery import Delivery
from data_contracts.rules.person_numbers import identifies_people

_LOOKS_LIKE_A_NAME = re.compile(r"[A-Za-z_][A-Za-z_ .\-/()%]*\d{0,2}[A-Za-z_]*$")
_FREE_TEXT_WORDS = 3.0
_NEAR = 0.75
"""Similarity of two names from which one may be a misspelling of the other."""
_EXTRA_SHOWN = 20
"""Number of unknown columns that are listed one by one; the rest are counted."""


@dataclass(frozen=True, kw_only=True)
class MatchedColumns:
    """Column of the contract -> key of its delivered cells, and notes about the header."""

    cells: dict[str, str]
    notes: tuple[Note, ...]


def match_columns(delivery: Delivery, table: Table) -> MatchedColumns:
    """Find every column of the contract in the header, in any order and letter case.

    Raises:
        RejectedError: a required column is missing, or a name is repeated.

    """
    plain = [_plain(name) for name in delivery.header]
    if repeated := _repeated(delivery.header, table):
        known = [n for n in repeated if n in {_plain(c.name) for c in table.columns}]
        what = f"Column {known[0]!r} appears" if known else "Some column names appear"
        raise reject(
            "E_DUP_COLUMN", f"{what} more than once in the header.", column=known[0] if known else ""
        )
    exact = {name.strip(): str(i) for i, name in enumerate(delivery.header)}
    place = {name: str(i) for i, name in enumerate(plain)} | exact
    found = {c.name: place.get(c.name) or place.get(_plain(c.name)) for c in table.columns}
    cells = {name: key for name, key in found.items() if key is not None}
    extra = [i for i in range(len(plain)) if str(i) not in cells.values()]
    missing = [c for c in table.columns if c.name not in cells and not c.optional]
    if missing:
        raise _missing(missing, [plain[i] for i in extra])
    absent = [_plain(c.name) for c in table.columns if c.name not in cells]
    unknown = _unknown([_extra(delivery, i, plain[i], absent) for i in extra])
    return MatchedColumns(cells=cells, notes=(*_renamed(delivery, cells), *unknown))


def _unknown(notes: list[Note]) -> list[Note]:
    """One note per unknown column; from the 21st on, one note for all."""
    plain = [n for n in notes if n.code == "W_EXTRA_COLUMN"]
    rest = len(plain) - _EXTRA_SHOWN
    if rest <= 0:
        return notes
    shown = [n for n in notes if n not in plain[_EXTRA_SHOWN:]]
    message = f"{rest:,} further columns are not in the contract. They were ignored and reach no model."
    return [*shown, Note(code="W_EXTRA_COLUMN", message=message, count=rest)]


def _repeated(header: tuple[str, ...], table: Table) -> list[str]:
    """Repeated names. Names that differ only in letter case are allowed if the contract has both or neither."""
    written = [name.strip() for name in header]
    own = {c.name for c in table.columns}
    of_contract = {_plain(name) for name in own}
    repeated = [n for n, count in Counter(map(_plain, written)).items() if count > 1]
    return [
        n
        for n in repeated
        if len({w for w in written if _plain(w) == n}) < sum(_plain(w) == n for w in written)
        or (n in of_contract and not {w for w in written if _plain(w) == n} <= own)
    ]


def _plain(name: str) -> str:
    return name.strip().casefold()


def _missing(missing: list[Column], extra: list[str]) -> Exception:
    names = ", ".join(repr(c.name) for c in missing)
    for column in missing:
        stem = _without_unit(column)
        own = _letters(column.name)
        named = re.compile(rf"{re.escape(stem)}[\W_]+\w")  # glucose_mmol_l, glucose-mmol-l, glucose [mmol/L]
        if stem and any(named.match(n) and _letters(n) != own for n in extra):
            return reject(
                "E_UNIT_DECLARED_MISMATCH",
                f"Column {column.name!r} ({column.unit}) is missing, but the header has {stem!r} with "
                "another unit in its name. Values are not converted by guess: convert them before delivery.",
                column=column.name,
            )
    noun = "columns are" if len(missing) > 1 else "column is"
    near = [c.name for c in missing if get_close_matches(_plain(c.name), extra, n=1, cutoff=_NEAR)]
    hint = f" A delivered column has nearly the name {near[0]!r}." if near else ""
    return reject("E_COLUMNS_MISSING", f"The {noun} missing: {names}.{hint}", column=missing[0].name)


def _letters(name: str) -> str:
    """Letters and digits only: `glucose_mgdl` is a misspelling of `glucose_mg_dl`, not another unit."""
    return re.sub(r"[\W_]+", "", name.casefold())


def _without_unit(column: Column) -> str:
    slug = re.sub(r"[^a-z0-9]+", "_", column.unit.lower()).strip("_")
    name = _plain(column.name)
    return name.removesuffix(f"_{slug}") if slug and name.endswith(f"_{slug}") else ""


def _renamed(delivery: Delivery, cells: dict[str, str]) -> list[Note]:
    changed = [name for name, i in cells.items() if delivery.header[int(i)] != name]
    if not changed:
        return []
    message = f"{len(changed)} column names differ in letter case or spaces only; they were matched."
    return [Note(code="N_HEADER", message=message, count=len(changed))]


def _extra(delivery: Delivery, index: int, plain: str, absent: list[str]) -> Note:
    shown = f"{plain!r}" if _LOOKS_LIKE_A_NAME.match(plain) else f"number {index + 1}"
    column = plain if shown != f"number {index + 1}" else ""
    if identifies_people(plain):
        message = f"Column {shown} identifies people directly. Deliver the table without it."
        return Note(code="E_PHI_COLUMN", message=message, column=column, count=1)
    if is_free_text(delivery.pieces(str(index))):
        message = f"Column {shown} holds free text, which may name people. It was dropped."
        return Note(code="W_FREE_TEXT", message=message, column=column, count=1)
    near = get_close_matches(plain, absent, n=1, cutoff=_NEAR)
    hint = f" It is nearly the name of {near[0]!r}, which is absent." if near else ""
    message = f"Column {shown} is not in the contract. It was ignored and reaches no model.{hint}"
    return Note(code="W_EXTRA_COLUMN", message=message, column=column, count=1)


def is_free_text(pieces: Iterable[Any]) -> bool:
    """Whether the cells are text of many words. Reading them also finds damage in unused columns."""
    spaces, filled = 0, 0
    for cells in pieces:
        found = _spaces(cells)
        spaces, filled = spaces + int(found.sum()), filled + len(found)
    return bool(filled) and spaces / filled + 1 >= _FREE_TEXT_WORDS


def _spaces(cells: Any) -> npt.NDArray[np.int64]:
    """Number of spaces in each non-empty text cell."""
    import pyarrow as pa
    import pyarrow.compute as pc

    encoded = pa.types.is_dictionary(cells.type)
    words = cells.dictionary if encoded else cells
    if not (pa.types.is_string(words.type) or pa.types.is_large_string(words.type)):
        return np.zeros(0, dtype=np.int64)
    words = pc.if_else(pc.equal(words, ""), None, words)
    counts = pc.count_substring(words, " ")
    counts = counts.take(cells.indices) if encoded else counts
    return np.asarray(counts.drop_null(), dtype=np.int64)
