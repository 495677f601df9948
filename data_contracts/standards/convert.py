"""Converts an export to a Parquet table of records, with an account of every event.

The account lists the files read, what was used, and everything that was left out, by reason.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from data_contracts.atomic_write import OWNER_ONLY_FILE, atomic_write, write_text
from data_contracts.contract.codes import Severity, severity_of
from data_contracts.errors import DeliveryError
from data_contracts.findings import RejectedError
from data_contracts.standards.export_files.event_times import without_impossible_times
from data_contracts.standards.export_files.export import Export
from data_contracts.standards.export_files.ledger import FILES, REASONS, ExportCounts
from data_contracts.standards.fhir.export import FhirExport
from data_contracts.standards.mapping.codes import code_book
from data_contracts.standards.mapping.model import MeasuredValue, RecordMapping, Standard
from data_contracts.standards.meds import MedsExport
from data_contracts.standards.omop.export import OmopExport
from data_contracts.standards.to_records.assemble import Assembly
from data_contracts.standards.to_records.event_filter import EventFilter
from data_contracts.standards.to_records.events import joined, used


@dataclass(frozen=True, kw_only=True)
class LeftOut:
    """Events, visits, lines or facts that are left out for one reason; holds no values."""

    code: str
    severity: Severity
    kahn: str
    table: str
    column: str
    count: int
    lines: tuple[int, ...] = ()
    message: str


@dataclass(frozen=True, kw_only=True)
class ConversionAccount:
    """The account of a conversion: per table, seen = used + left out; an event counts once per requesting column."""

    mapping: str
    mapping_sha256: str
    standard: str
    files: tuple[Mapping[str, Any], ...]
    files_passed_over: int
    """The number of unread files."""
    passed_over: tuple[Mapping[str, str], ...]
    """Each unread file, relative to the folder, with the code of the reason."""
    rows: int
    patients: int
    seen: Mapping[str, int]
    used: Mapping[str, Mapping[str, int]]
    """Table -> column -> events."""
    filled: Mapping[str, int]
    """Column -> records with a value."""
    resources: Mapping[str, int]
    """FHIR resource type -> resources in the export, read or not."""
    left_out: tuple[LeftOut, ...]
    codes_never_met: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values, without any patient's data."""
        return asdict(self)

    def write(self, path: Path) -> None:
        """Writes the account as JSON, atomically."""
        write_text(path, json.dumps(self.to_dict(), indent=1) + "\n")


def account(
    mapping: RecordMapping, ledger: ExportCounts, table: Any, never_met: list[str]
) -> ConversionAccount:
    """The account of a finished conversion."""
    used: dict[str, dict[str, int]] = {}
    for (source, column), count in sorted(ledger.used.items()):
        used.setdefault(source, {})[column] = count
    return ConversionAccount(
        mapping=mapping.name,
        mapping_sha256=mapping.sha256,
        standard=mapping.standard,
        files=tuple({"table": source, **asdict(facts)} for source, facts in ledger.read),
        files_passed_over=len(ledger.passed_over),
        passed_over=tuple({"file": file, "code": reason} for file, reason in sorted(ledger.passed_over)),
        rows=table.num_rows,
        patients=len(table.column(mapping.subject).unique()),
        seen={table: count for table, count in ledger.seen.items() if count},
        used=used,
        filled={name: table.num_rows - table.column(name).null_count for name in table.column_names},
        resources=dict(sorted(ledger.resources.items())),
        left_out=tuple(_left_out(ledger)),
        codes_never_met=tuple(never_met),
    )


def no_records_message(conversion: ConversionAccount) -> str:
    """The error message for an export without any record: what was left out, and the unused codes."""
    lines = [
        f"E_NO_ROWS: none of the {sum(conversion.seen.values()):,} entries of the export becomes a record."
    ]
    lines += [f"  {entry.code}: {entry.message}" for entry in conversion.left_out]
    if conversion.codes_never_met:
        lines.append(f"  Codes of the mapping that do not occur: {', '.join(conversion.codes_never_met)}")
    return "\n".join(lines)


