"""The last step of a validation: rules about whole tables, limits, the verdict and the result."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

import pandas as pd

from data_contracts.contract.model import Contract, Table
from data_contracts.corrections.apply import readmission_note
from data_contracts.corrections.correction import RowForm
from data_contracts.findings import Finding, Note
from data_contracts.reading.delivery import Delivery
from data_contracts.rules.checked_table import CheckedTable, mask_of
from data_contracts.rules.slices import whole_table_notes
from data_contracts.validation.breakdown import by_cohort, finding_of_held, finding_of_note, touched
from data_contracts.validation.held_rows import quarantined_rows
from data_contracts.validation.result import AcceptedTables, GateResult, Verdict


def finalise(compared: CheckedTable, now: datetime) -> CheckedTable:
    """Add the findings that depend on which rows are kept: rules about whole tables, limits, released rows."""
    if compared.rejected or not compared.facts.rows:
        return compared.with_more(notes=readmission_note(compared))
    table = _warnings_on_kept_rows_only(compared)
    whole = whole_table_notes(table.frame, ~table.held_mask, table.specs, table.table, now)
    table = table.with_more(notes=[*whole, *_limit(table), *_concentrated(table)])
    return table.with_more(notes=readmission_note(table))


def _warnings_on_kept_rows_only(table: CheckedTable) -> CheckedTable:
    """Remove warnings about rows that are held for another reason."""
    mask = table.held_mask
    trimmed = (h if h.holds else replace(h, positions=h.positions[~mask[h.positions]]) for h in table.held)
    return replace(table, held=tuple(h for h in trimmed if len(h.positions)))


def _limit(table: CheckedTable) -> list[Note]:
    rows, limit = len(table.frame), table.table.max_quarantine_fraction
    if table.held_mask.all():
        message = f"All {rows:,} rows would be held back: nothing is left to use."
        return [Note(code="E_QUARANTINE_FRACTION", message=message, rule="limit", count=rows)]
    count = int(mask_of([h for h in table.held if h.holds and h.counts_towards_limit], rows).sum())
    if count <= limit * rows:
        return []
    message = (
        f"{count:,} of {rows:,} rows ({count / rows:.0%}) would be held back; the contract "
        f"allows {limit:.0%}. So many point to a fault of the whole delivery, which is therefore rejected."
    )
    return [Note(code="E_QUARANTINE_FRACTION", message=message, rule="limit", count=count)]


def _concentrated(table: CheckedTable) -> list[Note]:
    """A warning if held rows are concentrated in a cohort, which biases what is learned about it."""
    kept = ~table.held_mask
    if table.table.cohort is None or kept.all():
        return []
    # a faulty cell does not name a real cohort
    nameless = mask_of([h for h in table.held if h.holds and h.column == table.table.cohort], len(kept))
    cohorts = table.frame[table.table.cohort].mask(nameless)
    shares = pd.Series(~kept).groupby(cohorts, observed=True).agg(["mean", "sum"])
    worst = shares[(shares["mean"] > 0.1) & (shares["mean"] > 3 * (~kept).mean()) & (shares["sum"] > 2)]
    if worst.empty:
        return []
    message = (
        f"Held rows are concentrated in {len(worst)} of {len(shares)} cohorts (up to {worst['mean'].max():.0%} "
        f"of a cohort's rows, {(~kept).mean():.1%} overall): what is learned there is biased."
    )
    count = int(worst["sum"].sum())
    return [Note(code="W_QUARANTINE_CONCENTRATED", message=message, rule="limit", count=count)]


def result_of(contract: Contract, final: Mapping[str, CheckedTable]) -> GateResult:
    """The result of the validation, from all tables of the delivery."""
    tables, verdict = list(final.values()), verdict_of(final.values())
    rows_in = sum(t.facts.rows for t in tables)
    valid = AcceptedTables({} if verdict == "reject" else final)
    accepted = sum(map(valid.count, valid))
    doubted = frozenset[str]().union(*(t.doubted for t in tables))
    return GateResult(
        verdict=verdict,
        valid=valid,
        held_rows=partial(quarantined_rows, tables, verdict == "reject"),
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


def verdict_of(tables: Iterable[CheckedTable]) -> Verdict:
    """The verdict: one rejected table rejects the delivery. Removed duplicates alone are not a quarantine."""
    tables = list(tables)
    if any(t.rejected for t in tables):
        return "reject"
    return "quarantine" if any(h.holds and h.code[0] == "Q" for t in tables for h in t.held) else "accept"


def _findings(tables: Iterable[CheckedTable]) -> list[Finding]:
    """All findings, by severity and number of rows."""
    rank = {"critical": 0, "warning": 1, "info": 2}
    found = [finding_of_note(t, note) for t in tables for note in t.notes]
    found += [finding_of_held(t, held) for t in tables for held in t.held]
    return sorted(found, key=lambda f: (rank[f.severity], f.code[0] != "E", -f.count, f.rule, f.code))
