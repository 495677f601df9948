"""This delivery of a table beside the last accepted one: which rows are compared, and what becomes of a finding."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from data_contracts.contract.check_specs import CheckSpec, table_specs
from data_contracts.errors import DeliveryError
from data_contracts.findings import Held, Note
from data_contracts.reading.arrow_cells import Mask
from data_contracts.rules.checked_table import Judged
from data_contracts.rules.delivery_rules import BATCH_RULES
from data_contracts.rules.record_rules import Pair, of_each_subject
from data_contracts.rules.slices import Part, parts, rows_where, said_of
from data_contracts.rules.table_rules import under_outcome
from data_contracts.validation.validate_table import read_table


def compare(judged: Judged, previous: Path | pd.DataFrame) -> Judged:
    """The table with what its batch rules find.

    Raises:
        DeliveryError: the previous delivery cannot be read under the contract.

    """
    if judged.rejected:
        return judged
    before, _ = read_table(judged.table, previous)
    if before.rejected:
        raise DeliveryError(f"the previous delivery of table {judged.table.name!r} cannot be read")
    return compare_with(judged, before)


def compare_with(judged: Judged, before: Judged) -> Judged:
    """The same for a previous delivery that was read already."""
    pair = Pair(
        new=judged.frame,
        old=before.frame,
        table=judged.table,
        same_bytes=bool(before.facts.sha256) and before.facts.sha256 == judged.facts.sha256,
    )
    for spec in (s for s in table_specs(judged.table) if s.judge == "batch"):
        if spec.rule == "same_person":
            judged = _same_person(judged, pair, spec)
        else:
            kept = ~judged.held_mask
            judged = judged.with_more(notes=list(under_outcome(spec, _asked(pair, spec, kept))))
    return judged


def _asked(pair: Pair, spec: CheckSpec, kept: Mask) -> Iterator[Note]:
    """What the rule says of each part of the table; of a cohort, where both deliveries have enough of it."""
    cohort = pair.table.cohort
    before = {part.cohort: part for part in parts(pair.old, spec, cohort)}
    for part in parts(pair.new, spec, cohort, kept):
        if part.cohort in before:
            notes = BATCH_RULES[spec.rule](_of_parts(pair, part, before[part.cohort]), spec)
            yield from said_of(part, spec, cohort, notes)


def _of_parts(pair: Pair, new: Part, old: Part) -> Pair:
    return replace(
        pair,
        new=pair.new if new.positions is None else pair.new.take(new.positions),
        old=pair.old if old.positions is None else pair.old.take(old.positions),
    )


def _same_person(judged: Judged, pair: Pair, spec: CheckSpec) -> Judged:
    """Whose unchanging facts changed is another person, or two were exchanged: all their rows wait."""
    subject, columns = pair.table.subject or "", list(spec.arguments["columns"])
    frames = [f[rows_where(f, spec.where)] if spec.where else f for f in (pair.old, pair.new)]
    patients: set[str] = set()
    for column in columns:
        old, new = (of_each_subject(f, subject, column, first=True) for f in frames)
        old, new = old.align(new, join="inner")
        patients |= {str(p) for p in old.index[old != new]}
    positions = np.flatnonzero(pair.new[subject].isin(patients))
    if not len(positions):
        return judged
    held = Held(
        code=spec.code,
        rule=spec.name,
        column=spec.column,
        positions=positions,
        message=spec.fault,
        holds=spec.outcome != "warn",
        counts_towards_limit=spec.counts_towards_limit,
    )
    more = judged.with_more([held])
    if spec.outcome == "warn":
        return more
    return replace(more, doubted=more.doubted | patients, held_patients=more.held_patients | patients)
