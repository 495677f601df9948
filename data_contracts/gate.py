"""The gate: a contract and files in, a `GateResult` out. Nothing wrong gets in, nothing right is lost.

One pass over the tables of a delivery:

    read      a file becomes rows, as they were written        validation/check_table.py
    correct   rows that people corrected or confirmed          corrections/apply.py
    cast      cells get the contract's types                   validation/check_table.py
    check     rules of rows, by Great Expectations             validation/check_table.py
    compare   with the previous delivery, table with table     validation/compare_deliveries.py
    finalise  rules about the whole, limits, the verdict       validation/finalise.py

Corrections come before the types: a corrected cell is cast and checked like any other.
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
"""Table -> its file, or the table itself."""
_SEEMS_UNFINISHED = {"E_TRUNCATED", "E_FILE_EMPTY", "E_NO_ROWS", "E_UNREADABLE", "E_PARSE"}
_UNSTABLE = Note(
    code="E_UNSTABLE_FILE",
    message="The file changed while it was judged; deliver it again when it is complete.",
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
    """Judges every file against its table. Faults of the data are in the result, never exceptions.

    `previous` is the last accepted delivery, for rules between batches; `now` is what 'the future' is
    measured against; `partial` lets tables of the contract be absent; `corrections` are rows that a person let
    in again, which stand in place of the delivered ones. Raises `DeliveryError` for files that the contract
    does not name, `CheckBrokenError` for a check that itself fails.
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
    """The same for tables in memory: findings and rows as for the Parquet files they could be written to.

    Cells may be typed (numbers, dates, categories) or text that is yet to be read. Rows are numbered from 1;
    a frame's index is no data. The frames are left as they are.
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
    """The table; of a file that is not as it was at the first look nothing is said but that."""
    unfinished = any(note.code in _SEEMS_UNFINISHED for note in table.notes)
    if not isinstance(given, Path) or is_unchanged(given, first_states[given], seems_unfinished=unfinished):
        return table
    return replace(table, notes=(_UNSTABLE,), held=())


def _check_names(contract: Contract, files: Iterable[str], partial: bool) -> None:
    unknown = sorted(set(files) - set(contract.tables))
    absent = [] if partial else sorted(set(contract.tables) - set(files))
    if unknown or absent:
        says = [f"no table {n!r} in the contract" for n in unknown] + [
            f"no file given for table {n!r}" for n in absent
        ]
        known = ", ".join(contract.tables)
        raise DeliveryError(f"contract {contract.name!r}: {'; '.join(says)} (its tables: {known})")
