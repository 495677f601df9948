"""A delivery with the rows in it that people corrected, and with the places of those that they confirmed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from data_contracts.delivery import Delivery, RawRows, Readmitted
from data_contracts.findings import Held, Positions
from data_contracts.readmission.corrections import Correction, Outcome, outcome_of
from data_contracts.readmission.patched_cells import castable, kind_of, patched
from data_contracts.readmission.row_places import places_of
from data_contracts.readmission.row_text import RowForm
from data_contracts.terms import Table

_NOBODY: Positions = np.empty(0, dtype=np.int64)


@dataclass(frozen=True)
class CorrectedRows:
    """The rows as delivered, but for those that were corrected."""

    under: RawRows
    texts: Mapping[int, str]

    def text(self, positions: Positions) -> list[str]:
        """The rows' text, corrected where it is."""
        delivered = self.under.text(positions)
        return [self.texts.get(at, text) for at, text in zip(positions.tolist(), delivered, strict=True)]


def readmit(delivery: Delivery, table: Table, corrections: Sequence[Correction]) -> Delivery:
    """The delivery with the corrections of this table in it; they change nothing under another header."""
    own = {c.raw: c for c in corrections if c.source == table.name and c.header == delivery.header}
    if not own:
        return delivery
    form = RowForm(form=delivery.form, header=delivery.header, delimiter=table.delimiter)
    places = places_of(delivery, form, own.keys())
    outcomes = [(outcome_of(raw, own, form), at) for raw, at in places.items()]
    usable = [(outcome, at) for outcome, at in outcomes if _fits(outcome, delivery)]
    unusable = sum(len(at) for _, at in outcomes) - sum(len(at) for _, at in usable)
    changed = {int(p): outcome for outcome, at in usable if outcome.changes for p in at}
    readmitted = Readmitted(
        fixed=np.array(sorted(changed), dtype=np.int64),
        confirmed=_by_rule(usable),
        by=tuple(sorted({name for outcome, _ in usable for name in outcome.by})),
        unusable=unusable,
    )
    return replace(_corrected(delivery, changed), readmitted=readmitted)


def _fits(outcome: Outcome, delivery: Delivery) -> bool:
    """Whether the columns' types, which may have changed since the decision, still take the new cells."""
    keys = {name: str(delivery.header.index(name)) for name in outcome.changes}
    return all(
        not text or castable(text, kind_of(delivery, keys[name])) is not None
        for name, text in outcome.changes.items()
    )


def _by_rule(outcomes: Iterable[tuple[Outcome, Positions]]) -> dict[str, Positions]:
    found: dict[str, Positions] = {}
    for outcome, at in outcomes:
        for rule in outcome.rules:
            found[rule] = np.union1d(found.get(rule, _NOBODY), at)
    return found


def _corrected(delivery: Delivery, changed: Mapping[int, Outcome]) -> Delivery:
    """Corrected rows have all their fields, so nothing that the reader held against them is left."""
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
        held=without(delivery.held, rows),
    )


def without(held: Iterable[Held], rows: Positions) -> tuple[Held, ...]:
    """The reasons with these rows taken out of them."""
    left = (replace(h, positions=np.setdiff1d(h.positions, rows)) for h in held)
    return tuple(h for h in left if len(h.positions))
