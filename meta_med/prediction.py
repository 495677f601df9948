"""A predictive distribution: location-scale Student t for continuous outcomes, probabilities for classes."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import torch
import torch.nn.functional as F
from scipy import stats
from torch import Tensor

from meta_med.episodes.batch import Records
from meta_med.episodes.input_checks import Expected, check_query, check_values, skip_values
from meta_med.episodes.input_errors import NotFinitePrediction
from meta_med.outcomes import OutcomeLayout

MIN_SCALE = 1e-3


@dataclass(frozen=True)
class Prediction:
    """Predictive distributions of B subjects' Q query records.

    Attributes:
        layout: the outcomes.
        location: (B, Q, M) target columns: means of continuous outcomes, logits of classes.
        scale: (B, Q, Dc) positive; scale of the Dc outcomes that have one.
        df: (Dc,) degrees of freedom of the Student t; None is the normal distribution.

    """

    layout: OutcomeLayout
    location: Tensor
    scale: Tensor
    df: Tensor | None = None

    @property
    def mean(self) -> Tensor:
        """(B, Q, Dc): the centre (mean and median) of each outcome that has a scale."""
        return columns_of(self.location, self.layout.scaled_columns)

    @property
    def probabilities(self) -> Tensor | tuple[Tensor, ...]:
        """(B, Q, n_classes) for one binary or categorical outcome; a tuple by outcome for several or none."""
        kinds, columns = self.layout.kinds, self.layout.columns
        every = tuple(kinds[d].expected(self.location[..., columns[d]]) for d in self.layout.classes)
        return every[0] if len(every) == 1 else every

    def quantile(self, p: float) -> Tensor:
        """(B, Q, Dc): the p-quantile, 0 < p < 1.

        Raises:
            ValueError: p outside (0, 1).

        """
        if not 0.0 < p < 1.0:
            raise ValueError(f"quantile: p must lie between 0 and 1, got {p}")
        unit = [unit_quantile(p, df) for df in self._degrees_of_freedom]
        return self.mean + self.scale * torch.tensor(unit, dtype=self.scale.dtype, device=self.scale.device)

    @cached_property
    def _degrees_of_freedom(self) -> list[float | None]:
        """(Dc,) as numbers on the host, copied from the device once per prediction."""
        if self.df is None:
            return [None] * len(self.layout.scaled)
        return [float(df) for df in self.df.detach().double().tolist()]

    def log_likelihood(self, query: Records) -> tuple[Tensor, Tensor]:
        """Log-likelihood of each observed query outcome: (B, Q, D) values and their bool mask."""
        seen = query.y_observed & query.present.unsqueeze(-1)
        y = torch.where(seen, query.y, torch.zeros_like(query.y))  # y may be NaN where it is not observed
        parts: list[Tensor] = []
        for kind, places in self.layout.groups:
            location = columns_of(self.location, self.layout.columns_of(places))
            parts.append(kind.log_likelihood(columns_of(y, places), location, *self._spread(places)))
        order = [d for _, places in self.layout.groups for d in places]
        place = [order.index(d) for d in range(len(order))]
        return columns_of(torch.cat(parts, -1), place), seen

    def _spread(self, places: Sequence[int]) -> tuple[Tensor | None, Tensor | None]:
        """Scale (B, Q, n) and degrees of freedom (n,) of these outcomes; None for a kind without a scale."""
        own = [self.layout.scaled.index(d) for d in places if d in self.layout.scaled]
        if not own:
            return None, None
        return columns_of(self.scale, own), None if self.df is None else columns_of(self.df, own)

    def loss(self, query: Records) -> Tensor:
        """Mean negative log-likelihood over the observed query outcomes (a scalar; 0 if none is observed).

        Raises:
            InvalidInput: a ValueError that names the tensor of the query; EmptyQuery where Q = 0.

        """
        Expected(self.layout, self.location.dtype, self.location.device).check(
            "query", query, *self.location.shape[:2]
        )
        check_query(query)
        check_values(self.layout, {"query": query})
        values, seen = self.log_likelihood(query)
        weight = seen.to(values.dtype)
        return -(values * weight).sum() / weight.sum().clamp(min=1.0)


def check_finite(location: Tensor, scale: Tensor, query: Records) -> None:
    """Refuse a prediction (B, Q, ·) that is not finite where a query record is present.

    Raises:
        NotFinitePrediction: gives the number of subjects.

    """
    if skip_values(query):
        return
    if math.isfinite(float(location.detach().sum() + scale.detach().sum())):
        return
    finite = torch.isfinite(location).all(-1) & torch.isfinite(scale).all(-1)
    rows = (~finite & query.present).any(1)
    if bool(rows.any()):
        raise NotFinitePrediction(
            f"prediction: not finite for {int(rows.sum())} of {len(rows)} subjects: their records are finite but too "
            "large for this learner; scale covariates and outcomes to about one",
            rows,
        )


def columns_of(values: Tensor, places: Sequence[int]) -> Tensor:
    """values[..., places] by slices: a list of indices would be copied to the GPU, which synchronises."""
    breaks = [i for i in range(1, len(places)) if places[i] != places[i - 1] + 1]
    runs = [
        slice(places[i], places[j - 1] + 1) for i, j in itertools.pairwise([0, *breaks, len(places)]) if j > i
    ]
    if len(runs) == 1:
        return values[..., runs[0]]
    return torch.cat([values[..., run] for run in runs], -1) if runs else values[..., :0]


@lru_cache(maxsize=4096)
def unit_quantile(p: float, df: float | None) -> float:
    """The p-quantile of the standard Student t, or of the standard normal where df is None."""
    return float(stats.norm.ppf(p) if df is None else stats.t.ppf(p, df))


def positive_scale(raw: Tensor) -> Tensor:
    """A positive scale from an unconstrained number, bounded away from zero."""
    return F.softplus(raw) + MIN_SCALE
