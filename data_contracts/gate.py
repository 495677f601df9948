"""The gate: a contract and files in, a `GateResult` out. Nothing wrong gets in, nothing right is lost.

Whether a delivery held still while it was judged; one that is still being written is refused for now.
"""

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pandas as pd

from data_contracts.contract.model import Contract, Table
from data_contracts.corrections.apply import excuse, readmissions_told
from data_contracts.corrections.correction import Correction, RowForm
from data_contracts.errors import DeliveryError
from data_contracts.findings import Finding, Held, Note
from data_contracts.reading.delivery import Delivery
from data_contracts.reading.file_bytes import Look, look
from data_contracts.rules.checked_table import Judged
from data_contracts.rules.identity_rules import orphans
from data_contracts.validation.breakdown import by_cohort, finding_of_held, finding_of_note, touched
from data_contracts.validation.compare_deliveries import compare
from data_contracts.validation.finalise import settle
from data_contracts.validation.held_rows import quarantined_rows
from data_contracts.validation.result import AcceptedTables, GateResult, Verdict
from data_contracts.validation.validate_table import judge

Looks = Mapping[Path, tuple[Look, ...]]

_SEEMS_UNFINISHED = {"E_TRUNCATED", "E_FILE_EMPTY", "E_NO_ROWS", "E_UNREADABLE", "E_PARSE"}
_SETTLING_SECONDS = 1.0
"""A file that seems cut off and changed less than this ago is given so long to show that it grows."""
_POLL_SECONDS = 0.05
_NOTE = Note(
    code="E_UNSTABLE_FILE",
    message="The file changed while it was judged; deliver it again when it is complete.",
    count=1,
)


def looks(given: Mapping[str, object]) -> Looks:
    """How the files stand before anything is read; what is in memory already needs no look."""
    return {path: look(path) for path in given.values() if isinstance(path, Path)}


def if_steady(judged: Judged, given: object, before: Looks) -> Judged:
    """The table; of a file that is not as it was at the first look nothing is said but that."""
    if isinstance(given, Path) and _changed(judged, given, before[given]):
        return replace(judged, notes=(_NOTE,), held=())
    return judged


def _changed(table: Judged, path: Path, before: tuple[Look, ...]) -> bool:
    if any(note.code in _SEEMS_UNFINISHED for note in table.notes):
        _wait_while_fresh(path, before)
    return look(path) != before


def _wait_while_fresh(path: Path, before: tuple[Look, ...]) -> None:
    newest = max((one.changed for one in before), default=0) / 1e9
    while 0 <= time.time() - newest < _SETTLING_SECONDS and look(path) == before:
        time.sleep(_POLL_SECONDS)


__all__ = ["GateResult", "validate", "validate_frames"]

Given = Mapping[str, Path] | Mapping[str, pd.DataFrame]
"""Table -> its file, or the table itself."""


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
    moment, first_look = now or datetime.now(UTC), looks(given)
    tables = {n: t for n, t in contract.tables.items() if n in given}
    judged = {n: excuse(judge(t, given[n], moment, corrections)) for n, t in tables.items()}
    for name, before in previous.items():
        judged[name] = compare(judged[name], before)
    for name, table in judged.items():
        judged[name] = table.with_more(orphans(table, judged))
    settled = {name: readmissions_told(settle(table, moment)) for name, table in judged.items()}
    return _result(contract, {n: if_steady(t, given[n], first_look) for n, t in settled.items()})


def _check_names(contract: Contract, files: Iterable[str], partial: bool) -> None:
    unknown = sorted(set(files) - set(contract.tables))
    absent = [] if partial else sorted(set(contract.tables) - set(files))
    if unknown or absent:
        says = [f"no table {n!r} in the contract" for n in unknown] + [
            f"no file given for table {n!r}" for n in absent
        ]
        known = ", ".join(contract.tables)
        raise DeliveryError(f"contract {contract.name!r}: {'; '.join(says)} (its tables: {known})")


def _result(contract: Contract, judged: Mapping[str, Judged]) -> GateResult:
    tables = list(judged.values())
    rejected = any(t.rejected for t in tables)
    rows_in = sum(t.facts.rows for t in tables)
    valid = AcceptedTables({} if rejected else judged)
    accepted = sum(map(valid.count, valid))
    doubted = frozenset[str]().union(*(t.doubted for t in tables))
    return GateResult(
        verdict=_verdict(tables),
        valid=valid,
        held_rows=partial(quarantined_rows, tables, rejected),
        findings=tuple(_findings(tables)),
        rows_in=rows_in,
        rows_accepted=accepted,
        rows_quarantined=rows_in - accepted,
        patients_quarantined=len(frozenset[str]().union(*(t.held_patients for t in tables))),
        sources=tuple(t.facts for t in tables),
        withheld_subjects=doubted,
        linked_subjects=tuple(group for t in tables for note in t.notes for group in note.linked),
        by_cohort=by_cohort(tables),
        touched=touched(tables),
        written={t.table.name: _form(t.table, t.delivery) for t in tables if t.delivery},
        contract=contract.name,
        contract_version=contract.version,
        contract_sha256=contract.sha256,
    )


def _form(table: Table, delivery: Delivery) -> RowForm:
    return RowForm(form=delivery.form, header=delivery.header, delimiter=table.delimiter)


def _verdict(tables: Iterable[Judged]) -> Verdict:
    """Copies of a row that was kept are put right, not lost: they alone do not make a quarantine."""
    tables = list(tables)
    if any(t.rejected for t in tables):
        return "reject"
    return "quarantine" if any(h.holds and h.code[0] == "Q" for t in tables for h in t.held) else "accept"


def _findings(tables: Iterable[Judged]) -> list[Finding]:
    """The gravest first, then those that touch most rows."""
    rank = {"critical": 0, "warning": 1, "info": 2}
    found = [_finding(t, entry) for t in tables for entry in t.entries]
    return sorted(found, key=lambda f: (rank[f.severity], f.code[0] != "E", -f.count, f.rule, f.code))


def _finding(table: Judged, entry: Note | Held) -> Finding:
    return finding_of_note(table, entry) if isinstance(entry, Note) else finding_of_held(table, entry)
