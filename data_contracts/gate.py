"""The gate: validates a delivery against a contract and returns a `GateResult`.

One pass over the tables of a delivery:

    read      file -> rows as they were written                  validation/check_table.py
    correct   apply the corrections and confirmations of people  corrections/apply.py
    cast      cells -> the contract's types                      validation/check_table.py
    check     rules about rows, by Great Expectations            validation/check_table.py
    compare   with the previous delivery, and between tables     validation/compare_deliveries.py
    finalise  rules about whole tables, limits, the verdict      validation/finalise.py

Corrections are applied before the cast, so that a corrected cell is cast and checked like any other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from data_contracts.contract.model import Contract
from data_contracts.corrections.apply import correct
from data_contracts.corrections.correction import Correction
from data_contracts.errors import DeliveryError
from data_contracts.findings import Note
from data_contracts.reading.file_bytes import FileState, file_states, is_unchanged
from data_contracts.rules.checked_table import CheckedTable
from data_contracts.validation.check_table import cast, check, read
from data_contracts.validation.compare_deliveries import compare
from data_contracts.validation.finalise import finalise, result_of
from data_contracts.validation.result import GateResult

__all__ = ["GateResult", "validate", "validate_frames"]

Given = Mapping[str, Path] | Mapping[str, pd.DataFrame]
"""Table name -> its file, or its rows as a frame."""
_SEEMS_UNFINISHED = {"E_TRUNCATED", "E_FILE_EMPTY", "E_NO_ROWS", "E_UNREADABLE", "E_PARSE"}
_UNSTABLE = Note(
    code="E_UNSTABLE_FILE",
    message="The file changed during validation; deliver it again when it is complete.",
    count=1,
)


def validate(
    contract: Contract,
    files: Mapping[str, Path],
    *,
    previous: Mapping[str, Path] | None = None,
    now: datetime | None = None,
    partial: bool = False,
    corrections: Sequence[Correction] = (),
) -> GateResult:
    """Validate files against a contract. Faults in the data are in the result, never exceptions.

    Args:
        contract: what the tables promise.
        files: table name -> its CSV or Parquet file, or a folder of files that together are the table.
        previous: the last accepted delivery, for the rules that compare deliveries.
        now: the time after which a date is in the future; the current time if None.
        partial: accept a delivery without some of the contract's tables.
        corrections: decisions of people about held rows; corrected rows replace the delivered ones.

    Returns:
        The verdict, the accepted and quarantined rows, and the findings.

    Raises:
        DeliveryError: the files are not those that the contract names, or the previous delivery cannot be read.
        CheckBrokenError: a check itself fails.

    """
    before = {name: Path(path) for name, path in (previous or {}).items()}
    return _validate(
        contract, {name: Path(path) for name, path in files.items()}, before, now, partial, corrections
    )


def validate_frames(
    contract: Contract,
    frames: Mapping[str, pd.DataFrame],
    *,
    previous: Mapping[str, pd.DataFrame] | None = None,
    now: datetime | None = None,
    partial: bool = False,
) -> GateResult:
    """Validate tables in memory; the result is that of `validate` for the same tables written as Parquet.

    Cells may be typed (numbers, dates, categories) or text. Rows are numbered from 1; the index of a frame is
    ignored. The frames are not changed.
    """
    return _validate(contract, dict(frames), dict(previous or {}), now, partial)


def _validate(
    contract: Contract,
    given: Given,
    previous: Given,
    now: datetime | None,
    partial: bool,
    corrections: Sequence[Correction] = (),
) -> GateResult:
    _check_names(contract, given, partial)
    _check_names(contract, previous, partial=True)
    moment = now or datetime.now(UTC)
    first_states = {path: file_states(path) for path in given.values() if isinstance(path, Path)}
    tables = {name: table for name, table in contract.tables.items() if name in given}
    checked = {
        name: check(cast(correct(read(table, given[name]), corrections)), moment)
        for name, table in tables.items()
    }
    final = {name: finalise(table, moment) for name, table in compare(checked, previous).items()}
    return result_of(contract, {n: _if_unchanged(t, given[n], first_states) for n, t in final.items()})


def _if_unchanged(
    table: CheckedTable, given: object, first_states: Mapping[Path, tuple[FileState, ...]]
) -> CheckedTable:
    """The table, or only the note that its file changed since validation began."""
    unfinished = any(note.code in _SEEMS_UNFINISHED for note in table.notes)
    if not isinstance(given, Path) or is_unchanged(given, first_states[given], seems_unfinished=unfinished):
        return table
    return replace(table, notes=(_UNSTABLE,), held=())


def _check_names(contract: Contract, files: Iterable[str], partial: bool) -> None:
    unknown = sorted(set(files) - set(contract.tables))
    absent = [] if partial else sorted(set(contract.tables) - set(files))
    if unknown or absent:
        mistakes = [f"no table {n!r} in the contract" for n in unknown] + [
            f"no file given for table {n!r}" for n in absent
        ]
        known = ", ".join(contract.tables)
        raise DeliveryError(f"contract {contract.name!r}: {'; '.join(mistakes)} (its tables: {known})")
