"""Rules that confirmed rows need not keep, and what the report says of rows that were let in again."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from data_contracts.findings import Held, Note, Positions
from data_contracts.judge import Judged
from data_contracts.readmission.apply import without


def excuse(judged: Judged) -> Judged:
    """The table without the reasons that a person vouched against; a contract has to allow it, rule by rule."""
    readmitted = judged.delivery.readmitted if judged.delivery else None
    if readmitted is None or not readmitted.confirmed:
        return judged
    releasable = {rule.name for rule in judged.table.rules if rule.releasable}
    kept: list[Held] = []
    for held in judged.held:
        if held.rule in readmitted.confirmed.keys() & releasable:
            kept += without([held], readmitted.confirmed[held.rule])
        else:
            kept.append(held)
    return replace(judged, held=tuple(kept))


def readmissions_told(judged: Judged) -> Judged:
    """The settled table with one remark on rows that a person let in again, if there are any."""
    readmitted = judged.delivery.readmitted if judged.delivery else None
    if readmitted is None or judged.rejected:
        return judged
    fixed = readmitted.fixed
    confirmed = np.setdiff1d(_union(readmitted.confirmed.values()), fixed)
    held = judged.held_mask
    told = len(fixed) + len(confirmed) + readmitted.unusable
    if not told:
        return judged
    corrected, vouched = int((~held[fixed]).sum()), int((~held[confirmed]).sum())
    accepted = corrected + vouched
    message = (
        f"Re-admitted by {', '.join(readmitted.by) or 'nobody'}: {_rows(accepted)}, of which "
        f"{corrected:,} corrected and {vouched:,} confirmed as delivered."
    )
    if again := len(fixed) + len(confirmed) - accepted:
        message += f" Held again, for the reasons given here: {_rows(again)}."
    if readmitted.unusable:
        message += f" Corrections that no longer fit the column's type, and are not used: {_rows(readmitted.unusable)}."
    return judged.with_more(
        notes=[Note(code="N_READMITTED", message=message, rule="readmission", count=accepted)]
    )


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _union(parts: Iterable[Positions]) -> Positions:
    return np.unique(np.concatenate([np.empty(0, dtype=np.int64), *parts]))
