"""What every baseline is: fitted on training subjects' episodes, forecasts from a support set like a learner."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np

from meta_med.episodes import EpisodeBatch, Records
from meta_med.forecast import NORMAL, Forecast
from meta_med.moments import spread_or_size
from meta_med.outcomes import OutcomeLayout
from meta_med.prediction import MIN_SCALE
from meta_med.records import Bools, Floats, Ints

Arrays = Mapping[str, np.ndarray]


def _nobody() -> Floats:
    return np.zeros((0, 0, 0))


def _no_lender() -> Ints:
    return np.zeros((0, 0), dtype=np.int64)


def _unnamed() -> Ints:
    return np.zeros(0, dtype=np.int64)


@dataclass(frozen=True)
class Episodes:
    """Episodes as arrays for baselines: R subjects-at-a-time, S support records, Q = 1.

    Attributes:
        support_y (R, S, D), support_x (R, S, F): NaN where missing or absent; support_time (R, S) < 0,
            NaN where absent; right-aligned, oldest first.
        x (R, F): the query's covariates, NaN where missing or not known ahead; y (R, D) truth, NaN if missing.
        cohort (R,) the study's code of the cohort, an index into the context; subject (R,).
        context_x (K, C, F), context_y (K, C, D): other subjects' records of each cohort, NaN where missing or
            absent; empty where nobody lends any. context_subject (K, C): a code of who lends the record, for
            all records of one lender are one subject's; empty where each record is another's.
        person (R,) whose series the subject is; empty where each subject is one.

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
    context_subject: Ints = field(default_factory=_no_lender)
    person: Ints = field(default_factory=_unnamed)

    @property
    def apart(self) -> Ints:
        """(R,) who must be left out together: the person, or the subject where persons are not known."""
        return self.person if len(self.person) else self.subject

    @property
    def same_lender(self) -> Bools:
        """(K, C, C) whether two records of a context are of one lender."""
        k, c = self.context_y.shape[:2]
        if not self.context_subject.size:
            return np.asarray(np.broadcast_to(np.eye(c, dtype=bool), (k, c, c)))
        return np.asarray(self.context_subject[:, :, None] == self.context_subject[:, None])

    @property
    def lent_share(self) -> Floats:
        """(K, C, D) one over how many values its lender lends of the outcome, so that each lender weighs one."""
        seen = (~np.isnan(self.context_y)).astype(np.float64)
        return np.asarray(seen / np.maximum(self.same_lender.astype(np.float64) @ seen, 1.0))

    @property
    def size(self) -> Ints:
        """(R,) number of support records."""
        return np.asarray((~np.isnan(self.support_time)).sum(1))

    def take(self, rows: np.ndarray) -> "Episodes":
        """Some of the episodes; cohorts keep their context."""
        parts = {k: v if k.startswith("context") else v[rows] for k, v in vars(self).items() if k != "person"}
        return Episodes(**parts, person=self.person[rows] if len(self.person) else self.person)

    @classmethod
    def of(cls, batch: EpisodeBatch, subject: Ints, person: Ints, lenders: Ints) -> "Episodes":
        """Arrays of a batch whose cohort index and contexts are the study's; lenders (K, C) of the contexts."""
        support, query = batch.support, batch.query
        return cls(
            support_y=_masked(support, "y"),
            support_x=_masked(support, "x"),
            support_time=np.where(_np(support.present), _np(support.time), np.nan),
            x=_masked(query, "x")[:, 0],
            y=_masked(query, "y")[:, 0],
            cohort=_np(batch.cohort),
            subject=subject,
            context_x=_lent(batch.context, "x"),
            context_y=_lent(batch.context, "y"),
            context_subject=lenders,
            person=person,
        )


class Baseline(ABC):
    """A predictor without meta-learning."""

    def __init__(self, layout: OutcomeLayout) -> None:
        self.layout = layout
        self.residual_scale: Floats = np.ones((1, len(layout.outcomes)))

    @abstractmethod
    def fit(self, episodes: Episodes) -> Self:
        """Fit on training subjects' episodes."""

    @abstractmethod
    def centre(self, episodes: Episodes) -> Floats:
        """(R, D) means on model scale, probabilities for binary outcomes."""

    @abstractmethod
    def state(self) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """Arrays and JSON facts from which `restore` makes the same predictor."""

    @abstractmethod
    def restore(self, arrays: Arrays, facts: Mapping[str, Any]) -> Self:
        """Take over a saved state."""

    def forecast(self, episodes: Episodes) -> Forecast:
        """Centre with the spread that residuals of unseen subjects had at this support size."""
        d = len(self.layout.outcomes)
        bucket = np.minimum(episodes.size, len(self.residual_scale) - 1)
        scale = self.residual_scale[bucket]
        scale[:, list(self.layout.classes)] = np.nan
        return Forecast(self.centre(episodes), scale, np.full(d, NORMAL))

    def fit_scale(self, episodes: Episodes, folds: int = 5) -> Self:
        """Spread by support size, from residuals of subjects left out of the fit (cross-validated by person)."""
        fold = episodes.apart % folds
        residual = np.full(episodes.y.shape, np.nan)
        for f in range(folds):
            out: Bools = fold == f
            if out.any() and (~out).any():
                fitted = type(self)(self.layout).fit(episodes.take(~out))
                residual[out] = episodes.y[out] - fitted.centre(episodes.take(out))
        largest, unit = episodes.support_time.shape[1], spread_or_size(episodes.y)
        self.residual_scale = spread_by_size(residual, episodes.size, largest, unit)
        return self


def spread_by_size(
    residual: Floats, size: Ints, largest: int, unit: Floats | float = 1.0, prior: float = 20.0
) -> Floats:
    """(largest + 1, D) root mean square residual by support size, shrunk to the pooled one.

    An outcome that never varies still needs a density: no spread is below MIN_SCALE of the outcome's `unit` (D,).
    """
    square = np.nan_to_num(residual**2)
    seen = ~np.isnan(residual)
    pooled = square.sum(0) / np.maximum(seen.sum(0), 1)
    out = np.empty((largest + 1, residual.shape[1]))
    for k in range(largest + 1):
        at = size == k
        out[k] = (square[at].sum(0) + prior * pooled) / (seen[at].sum(0) + prior)
    return np.maximum(np.sqrt(out), MIN_SCALE * unit)


def _np(tensor: Any) -> np.ndarray:
    return np.asarray(tensor.cpu().numpy())


def _lent(context: Records, name: str) -> Floats:
    """A column block of the contexts (K, C, ...), NaN where no record is."""
    return np.where(_np(context.present)[..., None], _masked(context, name), np.nan)


def _masked(records: Records, name: str) -> Floats:
    values = _np(getattr(records, name)).astype(np.float64)
    return np.where(_np(getattr(records, f"{name}_observed")), values, np.nan)
