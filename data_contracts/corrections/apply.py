"""Apply the decisions of people to a delivery: replace corrected rows, and mark confirmed ones.

A row is found by its text: its cells narrow the search, then the whole text is compared. A corrected row is then cast
and checked like any other; a confirmed row passes the rules that the contract marks `releasable`.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from data_contracts.contract.model import Table
from data_contracts.corrections.correction import (
    Correction,
    RowForm,
    RowStatus,
    castable,
    cells_of,
    kind_of,
    outcome_of,
    patched,
    unix_line_ends,
)
from data_contracts.findings import Held, Note, Positions, RejectedError
from data_contracts.reading.delivery import Delivery, RawRows, ReadmittedRows
from data_contracts.rules.checked_table import CheckedTable

_FEW = 1000
"""Number of candidate rows from which the search is not narrowed further."""


def positions_of(delivery: Delivery, form: RowForm, raws: Collection[str]) -> dict[str, Positions]:
    """Text of a row -> its positions; rows that are not in the delivery are left out."""
    found = defaultdict(list)
    candidates = _candidates(delivery, [cells_of(raw, form) for raw in raws])
    for position, text in zip(candidates.tolist(), delivery.raw.text(candidates), strict=True):
        if text in raws:
            found[text].append(position)
    return {text: np.array(positions, dtype=np.int64) for text, positions in found.items()}


def _candidates(delivery: Delivery, wanted: Sequence[list[str] | None]) -> Positions:
    readable = [cells for cells in wanted if cells is not None]
    mask = np.full(delivery.rows, bool(readable))
    for column in range(len(delivery.header)):
        if mask.sum() <= _FEW:
            break
        mask &= _is_one_of(delivery, str(column), {unix_line_ends(cells[column]) for cells in readable})
    if len(readable) < len(wanted):
        mask |= delivery.unreadable
    return np.flatnonzero(mask)


def _is_one_of(delivery: Delivery, key: str, texts: Collection[str]) -> npt.NDArray[np.bool_]:
    return np.concatenate([_is_in(piece, sorted(texts)) for piece in delivery.pieces(key)])


def _is_in(piece: Any, texts: list[str]) -> npt.NDArray[np.bool_]:
    """Mask of the cells that can have one of the texts; only text and integers have a unique spelling."""
    import pyarrow as pa
    import pyarrow.compute as pc

    kind = piece.type.value_type if pa.types.is_dictionary(piece.type) else piece.type
    if not (pa.types.is_string(kind) or pa.types.is_integer(kind)):
        return np.ones(len(piece), dtype=bool)
    values = [v for v in (castable(text, kind) for text in texts) if v is not None]
    given = pa.array([*values, pa.scalar(None, kind)] if "" in texts else values, type=kind)
    if pa.types.is_dictionary(piece.type):
        piece = piece.dictionary_decode()
    return np.asarray(pc.is_in(piece, value_set=given).to_numpy(zero_copy_only=False), dtype=bool)


_NO_ROWS: Positions = np.empty(0, dtype=np.int64)


@dataclass(frozen=True)
class CorrectedRows:
    """Access to the text of rows, with corrected rows in place of the delivered ones."""

    under: RawRows
    texts: Mapping[int, str]

    def text(self, positions: Positions) -> list[str]:
        """The text of the rows, one per position."""
        delivered = self.under.text(positions)
        return [self.texts.get(at, text) for at, text in zip(positions.tolist(), delivered, strict=True)]


def correct(read: CheckedTable, corrections: Sequence[Correction]) -> CheckedTable:
    """Apply the corrections of the table's rows.

    Args:
        read: the table before the cast.
        corrections: decisions about rows of any table; those for other tables or headers have no effect.

    """
    if read.delivery is None:
        return read
    try:
        return replace(read, delivery=_corrected_delivery(read.delivery, read.table, corrections))
    except RejectedError as error:
        return read.without_rows(error.note)


def _corrected_delivery(delivery: Delivery, table: Table, corrections: Sequence[Correction]) -> Delivery:
    """The delivery with the corrections that were made under the same header."""
    own = {c.raw: c for c in corrections if c.source == table.name and c.header == delivery.header}
    if not own:
        return delivery
    form = RowForm(form=delivery.form, header=delivery.header, delimiter=table.delimiter)
    places = positions_of(delivery, form, own.keys())
    outcomes = [(outcome_of(raw, own, form), at) for raw, at in places.items()]
    usable = [(outcome, at) for outcome, at in outcomes if _fits(outcome, delivery)]
    unusable = sum(len(at) for _, at in outcomes) - sum(len(at) for _, at in usable)
    changed = {int(p): outcome for outcome, at in usable if outcome.changes for p in at}
    readmitted = ReadmittedRows(
        fixed=np.array(sorted(changed), dtype=np.int64),
        confirmed=_by_rule(usable),
        by=tuple(sorted({name for outcome, _ in usable for name in outcome.by})),
        unusable=unusable,
    )
    return replace(_corrected(delivery, changed), readmitted=readmitted)


def _fits(outcome: RowStatus, delivery: Delivery) -> bool:
    """Whether the new cells can be cast to the columns' types, which may have changed since the decision."""
    keys = {name: str(delivery.header.index(name)) for name in outcome.changes}
    return all(
        not text or castable(text, kind_of(delivery, keys[name])) is not None
        for name, text in outcome.changes.items()
    )


