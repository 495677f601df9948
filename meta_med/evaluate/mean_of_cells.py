"""The mean of a study's cells with an interval over patients, from each patient's influence on each cell.

Cells of one study are about the same patients, so they are no independent estimates. The influence of a patient on the
mean of the cells is the mean of its influences on them; the variance is the sum of their squares over patients.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import stats

from meta_med.cohorts.record_table import Floats, Ints
from meta_med.evaluate.intervals import LEVEL, Bounded, kish, one_sided_p

NO_COHORT = -1


@dataclass(frozen=True)
class Influence:
    """L pairs of a row (cell) and a patient.

    Attributes:
        row: (L,) the row of a table of relative differences.
        person, cohort: (L,) who it is, and in which cohort, `NO_COHORT` where that does not matter.
        rest: (L,) the patient's residual, (own difference - relative difference x own denominator) / whole denominator.
        weight: (L,) the patient's share of the denominator, its leverage.

    """

    row: Ints
    person: Ints
    cohort: Ints
    rest: Floats
    weight: Floats

    @classmethod
    def of(cls, person: Ints, cohort: Ints | None, rest: Floats, weight: Floats) -> "Influence":
        """Of one row, numbered 0."""
        none = np.full(len(person), NO_COHORT)
        return cls(np.zeros(len(person), np.int64), person, none if cohort is None else cohort, rest, weight)

    def in_row(self, row: int) -> "Influence":
        """The same, of another row."""
        return replace(self, row=np.full(len(self.person), row))

    @classmethod
    def joined(cls, parts: Sequence["Influence"]) -> "Influence":
        """Several as one; their rows must differ."""
        if not parts:
            nobody = np.zeros(0, np.int64)
            return cls(nobody, nobody, nobody, np.zeros(0), np.zeros(0))
        return cls(*(np.concatenate([vars(p)[name] for p in parts]) for name in vars(parts[0])))

    def of_rows(self, rows: Ints) -> "Influence":
        """That on these rows, renumbered in this order."""
        place = np.full(int(max(self.row.max(initial=0), rows.max(initial=0))) + 1, -1)
        place[rows] = np.arange(len(rows))
        kept = place[self.row] >= 0
        found = {name: values[kept] for name, values in vars(self).items()}
        return Influence(**found | {"row": place[self.row[kept]]})


@dataclass(frozen=True)
class MeanOfCells:
    """A mean of cells: with its 95 % interval, the one-sided p-value that it is not below 0, and what it is over.

    `n_units`: patients, or cohorts if `over_cohorts`.
    """

    mean: Bounded
    p_better: float
    n_units: int
    over_cohorts: bool


def mean_of_cells(values: Floats, influence: Influence, *, over_cohorts: bool) -> MeanOfCells:
    """The mean of C cells, each weighing the same.

    Args:
        values: (C,) relative differences, of the influence's rows 0 to C - 1.
        influence: of patients on them.
        over_cohorts: whether cohorts, not patients, are the units of sampling.

    """
    units, unit = np.unique(influence.cohort if over_cohorts else influence.person, return_inverse=True)
    pair = influence.row * len(units) + unit
    shape = (len(values), len(units))
    rest, weight = (
        np.bincount(pair, part, len(values) * len(units)).reshape(shape)
        for part in (influence.rest, influence.weight)
    )
    value, n = float(values.mean()), len(units)
    if n < 2 or (weight >= 1).any():
        return MeanOfCells(Bounded(value, np.nan, np.nan), np.nan, n, over_cohorts)
    error = float(np.sqrt(((rest / np.sqrt(1 - weight)).mean(0) ** 2).sum()))  # CR2, as in `ratio_error`
    free = max(float(kish(weight.mean(0)[:, None])[0]) - 1, 1.0)
    half = float(stats.t.ppf(LEVEL, free)) * error
    p = one_sided_p(np.asarray([-value]), np.asarray([error]), np.asarray([free + 1]))
    return MeanOfCells(Bounded(value, value - half, value + half), float(p[0]), n, over_cohorts)
