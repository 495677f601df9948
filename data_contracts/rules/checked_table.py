"""A delivered table during validation: what was read, its check specs, and what was found so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from data_contracts.contract.check_specs import CheckSpec
from data_contracts.contract.model import Table
from data_contracts.findings import Held, Note, Positions, SourceFacts
from data_contracts.reading.arrow_cells import Mask
from data_contracts.reading.delivery import Delivery


@dataclass(frozen=True, kw_only=True)
class CheckedTable:
    """One table of a delivery. `frame` has all delivered rows in file order, including held ones."""

    table: Table
    specs: tuple[CheckSpec, ...]
    """The check specs of the table."""
    facts: SourceFacts
    delivery: Delivery | None = None
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    failed: Mapping[str, Mask] = field(default_factory=dict)
    """Column -> mask of the cells that could not be cast; only columns with such cells, until rows are checked."""
    held: tuple[Held, ...] = ()
    notes: tuple[Note, ...] = ()
    doubted: frozenset[str] = frozenset()
    """Subjects who are doubtful as a whole: no prediction is shown for them."""
    held_patients: frozenset[str] = frozenset()
    """Subjects all of whose rows are held."""

    @property
    def rejected(self) -> bool:
        """Whether a finding rejects the delivery."""
        return any(n.code.startswith("E_") for n in self.notes)

    @property
    def held_mask(self) -> Mask:
        """Mask of the rows that are held for at least one reason."""
        return mask_of([h for h in self.held if h.holds], len(self.frame))

    def subjects_at(self, positions: Positions) -> set[str]:
        """The subjects of these rows."""
        if self.table.subject is None:
            return set()
        return {str(p) for p in self.frame[self.table.subject].iloc[positions].dropna().unique()}

    def with_more(self, held: Sequence[Held] = (), notes: Sequence[Note] = ()) -> "CheckedTable":
        """A copy with more held rows and notes."""
        return replace(self, held=(*self.held, *held), notes=(*self.notes, *notes))

    def without_rows(self, note: Note) -> "CheckedTable":
        """A copy without rows, for a table that could not be read."""
        facts = replace(self.facts, rows=0)
        return CheckedTable(table=self.table, specs=self.specs, facts=facts, notes=(note,))


def mask_of(held: Sequence[Held], rows: int) -> Mask:
    """Mask of shape (rows,) of the rows in any of the reasons."""
    mask = np.zeros(rows, dtype=bool)
    for h in held:
        mask[h.positions] = True
    return mask


def reason_of(spec: CheckSpec, positions: Positions, *, code: str = "", message: str = "") -> Held:
    """The reason to hold the rows that fail a check; `code` and `message` replace those of the check."""
    return Held(
        code=code or spec.code,
        rule=spec.name,
        column=spec.column,
        positions=positions,
        message=message or spec.violation,
        holds=spec.outcome != "warn",
        counts_towards_limit=spec.counts_towards_limit,
    )
