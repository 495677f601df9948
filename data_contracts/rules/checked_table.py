"""TODO"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from data_contracts.contract.model import Table
from data_contracts.findings import Held, Note, Positions, SourceFacts
from data_contracts.reading.arrow_cells import Mask
from data_contracts.reading.delivery import Delivery


@dataclass(frozen=True, kw_only=True)
class Judged:
    """One table after judgement; `frame` has every delivered row, held or not, in file order."""

    table: Table
    facts: SourceFacts
    delivery: Delivery | None = None
    frame: pd.DataFrame = field(default_factory=pd.DataFrame)
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

    @property
    def entries(self) -> tuple[Note | Held, ...]:
        """Everything that is to be said about the table."""
        return (*self.notes, *self.held)

    def subjects_at(self, positions: Positions) -> set[str]:
        """The patients of these rows."""
        if self.table.subject is None:
            return set()
        return {str(p) for p in self.frame[self.table.subject].iloc[positions].dropna().unique()}

    def with_more(self, held: Sequence[Held] = (), notes: Sequence[Note] = ()) -> "Judged":
        """The same table with more reasons and remarks."""
        return replace(self, held=(*self.held, *held), notes=(*self.notes, *notes))


def mask_of(held: Sequence[Held], rows: int) -> Mask:
    """Which rows some of the reasons name."""
    mask = np.zeros(rows, dtype=bool)
    for h in held:
        mask[h.positions] = True
    return mask
