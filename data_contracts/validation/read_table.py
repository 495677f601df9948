"""A file, or a frame in memory, becomes a table under the contract's types; no rule is checked yet."""

from dataclasses import replace
from pathlib import Path

import pandas as pd

from data_contracts.columns.cast_table import type_table
from data_contracts.columns.match_header import match_columns
from data_contracts.contract.check_specs import table_specs
from data_contracts.contract.model import Table
from data_contracts.findings import RejectedError, SourceFacts
from data_contracts.reading.parquet_reader import IN_MEMORY, read_frame
from data_contracts.reading.parts import facts_of, read_delivery, take_delivery
from data_contracts.rules.checked_table import CheckedTable


def read(table: Table, given: Path | pd.DataFrame) -> CheckedTable:
    """The delivered rows as they were written, with the checks that the table will be put to."""
    name = IN_MEMORY if isinstance(given, pd.DataFrame) else given.name
    facts = SourceFacts(source=table.name, file=name, sha256="", bytes=0, rows=0)
    bare = CheckedTable(table=table, specs=table_specs(table), facts=facts)
    try:
        if isinstance(given, pd.DataFrame):
            delivery = read_frame(given)
        else:
            snapshot = take_delivery(given)
            bare = replace(bare, facts=facts_of(snapshot, table.name))
            delivery = read_delivery(snapshot, table)
    except RejectedError as error:
        return bare.unread(error.note)
    return replace(
        bare,
        facts=replace(bare.facts, rows=delivery.rows),
        delivery=delivery,
        frame=pd.DataFrame(index=range(delivery.rows)),
    )


def cast(read: CheckedTable) -> CheckedTable:
    """The cells under the contract's types. What is damaged inside of a column shows only now."""
    table, delivery = read.table, read.delivery
    if delivery is None:
        return read
    # the cells would be the largest thing in memory, and nobody needs them once they have their types
    rows = replace(read, delivery=replace(delivery, cells={}))
    try:
        matched = match_columns(delivery, table)
        typed = type_table(delivery, matched, table)
    except RejectedError as error:
        if error.note.code == "E_UNREADABLE":
            return read.unread(error.note)
        return rows.with_more(notes=[*delivery.notes, replace(error.note, rule="columns")])
    notes = [*delivery.notes, *(replace(n, rule="columns") for n in matched.notes), *typed.notes]
    found = rows.with_more([*delivery.held, *typed.held], notes)
    return replace(found, frame=typed.frame, failed=typed.failed)
