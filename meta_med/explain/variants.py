"""Patients with one thing changed, predicted again: what a prediction owes to a record, an age or a covariate.

A variant has some of its patient's own records and the predicted one behind them. All variants are predicted in
batches by the champion with its calibration, on the path of serving, so that nothing but the change differs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from meta_med.calibrate.calibration import Calibration
from meta_med.calibrate.champion import Champion
from meta_med.cohorts.record_table import Floats, Ints, RecordTable
from meta_med.cohorts.splits import Splits
from meta_med.forecast import Forecast
from meta_med.meta_train.predictors import FittedPredictors
from meta_med.serving.adapt import Serving, champion_forecast

AT_ONCE = 16384
LEVEL = 0.9


@dataclass(frozen=True)
class Variants:
    """M variants of served patients.

    Attributes:
        of: (M,) place among the R patients of a `Serving`.
        rows: (N,) rows of its table, own records of a variant and then the predicted one; variant: (N,) of which.
        sizes: (M, D) own records that each outcome is predicted from.
        x: (N, F) covariates of these rows; time: (N,) their times.
        own: names of covariates whose value in the predicted record is its own, whatever the records before have.

    """

    of: Ints
    rows: Ints
    variant: Ints
    sizes: Ints
    x: Floats
    time: Floats
    own: frozenset[str] = frozenset()

    @classmethod
    def of_rows(cls, serving: Serving, of: Ints, rows: Ints, variant: Ints, sizes: Ints) -> "Variants":
        """With the covariates and times that the rows have."""
        table = serving.prepared.table
        return cls(of, rows, variant, sizes, table.x[rows], table.time[rows])

    @classmethod
    def joined(cls, parts: Sequence["Variants"]) -> "Variants":
        """All variants of several, which are predicted together for less: blocks are filled up."""
        shift = np.cumsum([0, *(len(part.of) for part in parts)])
        columns = {
            n: np.concatenate([getattr(p, n) for p in parts]) for n in ("of", "rows", "sizes", "x", "time")
        }
        variant = np.concatenate([p.variant + s for p, s in zip(parts, shift, strict=False)])
        return cls(**columns, variant=variant, own=frozenset().union(*(p.own for p in parts)))

    @property
    def predicted(self) -> Ints:
        """(M,) place of each variant's predicted record among the rows."""
        return np.cumsum(np.bincount(self.variant, minlength=len(self.of))) - 1

    def pieces(self) -> list["Variants"]:
        """The same in pieces of at most AT_ONCE variants; forecasts do not depend on it."""
        cuts = np.arange(0, len(self.of), AT_ONCE)
        return [self._between(int(a), min(int(a) + AT_ONCE, len(self.of))) for a in cuts]

    def _between(self, start: int, stop: int) -> "Variants":
        here = slice(*np.searchsorted(self.variant, [start, stop]))  # rows are by variant
        return Variants(
            self.of[start:stop],
            self.rows[here],
            self.variant[here] - start,
            self.sizes[start:stop],
            self.x[here],
            self.time[here],
            self.own,
        )

    def serving(self, serving: Serving) -> Serving:
        """The variants as patients who are served."""
        base = serving.prepared
        subject = serving.subject[self.of]
        table = _table(base.table, self, subject)
        splits = Splits(base.splits.of_subject[subject])
        prepared = replace(base, splits=splits).with_table(table)
        m = len(self.of)
        age = np.full(self.sizes.shape, np.nan)
        return Serving(prepared, table.newest, np.arange(m), age, most=self.sizes)


def _table(table: RecordTable, variants: Variants, subject: Ints) -> RecordTable:
    m, rows = len(variants.of), variants.rows
    persons = table.person_ids if len(table.person_ids) else table.subject_ids
    counts = np.bincount(variants.variant, minlength=m)
    ahead = table.ahead
    if ahead:
        stems = [name.partition("=")[0] for name in table.covariates]
        ahead = tuple("own" if s in variants.own else a for s, a in zip(stems, ahead, strict=True))
    return replace(
        table,
        subject_ids=np.char.zfill(np.arange(m).astype(str), 9),
        offsets=np.r_[0, np.cumsum(counts)],
        time=variants.time,
        x=variants.x,
        y=table.y[rows],
        cohort=table.cohort[rows],
        next_x=table.next_x[rows] if len(table.next_x) else table.next_x,
        person_ids=persons[subject],
        patient_ids=table.patients[subject],
        ahead=ahead,
    )


def windows(serving: Serving, places: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Rows start..end of each of these patients (M,), then the predicted row; and (N,) whose they are."""
    count = end - start + 1
    variant = np.repeat(np.arange(len(places)), count)
    position = np.arange(len(variant)) - np.repeat(np.cumsum(count) - count, count)
    own = position < (end - start)[variant]
    return np.where(own, start[variant] + position, serving.rows[places][variant]), variant


@dataclass(frozen=True)
class Told:
    """What is predicted for M variants.

    Attributes:
        centre: (M, D) in clinical units, or a probability.
        half: (M, D) half-width of the 90 % interval on model scale; NaN where there is none.
        lower, upper: (M, D) its ends in clinical units.

    """

    centre: Floats
    half: Floats
    lower: Floats
    upper: Floats

    def between(self, start: int, stop: int) -> "Told":
        """Some of the variants."""
        return Told(*(values[start:stop] for values in vars(self).values()))


@dataclass(frozen=True)
class Predictor:
    """The champion with its predictors and its calibration."""

    fitted: FittedPredictors
    champion: Champion
    calibration: Calibration

    def told(self, serving: Serving, variants: Variants) -> Told:
        """Predict the variants of served patients."""
        parts = [self.numbers(piece.serving(serving)) for piece in variants.pieces()]
        if not parts:
            nothing = np.zeros((0, len(serving.prepared.layout.outcomes)))
            return Told(nothing, nothing, nothing, nothing)
        return Told(*(np.concatenate(each) for each in zip(*(vars(p).values() for p in parts), strict=True)))

    def numbers(self, serving: Serving) -> Told:
        """Predict the records of a serving."""
        return self.intervals(serving, champion_forecast(serving, self.fitted, self.champion))

    def intervals(self, serving: Serving, found: Forecast) -> Told:
        """What the champion's forecast of the records of a serving says in clinical units."""
        prepared = serving.prepared
        cohort = serving.queries.cohort(prepared.table)
        centre, half, lower, upper = (np.full(found.mean.shape, np.nan) for _ in range(4))
        for d, kind in enumerate(prepared.layout.kinds):
            told = self.calibration.centre(found, d, kind)
            centre[:, d] = prepared.scaling.clinical(told, d, cohort)
            if kind.has_scale:
                own = serving.own_values[:, d]
                half[:, d] = self.calibration.half_width(found, d, own, cohort, LEVEL)
                lower[:, d] = prepared.scaling.clinical(found.mean[:, d] - half[:, d], d, cohort)
                upper[:, d] = prepared.scaling.clinical(found.mean[:, d] + half[:, d], d, cohort)
        return Told(centre, half, lower, upper)
