"""The gate: a contract and files in, a `GateResult` out. Nothing wrong gets in, nothing right is lost."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pandas as pd

from data_contracts.accepted import AcceptedTables
from data_contracts.batches import compare
from data_contracts.breakdown import by_cohort, touched
from data_contracts.delivery import Delivery
from data_contracts.errors import DeliveryError
from data_contracts.findings import Finding, Held, Note
from data_contracts.judge import Judged, judge
from data_contracts.quarantine import quarantined_rows
from data_contracts.readmission.corrections import Correction
from data_contracts.readmission.excuse import excuse, readmissions_told
from data_contracts.readmission.row_text import RowForm
from data_contracts.relations import orphans
from data_contracts.report_lines import finding_of_held, finding_of_note
from data_contracts.result import GateResult, Verdict
from data_contracts.settle import settle
from data_contracts.steady import if_steady, looks
from data_contracts.terms import Contract, Table

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