def _left_out(ledger: ExportCounts) -> Iterator[LeftOut]:
    def loudest_first(item: tuple[tuple[str, str, str], int]) -> tuple[bool, int, tuple[str, str, str]]:
        (table, code, column), count = item
        return code.startswith("N_"), -count, (table, code, column)

    for (table, code, column), count in sorted(ledger.left_out.items(), key=loudest_first):
        kahn, text = REASONS[code]
        units = _units(ledger.units, column) if code == "W_EVENT_UNIT" else ""
        where = f" for {column!r}" if column else ""
        yield LeftOut(
            code=code,
            severity=severity_of(code),
            kahn=kahn,
            table=table,
            column=column,
            count=count,
            lines=_lines(ledger, table, code),
            message=f"{_subject_text(table, count)}{where} {text}{units}.",
        )


def _subject_text(table: str, count: int) -> str:
    if table == FILES:
        return f"{count:,} {'file' if count == 1 else 'files'}"
    return f"{count:,} entries of {table}"


def _units(units: Counter[tuple[str, str]], column: str) -> str:
    found = {unit: count for (own, unit), count in sorted(units.items()) if own == column}
    return f" ({', '.join(f'{unit}: {count:,}' for unit, count in found.items())})" if found else ""


def _lines(ledger: ExportCounts, table: str, code: str) -> tuple[int, ...]:
    """The line numbers, if only one file of the table has such lines; for several files they are ambiguous."""
    names = {facts.name for source, facts in ledger.read if source == table}
    found = [
        lines for (name, reason), lines in ledger.lines.items() if reason == code and name in names and lines
    ]
    return tuple(found[0]) if len(found) == 1 else ()


_EXPORTS: dict[Standard, Callable[[Path, RecordMapping, ExportCounts], Export]] = {
    "fhir-r4": FhirExport,
    "omop-cdm": OmopExport,
    "meds": MedsExport,
}


class ConversionError(DeliveryError):
    """The export cannot be read, or does not match the mapping."""

    exit_code = 4

    def __init__(self, message: str, account: ConversionAccount | None = None) -> None:
        self.account = account
        """The account, if the export could be read to its end."""
        super().__init__(message)


def convert(mapping: RecordMapping, folder: Path, out: Path) -> ConversionAccount:
    """Converts an export to a table of records.

    Args:
        mapping: how events become records.
        folder: of the export.
        out: Parquet file to write, atomically and readable by its owner only.

    Returns:
        The account of what was used and what was left out, with its reason.

    Raises:
        ConversionError: the export cannot be read reliably, or no record results; the message names the code.

    """
    from pyarrow import parquet

    ledger = ExportCounts()
    try:
        table, unused_codes = records(mapping, _EXPORTS[mapping.standard](folder, mapping, ledger), ledger)
    except RejectedError as error:
        raise ConversionError(f"{error.note.code}: {error.note.message}") from None
    conversion = account(mapping, ledger, table, unused_codes)
    if not table.num_rows or (_needs_values(mapping) and not conversion.used):
        raise ConversionError(no_records_message(conversion), conversion)
    with atomic_write(out) as draft:
        parquet.write_table(table, draft, compression="zstd")
        draft.chmod(OWNER_ONLY_FILE)
    return conversion


def _needs_values(mapping: RecordMapping) -> bool:
    """Whether a record needs events; a history without events is a valid value."""
    return any(isinstance(column, MeasuredValue) for column in mapping.columns)


def records(mapping: RecordMapping, export: Export, ledger: ExportCounts) -> tuple[Any, list[str]]:
    """The table of records, and the codes of the mapping that no event has.

    Raises:
        RejectedError: the export cannot be read.

    """
    people = export.people()
    visits = export.visits(people)
    book = code_book(mapping.columns, export.descendants())
    event_filter = EventFilter(
        mapping=mapping,
        book=book,
        subjects=people.subjects,
        visits=visits,
        ledger=ledger,
        tables=export.tables,
    )
    events = export.mark_versions(joined([event_filter.filter(batch) for batch in export.events()]))
    people = export.with_births(people)
    events = without_impossible_times(events, people, visits, mapping, ledger)
    columns = tuple(c.name for c in mapping.columns)
    ledger.count_events(export.tables, columns, events.table, events.column, events.fault)
    table = Assembly(mapping, used(events), people, visits, ledger).table()
    return table, book.unused