def _by_rule(outcomes: Iterable[tuple[RowStatus, Positions]]) -> dict[str, Positions]:
    found: dict[str, Positions] = {}
    for outcome, at in outcomes:
        for rule in outcome.rules:
            found[rule] = np.union1d(found.get(rule, _NO_ROWS), at)
    return found


def _corrected(delivery: Delivery, changed: Mapping[int, RowStatus]) -> Delivery:
    """Replace the cells and the text of corrected rows, and drop the reader's reasons against them."""
    if not changed:
        return delivery
    columns: dict[str, dict[int, str]] = {}
    for at, outcome in changed.items():
        for name, text in outcome.changes.items():
            columns.setdefault(str(delivery.header.index(name)), {})[at] = text
    rows = np.array(sorted(changed), dtype=np.int64)
    unreadable = delivery.unreadable.copy()
    unreadable[rows] = False
    return replace(
        delivery,
        cells={**delivery.cells, **{key: patched(delivery, key, texts) for key, texts in columns.items()}},
        raw=CorrectedRows(delivery.raw, {at: outcome.text for at, outcome in changed.items()}),
        unreadable=unreadable,
        held=drop_positions(delivery.held, rows),
    )


def drop_positions(held: Iterable[Held], rows: Positions) -> tuple[Held, ...]:
    """The reasons without these rows."""
    left = (replace(h, positions=np.setdiff1d(h.positions, rows)) for h in held)
    return tuple(h for h in left if len(h.positions))


def drop_confirmed(checked: CheckedTable) -> CheckedTable:
    """Drop the reasons that a person has confirmed, if the contract marks their rule `releasable`."""
    readmitted = checked.delivery.readmitted if checked.delivery else None
    if readmitted is None or not readmitted.confirmed:
        return checked
    releasable = {rule.name for rule in checked.table.rules if rule.releasable}
    kept: list[Held] = []
    for held in checked.held:
        if held.rule in readmitted.confirmed.keys() & releasable:
            kept += drop_positions([held], readmitted.confirmed[held.rule])
        else:
            kept.append(held)
    return replace(checked, held=tuple(kept))


def readmission_note(checked: CheckedTable) -> list[Note]:
    """The note about released rows; empty if there are none."""
    readmitted = checked.delivery.readmitted if checked.delivery else None
    if readmitted is None or checked.rejected:
        return []
    fixed = readmitted.fixed
    confirmed = np.setdiff1d(_union(readmitted.confirmed.values()), fixed)
    held = checked.held_mask
    if not len(fixed) + len(confirmed) + readmitted.unusable:
        return []
    corrected, unchanged = int((~held[fixed]).sum()), int((~held[confirmed]).sum())
    accepted = corrected + unchanged
    message = (
        f"Re-admitted by {', '.join(readmitted.by) or 'nobody'}: {_rows(accepted)}, of which "
        f"{corrected:,} corrected and {unchanged:,} confirmed as delivered."
    )
    if again := len(fixed) + len(confirmed) - accepted:
        message += f" Held again, for the reasons listed here: {_rows(again)}."
    if readmitted.unusable:
        message += f" Corrections that no longer have the column's type and are not used: {_rows(readmitted.unusable)}."
    return [Note(code="N_READMITTED", message=message, rule="readmission", count=accepted)]


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"


def _union(parts: Iterable[Positions]) -> Positions:
    return np.unique(np.concatenate([np.empty(0, dtype=np.int64), *parts]))
