"""An export in, a Parquet table of records and an account of every event out."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from data_contracts.errors import DeliveryError
from data_contracts.findings import RejectedError
from data_contracts.standards.account import Account, account, nothing_used
from data_contracts.standards.assemble import Assembly
from data_contracts.standards.code_book import code_book
from data_contracts.standards.events import joined, used
from data_contracts.standards.export import Export
from data_contracts.standards.fhir import FhirExport
from data_contracts.standards.ledger import Ledger
from data_contracts.standards.mapping import Measured, RecordMapping, Standard
from data_contracts.standards.meds import MedsExport
from data_contracts.standards.omop import OmopExport
from data_contracts.standards.plausible_times import without_impossible_times
from data_contracts.standards.sift import Sieve

_OWNER_ONLY = 0o600
_EXPORTS: dict[Standard, Callable[[Path, RecordMapping, Ledger], Export]] = {
    "fhir-r4": FhirExport,
    "omop-cdm": OmopExport,
    "meds": MedsExport,
}


class ConversionError(DeliveryError):
    """Whoever delivers the export must act: it cannot be read, or is not what the mapping says."""

    exit_code = 4

    def __init__(self, message: str, account: Account | None = None) -> None:
        self.account = account
        """What became of every entry, where the export could be read to its end."""
        super().__init__(message)


def convert(mapping: RecordMapping, folder: Path, out: Path) -> Account:
    """Writes the records of the export in `folder` to the Parquet file `out`, by rename, readable by its owner.

    Raises `ConversionError`, naming the code of what is wrong, where no trustworthy table can be made, or one without
    any record.
    """
    from pyarrow import parquet

    ledger = Ledger()
    try:
        table, code_words = records(mapping, _EXPORTS[mapping.standard](folder, mapping, ledger), ledger)
    except RejectedError as error:
        raise ConversionError(f"{error.note.code}: {error.note.message}") from None
    told = account(mapping, ledger, table, code_words)
    if not table.num_rows or (_asks_for_values(mapping) and not told.used):
        raise ConversionError(nothing_used(told), told)
    partial = out.with_name(f".{out.name}.{os.getpid()}.partial")
    try:
        parquet.write_table(table, partial, compression="zstd")
        partial.chmod(_OWNER_ONLY)
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)
    return told


def _asks_for_values(mapping: RecordMapping) -> bool:
    """Whether a record is empty without events; a history of none says something."""
    return any(isinstance(column, Measured) for column in mapping.columns)


def records(mapping: RecordMapping, export: Export, ledger: Ledger) -> tuple[Any, list[str]]:
    """The table of records, and the codes of the mapping that no event has had.

    Raises `RejectedError` where the export cannot be read.
    """
    people = export.people()
    visits = export.visits(people)
    book = code_book(mapping.columns, export.descendants())
    sieve = Sieve(
        mapping=mapping,
        book=book,
        subjects=people.subjects,
        visits=visits,
        ledger=ledger,
        tables=export.tables,
    )
    events = export.settled(joined([sieve.sift(batch) for batch in export.events()]))
    people = export.born(people)
    events = without_impossible_times(events, people, visits, mapping, ledger)
    columns = tuple(c.name for c in mapping.columns)
    ledger.settle(export.tables, columns, events.table, events.column, events.fault)
    table = Assembly(mapping, used(events), people, visits, ledger).table()
    return table, book.never_met
