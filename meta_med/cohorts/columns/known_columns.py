"""The cohorts and covariates that a model was trained with, and new records in their order.

A delivery decides which levels a category has and which cohorts there are. A trained model cannot follow: its inputs
are columns by position. So new records get the model's columns, in its order. What the model has never met comes after
them: levels of a category, which no predictor uses and a guard tells of, and cohorts, of which nothing is known.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Self

import numpy as np

from meta_med.cohorts.record_table import Ahead, Floats, RecordTable

LEVEL = "="
"""In the name of a column: between a category and its level."""


@dataclass(frozen=True)
class KnownColumns:
    """The names and properties of a record table's columns; attributes as of `RecordTable`."""

    cohort_names: tuple[str, ...]
    covariates: tuple[str, ...]
    known_ahead: tuple[bool, ...]
    log_covariate: tuple[bool, ...]
    most: tuple[int, ...] = ()
    by_cohort: tuple[bool, ...] = ()
    ahead: tuple[Ahead, ...] = ()

    @classmethod
    def of(cls, table: RecordTable) -> Self:
        """The columns of a table."""
        return cls(**{name: getattr(table, name) for name in cls.__dataclass_fields__})

    def to_json(self) -> dict[str, Any]:
        """Plain lists."""
        return asdict(self)

    @classmethod
    def from_json(cls, facts: Mapping[str, Any]) -> Self:
        """Read what `to_json` returned."""
        return cls(**{name: tuple(values) for name, values in facts.items()})

    @property
    def stems(self) -> frozenset[str]:
        """The covariates behind the columns."""
        return frozenset(_stem(name) for name in self.covariates)

    def aligned(self, table: RecordTable) -> RecordTable:
        """The table with these covariates first, in this order; levels that are not among them follow.

        A level that nobody has tonight is 0 where the category is known, and missing where it is not.
        """
        extra = [i for i, name in enumerate(table.covariates) if name not in set(self.covariates)]
        names = (*self.covariates, *(table.covariates[i] for i in extra))
        if names == table.covariates:
            return table
        told: dict[str, Any] = {
            name: (*getattr(self, name), *(getattr(table, name)[i] for i in extra))
            for name in ("known_ahead", "log_covariate", "most", "by_cohort", "ahead")
            if getattr(self, name)
        }
        next_x = _in_order(table.next_x, table.covariates, names) if len(table.next_x) else table.next_x
        x = _in_order(table.x, table.covariates, names)
        return replace(table, covariates=names, x=x, next_x=next_x, **told)

    def only(self, table: RecordTable) -> RecordTable:
        """An aligned table without what is not among these: columns, and subjects with a record in another cohort."""
        outside = table.cohort >= len(self.cohort_names)
        kept = np.bincount(table.subject, outside, minlength=table.n_subjects) == 0
        found, wide = table.of_subjects(kept), slice(len(self.covariates))
        told: dict[str, Any] = {
            name: getattr(table, name)[wide]
            for name in ("known_ahead", "log_covariate", "most", "by_cohort", "ahead")
        }
        return replace(
            found,
            x=found.x[:, wide],
            next_x=found.next_x[:, wide] if len(found.next_x) else found.next_x,
            cohort_names=self.cohort_names,
            covariates=self.covariates,
            **told,
        )


def _in_order(values: Floats, own: Sequence[str], wanted: Sequence[str]) -> Floats:
    """The columns (n, F) of these names, in the wanted order."""
    place = {name: i for i, name in enumerate(own)}
    columns = [values[:, place[w]] if w in place else _absent_level(values, own, w) for w in wanted]
    return np.column_stack(columns) if columns else values[:, :0]


def _absent_level(values: Floats, own: Sequence[str], wanted: str) -> Floats:
    levels = [i for i, name in enumerate(own) if LEVEL in name and _stem(name) == _stem(wanted)]
    known = ~np.isnan(values[:, levels]).all(1) if levels else np.zeros(len(values), dtype=bool)
    return np.where(known, 0.0, np.nan)


def _stem(name: str) -> str:
    return name.partition(LEVEL)[0]
