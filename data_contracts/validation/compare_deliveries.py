"""The step of a validation that compares: tables with the previous delivery, and with one another."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from data_contracts.contract.check_specs import CheckSpec
from data_contracts.errors import DeliveryError
from data_contracts.findings import Held, Note, Positions
from data_contracts.reading.arrow_cells import Mask
from data_contracts.rules.checked_table import CheckedTable, reason_of
from data_contracts.rules.delivery_pair import Pair
from data_contracts.rules.slices import TableSlice, apply_outcome, slices_of, with_condition
from data_contracts.validation.check_table import cast, read


def compare(
    checked: Mapping[str, CheckedTable], previous: Mapping[str, Path | pd.DataFrame]
) -> dict[str, CheckedTable]:
    """Check the rules that compare with the previous delivery and the rules between tables.

    Args:
        checked: table name -> the checked table.
        previous: table name -> file or frame of the last accepted delivery.

    Raises:
        DeliveryError: the previous delivery cannot be read under the contract.

    """
    compared = {
        name: compare_with(table, _read_again(table, previous[name])) if name in previous else table
        for name, table in checked.items()
    }
    for name, table in compared.items():
        compared[name] = table.with_more(_without_parent(table, compared))
    return compared


def _read_again(table: CheckedTable, given: Path | pd.DataFrame) -> CheckedTable:
    """Read and cast the previous delivery of the table; skipped if this delivery is rejected."""
    if table.rejected:
        return table
    before = cast(read(table.table, given))
    if before.rejected:
        raise DeliveryError(f"the previous delivery of table {table.table.name!r} cannot be read")
    return before


def compare_with(table: CheckedTable, before: CheckedTable) -> CheckedTable:
    """Check the rules that compare the table with its previous delivery `before`."""
    if table.rejected:
        return table
    same_bytes = bool(before.facts.sha256) and before.facts.sha256 == table.facts.sha256
    pair = Pair(new=table.frame, old=before.frame, table=table.table, same_bytes=same_bytes)
    for spec in table.specs:
        if spec.word is None or spec.word.level != "batch":
            continue
        if spec.word.violation:
            table = _hold_rows(table, spec, spec.word.check(pair, spec))
        else:
            notes = apply_outcome(spec, _notes_of_slices(pair, spec, ~table.held_mask))
            table = table.with_more(notes=list(notes))
    return table


def _notes_of_slices(pair: Pair, spec: CheckSpec, kept: Mask) -> Iterator[Note]:
    """The notes of the rule for each slice; cohorts are checked if both deliveries have enough of their rows."""
    assert spec.word is not None
    cohort = pair.table.cohort
    before = {part.cohort: part for part in slices_of(pair.old, spec, cohort)}
    for part in slices_of(pair.new, spec, cohort, kept):
        if part.cohort in before:
            notes = spec.word.check(_of_parts(pair, part, before[part.cohort]), spec)
            yield from with_condition(part, spec, cohort, notes)


def _of_parts(pair: Pair, new: TableSlice, old: TableSlice) -> Pair:
    if new.positions is None and old.positions is None:
        return pair  # with what an earlier rule counted of it
    return replace(
        pair,
        new=pair.new if new.positions is None else pair.new.take(new.positions),
        old=pair.old if old.positions is None else pair.old.take(old.positions),
    )


def _hold_rows(table: CheckedTable, spec: CheckSpec, positions: Positions) -> CheckedTable:
    """Hold the failing rows, and withhold their subjects unless the rule only warns."""
    if not len(positions):
        return table
    more = table.with_more([reason_of(spec, positions)])
    if spec.outcome == "warn":
        return more
    patients = more.subjects_at(positions)
    return replace(more, doubted=more.doubted | patients, held_patients=more.held_patients | patients)


def _without_parent(child: CheckedTable, tables: Mapping[str, CheckedTable]) -> list[Held]:
    """Reasons to hold rows whose parent row is missing or held."""
    found = []
    for spec in child.specs:
        if child.rejected or spec.word is None or spec.word.level != "relation":
            continue
        parent = tables.get(spec.arguments["table"])
        if parent is None or parent.rejected:
            continue
        positions = np.flatnonzero(spec.word.check(child.frame, parent.frame[~parent.held_mask], spec))
        if len(positions):
            found.append(reason_of(spec, positions))
    return found
