"""A delivered table on its way through the gate: what was read, what it is checked for, what was found so far."""

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
    """One table of a delivery; `frame` has every delivered row, held or not, in file order."""

    table: Table
    specs: tuple[CheckSpec, ...]
    """The checks of the table."""
    facts: SourceFacts
    delivery: Delivery | None = None
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
    failed: Mapping[str, Mask] = field(default_factory=dict)
    """Column -> cells that could not be cast; only columns that have such, and only until the rows are checked."""
    held: tuple[Held, ...] = ()
    notes: tuple[Note, ...] = ()
    doubted: frozenset[str] = frozenset()
    """Patients in doubt as a whole: no prediction is shown for them."""
    held_patients: frozenset[str] = frozenset()
    """Patients all of whose rows are held."""

    @property
    def rejected(self) -> bool:
        """Whether nothing of the delivery may be used."""
        return any(n.code.startswith("E_") for n in self.notes)

    @property
    def held_mask(self) -> Mask:
        """Rows that some reason holds back."""
        return mask_of([h for h in self.held if h.holds], len(self.frame))

    def subjects_at(self, positions: Positions) -> set[str]:
        """The patients of these rows."""
        if self.table.subject is None:
            return set()
        return {str(p) for p in self.frame[self.table.subject].iloc[positions].dropna().unique()}

    def with_more(self, held: Sequence[Held] = (), notes: Sequence[Note] = ()) -> "CheckedTable":
        """The same table with more reasons and remarks."""
        return replace(self, held=(*self.held, *held), notes=(*self.notes, *notes))

    def unread(self, note: Note) -> "CheckedTable":
        """The same table, of which nothing could be read."""
        facts = replace(self.facts, rows=0)
        return CheckedTable(table=self.table, specs=self.specs, facts=facts, notes=(note,))


def mask_of(held: Sequence[Held], rows: int) -> Mask:
    """Which rows some of the reasons name."""
    mask = np.zeros(rows, dtype=bool)
    for h in held:
        mask[h.positions] = True
    return mask


def reason_of(spec: CheckSpec, positions: Positions, *, code: str = "", message: str = "") -> Held:
    """These rows break the check; with a more telling code and words, if there are any."""
    return Held(
        code=code or spec.code,
        rule=spec.name,
        column=spec.column,
        positions=positions,
        message=message or spec.violation,
        holds=spec.outcome != "warn",
        counts_towards_limit=spec.counts_towards_limit,
    )
