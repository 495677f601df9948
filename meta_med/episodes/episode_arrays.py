"""Episodes as plain arrays, for fitting and predicting by baselines."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from meta_med.cohorts.record_table import Floats, Ints
from meta_med.episodes.batch import EpisodeBatch, Records

Arrays = Mapping[str, np.ndarray]


def _nobody() -> Floats:
    return np.zeros((0, 0, 0))


def _no_time() -> Floats:
    return np.zeros((0, 0))


def _unnamed() -> Ints:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Episodes:
    """Episodes as arrays for baselines: R episodes, S support records, Q = 1.

    Attributes:
        support_y (R, S, D), support_x (R, S, F): NaN where missing or absent; support_time (R, S) < 0,
            NaN where absent; right-aligned, oldest first.
        x (R, F): the query's covariates, NaN where missing or not known ahead; y (R, D) truth, NaN if missing.
        cohort (R,) the study's index of the cohort, also into the context; subject (R,).
        context_x (K, C, F), context_y (K, C, D): other subjects' records of each cohort, one lender's series after
            another, NaN where missing or absent; empty without context. context_time (K, C): of the records, NaN where
            absent; only the time between records of one lender has a meaning, so it is empty where each lends one.
        context_each: room for records of one lender; the C records are of C / context_each lenders.
        person (R,) the person of the subject; empty where each subject is a person.

    """

    support_y: Floats
    support_x: Floats
    support_time: Floats
    x: Floats
    y: Floats
    cohort: Ints
    subject: Ints
    context_x: Floats = field(default_factory=_nobody)
    context_y: Floats = field(default_factory=_nobody)
    context_time: Floats = field(default_factory=_no_time)
    context_each: int = 1
    person: Ints = field(default_factory=_unnamed)

    @property
    def group(self) -> Ints:
        """(R,) group for cross-validation: the person, or the subject where persons are not given."""
        return self.person if len(self.person) else self.subject

    @property
    def lender_weight(self) -> Floats:
        """(K, C, D) weight of each value: one over the lender's number of values, so that lenders weigh the same."""
        seen = self.by_lender((~np.isnan(self.context_y)).astype(np.float64))
        return np.asarray((seen / np.maximum(seen.sum(2, keepdims=True), 1.0)).reshape(self.context_y.shape))

    def by_lender(self, values: np.ndarray) -> np.ndarray:
        """(K, L, N, ...) of a column of the context (K, C, ...)."""
        cohorts, records = values.shape[:2]
        each = self.context_each
        return np.asarray(values.reshape(cohorts, records // each, each, *values.shape[2:]))

    @property
    def size(self) -> Ints:
        """(R,) number of support records."""
        return np.asarray((~np.isnan(self.support_time)).sum(1))

    def take(self, rows: np.ndarray) -> "Episodes":
        """A selection of the episodes; the contexts are kept."""
        parts = {k: v if k.startswith("context") else v[rows] for k, v in vars(self).items() if k != "person"}
        return Episodes(**parts, person=self.person[rows] if len(self.person) else self.person)

    @classmethod
    def of(cls, batch: EpisodeBatch, subject: Ints, person: Ints) -> "Episodes":
        """Arrays of a batch that has the study's cohort index and contexts."""
        support, query, context = batch.support, batch.query, batch.context.by_lender()
        lent = context.merged(1)
        return cls(
            support_y=_masked(support, "y"),
            support_x=_masked(support, "x"),
            support_time=np.where(_np(support.present), _np(support.time), np.nan),
            x=_masked(query, "x")[:, 0],
            y=_masked(query, "y")[:, 0],
            cohort=_np(batch.cohort),
            subject=subject,
            context_x=_lent(lent, "x"),
            context_y=_lent(lent, "y"),
            context_time=np.where(_np(lent.present), _np(lent.time), np.nan),
            context_each=max(context.present.shape[2], 1),
            person=person,
        )


def _np(tensor: Any) -> np.ndarray:
    return np.asarray(tensor.cpu().numpy())


def _lent(context: Records, name: str) -> Floats:
    """A block of columns of the contexts (K, C, ...), NaN where there is no record."""
    return np.where(_np(context.present)[..., None], _masked(context, name), np.nan)


def _masked(records: Records, name: str) -> Floats:
    values = _np(getattr(records, name)).astype(np.float64)
    return np.where(_np(getattr(records, f"{name}_observed")), values, np.nan)
