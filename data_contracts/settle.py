"""The last word on a table, once every reason is in: warnings trimmed, the whole looked at, limits applied."""

from dataclasses import replace
from datetime import datetime

import pandas as pd

from data_contracts.checks import table_specs
from data_contracts.findings import Note
from data_contracts.judge import Judged, mask_of
from data_contracts.whole_rules import whole_table_notes


def settle(judged: Judged, now: datetime) -> Judged:
    """Adds the remarks that need to know which rows stay."""
    if judged.rejected or not judged.facts.rows:
        return judged
    judged = _warnings_on_kept_rows_only(judged)
    kept = ~judged.held_mask
    specs = tuple(table_specs(judged.table))
    whole = whole_table_notes(judged.frame, kept, specs, judged.table, now)
    return judged.with_more(notes=[*whole, *_limit(judged), *_concentrated(judged)])


def _warnings_on_kept_rows_only(judged: Judged) -> Judged:
    """What is held back for a harder reason needs no softer warning beside it."""
    mask = judged.held_mask
    trimmed = (h if h.holds else replace(h, positions=h.positions[~mask[h.positions]]) for h in judged.held)
    return replace(judged, held=tuple(h for h in trimmed if len(h.positions)))


def _limit(judged: Judged) -> list[Note]:
    rows, limit = len(judged.frame), judged.table.max_quarantine_fraction
    if judged.held_mask.all():
        message = f"Every one of {rows:,} rows would be held back: nothing is left to use."
        return [Note(code="E_QUARANTINE_FRACTION", message=message, rule="limit", count=rows)]
    count = int(mask_of([h for h in judged.held if h.holds and h.counts_towards_limit], rows).sum())
    if count <= limit * rows:
        return []
    message = (
        f"{count:,} of {rows:,} rows ({count / rows:.0%}) would be held back; the contract "
        f"allows {limit:.0%}. So many point to a fault of the whole delivery, which is therefore refused."
    )
    return [Note(code="E_QUARANTINE_FRACTION", message=message, rule="limit", count=count)]


def _concentrated(judged: Judged) -> list[Note]:
    """Held rows that gather in one cohort bias what is learned about it."""
    kept = ~judged.held_mask
    if judged.table.cohort is None or kept.all():
        return []
    # a cell that is itself at fault names no cohort: all of its rows are held, and that says nothing of a site
    nameless = mask_of([h for h in judged.held if h.holds and h.column == judged.table.cohort], len(kept))
    cohorts = judged.frame[judged.table.cohort].mask(nameless)
    shares = pd.Series(~kept).groupby(cohorts, observed=True).agg(["mean", "sum"])
    worst = shares[(shares["mean"] > 0.1) & (shares["mean"] > 3 * (~kept).mean()) & (shares["sum"] > 2)]
    if worst.empty:
        return []
    message = (
        f"Held rows gather in {len(worst)} of {len(shares)} cohorts (up to {worst['mean'].max():.0%} "
        f"of a cohort's rows, {(~kept).mean():.1%} over all): what is learned there is biased."
    )
    count = int(worst["sum"].sum())
    return [Note(code="W_QUARANTINE_CONCENTRATED", message=message, rule="limit", count=count)]
