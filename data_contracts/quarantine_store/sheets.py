"""Export held rows to a spreadsheet (CSV), and read the corrections back from it.

Cells that a spreadsheet would run as a formula are escaped by an apostrophe (OWASP ASVS 1.2.10).
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from data_contracts.atomic_write import atomic_write, make_private
from data_contracts.corrections.correction import cells_of, unix_line_ends
from data_contracts.errors import QuarantineError
from data_contracts.quarantine_store.held_rows import HeldRowsFilter, RowText, rows_in, texts_in
from data_contracts.quarantine_store.journal import Signature, add_entry
from data_contracts.quarantine_store.ledger import Ledger

ROW = "quarantine_row"
ABOUT = (ROW, "quarantine_file", "quarantine_line", "quarantine_codes", "quarantine_rules")
AS_DELIVERED = "quarantine_row_as_delivered"
LARGEST_BYTES = 200 * 1024**2

_STARTS_A_FORMULA = re.compile(r"[=+\-@\t\r']")
_IS_A_NUMBER = re.compile(r"[+-]?[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]+)?\Z")


def escape_formula(cell: str) -> str:
    """The cell with an apostrophe in front, if a spreadsheet could run it as a formula."""
    return f"'{cell}" if _STARTS_A_FORMULA.match(cell) and not _IS_A_NUMBER.match(cell) else cell


def unescape_formula(cell: str) -> str:
    """The cell without the apostrophe of `escape_formula`."""
    return cell[1:] if cell.startswith("'") and _STARTS_A_FORMULA.match(cell[1:]) else cell


def export(ledger: Ledger, which: HeldRowsFilter, path: Path, signed: Signature) -> int:
    """Write the selected rows of one table with their reasons to a file that only its owner can read.

    The journal entry is written first.

    Returns:
        The number of rows.

    Raises:
        QuarantineError: there are no rows, they are of several tables, or the file exists.

    """
    with ledger.writing() as connection:
        rows = [dict(row) for row in rows_in(connection, which)]
        texts = texts_in(connection, [row["row"] for row in rows])
        _require_one_table(texts.values(), path)
        numbers = sorted(texts)
        add_entry(
            connection, "exported", which.study or "", signed, {"rows": len(numbers), "row_numbers": numbers}
        )
    _write(path, _lines(rows, texts))
    return len(numbers)


def corrections_in(ledger: Ledger, study: str, path: Path) -> dict[int, dict[str, str]]:
    """Read the corrected cells from a sheet.

    Returns:
        Row number -> column -> new text, for the cells that differ from the delivery.

    Raises:
        QuarantineError: the file is not a sheet of `export`, or changes nothing.

    """
    given = _read(path)
    with ledger.reading() as connection:
        texts = texts_in(connection, list(given))
        studies = {
            row["study"] for row in rows_in(connection, HeldRowsFilter(batch="all", rows=tuple(given)))
        }
    if unknown := sorted(set(given) - set(texts)) or sorted(studies - {study}):
        raise QuarantineError(
            f"{path.name}: {len(unknown)} of its rows are not in the quarantine of {study!r}."
        )
    changes = {row: _changes(path, texts[row], cells) for row, cells in given.items()}
    corrected = {row: changed for row, changed in changes.items() if changed}
    if not corrected:
        raise QuarantineError(
            f"{path.name}: none of its {len(given):,} rows differs from what was delivered."
        )
    return corrected


def _require_one_table(texts: Iterable[RowText], path: Path) -> None:
    found = list(texts)
    if not found:
        raise QuarantineError("No held row matches; `meta-med quarantine list` shows all held rows.")
    if len({(t.source, t.form) for t in found}) > 1:
        sources = ", ".join(sorted({t.source for t in found}))
        raise QuarantineError(
            f"A sheet has rows of one table and one header; choose one of: {sources} (--source)."
        )
    if path.exists():
        raise QuarantineError(f"{path.name} exists already; choose another file.")


def _lines(rows: Sequence[Mapping[str, object]], texts: Mapping[int, RowText]) -> Iterator[list[str]]:
    """The lines of the sheet; a row that is in several batches is written once, as in the newest of them."""
    newest = {row["row"]: row for row in rows}
    split = {number: cells_of(text.raw, text.form) for number, text in texts.items()}
    odd = any(cells is None for cells in split.values())
    header = next(iter(texts.values())).form.header
    yield [*ABOUT, *header, *([AS_DELIVERED] if odd else [])]
    for number, row in newest.items():
        about = [str(row[name]) for name in ("row", "file", "line", "codes", "rules")]
        cells = split[int(str(number))]
        raw = texts[int(str(number))].raw if cells is None else ""
        yield [*about, *(cells or [""] * len(header)), *([raw] if odd else [])]


def _write(path: Path, lines: Iterator[list[str]]) -> None:
    """Write UTF-8 with the byte-order mark that spreadsheets need, by rename."""
    with atomic_write(path) as draft:
        make_private(draft)
        with draft.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(
                [escape_formula(c) for c in line] for line in lines
            )


def _read(path: Path) -> dict[int, dict[str, str]]:
    """Row number -> its cells, by column."""
    if not path.is_file() or path.stat().st_size > LARGEST_BYTES:
        raise QuarantineError(f"{path.name}: there is no such file, or it is too large for a sheet.")
    try:
        text = path.read_bytes().decode("utf-8-sig")
        delimiter = text[len(ROW)] if text.startswith(ROW) else ","
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except (UnicodeDecodeError, csv.Error, TypeError, IndexError):
        raise QuarantineError(
            f"{path.name}: cannot be read as a table. Save the sheet as CSV (UTF-8)."
        ) from None
    return _by_number(path, lines)


def _by_number(path: Path, lines: Sequence[Sequence[str]]) -> dict[int, dict[str, str]]:
    header, body = lines[0] if lines else [], [line for line in lines[1:] if any(line)]
    numbers = pd.to_numeric(pd.Series([line[0] for line in body], dtype="str"), errors="coerce")
    sound = list(header[: len(ABOUT)]) == list(ABOUT) and all(len(line) == len(header) for line in body)
    if not sound or numbers.isna().any() or numbers.duplicated().any():
        raise QuarantineError(
            f"{path.name}: is not a sheet of `meta-med quarantine export`: its first columns ({', '.join(ABOUT)}) and "
            "its number of columns must not change, and each row must appear once."
        )
    cells = [dict(zip(header, map(unescape_formula, line), strict=True)) for line in body]
    return dict(zip(numbers.astype(int).tolist(), cells, strict=True))


def _changes(path: Path, text: RowText, cells: Mapping[str, str]) -> dict[str, str]:
    header, delivered = text.form.header, cells_of(text.raw, text.form)
    if not set(header) <= set(cells):
        raise QuarantineError(f"{path.name}: columns of the table are missing; its header was changed.")
    new = {name: cells[name] for name in header}
    if delivered is None:
        return new if any(new.values()) else {}
    return {
        n: new[n]
        for n, old in zip(header, delivered, strict=True)
        if unix_line_ends(new[n]) != unix_line_ends(old)
    }
