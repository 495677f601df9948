"""Rules between this delivery and the last accepted one: people, cohorts, row counts, distributions."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from data_contracts.checks import CheckSpec, table_specs
from data_contracts.errors import DeliveryError
from data_contracts.findings import Held, Note
from data_contracts.judge import Judged, read_table
from data_contracts.whole_rules import under_outcome

_BINS = 10
_ENOUGH_ROWS = 100


@dataclass(frozen=True, kw_only=True)
class Pair:
    """This delivery of a table, and the one before."""

    new: pd.DataFrame
    old: pd.DataFrame
    subject: str
    cohort: str


BatchRule = Callable[[Pair, CheckSpec], Iterator[Note]]


def compare(judged: Judged, previous: Path) -> Judged:
    """The table with what its batch rules find."""
    if judged.rejected:
        return judged
    before, _ = read_table(judged.table, previous)
    if before.rejected:
        raise DeliveryError(f"the previous delivery of table {judged.table.name!r} cannot be read")
    table = judged.table
    pair = Pair(new=judged.frame, old=before.frame, subject=table.subject or "", cohort=table.cohort or "")
    for spec in (s for s in table_specs(table) if s.judge == "batch"):
        if spec.rule == "same_person":
            judged = _same_person(judged, pair, spec)
        else:
            judged = judged.with_more(notes=list(under_outcome(spec, BATCH_RULES[spec.rule](pair, spec))))
    return judged


def _same_person(judged: Judged, pair: Pair, spec: CheckSpec) -> Judged:
    """Whose unchanging facts changed is another person, or two were exchanged: all their rows wait."""
    columns = list(spec.arguments["columns"])
    old = pair.old.groupby(pair.subject)[columns].first()
    new = pair.new.groupby(pair.subject)[columns].first()
    old, new = old.align(new, join="inner", axis=0)
    changed = (old.notna() & new.notna() & (old != new)).any(axis=1)
    patients = {str(p) for p in changed.index[changed]}
    positions = np.flatnonzero(pair.new[pair.subject].isin(patients))
    if not len(positions):
        return judged
    held = Held(code=spec.code, rule=spec.name, column=spec.column, positions=positions, message=spec.fault)
    more = judged.with_more([held])
    return replace(more, doubted=more.doubted | patients, held_patients=more.held_patients | patients)


def batch_size(pair: Pair, spec: CheckSpec) -> Iterator[Note]:
    """A delivery that shrinks is refused, one that grows is worth a look."""
    ratio = len(pair.new) / len(pair.old)
    message = f"The delivery has {ratio:.1%} of the rows of the previous one."
    if ratio < spec.arguments.get("min_ratio", 0.5):
        yield Note(code=spec.code, message=message, rule=spec.name, count=len(pair.new))
    elif ratio > spec.arguments.get("max_ratio", 3.0):
        yield Note(code="W_ROWCOUNT_JUMP", message=message, rule=spec.name, count=len(pair.new))


def cohorts_stay(pair: Pair, spec: CheckSpec) -> Iterator[Note]:
    """Cohorts neither vanish nor change their name, and patients stay in theirs."""
    old = pair.old.groupby(pair.subject)[pair.cohort].last()
    new = pair.new.groupby(pair.subject)[pair.cohort].last()
    gone, come = set(old) - set(new), set(new) - set(old)
    both_old, both_new = old.align(new, join="inner")
    moved = both_old != both_new
    renamed = moved & both_old.isin(gone) & both_new.isin(come)
    if renamed.any():
        message = f"{len(gone)} cohorts are gone and {len(come)} are new, with the same patients: renamed?"
        yield Note(code="W_COHORT_NEW_AND_GONE", message=message, rule=spec.name, count=int(renamed.sum()))
    elif gone:
        message = f"{len(gone)} cohorts of the previous delivery are gone; what is shown of them is old."
        yield Note(code=spec.code, message=message, rule=spec.name, count=len(gone))
    if (moved & ~renamed).any():
        count = int((moved & ~renamed).sum())
        message = f"{count:,} patients are in another cohort than in the previous delivery."
        yield Note(code="W_COHORT_MOVED", message=message, rule=spec.name, count=count)


def no_drift(pair: Pair, spec: CheckSpec) -> Iterator[Note]:
    """The population stability index over the previous delivery's deciles stays small."""
    new, old = pair.new[spec.column].dropna(), pair.old[spec.column].dropna()
    if min(len(new), len(old)) < _ENOUGH_ROWS:
        return
    cuts = np.unique(np.quantile(old, np.linspace(0, 1, _BINS + 1)[1:-1]))
    shares = [
        np.bincount(np.searchsorted(cuts, v, side="right"), minlength=len(cuts) + 1) for v in (new, old)
    ]
    p, q = ((s + 0.5) / (s.sum() + 0.5 * len(s)) for s in shares)
    index = float(np.sum((p - q) * np.log(p / q)))
    if index > spec.arguments.get("max_index", 0.25):
        message = f"{spec.column!r} is distributed unlike before (population stability index {index:.2f})."
        yield Note(code=spec.code, message=message, rule=spec.name, column=spec.column, count=len(new))


BATCH_RULES: dict[str, BatchRule] = {f.__name__: f for f in (batch_size, cohorts_stay, no_drift)}
